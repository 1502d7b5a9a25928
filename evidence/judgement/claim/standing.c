#include "evidence/judgement/claim/standing.h"

#include <math.h>
#include <string.h>

#include "evidence/judgement/kept_headlines.h"
#include "evidence/judgement/kept_table.h"

enum { WEIGHT_POOL = 3, WEIGHT_REVIEW = 2, WEIGHT_TRIAL = 1, REMEMBERED_BLOCK = 32 };

/* Some 250 bytes each; those asked for later are worked out in each text. */
enum { KEPT_STANDINGS_MOST = 2048 };

struct remembered {
    struct standing_question question;
    struct standing standing;
};

struct remembered_headline {
    const struct intervention *intervention;
    const struct condition *condition;
    const struct headline *headline;
};

struct standings {
    const struct catalog *catalog;
    struct arena *arena;
    struct remembered **items;
    size_t count;
    size_t room;
    struct remembered_headline *headlines;
    size_t headline_count;
    size_t headline_room;
};

struct standings *standings_new(const struct catalog *catalog, struct arena *arena)
{
    struct standings *standings = arena_alloc(arena, sizeof *standings);
    *standings = (struct standings){.catalog = catalog, .arena = arena};
    return standings;
}

static void *with_room(struct arena *arena, void *items, size_t count, size_t *room, size_t size)
{
    if (count < *room)
        return items;
    *room = *room == 0 ? REMEMBERED_BLOCK : 2 * *room;
    void *larger = arena_array(arena, *room, size);
    if (count > 0)
        memcpy(larger, items, count * size);
    return larger;
}

const struct headline *standing_headline(struct standings *standings,
                                         const struct intervention *intervention,
                                         const struct condition *condition)
{
    for (size_t i = 0; i < standings->headline_count; i++)
        if (standings->headlines[i].intervention == intervention &&
            standings->headlines[i].condition == condition)
            return standings->headlines[i].headline;
    const struct headline *headline =
        kept_headline(standings->catalog, intervention, condition, NULL, standings->arena);
    standings->headlines =
        with_room(standings->arena, standings->headlines, standings->headline_count,
                  &standings->headline_room, sizeof *standings->headlines);
    standings->headlines[standings->headline_count++] =
        (struct remembered_headline){intervention, condition, headline};
    return headline;
}

/* ---- what a verdict comes to ---- */

static enum standing_kind kind_of_verdict(const char *verdict)
{
    static const struct {
        const char *verdict;
        enum standing_kind kind;
    } kinds[] = {
        {"works", STANDING_WORKS},
        {"probably-works", STANDING_WORKS},
        {"small-benefit", STANDING_MAY},
        {"probably-small-benefit", STANDING_MAY},
        {"may-work", STANDING_MAY},
        {"may-help-a-little", STANDING_MAY},
        {"may-not-work", STANDING_NULL},
        {"probably-does-not-work", STANDING_FIRMLY_NULL},
        {"does-not-work", STANDING_FIRMLY_NULL},
        {"may-harm", STANDING_HARM},
        {"probably-harmful", STANDING_HARM},
        {"harmful", STANDING_HARM},
        {"better", STANDING_WORKS},
        {"probably-better", STANDING_WORKS},
        {"may-be-better", STANDING_MAY},
        {"no-different", STANDING_FIRMLY_NULL},
        {"probably-no-different", STANDING_FIRMLY_NULL},
        {"may-be-no-different", STANDING_NULL},
        {"worse", STANDING_HARM},
        {"probably-worse", STANDING_HARM},
        {"may-be-worse", STANDING_HARM},
    };
    for (size_t i = 0; verdict != NULL && i < sizeof kinds / sizeof *kinds; i++)
        if (strcmp(kinds[i].verdict, verdict) == 0)
            return kinds[i].kind;
    return STANDING_UNKNOWN;
}

/* Of an outcome without a size that matters there is no verdict, but a benefit may be as sure. */
static enum standing_kind kind_of_rating(const struct rating *rating)
{
    bool figure = rating->synthesis.basis >= BASIS_TRIALS;
    if (rating->verdict != NULL || !figure || rating->effect.favours != FAVOURS_INTERVENTION)
        return kind_of_verdict(rating->verdict);
    return rating->certainty.level >= CERTAINTY_MODERATE ? STANDING_WORKS
           : rating->certainty.level == CERTAINTY_LOW    ? STANDING_MAY
                                                         : STANDING_UNKNOWN;
}

/* ---- what the questions lean to ---- */

/* Counts by comparator: against a sham, and against everything else. */
struct lean {
    int better[2];
    int neither[2];
    int worse[2];
    enum standing_kind best;  /* of verdicts that say something, the most hopeful; … */
    enum standing_kind worst; /* … and the least */
    bool studies;
    bool pooled_null;   /* a pool of several trials found no difference, … */
    bool figure_better; /* … and a figure of any kind a benefit */
    bool head_to_head;
};

static void count(struct lean *lean, enum favours favours, bool sham, int weight)
{
    int *counts[] = {[FAVOURS_INTERVENTION] = &lean->better[sham],
                     [FAVOURS_NEITHER] = &lean->neither[sham],
                     [FAVOURS_COMPARATOR] = &lean->worse[sham]};
    if (favours != FAVOURS_UNKNOWN)
        *counts[favours] += weight;
}

/* A figure that leaves everything open, its estimate near to nothing, is told as no difference. */
static enum favours favours_of_figure(const struct rating *rating)
{
    const struct effect_told *effect = &rating->effect;
    switch (rating->class) {
    case CLASS_BENEFIT:
    case CLASS_SMALL:
        return FAVOURS_INTERVENTION;
    case CLASS_NO_DIFFERENCE:
        return FAVOURS_NEITHER;
    case CLASS_HARM:
        return FAVOURS_COMPARATOR;
    case CLASS_UNDECIDED:
        return fabs(effect->weighed.benefit) < effect->weighed.mid / 2 ? FAVOURS_NEITHER
                                                                       : FAVOURS_UNKNOWN;
    case CLASS_NONE:
        break;
    }
    return effect->favours;
}

static void lean_on_directions(const struct rating *rating, struct lean *lean)
{
    bool sham = rating->question.comparator_class == COMPARATOR_SHAM;
    for (size_t i = 0; i < rating->body.count; i++) {
        const struct rated_study *one = &rating->body.studies[i];
        if (one->study->retracted)
            continue;
        bool review = one->study->design == DESIGN_SYSTEMATIC_REVIEW;
        if (review || design_is_trial(one->study->design))
            count(lean, one->favours, sham, review ? WEIGHT_REVIEW : WEIGHT_TRIAL);
    }
}

static void note_figure(const struct rating *rating, struct lean *lean)
{
    enum { POOL_TRIALS = 5 };
    if (rating->synthesis.basis < BASIS_TRIALS)
        return;
    enum favours favours = favours_of_figure(rating);
    lean->pooled_null =
        lean->pooled_null || (favours == FAVOURS_NEITHER && rating->synthesis.k >= POOL_TRIALS);
    lean->figure_better = lean->figure_better || favours == FAVOURS_INTERVENTION;
}

static void lean_on(const struct rating *rating, struct lean *lean)
{
    bool sham = rating->question.comparator_class == COMPARATOR_SHAM;
    enum standing_kind kind = kind_of_rating(rating);
    lean->studies = true;
    if (kind != STANDING_UNKNOWN) {
        if (lean->best == STANDING_UNKNOWN || kind < lean->best)
            lean->best = kind;
        if (kind > lean->worst)
            lean->worst = kind;
    }
    note_figure(rating, lean);
    if (rating->synthesis.basis >= BASIS_TRIALS)
        count(lean, favours_of_figure(rating), sham,
              rating->synthesis.k == 1 ? WEIGHT_TRIAL : WEIGHT_POOL);
    else
        lean_on_directions(rating, lean);
}

/* ---- which questions ---- */

static bool is_outcome(const struct standing_question *question, const struct rating *rating)
{
    const char *id = rating->question.outcome->id;
    if (question->outcome != NULL)
        return strcmp(id, question->outcome->id) == 0;
    for (const char *const *primary = rating->question.condition->primary_outcomes;
         *primary != NULL; primary++)
        if (strcmp(*primary, id) == 0)
            return true;
    return false;
}

static bool is_comparator(const struct standing_question *question, const struct rating *rating)
{
    enum comparator_class class = rating->question.comparator_class;
    const char *active = comparator_intervention(rating->question.comparator);
    if (question->against != NULL)
        return active != NULL && strcmp(active, question->against->id) == 0;
    if (question->comparators == STANDING_ANY)
        return class != COMPARATOR_ACTIVE;
    return (question->comparators >> class & 1u) != 0;
}

static bool is_asked(const struct standing_question *question, const struct rating *rating)
{
    return is_outcome(question, rating) && is_comparator(question, rating) &&
           (question->windows == STANDING_ANY ||
            (question->windows >> rating->question.window & 1u) != 0) &&
           rating->question.outcome->kind == OUTCOME_BENEFIT;
}

/* Firm answers first, then figures, then counts of directions. */
static int weight_of(const struct rating *rating)
{
    return (kind_of_verdict(rating->verdict) != STANDING_UNKNOWN ? 8 : 0) +
           (rating->synthesis.basis >= BASIS_TRIALS ? 4 : 0) +
           (rating->question.comparator_class == COMPARATOR_SHAM ? 2 : 0) +
           (int)rating->certainty.level;
}

static void keep_rating(struct standing *out, const struct rating *rating)
{
    size_t at = out->rating_count;
    for (size_t i = 0; i < out->rating_count; i++)
        if (out->ratings[i] == rating)
            return;
    while (at > 0 && weight_of(rating) > weight_of(out->ratings[at - 1]))
        at--;
    if (at == STANDING_RATINGS)
        return;
    if (out->rating_count < STANDING_RATINGS)
        out->rating_count++;
    for (size_t i = out->rating_count - 1; i > at; i--)
        out->ratings[i] = out->ratings[i - 1];
    out->ratings[at] = rating;
}

static void look_at_condition(const struct standings *standings,
                              const struct standing_question *question, const char *condition,
                              struct lean *lean, struct standing *out)
{
    size_t from;
    size_t count_of_pair =
        catalog_ratings_of(standings->catalog, question->intervention->id, condition, &from);
    for (size_t i = 0; i < count_of_pair; i++) {
        const struct rating *rating = catalog_rating(standings->catalog, from + i);
        if (!is_asked(question, rating))
            continue;
        lean_on(rating, lean);
        keep_rating(out, rating);
    }
}

/* The condition and its descendants; without one, every condition. */
static void look_at_kin(const struct standings *standings, const struct standing_question *question,
                        struct lean *lean, struct standing *out)
{
    const struct base *base = catalog_base(standings->catalog);
    for (size_t i = 0; i < base->condition_count; i++)
        if (question->condition == NULL ||
            base_condition_descends(base, base->conditions[i].id, question->condition->id))
            look_at_condition(standings, question, base->conditions[i].id, lean, out);
    if (lean->studies)
        out->home = question->condition;
}

/* The first of the condition's parents that anything is known of. */
static void look_at_parents(const struct standings *standings,
                            const struct standing_question *question, struct lean *lean,
                            struct standing *out)
{
    const struct base *base = catalog_base(standings->catalog);
    if (question->condition == NULL)
        return;
    for (const char *const *id = question->condition->parents; *id != NULL && !lean->studies;
         id++) {
        look_at_condition(standings, question, *id, lean, out);
        if (!lean->studies)
            continue;
        out->home = base_condition(base, *id);
        out->borrowed = true;
    }
}

/* Few of many studies found anything. */
static bool is_mostly_null(int better, int others)
{
    enum { SHARE = 3 };
    return SHARE * better <= others;
}

static enum standing_kind kind_of_lean(const struct lean *lean)
{
    int better = lean->better[0] + lean->better[1];
    int neither = lean->neither[0] + lean->neither[1];
    int worse = lean->worse[0] + lean->worse[1];
    bool sham_null = lean->better[1] == 0 && lean->neither[1] + lean->worse[1] > 0;
    if (!lean->studies)
        return STANDING_UNTESTED;
    if (better + neither + worse == 0)
        return STANDING_UNKNOWN;
    if (better == 0)
        return worse > neither ? STANDING_HARM : STANDING_NULL;
    if (sham_null && lean->better[0] > 0)
        return STANDING_NOT_SHAM;
    /* A pool weighs what a count of single trials only counts. */
    bool outweighed = lean->pooled_null && !lean->figure_better && better <= neither + worse;
    if (outweighed || is_mostly_null(better, neither + worse))
        return STANDING_NULL;
    return better > neither + worse ? STANDING_LEANS : STANDING_MIXED;
}

/* A verdict of the questions themselves outranks what they lean to; two that differ are mixed. */
static enum standing_kind kind_of(const struct lean *lean)
{
    enum standing_kind leaning = kind_of_lean(lean);
    /* Against doing nothing, "worse" by count alone is told as no benefit. */
    if (lean->best == STANDING_UNKNOWN)
        return leaning == STANDING_HARM && !lean->head_to_head ? STANDING_NULL : leaning;
    /* Firm over doing nothing alone, and the sham trials found nothing (V1). */
    if (lean->worst <= STANDING_MAY && leaning == STANDING_NOT_SHAM)
        return leaning;
    if (lean->best == lean->worst || lean->worst <= STANDING_MAY)
        return lean->best;
    return lean->best <= STANDING_MAY ? STANDING_MIXED : lean->worst;
}

/* Tried against other treatments alone: to do better than one leans to a benefit, all else tests
 * nothing. */
static enum standing_kind kind_over_rivals(const struct lean *lean)
{
    enum standing_kind kind = kind_of(lean);
    return kind == STANDING_WORKS || kind == STANDING_MAY || kind == STANDING_LEANS
               ? STANDING_LEANS
               : STANDING_UNTESTED;
}

static void fill_from_questions(const struct standings *standings,
                                const struct standing_question *question, struct standing *out)
{
    struct lean lean = {.best = STANDING_UNKNOWN,
                        .worst = STANDING_UNKNOWN,
                        .head_to_head = question->against != NULL};
    struct standing_question narrowed = *question;
    /* Where the headline answers from one of the condition's children, so does this: a benefit in
     * recent back pain is none in back pain at large. */
    if (out->headline != NULL && out->headline->home != NULL && !out->headline->borrowed)
        narrowed.condition = out->headline->home;
    look_at_kin(standings, &narrowed, &lean, out);
    if (!lean.studies)
        look_at_parents(standings, question, &lean, out);
    bool rivals_alone = !lean.studies && question->comparators == STANDING_ANY &&
                        question->windows == STANDING_ANY && question->against == NULL;
    if (rivals_alone) {
        narrowed.comparators = 1u << COMPARATOR_ACTIVE;
        look_at_kin(standings, &narrowed, &lean, out);
    }
    out->kind = rivals_alone ? kind_over_rivals(&lean) : kind_of(&lean);
    if (out->kind == STANDING_UNTESTED)
        out->rating_count = 0;
    out->better = lean.better[0] + lean.better[1];
    out->neither = lean.neither[0] + lean.neither[1];
    out->worse = lean.worse[0] + lean.worse[1];
    out->varies =
        lean.best <= STANDING_MAY && lean.best != STANDING_UNKNOWN && lean.worst >= STANDING_NULL;
    out->firm = lean.best != STANDING_UNKNOWN;
}

/* ---- the headline ---- */

/* V1: a benefit over nothing that a sham body of its own holds back. */
static bool is_held_back(const struct headline *headline)
{
    return headline->rating != NULL && strcmp(headline->verdict, "unproven") == 0 &&
           kind_of_verdict(headline->rating->verdict) <= STANDING_MAY &&
           kind_of_verdict(headline->rating->verdict) != STANDING_UNKNOWN;
}

/* The answer of the headline, with both rows behind it. */
static bool fill_from_headline(struct standings *standings,
                               const struct standing_question *question, struct standing *out)
{
    const struct headline *headline =
        standing_headline(standings, question->intervention, question->condition);
    enum standing_kind kind = kind_of_verdict(headline->verdict);
    out->headline = headline;
    if (is_held_back(headline))
        kind = STANDING_NOT_SHAM;
    if (kind == STANDING_UNKNOWN)
        return false;
    *out = (struct standing){
        .kind = kind, .home = headline->home, .borrowed = headline->borrowed, .headline = headline};
    const struct rating *rows[] = {headline->rating, headline->sham, headline->nothing};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        if (rows[i] != NULL)
            keep_rating(out, rows[i]);
    return true;
}

static bool is_whole_question(const struct standing_question *question)
{
    return question->condition != NULL && question->outcome == NULL &&
           question->comparators == STANDING_ANY && question->windows == STANDING_ANY &&
           question->against == NULL;
}

static bool is_same(const struct standing_question *a, const struct standing_question *b)
{
    return a->intervention == b->intervention && a->condition == b->condition &&
           a->outcome == b->outcome && a->comparators == b->comparators &&
           a->windows == b->windows && a->against == b->against;
}

/* ---- kept with the catalog ---- */

static void *make_table(const struct catalog *catalog, struct arena *arena)
{
    (void)catalog;
    return kept_table_new(arena, KEPT_STANDINGS_MOST, sizeof(struct standing_question));
}

static const void *copy_of(const void *standing, struct arena *arena)
{
    struct standing *copy = arena_alloc(arena, sizeof *copy);
    *copy = *(const struct standing *)standing;
    return copy;
}

static void work_out(struct standings *standings, const struct standing_question *question,
                     struct standing *out)
{
    if (!is_whole_question(question) || !fill_from_headline(standings, question, out))
        fill_from_questions(standings, question, out);
}

/* The same question is asked of text after text. Not kept is what rests on a borrowed headline,
 * whose rating goes with the call; the headline itself is asked for each time, as it may. */
static void look_up(struct standings *standings, const struct standing_question *question,
                    struct standing *out)
{
    struct kept_table *table = catalog_keep(standings->catalog, KEPT_STANDINGS, make_table);
    const struct standing *kept = kept_table_find(table, question);
    if (kept != NULL)
        *out = *kept;
    else
        work_out(standings, question, out);
    const struct headline *headline = out->headline;
    if (kept != NULL && headline != NULL)
        out->headline = standing_headline(standings, question->intervention, question->condition);
    if (kept == NULL && (headline == NULL || !headline->borrowed))
        kept_table_add(table, question, out, copy_of);
}

const struct standing *standing_of(struct standings *standings,
                                   const struct standing_question *question)
{
    for (size_t i = 0; i < standings->count; i++)
        if (is_same(&standings->items[i]->question, question))
            return &standings->items[i]->standing;
    standings->items = with_room(standings->arena, standings->items, standings->count,
                                 &standings->room, sizeof *standings->items);
    struct remembered *one = arena_alloc(standings->arena, sizeof *one);
    standings->items[standings->count++] = one;
    one->question = *question;
    look_up(standings, question, &one->standing);
    return &one->standing;
}
