#include "evidence/judgement/question/check.h"

#include <string.h>

#include "evidence/judgement/kept_headlines.h"
#include "evidence/judgement/language/lexicon.h"

/* ---- which condition, where none was named ---- */

/* Nobody asks for them: studies of people without the complaint stand behind all others. */
static const char *const no_complaint = "healthy-adults";

/* With a complaint, then with a figure, then the most studied, then as they stand in the base. */
static bool comes_before(const struct headline *one, const struct headline *other)
{
    bool ill = strcmp(one->condition->id, no_complaint) != 0;
    bool other_ill = strcmp(other->condition->id, no_complaint) != 0;
    bool figure = one->rating != NULL && !one->borrowed;
    bool other_figure = other->rating != NULL && !other->borrowed;
    if (ill != other_ill)
        return ill;
    if (figure != other_figure)
        return figure;
    return one->studies > other->studies;
}

/* The answers of a treatment for every condition that any study of it stands for. */
static void rank_conditions(const struct catalog *catalog, struct arena *arena, struct checked *out)
{
    const struct base *base = catalog_base(catalog);
    const struct headline **list = arena_array(arena, base->condition_count, sizeof *list);
    size_t count = 0;
    for (size_t i = 0; i < base->condition_count; i++) {
        const struct headline *headline =
            kept_headline(catalog, out->intervention, &base->conditions[i], NULL, arena);
        if (headline->studies == 0)
            continue;
        size_t at = count++;
        for (; at > 0 && comes_before(headline, list[at - 1]); at--)
            list[at] = list[at - 1];
        list[at] = headline;
    }
    out->ranked = list;
    out->ranked_count = count;
}

/* For a treatment alone the condition that most is known of. Words that were not understood may be
 * one that is not here: then none is chosen. */
static void choose_condition(struct checked *out)
{
    if (out->ranked_count == 0 || out->understood.not_understood_count > 0)
        return;
    out->condition = out->ranked[0]->condition;
    out->condition_chosen = true;
}

/* ---- the answer ---- */

static const struct headline *answer_of(const struct catalog *catalog, struct checked *out,
                                        struct arena *arena)
{
    if (out->outcome != NULL) {
        const struct headline *asked =
            kept_headline(catalog, out->intervention, out->condition, out->outcome, arena);
        out->outcome_answered = asked->rating != NULL;
        if (out->outcome_answered)
            return asked;
    }
    return kept_headline(catalog, out->intervention, out->condition, NULL, arena);
}

/* What is rated better for the same condition. */
static void find_alternatives(const struct catalog *catalog, struct arena *arena,
                              struct checked *out)
{
    const struct headline **ranked;
    size_t count = catalog_ranked(catalog, out->condition, arena, &ranked);
    size_t kept = 0;
    while (kept < count && kept < CHECK_ALTERNATIVES &&
           headline_is_better(ranked[kept], out->answer))
        kept++;
    out->alternatives = ranked;
    out->alternative_count = kept;
}

/* ---- questions back ---- */

/* "a, b or c", of the first `count` there are. */
static const char *listed(const struct condition *const *choices, size_t count, struct arena *arena)
{
    const char *text = "";
    for (size_t i = 0; i < count; i++)
        text = arena_printf(arena, "%s%s%s", text,
                            i == 0           ? ""
                            : i + 1 == count ? " or "
                                             : ", ",
                            choices[i]->plain);
    return text;
}

static const char *ask_which(const struct condition *const *choices, struct arena *arena)
{
    size_t count = 0;
    while (choices[count] != NULL)
        count++;
    return arena_printf(arena, "Which is it: %s?", listed(choices, count, arena));
}

/* Words like "sore muscles" stand for anything from overuse to a hard run. */
static bool is_general(const struct catalog *catalog, const struct condition *condition)
{
    const struct language *language = lexicon_language(catalog_lexicon(catalog));
    for (size_t i = 0; i < language->general_condition_count; i++)
        if (language->general_conditions[i].condition == condition)
            return true;
    return false;
}

/* Nothing stands for a general complaint, but for narrower ones something does. */
static const char *ask_narrower(const struct catalog *catalog, const struct checked *out,
                                struct arena *arena)
{
    const struct condition *narrower[CHECK_NARROWER];
    size_t count = 0;
    if (!is_general(catalog, out->condition))
        return NULL;
    for (size_t i = 0; i < out->ranked_count && count < CHECK_NARROWER; i++)
        if (strcmp(out->ranked[i]->condition->id, no_complaint) != 0)
            narrower[count++] = out->ranked[i]->condition;
    if (count == 0)
        return NULL;
    return arena_printf(arena, "Is it %s? For %s there are studies of %s here.",
                        listed(narrower, count, arena), count == 1 ? "that" : "these",
                        out->intervention->plain);
}

static bool is_child_of(const struct condition *child, const struct condition *parent)
{
    for (const char *const *id = child->parents; *id != NULL; id++)
        if (strcmp(*id, parent->id) == 0)
            return true;
    return false;
}

/* Acute or lasting: asked where both have an answer and the answers differ. */
static const char *ask_how_long(const struct catalog *catalog, const struct checked *out,
                                struct arena *arena)
{
    const struct base *base = catalog_base(catalog);
    const char *acute = NULL;
    const char *chronic = NULL;
    for (size_t i = 0; i < base->condition_count; i++) {
        const struct condition *child = &base->conditions[i];
        if (!is_child_of(child, out->condition))
            continue;
        const struct headline *headline =
            kept_headline(catalog, out->intervention, child, NULL, arena);
        if (strncmp(child->id, "acute-", 6) == 0 && headline->rating != NULL && !headline->borrowed)
            acute = headline->verdict;
        if (strncmp(child->id, "chronic-", 8) == 0 && headline->rating != NULL &&
            !headline->borrowed)
            chronic = headline->verdict;
    }
    if (acute == NULL || chronic == NULL || strcmp(acute, chronic) == 0)
        return NULL;
    return "Has it lasted less than three months, or longer? The answer differs.";
}

/* ---- words where there is no answer ---- */

static const char *nearest_names(const struct unknown_treatment *unknown, struct arena *arena)
{
    struct buffer text = {0};
    for (size_t i = 0; i < unknown->nearest_count; i++)
        buffer_printf(&text, "%s%s", i == 0 ? " The nearest names here are: " : ", ",
                      unknown->nearest[i].name);
    if (unknown->nearest_count > 0)
        buffer_byte(&text, '.');
    const char *names = arena_strndup(arena, buffer_string(&text), text.length);
    buffer_release(&text);
    return names;
}

static const char *words_of_unknown_complaint(const struct checked *out, struct arena *arena)
{
    const char *studied = "";
    if (out->intervention != NULL && out->ranked_count > 0)
        studied = arena_printf(arena, " What %s has been studied for is listed here.",
                               out->intervention->plain);
    return arena_printf(arena,
                        "\"%s\" is not among the complaints of this base, so nothing is said about "
                        "it here.%s",
                        out->understood.unknown_complaint, studied);
}

static const char *words_without_answer(const struct checked *out, struct arena *arena)
{
    const struct unknown_treatment *unknown = &out->understood.unknown;
    if (unknown->phrase != NULL)
        return arena_printf(arena,
                            "\"%s\" is not in this base, so nothing is said about it here.%s",
                            unknown->phrase, nearest_names(unknown, arena));
    if (out->intervention != NULL && out->ask != NULL)
        return out->ask;
    if (out->understood.unknown_complaint != NULL)
        return words_of_unknown_complaint(out, arena);
    if (out->intervention != NULL && out->ranked_count > 0)
        return arena_printf(
            arena,
            "Part of this question was not understood. What %s has been studied for "
            "is listed here.",
            out->intervention->plain);
    if (out->intervention != NULL)
        return arena_printf(arena, "No study of %s stands in this base.", out->intervention->plain);
    if (out->condition != NULL && out->ranked_count > 0)
        return arena_printf(arena, "What has been studied for %s, best rated first.",
                            out->condition->plain);
    if (out->condition != NULL)
        return arena_printf(arena, "Nothing in this base has been studied for %s.",
                            out->condition->plain);
    if (out->ask != NULL)
        return out->ask;
    return "This question was not understood. Name a treatment and a complaint, as in \"does dry "
           "needling help neck knots?\".";
}

/* ---- people whom nobody here has looked at ---- */

/* What the book of the treatment says of them; "" where it says nothing. */
static const char *words_of_book(const struct catalog *catalog, const struct checked *out,
                                 const struct told_people *people, struct arena *arena)
{
    size_t count = 0;
    const struct not_for *found =
        out->intervention == NULL
            ? NULL
            : not_for_in(catalog, out->intervention, out->query, out->length, arena, &count);
    for (size_t i = 0; i < count; i++)
        if (strcmp(found[i].state, people->state) == 0)
            return arena_printf(arena, " The advice on %s %s: \"%s\"",
                                found[i].ask_first ? "who should ask first about"
                                                   : "who should not have",
                                out->intervention->plain, found[i].statement);
    return "";
}

/* The words that tell of them are understood. */
static void take_from_not_understood(const struct told_people *people, struct arena *arena,
                                     struct understood *understood)
{
    struct span *left = arena_array(arena, understood->not_understood_count + 1, sizeof *left);
    size_t count = 0;
    for (size_t i = 0; i < understood->not_understood_count; i++) {
        struct span span = understood->not_understood[i];
        bool told = false;
        for (size_t j = 0; j < people->place_count; j++)
            told = told ||
                   (span.start >= people->places[j].start && span.end <= people->places[j].end);
        if (!told)
            left[count++] = span;
    }
    understood->not_understood = left;
    understood->not_understood_count = count;
}

static void find_people(const struct catalog *catalog, struct arena *arena, struct checked *out)
{
    size_t count;
    const struct told_people *people =
        people_told_in(catalog, out->query, out->length, arena, &count);
    for (size_t i = 0; i < count; i++) {
        take_from_not_understood(&people[i], arena, &out->understood);
        out->caution = arena_printf(arena,
                                    "%s%sNobody here has looked at %s: what the studies found may "
                                    "not hold. Ask %s first.%s",
                                    out->caution == NULL ? "" : out->caution,
                                    out->caution == NULL ? "" : " ", people[i].people,
                                    people[i].asks, words_of_book(catalog, out, &people[i], arena));
    }
}

/* ---- the whole ---- */

static void rank_for_condition(const struct catalog *catalog, struct arena *arena,
                               struct checked *out)
{
    const struct headline **ranked;
    out->ranked_count = catalog_ranked(catalog, out->condition, arena, &ranked);
    out->ranked = ranked;
}

static void settle_subject(struct checked *out)
{
    const struct understood *understood = &out->understood;
    if (understood->intervention_count > 0)
        out->intervention = understood->interventions[0].entry;
    if (understood->condition_count > 0)
        out->condition = understood->conditions[0].entry;
    if (understood->outcome_count > 0)
        out->outcome = understood->outcomes[0].entry;
}

/* What is asked about stands in `out`; the answer to it. */
static void answer_subject(const struct catalog *catalog, struct arena *arena, struct checked *out)
{
    if (out->condition == NULL && out->understood.choices != NULL)
        out->ask = ask_which(out->understood.choices, arena);
    if (out->intervention != NULL && out->condition == NULL && out->ask == NULL) {
        rank_conditions(catalog, arena, out);
        choose_condition(out);
    } else if (out->intervention == NULL && out->condition != NULL &&
               out->understood.unknown.phrase == NULL) {
        rank_for_condition(catalog, arena, out);
    }
    if (out->intervention != NULL && out->condition != NULL) {
        out->answer = answer_of(catalog, out, arena);
        if (out->ask == NULL)
            out->ask = ask_how_long(catalog, out, arena);
        find_alternatives(catalog, arena, out);
        if (strcmp(out->answer->verdict, "untested") == 0) { /* but for what else, perhaps? */
            rank_conditions(catalog, arena, out);
            if (out->ask == NULL)
                out->ask = ask_narrower(catalog, out, arena);
        }
    }
    out->answered = out->answer != NULL ? out->answer->sentence : words_without_answer(out, arena);
    out->sentence = out->caution == NULL
                        ? out->answered
                        : arena_printf(arena, "%s %s", out->caution, out->answered);
}

void check_question(const struct catalog *catalog, const char *query, size_t length,
                    struct arena *arena, struct checked *out)
{
    *out = (struct checked){.query = arena_strndup(arena, query, length), .length = length};
    question_understand(catalog_lexicon(catalog), query, length, arena, &out->understood);
    settle_subject(out);
    red_flags_in(catalog, query, length, arena, &out->flags);
    find_people(catalog, arena, out);
    answer_subject(catalog, arena, out);
}

const char *question_about(const struct intervention *intervention,
                           const struct condition *condition, struct arena *arena)
{
    if (condition == NULL)
        return intervention->name;
    if (intervention == NULL)
        return condition->plain;
    return arena_printf(arena, "%s for %s", intervention->name, condition->plain);
}

void check_about(const struct catalog *catalog, const struct intervention *intervention,
                 const struct condition *condition, struct arena *arena, struct checked *out)
{
    *out = (struct checked){.intervention = intervention, .condition = condition};
    out->query = question_about(intervention, condition, arena);
    out->length = strlen(out->query);
    out->understood.looked_at = out->length;
    answer_subject(catalog, arena, out);
}
