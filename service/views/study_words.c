#include "service/views/study_words.h"

#include <string.h>
#include <strings.h>

static const struct {
    const char *name;
    const char *meaning;
} designs[] = {
    [DESIGN_RCT] = {"Randomised trial",
                    "Chance decided who got which treatment, so that the groups are alike in all "
                    "but that."},
    [DESIGN_CROSSOVER_RCT] = {"Randomised crossover trial",
                              "Everyone had both treatments, one after the other; chance decided "
                              "which came first."},
    [DESIGN_CLUSTER_RCT] = {"Randomised trial of whole groups",
                            "Chance decided which treatment whole groups of people got, such as "
                            "all patients of a clinic."},
    [DESIGN_NON_RANDOMISED] = {"Trial without chance",
                               "Groups were compared, but it was not chance that decided who was "
                               "in which: they may have differed from the start."},
    [DESIGN_COHORT] = {"Cohort study",
                       "People were followed over time and compared by what they had; they may "
                       "have differed in other things too."},
    [DESIGN_CASE_CONTROL] = {"Case-control study",
                             "People with a complaint were compared with people without it, "
                             "looking back."},
    [DESIGN_CASE_SERIES] = {"Case series", "Several people who were treated are described, and "
                                           "compared with nobody."},
    [DESIGN_CASE_REPORT] = {"Case report",
                            "One person, or very few, are described. It shows that something can "
                            "happen, not how often."},
    [DESIGN_SYSTEMATIC_REVIEW] = {"Systematic review",
                                  "All studies of a question that a planned search could find, "
                                  "judged and put together."},
    [DESIGN_GUIDELINE] = {"Guideline", "Recommendations by a group of experts, drawn from what "
                                       "studies there were."},
    [DESIGN_NARRATIVE_REVIEW] = {"Overview", "What its authors chose to tell of a subject, without "
                                             "a planned search for everything."},
};

const char *design_name(enum design design)
{
    return designs[design].name;
}

const char *design_meaning(enum design design)
{
    return designs[design].meaning;
}

const char *instrument_meaning(enum instrument instrument)
{
    static const char *const meanings[] = {
        [INSTRUMENT_ROB2] = "asks how a trial could have come to a wrong result (risk of bias)",
        [INSTRUMENT_ROB1] = "asks how a trial could have come to a wrong result (risk of bias)",
        [INSTRUMENT_PEDRO] = "counts how many of ten things a trial did well",
        [INSTRUMENT_ROBINS_I] = "asks how a study without chance could have come to a wrong result",
        [INSTRUMENT_ROBIS] = "asks how a review could have come to a wrong result",
        [INSTRUMENT_AMSTAR2] = "asks how well a review was done",
        [INSTRUMENT_GRADE] = "says how sure a result is, all studies of it together",
        [INSTRUMENT_JADAD] = "counts up to five points for chance, blinding and who left",
        [INSTRUMENT_OTHER] = "a way of judging that the source describes",
    };
    return meanings[instrument];
}

/* PEDro's items by the short names of its database, the second to the eleventh. */
static const struct {
    const char *name;
    const char *number;
} pedro_items[] = {
    {"random allocation", "2"},          {"concealed allocation", "3"},
    {"baseline comparability", "4"},     {"blind subjects", "5"},
    {"blind therapists", "6"},           {"blind assessors", "7"},
    {"adequate follow-up", "8"},         {"intention-to-treat analysis", "9"},
    {"between-group comparisons", "10"}, {"point estimates and variability", "11"},
};

const char *instrument_item_number(enum instrument instrument, const char *name)
{
    static const char *const before[] = {"", "D", "Item ", "Domain "};
    for (size_t i = 0; i < sizeof before / sizeof *before; i++) {
        const char *rest = name + strlen(before[i]);
        if (strncasecmp(name, before[i], strlen(before[i])) == 0 && rest[0] != '\0' &&
            rest[strspn(rest, "0123456789")] == '\0')
            return rest;
    }
    for (size_t i = 0; i < sizeof pedro_items / sizeof *pedro_items; i++)
        if (instrument == INSTRUMENT_PEDRO && strcasecmp(name, pedro_items[i].name) == 0)
            return pedro_items[i].number;
    return NULL;
}

struct judged_word {
    const char *word; /* NULL ends a list */
    const char *meaning;
};

static const struct judged_word trial_words[] = {
    {"low", "low risk of bias: it was done in a way that leaves little room for a wrong result"},
    {"some-concerns", "some concerns: parts of it leave room for a wrong result"},
    {"moderate", "moderate risk of bias: parts of it leave room for a wrong result"},
    {"unclear", "unclear risk of bias: it does not tell enough to say"},
    {"high", "high risk of bias: there is reason to doubt its result"},
    {"serious", "serious risk of bias: there is reason to doubt its result"},
    {"critical", "critical risk of bias: its result is not to be relied on"},
    {NULL, NULL}};

static const struct judged_word review_words[] = {
    {"high", "high confidence: a sound account of the studies that there are"},
    {"moderate", "moderate confidence: weak in places, but no serious flaw"},
    {"low", "low confidence: one serious flaw"},
    {"critically-low", "critically low confidence: several serious flaws, not to be relied on"},
    {NULL, NULL}};

static const struct judged_word grade_words[] = {
    {"high", "high certainty: more studies are unlikely to change it"},
    {"moderate", "moderate certainty: the true effect is probably close to it"},
    {"low", "low certainty: the true effect may well be different"},
    {"very-low", "very low certainty: the true effect is likely to be different"},
    {NULL, NULL}};

static const struct judged_word *words_of(enum instrument instrument)
{
    if (instrument == INSTRUMENT_AMSTAR2)
        return review_words;
    return instrument == INSTRUMENT_GRADE ? grade_words : trial_words;
}

const char *overall_meaning(enum instrument instrument, const char *overall)
{
    for (const struct judged_word *at = words_of(instrument); at->word != NULL; at++)
        if (strcmp(at->word, overall) == 0)
            return at->meaning;
    return overall;
}

const char *notice_meaning(enum notice_type type)
{
    static const char *const meanings[] = {
        [NOTICE_RETRACTION] = "This study was retracted: what it says was taken back.",
        [NOTICE_CORRECTION] = "Something in it was corrected afterwards.",
        [NOTICE_CONCERN] = "Its publisher has said that there are doubts about it.",
        [NOTICE_REINSTATEMENT] = "A retraction of it was taken back: it stands again.",
    };
    return meanings[type];
}

static const char *name_of(const struct author *author)
{
    return author->group != NULL ? author->group : author->family;
}

const char *authors_words(const struct author *authors, size_t count, bool complete,
                          struct arena *arena)
{
    if (count == 0 || name_of(&authors[0]) == NULL)
        return NULL;
    const char *first = name_of(&authors[0]);
    if (count == 1)
        return complete ? first : arena_printf(arena, "%s and perhaps others", first);
    if (count == 2 && complete && name_of(&authors[1]) != NULL)
        return arena_printf(arena, "%s and %s", first, name_of(&authors[1]));
    return arena_printf(arena, "%s and others", first);
}
