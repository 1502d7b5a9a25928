/* A rating told in plain words. Hedges follow certainty and nothing else (Santesso 2020). */
#include <ctype.h>
#include <math.h>
#include <string.h>

#include "evidence/rating/verdict.h"

static const char *const windows_told[WINDOW_COUNT] = {
    [WINDOW_IMMEDIATE] = "in the first three days",   [WINDOW_SHORT] = "in the first 12 weeks",
    [WINDOW_MEDIUM] = "after three to six months",    [WINDOW_LONG] = "after more than six months",
    [WINDOW_UNSTATED] = "at a time that is not told",
};

const char *window_words(enum window window)
{
    return windows_told[window];
}

const char *certainty_meaning(enum certainty_level level)
{
    switch (level) {
    case CERTAINTY_HIGH:
        return "more studies are very unlikely to change this";
    case CERTAINTY_MODERATE:
        return "the true effect is probably close to this";
    case CERTAINTY_LOW:
        return "the true effect may well be different";
    case CERTAINTY_VERY_LOW:
        return "the true effect is likely to be different";
    case CERTAINTY_UNKNOWN:
        break;
    }
    return "not known";
}

static void put_capitalised(struct buffer *out, const char *text)
{
    buffer_byte(out, (char)toupper((unsigned char)text[0]));
    buffer_text(out, text + 1);
}

bool sentence_is_plural(const char *plain)
{
    size_t length = strlen(plain);
    size_t first_word = strcspn(plain, " ");
    bool gerund = first_word > 4 && strncmp(plain + first_word - 3, "ing", 3) == 0;
    if (strncmp(plain, "a ", 2) == 0 || strncmp(plain, "an ", 3) == 0 || gerund || length < 2)
        return false;
    return plain[length - 1] == 's' && plain[length - 2] != 's' && plain[length - 2] != 'i';
}

/* ---- who and what ---- */

/* What it means to help with an outcome, where "lowers" or "improves" does not say it. The verbs
 * take an s. */
static const struct outcome_words {
    const char *id;
    const char *better; /* the verb of a benefit */
    const char *worse;  /* … of a harm; NULL: makes it worse */
    const char *object;
} outcome_words[] = {
    {"pressure-pain-threshold", "raise", "lower", "the pressure it takes to hurt"},
    {"disability", "ease", NULL, "trouble with daily activities"},
    {"headache-frequency", "lower", "raise", "the number of headaches per month"},
    {"headache-intensity", "ease", NULL, "headaches"},
    {"global-improvement", "improve", NULL, "how people feel overall"},
    {"responders-30", "raise", "lower", "the number of people with at least 30 % less pain"},
    {"responders-50", "raise", "lower", "the number of people whose pain at least halves"},
};

static struct outcome_words words_of(const struct rating *rating)
{
    const struct outcome *outcome = rating->question.outcome;
    for (size_t i = 0; i < sizeof outcome_words / sizeof *outcome_words; i++)
        if (strcmp(outcome_words[i].id, outcome->id) == 0)
            return outcome_words[i];
    bool pain = strcmp(outcome->id, "pain-intensity") == 0;
    bool lower = !rating_has_figure(rating)
                     ? pain || strcmp(outcome->id, "muscle-soreness") == 0
                     : rating->synthesis.better == BETTER_LOWER || isfinite(outcome->mid.scale_low);
    return (struct outcome_words){
        .id = outcome->id, .better = lower ? "lower" : "improve", .object = outcome->plain};
}

void sentence_put_people_with(const struct condition *condition, struct buffer *out)
{
    bool people = strncmp(condition->plain, "people ", 7) == 0;
    buffer_printf(out, "%s%s", people ? "" : "people with ", condition->plain);
}

/* A detail in brackets must not open brackets of its own: "placebo (active)" becomes "placebo:
 * active". `before` stands before it in the brackets. */
static void put_detail(struct buffer *out, const char *before, const char *detail)
{
    buffer_printf(out, " (%s", before);
    for (const char *at = detail; *at != '\0'; at++) {
        if (at[0] == ' ' && at[1] == '(') {
            buffer_text(out, ": ");
            at++;
        } else if (*at != '(' && *at != ')') {
            buffer_byte(out, *at);
        }
    }
    buffer_byte(out, ')');
}

/* ---- against what ---- */

const char *sentence_sham(const struct intervention *intervention)
{
    return intervention->sham == NULL ? "a pretend treatment" : intervention->sham;
}

/* A pool over several kinds of controls whose summary does not tell them. */
static const char untold_controls[] =
    "what they had instead is not told in the summary that was read";

void sentence_put_comparator(const struct rating *rating, struct buffer *out)
{
    const struct question *question = &rating->question;
    const char *detail = rating->comparator_detail;
    switch (question->comparator_class) {
    case COMPARATOR_SHAM:
        buffer_text(out, sentence_sham(question->intervention));
        break;
    case COMPARATOR_NOTHING:
        buffer_text(out, "doing without it");
        break;
    case COMPARATOR_ACTIVE:
        buffer_text(out, detail == NULL ? "another treatment" : detail);
        return;
    case COMPARATOR_MIXED:
        buffer_text(out, "people who did not have it");
        put_detail(out, detail == NULL ? "" : "a mix: ", detail == NULL ? untold_controls : detail);
        return;
    }
    if (detail != NULL)
        put_detail(out, "", detail);
}

/* ---- how many ---- */

static void put_people(struct buffer *out, int people)
{
    if (people == COUNT_UNKNOWN)
        buffer_text(out, "an unknown number of people");
    else
        buffer_printf(out, "%d people", people);
}

static void put_review(const struct rating *rating, struct arena *arena, struct buffer *out)
{
    const struct synthesis *synthesis = &rating->synthesis;
    buffer_text(out, "a published review");
    if (synthesis->k != COUNT_UNKNOWN)
        buffer_printf(out, " of %d trial%s", synthesis->k, synthesis->k == 1 ? "" : "s");
    if (synthesis->n != COUNT_UNKNOWN)
        buffer_printf(out, " with %d people", synthesis->n);
    buffer_printf(out, " (%s)", study_label(synthesis->adopted, arena));
}

void sentence_put_basis(const struct rating *rating, struct arena *arena, struct buffer *out)
{
    const struct synthesis *synthesis = &rating->synthesis;
    if (synthesis->basis == BASIS_ADOPTED) {
        put_review(rating, arena, out);
        return;
    }
    buffer_printf(out, "%d trial%s with ", synthesis->k, synthesis->k == 1 ? "" : "s");
    put_people(out, synthesis->n);
}

static void put_basis(const struct rating *rating, struct arena *arena, struct buffer *out)
{
    const struct rated_study *outlier = rating->synthesis.outlier;
    const struct result *adopted = rating->synthesis.adopted_result;
    buffer_text(out, " Based on ");
    sentence_put_basis(rating, arena, out);
    buffer_byte(out, '.');
    if (adopted != NULL && adopted->group != NULL)
        buffer_printf(out, " Its figure is about %s.", adopted->group);
    if (outlier != NULL)
        buffer_printf(out, " A newer trial, %s, does not fit it.", outlier->label);
}

/* ---- the statement ---- */

static const char *const hedges[] = {
    [CERTAINTY_LOW] = "may ", [CERTAINTY_MODERATE] = "probably ", [CERTAINTY_HIGH] = ""};

/* "lowers" and "improves", or "lower" and "improve" after "may" and plurals. */
static void put_verb(struct buffer *out, const struct rating *rating, const char *stem)
{
    bool bare = rating->certainty.level == CERTAINTY_LOW ||
                sentence_is_plural(rating->question.intervention->plain);
    buffer_printf(out, "%s%s%s", hedges[rating->certainty.level], stem, bare ? "" : "s");
}

/* A small benefit whose estimate is not small is small by the near end of its interval: "at
 * least a little". At low certainty only an interval that is large from end to end leads with
 * "a lot". */
static const char *amount_of(const struct rating *rating)
{
    const char *magnitude = rating->effect.magnitude == NULL ? "" : rating->effect.magnitude;
    bool large = strcmp(magnitude, "large") == 0;
    if (rating->class == CLASS_SMALL)
        return large || strcmp(magnitude, "moderate") == 0 ? " at least a little" : " a little";
    if (rating->class != CLASS_BENEFIT || !large)
        return "";
    bool sure = rating->certainty.level > CERTAINTY_LOW || rating->effect.large_throughout;
    return sure ? " a lot" : "";
}

/* "pain a lot", but "by a lot the number of people whose pain halves": the amount must not be read
 * as that of the pain. */
static void put_object(struct buffer *out, const char *object, const char *amount)
{
    bool is_number = strncmp(object, "the number of ", strlen("the number of ")) == 0;
    if (is_number && *amount != '\0')
        buffer_printf(out, " by%s %s", amount, object);
    else
        buffer_printf(out, " %s%s", object, amount);
}

static void put_claim(const struct rating *rating, struct buffer *out)
{
    struct outcome_words words = words_of(rating);
    put_capitalised(out, rating->question.intervention->plain);
    buffer_byte(out, ' ');
    if (rating->class == CLASS_NO_DIFFERENCE) {
        put_verb(out, rating, "make");
        buffer_printf(out, " little or no difference to %s", words.object);
    } else if (rating->class == CLASS_HARM) {
        put_verb(out, rating, words.worse == NULL ? "make" : words.worse);
        buffer_printf(out, " %s%s", words.object, words.worse == NULL ? " worse" : "");
    } else {
        put_verb(out, rating, words.better);
        put_object(out, words.object, amount_of(rating));
    }
}

static void put_circumstances(const struct rating *rating, struct buffer *out)
{
    buffer_text(out, " in ");
    sentence_put_people_with(rating->question.condition, out);
    buffer_text(out, ", compared with ");
    sentence_put_comparator(rating, out);
    buffer_printf(out, ", %s", window_words(rating->question.window));
}

static bool too_small_to_notice(const struct rating *rating)
{
    return rating->class == CLASS_SMALL &&
           rating->effect.weighed.benefit < rating->effect.weighed.mid / 2;
}

/* "We don't know whether dry needling lowers pain in …" */
static void put_not_known(const struct rating *rating, struct buffer *out)
{
    const char *plain = rating->question.intervention->plain;
    struct outcome_words words = words_of(rating);
    if (rating->question.outcome->kind == OUTCOME_HARM)
        buffer_printf(out, "We don't know whether %s change%s the number of %s%s", plain,
                      sentence_is_plural(plain) ? "" : "s",
                      strncmp(words.object, "people ", 7) == 0 ? "" : "people with ", words.object);
    else
        buffer_printf(out, "We don't know whether %s %s%s %s", plain, words.better,
                      sentence_is_plural(plain) ? "" : "s", words.object);
    put_circumstances(rating, out);
}

static const char *why_undecided(const struct rating *rating)
{
    if (rating->class != CLASS_UNDECIDED)
        return ": the studies are too few or too weak to tell. They found ";
    if (rating->hangs_on_improbable)
        return ": the answer hangs on results that are hard to believe. With them it is ";
    if (rating->effect.weighed.high < rating->effect.weighed.mid)
        return ": a benefit that matters is unlikely, and a harm that matters is not ruled out. "
               "The "
               "studies found ";
    return ": there may be a difference that matters, or none. The studies found ";
}

static void put_unknown(const struct rating *rating, struct buffer *out)
{
    put_not_known(rating, out);
    buffer_text(out, why_undecided(rating));
    sentence_put_size(rating, out);
}

static void put_no_verdict(const struct rating *rating, struct buffer *out)
{
    const char *plain = rating->question.intervention->plain;
    bool harm = rating->question.outcome->kind == OUTCOME_HARM;
    put_capitalised(out, plain);
    buffer_text(out, sentence_is_plural(plain) ? " were tried" : " was tried");
    put_circumstances(rating, out);
    if (rating->synthesis.scale == BODY_RATIO)
        buffer_printf(out, ". For %s: ", rating->question.outcome->plain);
    else
        buffer_printf(out, ". The difference in %s: ", words_of(rating).object);
    sentence_put_size(rating, out);
    buffer_text(out, harm ? ". This is about harm and gets no verdict; see under safety."
                          : ". Nobody has said how big a difference would matter, so this is no "
                            "verdict.");
}

void sentence_put_directions(const struct directions *directions, struct buffer *out)
{
    const struct {
        int count;
        const char *found;
    } kinds[] = {{directions->better, "found it better"},
                 {directions->neither, "found no difference"},
                 {directions->worse, "found it worse"},
                 {directions->unclear, "did not tell"}};
    size_t told = 0;
    size_t most = 0;
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
        most += kinds[i].count > 0;
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
        if (kinds[i].count == 0)
            continue;
        buffer_printf(out, "%s%d %s",
                      told == 0          ? ""
                      : told + 1 == most ? " and "
                                         : ", ",
                      kinds[i].count, kinds[i].found);
        told++;
    }
}

void sentence_put_trials_found(const struct directions *directions, const char *against,
                               struct buffer *out)
{
    int trials = directions->better + directions->neither + directions->worse + directions->unclear;
    const char *found = directions->better == trials    ? "found it better"
                        : directions->neither == trials ? "found no difference"
                        : directions->worse == trials   ? "found it worse"
                        : directions->unclear == trials ? "did not tell what they found"
                                                        : NULL;
    if (trials == 1)
        buffer_printf(out, "The one trial%s %s", against,
                      directions->unclear ? "did not tell what it found" : found);
    else if (found != NULL && trials == 2)
        buffer_printf(out, "Both trials%s %s", against, found);
    else if (found != NULL)
        buffer_printf(out, "All %d trials%s %s", trials, against, found);
    else {
        buffer_printf(out, "Of %d trials%s, ", trials, against);
        sentence_put_directions(directions, out);
    }
    if (directions->people > 0)
        buffer_printf(out, " (%d people)", directions->people);
}

static void put_directions_only(const struct rating *rating, struct buffer *out)
{
    const struct directions *all = &rating->directions;
    int trials = all->better + all->neither + all->worse + all->unclear;
    put_not_known(rating, out);
    if (rating->synthesis.basis == BASIS_NONE) {
        buffer_text(out, ": what was published has been retracted and counts for nothing.");
        return;
    }
    buffer_text(out, ": no study here gives a figure that can be used.");
    if (trials == 0)
        return;
    buffer_byte(out, ' ');
    sentence_put_trials_found(all, "", out);
    buffer_text(out, ". A count of trials proves nothing.");
}

/* A sham-controlled result that holds "no difference" is told as such. */
static bool is_null_against_sham(const struct rating *rating)
{
    return rating->question.comparator_class == COMPARATOR_SHAM &&
           rating->effect.favours == FAVOURS_NEITHER;
}

/* Standard deviations that no smallest difference worth having gives a meaning. */
static bool goes_by_rule_of_thumb(const struct rating *rating)
{
    return rating->synthesis.scale == BODY_SMD && isnan(rating->effect.points);
}

/* E2: figures that were worked out are told where the answer hangs on them. */
static void put_imputed(const struct rating *rating, struct buffer *out)
{
    static const char *const classes[] = {"a benefit that matters", "a small benefit",
                                          "no difference that matters", "no clear answer", "harm"};
    size_t left_out = rating->synthesis.imputed.left_out;
    if (!rating->hangs_on_imputed)
        return;
    if (rating->class_without_imputed == CLASS_NONE)
        buffer_printf(out,
                      " How exact this is was not printed, and was worked out from %s other "
                      "figures.",
                      left_out == 1 ? "the trial's" : "the trials'");
    else
        buffer_printf(out,
                      " How exact %zu of them %s was not printed, and was worked out from other "
                      "figures; without %s the studies would show %s.",
                      left_out, left_out == 1 ? "is" : "are", left_out == 1 ? "it" : "them",
                      classes[rating->class_without_imputed]);
}

static void put_rated(const struct rating *rating, struct arena *arena, struct buffer *out)
{
    if (strcmp(rating->verdict, "unproven") == 0) {
        put_unknown(rating, out);
    } else {
        put_claim(rating, out);
        put_circumstances(rating, out);
        buffer_text(out, ": ");
        sentence_put_size(rating, out);
    }
    buffer_byte(out, '.');
    if (too_small_to_notice(rating) && strcmp(rating->verdict, "unproven") != 0)
        buffer_text(out, " That is too small for most people to notice.");
    if (goes_by_rule_of_thumb(rating))
        buffer_text(out, " How big a difference people would notice is not known for this, so its "
                         "size goes by a rule of thumb.");
    if (is_null_against_sham(rating))
        buffer_printf(out, " It has not been shown to do more than %s.",
                      sentence_sham(rating->question.intervention));
    put_basis(rating, arena, out);
    put_imputed(rating, out);
}

const char *sentence_of(const struct rating *rating, struct arena *arena)
{
    struct buffer out = {0};
    if (!rating_has_figure(rating)) {
        put_directions_only(rating, &out);
    } else if (rating->verdict == NULL) {
        put_no_verdict(rating, &out);
        put_basis(rating, arena, &out);
    } else {
        put_rated(rating, arena, &out);
    }
    const char *sentence = arena_strndup(arena, buffer_string(&out), out.length);
    buffer_release(&out);
    return sentence;
}
