/* One answer for "does this help that?" out of the questions behind it (METHOD Q4, V0, V1). */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "evidence/rating/catalog_private.h"
#include "evidence/rating/verdict.h"

/* What is being looked for, and where the pieces live. */
struct asking {
    const struct catalog *catalog;
    const struct intervention *intervention;
    const struct condition *condition; /* asked about */
    const struct condition *at;        /* looked at now: itself, a child or a parent */
    const struct outcome *outcome;     /* asked for; NULL: the condition's primary ones */
    struct arena *arena;
};

/* A rating with a body, and what stood against the sham beside it. */
struct choice {
    const struct rating *rating;
    const struct rating *sham; /* of the same window, else of the nearest that has one */
    const struct rating *nothing;
    const struct rating *parents_sham; /* told beside an answer that has none of its own */
    bool weaker;    /* acute and chronic answers differ, and this is the weaker */
    bool held_back; /* an own sham body holds "no difference": the answer is unproven */
};

static bool has_body(const struct rating *rating)
{
    return rating != NULL && rating->synthesis.basis >= BASIS_TRIALS && rating->verdict != NULL;
}

static const struct rating *find(const struct asking *ask, const char *comparator,
                                 const char *outcome, enum window window)
{
    const char *id = arena_printf(ask->arena, "%s.%s.%s.%s.%s", ask->intervention->id, ask->at->id,
                                  comparator, outcome, window_names[window]);
    const struct rating *rating = catalog_find_rating(ask->catalog, id);
    return has_body(rating) ? rating : NULL;
}

static bool is_sure(const struct rating *rating)
{
    return rating != NULL && rating->certainty.level >= CERTAINTY_LOW;
}

/* The interval holds zero, or lies wholly on the side of harm. */
static bool shows_no_benefit(const struct rating *rating)
{
    return rating->effect.favours != FAVOURS_INTERVENTION;
}

/* The windows in the order in which they are asked. */
static const enum window window_order[WINDOW_COUNT] = {WINDOW_SHORT, WINDOW_IMMEDIATE,
                                                       WINDOW_MEDIUM, WINDOW_LONG, WINDOW_UNSTATED};

/* What stands against a sham at another time, where none stands in this window. */
static const struct rating *sham_at_another_time(const struct asking *ask, const char *outcome)
{
    for (size_t i = 0; i < WINDOW_COUNT; i++) {
        const struct rating *sham = find(ask, "sham", outcome, window_order[i]);
        if (sham != NULL)
            return sham;
    }
    return NULL;
}

/* What was seen at one time speaks of another only where nobody told the time. */
static bool bears_on(enum window one, enum window other)
{
    return one == other || one == WINDOW_UNSTATED || other == WINDOW_UNSTATED;
}

static bool claims_benefit(const struct rating *rating)
{
    return rating->class == CLASS_BENEFIT || rating->class == CLASS_SMALL;
}

/* V1: sham where its body is low or better; else the first of nothing and mixed that is, else the
 * first there is. A benefit over doing without is held back by a sham body of its time that holds
 * zero; one of another time is told beside it. */
static bool choose_comparator(const struct asking *ask, const char *outcome, enum window window,
                              struct choice *out)
{
    const struct rating *sham = find(ask, "sham", outcome, window);
    const struct rating *nothing = find(ask, "nothing", outcome, window);
    const struct rating *mixed = find(ask, "mixed", outcome, window);
    const struct rating *fallback = is_sure(nothing)  ? nothing
                                    : is_sure(mixed)  ? mixed
                                    : nothing != NULL ? nothing
                                                      : mixed;
    bool sham_first = is_sure(sham) || (sham != NULL && !is_sure(fallback));
    *out =
        (struct choice){.rating = sham_first ? sham : fallback, .sham = sham, .nothing = nothing};
    if (out->rating == NULL)
        return false;
    if (sham == NULL)
        out->sham = sham_at_another_time(ask, outcome);
    out->held_back = !sham_first && out->sham != NULL && shows_no_benefit(out->sham) &&
                     claims_benefit(out->rating) && bears_on(out->sham->question.window, window);
    return true;
}

/* The primary window first, then the nearest with a body. */
static bool choose_window(const struct asking *ask, const char *outcome, struct choice *out)
{
    if (choose_comparator(ask, outcome, ask->condition->primary_window, out))
        return true;
    for (size_t i = 0; i < WINDOW_COUNT; i++)
        if (choose_comparator(ask, outcome, window_order[i], out))
            return true;
    return false;
}

static bool choose(const struct asking *ask, struct choice *out)
{
    size_t from;
    if (catalog_ratings_of(ask->catalog, ask->intervention->id, ask->at->id, &from) == 0)
        return false;
    if (ask->outcome != NULL)
        return choose_window(ask, ask->outcome->id, out);
    for (const char *const *outcome = ask->at->primary_outcomes; *outcome != NULL; outcome++)
        if (choose_window(ask, *outcome, out))
            return true;
    return false;
}

/* ---- kin ---- */

static bool is_parent(const struct condition *child, const char *id)
{
    for (const char *const *parent = child->parents; *parent != NULL; parent++)
        if (strcmp(*parent, id) == 0)
            return true;
    return false;
}

static int people_of(const struct choice *choice)
{
    int people = choice->rating->synthesis.n;
    return people == COUNT_UNKNOWN ? 0 : people;
}

static const char *verdict_of(const struct choice *choice)
{
    return choice->held_back ? "unproven" : choice->rating->verdict;
}

static bool is_acute_or_chronic(const struct condition *condition)
{
    return strncmp(condition->id, "acute-", 6) == 0 || strncmp(condition->id, "chronic-", 8) == 0;
}

/* The condition itself and its children, each with a body; gives how many. */
static size_t choose_among_kin(struct asking *ask, struct choice *choices,
                               const struct condition **homes)
{
    const struct base *base = catalog_base(ask->catalog);
    size_t count = 0;
    ask->at = ask->condition;
    if (choose(ask, &choices[count]))
        homes[count++] = ask->at;
    for (size_t i = 0; i < base->condition_count; i++) {
        ask->at = &base->conditions[i];
        if (is_parent(ask->at, ask->condition->id) && choose(ask, &choices[count]))
            homes[count++] = ask->at;
    }
    return count;
}

/* The one with most people; where acute and chronic differ the weaker heads. */
static size_t head_of(struct choice *choices, const struct condition *const *homes, size_t count)
{
    size_t head = 0;
    size_t weaker = SIZE_MAX;
    bool differ = false;
    for (size_t i = 1; i < count; i++)
        if (people_of(&choices[i]) > people_of(&choices[head]))
            head = i;
    for (size_t i = 0; i < count; i++) {
        if (!is_acute_or_chronic(homes[i]))
            continue;
        differ = differ || (weaker != SIZE_MAX &&
                            strcmp(verdict_of(&choices[i]), verdict_of(&choices[weaker])) != 0);
        if (weaker == SIZE_MAX ||
            verdict_rank(verdict_of(&choices[i])) > verdict_rank(verdict_of(&choices[weaker])))
            weaker = i;
    }
    if (!differ)
        return head;
    choices[weaker].weaker = true;
    return weaker;
}

static const struct condition *const *others(const struct condition *const *homes, size_t count,
                                             size_t head, struct arena *arena)
{
    const struct condition **list = arena_array(arena, count + 1, sizeof *list);
    size_t kept = 0;
    for (size_t i = 0; i < count; i++)
        if (i != head)
            list[kept++] = homes[i];
    return list;
}

/* ---- what studies found by their own account ---- */

static bool is_asked_about(const struct asking *ask, const char *condition)
{
    const struct condition *kin = base_condition(catalog_base(ask->catalog), condition);
    return strcmp(condition, ask->condition->id) == 0 || is_parent(kin, ask->condition->id);
}

/* The place of an outcome among the condition's primary ones; the last for all others. */
static int place_of(const struct asking *ask, const char *outcome)
{
    int place = 0;
    while (ask->condition->primary_outcomes[place] != NULL &&
           strcmp(ask->condition->primary_outcomes[place], outcome) != 0)
        place++;
    return place;
}

/* Against a sham before against nothing, and the primary outcome before others: lower is first. */
static int turn_of(const struct asking *ask, const struct result *result)
{
    return 100 * (int)result->comparator_class + place_of(ask, result->outcome);
}

/* Its own words on the question, sham-controlled ones asked for apart. Harm outcomes do not count.
 */
static enum favours direction_of(const struct study *study, const struct asking *ask,
                                 bool sham_only, bool *asked)
{
    const struct base *base = catalog_base(ask->catalog);
    const struct result *first = NULL;
    *asked = false;
    for (size_t i = 0; i < study->result_count; i++) {
        const struct result *result = &study->results[i];
        bool sham = result->comparator_class == COMPARATOR_SHAM;
        bool counts = sham_only ? sham : result->comparator_class != COMPARATOR_ACTIVE;
        if (!counts || strcmp(result->intervention, ask->intervention->id) != 0 ||
            !is_asked_about(ask, result->condition) || result->ignored != NULL ||
            base_outcome(base, result->outcome)->kind == OUTCOME_HARM)
            continue;
        *asked = true;
        if (result->favours != FAVOURS_UNKNOWN &&
            (first == NULL || turn_of(ask, result) < turn_of(ask, first)))
            first = result;
    }
    return first == NULL ? FAVOURS_UNKNOWN : first->favours;
}

static void count_study(const struct study *study, const struct asking *ask, bool sham_only,
                        struct directions *out)
{
    bool asked;
    enum favours favours = direction_of(study, ask, sham_only, &asked);
    if (!asked)
        return;
    int *counts[] = {[FAVOURS_INTERVENTION] = &out->better,
                     [FAVOURS_NEITHER] = &out->neither,
                     [FAVOURS_COMPARATOR] = &out->worse,
                     [FAVOURS_UNKNOWN] = &out->unclear};
    (*counts[favours])++;
    out->people = out->people == COUNT_UNKNOWN || study->participants == COUNT_UNKNOWN
                      ? COUNT_UNKNOWN
                      : out->people + study->participants;
}

static int by_study(const void *left, const void *right)
{
    const struct study *a = *(const struct study *const *)left;
    const struct study *b = *(const struct study *const *)right;
    return strcmp(a->id, b->id);
}

/* The studies of the condition and its children, each once, retracted ones left out; gives how
 * many. */
static size_t studies_of(const struct asking *ask, const struct study ***out)
{
    const struct base *base = catalog_base(ask->catalog);
    const struct study **list =
        arena_array(ask->arena, ask->catalog->mention_count + 1, sizeof *list);
    size_t total = 0;
    for (size_t i = 0; i < base->condition_count; i++) {
        size_t count = 0;
        if (!is_asked_about(ask, base->conditions[i].id))
            continue;
        const struct mention *mentions =
            catalog_mentions(ask->catalog, ask->intervention->id, base->conditions[i].id, &count);
        for (size_t j = 0; j < count; j++)
            if (!mentions[j].study->retracted)
                list[total++] = mentions[j].study;
    }
    qsort(list, total, sizeof *list, by_study);
    size_t kept = 0;
    for (size_t i = 0; i < total; i++)
        if (kept == 0 || list[i] != list[kept - 1])
            list[kept++] = list[i];
    *out = list;
    return kept;
}

static void count_trials(const struct asking *ask, bool sham_only, struct directions *out)
{
    const struct study **studies;
    size_t count = studies_of(ask, &studies);
    for (size_t i = 0; i < count; i++)
        if (design_is_trial(studies[i]->design))
            count_study(studies[i], ask, sham_only, out);
}

static int total_of(const struct directions *directions)
{
    return directions->better + directions->neither + directions->worse + directions->unclear;
}

/* ---- telling ---- */

static void put_sham_directions(const struct asking *ask, struct buffer *out)
{
    struct directions sham = {0};
    count_trials(ask, true, &sham);
    buffer_text(out,
                " It has not been shown to beat a pretend treatment: no trial with one gives a "
                "figure for this that can be used.");
    if (total_of(&sham) == 0)
        return;
    buffer_byte(out, ' ');
    sentence_put_trials_found(&sham, " with one", out);
    buffer_byte(out, '.');
}

/* Q4: what a wider condition's trials with a sham found is told, and holds nothing back. */
static void put_parents_sham(const struct rating *sham, struct buffer *out)
{
    buffer_text(out, " In ");
    sentence_put_people_with(sham->question.condition, out);
    buffer_text(out, ", against a pretend treatment, the studies found ");
    sentence_put_size(sham, out);
    buffer_byte(out, '.');
}

static void put_not_beaten(const struct asking *ask, struct buffer *out,
                           const struct choice *choice)
{
    if (choice->sham == NULL) {
        put_sham_directions(ask, out);
        if (choice->parents_sham != NULL)
            put_parents_sham(choice->parents_sham, out);
        return;
    }
    buffer_text(out, shows_no_benefit(choice->sham)
                         ? " It has not been shown to beat a pretend treatment: against that, "
                         : " Whether it beats a pretend treatment is not sure: against that, ");
    if (choice->sham->question.window != choice->rating->question.window)
        buffer_printf(out, "%s, ", window_words(choice->sham->question.window));
    buffer_text(out, "the studies found ");
    sentence_put_size(choice->sham, out);
    buffer_byte(out, '.');
}

static const char *told(const struct asking *ask, const struct choice *choice,
                        const struct headline *headline)
{
    struct buffer out = {0};
    if (headline->borrowed)
        buffer_printf(&out, "No study of %s itself gives a usable figure; this one is about %s. ",
                      ask->condition->plain, headline->home->plain);
    else if (headline->home != ask->condition)
        buffer_printf(&out, "%s are about %s. ",
                      choice->weaker ? "The studies differ by how long the pain has lasted. The "
                                       "less hopeful ones"
                      : headline->besides[0] == NULL ? "The only usable figures here"
                                                     : "The largest studies here",
                      headline->home->plain);
    if (choice->held_back)
        buffer_printf(
            &out, "We don't know whether %s better than a pretend treatment. ",
            arena_printf(ask->arena, "%s %s", ask->intervention->plain,
                         sentence_is_plural(ask->intervention->plain) ? "work" : "works"));
    buffer_text(&out, choice->rating->sentence);
    if (choice->rating->question.comparator_class != COMPARATOR_SHAM)
        put_not_beaten(ask, &out, choice);
    const char *sentence = arena_strndup(ask->arena, buffer_string(&out), out.length);
    buffer_release(&out);
    return sentence;
}

static void fill(const struct asking *ask, const struct choice *choice,
                 const struct condition *home, struct headline *out)
{
    out->rating = choice->rating;
    out->home = home;
    out->sham = choice->sham;
    out->nothing = choice->nothing;
    out->certainty = choice->held_back ? CERTAINTY_VERY_LOW : choice->rating->certainty.level;
    out->verdict = verdict_of(choice);
    out->rule = out->borrowed ? "Q4" : choice->held_back ? "V1" : choice->rating->rule;
    out->sentence = told(ask, choice, out);
}

/* ---- Q4: borrowing ---- */

/* The same question rated a level lower for being about another condition. */
static const struct rating *rated_as_borrowed(const struct asking *ask, const struct rating *rating)
{
    if (rating == NULL)
        return NULL;
    const struct gathered key = {.question = rating->question};
    const struct gathered *gathered = &key;
    for (size_t i = 0; i < ask->catalog->count; i++)
        if (ask->catalog->ratings[i] == rating)
            gathered = &ask->catalog->questions[i];
    return rate_question(&ask->catalog->context, gathered, 1, ask->arena);
}

/* A parent's sham body before its own fallback to nothing, where both are of one time. */
static void prefer_sham(struct choice *choice)
{
    if (choice->sham == NULL ||
        !bears_on(choice->sham->question.window, choice->rating->question.window))
        return;
    choice->rating = choice->sham;
    choice->held_back = false;
}

/* The first sham body among the parents' for the outcome of an answer that has none of its own. */
static void find_parents_sham(struct asking *ask, struct choice *choice)
{
    const struct condition *home = ask->at;
    if (choice->sham != NULL || choice->rating->question.comparator_class == COMPARATOR_SHAM)
        return;
    for (const char *const *id = home->parents; choice->parents_sham == NULL && *id != NULL; id++) {
        ask->at = base_condition(catalog_base(ask->catalog), *id);
        choice->parents_sham = sham_at_another_time(ask, choice->rating->question.outcome->id);
    }
    ask->at = home;
}

static bool borrow(struct asking *ask, struct headline *out)
{
    const struct base *base = catalog_base(ask->catalog);
    for (const char *const *id = ask->condition->parents; *id != NULL; id++) {
        struct choice choice;
        ask->at = base_condition(base, *id);
        if (!choose(ask, &choice))
            continue;
        prefer_sham(&choice);
        choice.rating = rated_as_borrowed(ask, choice.rating);
        out->borrowed = true;
        fill(ask, &choice, ask->at, out);
        return true;
    }
    return false;
}

/* ---- V0 and untested ---- */

static void put_helps(const struct asking *ask, struct buffer *out)
{
    buffer_printf(out, "We don't know whether %s help%s ", ask->intervention->plain,
                  sentence_is_plural(ask->intervention->plain) ? "" : "s");
    sentence_put_people_with(ask->condition, out);
}

/* ": 3 studies stand here (2 of them reviews), and none gives …" */
static void put_studies(const struct asking *ask, struct buffer *out)
{
    const struct study **studies;
    size_t count = studies_of(ask, &studies);
    size_t reviews = 0;
    for (size_t i = 0; i < count; i++)
        reviews += studies[i]->design == DESIGN_SYSTEMATIC_REVIEW;
    const char *noun = reviews == count ? "review" : "stud";
    const char *one = reviews == count ? "" : "y";
    const char *many = reviews == count ? "s" : "ies";
    buffer_printf(out, ": %zu %s%s here", count, noun, count == 1 ? one : many);
    if (reviews > 0 && reviews < count)
        buffer_printf(out, " (%zu of them %s)", reviews, reviews == 1 ? "a review" : "reviews");
    buffer_printf(out, " give%s no figure that can answer this.", count == 1 ? "s" : "");
}

static const char *told_by_directions(const struct asking *ask, const struct headline *headline,
                                      const struct directions *sham)
{
    struct buffer out = {0};
    int with_sham = total_of(sham);
    bool none_beat_sham = with_sham > 0 && sham->neither == with_sham;
    if (none_beat_sham) {
        sentence_put_trials_found(sham, " with a pretend treatment", &out);
        buffer_text(&out, ". ");
    }
    put_helps(ask, &out);
    put_studies(ask, &out);
    int counted = total_of(&headline->directions);
    if (counted == 0)
        buffer_printf(&out, " %s a trial against a pretend treatment or against doing without it.",
                      headline->studies == 1 ? "It is not" : "None of them is");
    if (counted > 0 && !(none_beat_sham && counted == with_sham)) {
        buffer_byte(&out, ' ');
        sentence_put_trials_found(&headline->directions,
                                  " against a pretend treatment or doing without", &out);
        buffer_byte(&out, '.');
    }
    if (counted > 0)
        buffer_text(&out, " A count of trials proves nothing.");
    const char *sentence = arena_strndup(ask->arena, buffer_string(&out), out.length);
    buffer_release(&out);
    return sentence;
}

/* A study of a pair that was not retracted. */
static bool is_studied(const struct asking *ask, const char *condition)
{
    size_t count = 0;
    const struct mention *mentions =
        catalog_mentions(ask->catalog, ask->intervention->id, condition, &count);
    for (size_t i = 0; i < count; i++)
        if (!mentions[i].study->retracted)
            return true;
    return false;
}

/* Nobody looked at this condition, but somebody did at a wider one. */
static const char *told_of_parents(const struct asking *ask)
{
    for (const char *const *id = ask->condition->parents; *id != NULL; id++) {
        if (is_studied(ask, *id))
            return arena_printf(ask->arena,
                                " There are studies for %s, but they give no usable figure.",
                                base_condition(catalog_base(ask->catalog), *id)->plain);
    }
    return "";
}

static void answer_without_body(struct asking *ask, struct headline *out)
{
    struct directions sham = {0};
    out->certainty = CERTAINTY_VERY_LOW;
    out->home = ask->condition;
    if (out->studies == 0) {
        out->verdict = "untested";
        out->rule = "V0";
        out->sentence =
            arena_printf(ask->arena,
                         "No study of %s for %s stands in this base.%s That is not the "
                         "same as \"it does not work\", "
                         "and a study may exist that has not been entered here.",
                         ask->intervention->plain, ask->condition->plain, told_of_parents(ask));
        return;
    }
    count_trials(ask, true, &sham);
    out->verdict = "unproven";
    out->rule = "V0";
    out->sentence = told_by_directions(ask, out, &sham);
}

static void count_studies(const struct asking *ask, struct headline *out)
{
    const struct study **studies;
    out->studies = (int)studies_of(ask, &studies);
    count_trials(ask, false, &out->directions);
}

const struct headline *catalog_headline(const struct catalog *catalog,
                                        const struct intervention *intervention,
                                        const struct condition *condition,
                                        const struct outcome *outcome, struct arena *arena)
{
    static const struct condition *const nobody[] = {NULL};
    size_t most = catalog->base.condition_count + 1;
    struct asking ask = {.catalog = catalog,
                         .intervention = intervention,
                         .condition = condition,
                         .outcome = outcome,
                         .arena = arena};
    struct choice *choices = arena_array(arena, most, sizeof *choices);
    const struct condition **homes = arena_array(arena, most, sizeof *homes);
    struct headline *out = arena_alloc(arena, sizeof *out);
    out->intervention = intervention;
    out->condition = condition;
    out->besides = nobody;
    count_studies(&ask, out);
    size_t count = choose_among_kin(&ask, choices, homes);
    if (count > 0) {
        size_t head = head_of(choices, homes, count);
        ask.at = homes[head];
        find_parents_sham(&ask, &choices[head]);
        out->besides = others(homes, count, head, arena);
        fill(&ask, &choices[head], homes[head], out);
    } else if (!borrow(&ask, out)) {
        answer_without_body(&ask, out);
    }
    return out;
}
