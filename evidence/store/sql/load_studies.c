#include <stdlib.h>
#include <string.h>

#include "evidence/store/sql/load.h"

/* Studies in the order of their keys, which is that of all their rows. */
struct keyed {
    int64_t key;
    struct study study;
};

struct keyed_studies {
    struct keyed *items;
    size_t count;
};

static void read_identity(struct cursor *cursor, struct study *out)
{
    out->id = take_text(cursor);
    out->pmid = take_text(cursor);
    out->doi = take_text(cursor);
    out->pmcid = take_text(cursor);
    out->title = take_text(cursor);
    out->authors_complete = take_truth(cursor);
    out->year = take_count(cursor);
    out->journal = take_text(cursor);
}

static void read_study(struct cursor *cursor, struct keyed *item)
{
    struct study *out = &item->study;
    item->key = take_integer(cursor);
    read_identity(cursor, out);
    out->design = (enum design)take_choice(cursor, design_names, DESIGN_RCT);
    out->condition = take_text(cursor);
    out->population = take_text(cursor);
    out->participants = take_count(cursor);
    out->trials = take_count(cursor);
    out->funding = take_text(cursor);
    out->retracted = take_truth(cursor);
    out->conclusion = take_text(cursor);
    out->note = take_text(cursor);
    out->checked = take_truth(cursor);
    out->checked_agrees = take_truth(cursor);
    out->checked_by = take_text(cursor);
    out->checked_on = take_text(cursor);
    out->checked_note = take_text(cursor);
    out->aliases = out->registrations = out->pooled_in = no_texts;
    if (out->id == NULL || out->title == NULL || out->condition == NULL)
        cursor_damaged(cursor, "a study lacks its id, title or condition");
}

static void read_author(struct cursor *cursor, void *item)
{
    struct author *out = item;
    out->family = take_text(cursor);
    out->given = take_text(cursor);
    out->group = take_text(cursor);
}

static void read_appraisal(struct cursor *cursor, void *item)
{
    struct appraisal *out = item;
    out->instrument = (enum instrument)take_choice(cursor, instrument_names, INSTRUMENT_OTHER);
    out->overall = take_text(cursor);
    out->score = take_real(cursor);
    out->out_of = take_real(cursor);
    out->scope = (enum scope)take_choice(cursor, scope_names, SCOPE_STUDY);
    out->share_low = take_real(cursor);
    out->share_high = take_real(cursor);
    out->applies_to = take_text(cursor);
    out->as_reported = take_text(cursor);
    out->rated_by = take_text(cursor);
    out->item_names = out->item_values = no_texts;
}

static void read_question(struct cursor *cursor, struct result *out)
{
    out->intervention = take_text(cursor);
    out->comparator = take_text(cursor);
    if (out->comparator == NULL || !comparator_parse(out->comparator, &out->comparator_class))
        cursor_damaged(cursor, "\"%s\" is no comparator",
                       out->comparator == NULL ? "" : out->comparator);
    out->comparator_detail = take_text(cursor);
    out->condition = take_text(cursor);
    out->outcome = take_text(cursor);
    out->scale.name = take_text(cursor);
    out->scale.low = take_real(cursor);
    out->scale.high = take_real(cursor);
    out->scale.unit = take_text(cursor);
    out->better = (enum better)take_choice(cursor, better_names, BETTER_LOWER);
    out->window = (enum window)take_choice(cursor, window_names, WINDOW_UNSTATED);
    out->days = take_real(cursor);
    out->time = take_text(cursor);
    if (out->intervention == NULL || out->condition == NULL || out->outcome == NULL)
        cursor_damaged(cursor, "a result lacks its intervention, condition or outcome");
}

static void read_figures(struct cursor *cursor, struct result *out)
{
    out->figure = (enum figure)take_choice(cursor, figure_names, FIGURE_NONE);
    out->estimate = take_real(cursor);
    out->ci_low = take_real(cursor);
    out->ci_high = take_real(cursor);
    out->ci_level = take_real(cursor);
    out->se = take_real(cursor);
    out->p = take_real(cursor);
    out->p_bound = take_truth(cursor);
    out->k = take_count(cursor);
    out->n = take_count(cursor);
    out->i2 = take_real(cursor);
    out->control_risk = take_real(cursor);
}

static void read_result(struct cursor *cursor, void *item)
{
    struct result *out = item;
    read_question(cursor, out);
    read_figures(cursor, out);
    out->group = take_text(cursor);
    out->paired = take_truth(cursor);
    out->favours = (enum favours)take_choice(cursor, favours_names, FAVOURS_UNKNOWN);
    out->main = take_text(cursor);
    out->grade = (enum certainty_level)take_choice(cursor, certainty_names, CERTAINTY_UNKNOWN);
    out->grade_by = take_text(cursor);
    out->grade_where = take_text(cursor);
    out->dose_response = take_text(cursor);
    out->borderline = take_truth(cursor);
    out->ignored = take_text(cursor);
    out->note = take_text(cursor);
    out->source_review = take_text(cursor);
    out->source_analysis = take_text(cursor);
    out->source_subgroup = take_text(cursor);
}

static void read_arm(struct cursor *cursor, void *item)
{
    struct study_arm *out = item;
    out->role = (enum role)take_choice(cursor, role_names, ROLE_INTERVENTION);
    out->name = take_text(cursor);
    out->id = take_text(cursor);
    out->n = take_count(cursor);
    out->mean = take_real(cursor);
    out->sd = take_real(cursor);
    out->baseline_mean = take_real(cursor);
    out->baseline_sd = take_real(cursor);
    out->change_mean = take_real(cursor);
    out->change_sd = take_real(cursor);
    out->median = take_real(cursor);
    out->q1 = take_real(cursor);
    out->q3 = take_real(cursor);
    out->events = take_count(cursor);
}

static void read_harm(struct cursor *cursor, void *item)
{
    struct harm *out = item;
    out->intervention = take_text(cursor);
    out->event = take_text(cursor);
    out->severity = (enum severity)take_choice(cursor, severity_names, SEVERITY_SERIOUS);
    out->rate = take_text(cursor);
    out->per.events = take_real(cursor);
    out->per.of = take_real(cursor);
    out->per.unit = (enum harm_unit)take_choice(cursor, harm_unit_names, HARM_UNIT_UNKNOWN);
    out->per.low = take_real(cursor);
    out->per.high = take_real(cursor);
    out->per.control = take_real(cursor);
    out->reports = take_truth(cursor);
    out->numerator = take_count(cursor);
    out->denominator = take_count(cursor);
}

static void read_notice(struct cursor *cursor, void *item)
{
    struct notice *out = item;
    out->type = (enum notice_type)take_choice(cursor, notice_names, NOTICE_CONCERN);
    out->doi = take_text(cursor);
    out->date = take_text(cursor);
    out->source = take_text(cursor);
}

static void read_source(struct cursor *cursor, void *item)
{
    struct source *out = item;
    out->url = take_text(cursor);
    out->where = take_text(cursor);
    out->read_at = take_text(cursor);
}

/* The study of the row's first column; keys only grow from row to row. */
static struct study *next_study(struct cursor *cursor, const struct keyed_studies *studies,
                                size_t *at)
{
    int64_t key = take_integer(cursor);
    while (*at < studies->count && studies->items[*at].key < key)
        ++*at;
    if (*at == studies->count || studies->items[*at].key != key)
        return NULL;
    return &studies->items[*at].study;
}

static void *find_study(struct cursor *cursor, void *owners, size_t *at)
{
    return next_study(cursor, owners, at);
}

/* Rows name a result or an appraisal by its place in its study; both were loaded just before, into
 * memory that is ours to write. */
static void *find_result(struct cursor *cursor, void *owners, size_t *at)
{
    struct study *study = next_study(cursor, owners, at);
    int64_t position = take_integer(cursor);
    if (study == NULL || position < 0 || (uint64_t)position >= study->result_count)
        return NULL;
    return (struct result *)&study->results[position];
}

static void *find_appraisal(struct cursor *cursor, void *owners, size_t *at)
{
    struct study *study = next_study(cursor, owners, at);
    int64_t position = take_integer(cursor);
    if (study == NULL || position < 0 || (uint64_t)position >= study->appraisal_count)
        return NULL;
    return (struct appraisal *)&study->appraisals[position];
}

#define STUDY_LIST(statement, type, read, member, count_member)                                    \
    {                                                                                              \
        {statement, sizeof(type), read, offsetof(struct study, member),                            \
         offsetof(struct study, count_member)},                                                    \
            find_study                                                                             \
    }

/* A list with the way to its owners; results and appraisals before what belongs to them. */
struct owned_list {
    struct list list;
    find_owner *find;
};

static const struct owned_list lists[] = {
    {TEXT_LIST(LOAD_STUDY_ALIASES, struct study, aliases), find_study},
    {TEXT_LIST(LOAD_REGISTRATIONS, struct study, registrations), find_study},
    {TEXT_LIST(LOAD_POOLED_IN, struct study, pooled_in), find_study},
    STUDY_LIST(LOAD_AUTHORS, struct author, read_author, authors, author_count),
    STUDY_LIST(LOAD_APPRAISALS, struct appraisal, read_appraisal, appraisals, appraisal_count),
    STUDY_LIST(LOAD_RESULTS, struct result, read_result, results, result_count),
    STUDY_LIST(LOAD_HARMS, struct harm, read_harm, harms, harm_count),
    STUDY_LIST(LOAD_NOTICES, struct notice, read_notice, notices, notice_count),
    STUDY_LIST(LOAD_SOURCES, struct source, read_source, sources, source_count),
    {TEXT_LIST(LOAD_APPRAISAL_ITEM_NAMES, struct appraisal, item_names), find_appraisal},
    {TEXT_LIST(LOAD_APPRAISAL_ITEM_JUDGEMENTS, struct appraisal, item_values), find_appraisal},
    {{LOAD_ARMS, sizeof(struct study_arm), read_arm, offsetof(struct result, arms),
      offsetof(struct result, arm_count)},
     find_result},
};

static int by_id(const void *left, const void *right)
{
    return strcmp(((const struct study *)left)->id, ((const struct study *)right)->id);
}

/* From the order of keys to the order of ids. */
static void sort_studies(const struct keyed_studies *keyed, struct arena *arena, struct base *out)
{
    struct study *studies = arena_array(arena, keyed->count, sizeof *studies);
    for (size_t i = 0; i < keyed->count; i++)
        studies[i] = keyed->items[i].study;
    qsort(studies, keyed->count, sizeof *studies, by_id);
    out->studies = studies;
    out->study_count = keyed->count;
}

static bool load_rows(struct store *store, const struct span *span, struct rows *rows,
                      struct arena *arena, struct error *err)
{
    struct binder binder = bind_begin(store, LOAD_STUDIES);
    bind_integer(&binder, span->first);
    bind_integer(&binder, span->last);
    struct cursor cursor = cursor_of(&binder, arena, err);
    while (cursor_step(&cursor))
        read_study(&cursor, rows_add(rows));
    return cursor_end(&cursor);
}

bool load_studies(struct store *store, const struct span *span, struct arena *arena,
                  struct base *out, struct error *err)
{
    struct rows rows = {.size = sizeof(struct keyed)};
    bool done = load_rows(store, span, &rows, arena, err);
    struct keyed_studies keyed = {(struct keyed *)(void *)rows.items, rows.count};
    for (size_t i = 0; done && i < sizeof lists / sizeof *lists; i++)
        done = load_list(store, &lists[i].list, span, lists[i].find, &keyed, arena, err);
    if (done)
        sort_studies(&keyed, arena, out);
    rows_release(&rows);
    return done;
}

/* ---- folded ---- */

/* As many keys are read at once; what they need unfolded is gone before the next. */
enum { KEYS_AT_ONCE = 1024 };

/* The span of keys that begins with the first study from `from` on; `any` tells if there is one. */
static bool next_span(struct store *store, int64_t from, struct span *out, bool *any,
                      struct error *err)
{
    struct binder binder = bind_begin(store, NEXT_STUDY_FROM);
    bind_integer(&binder, from);
    struct cursor cursor = cursor_of(&binder, NULL, err);
    *any = cursor_step(&cursor);
    if (*any)
        out->first = take_integer(&cursor);
    out->last = out->first > INT64_MAX - KEYS_AT_ONCE ? INT64_MAX : out->first + KEYS_AT_ONCE - 1;
    return cursor_end(&cursor);
}

static bool shelve_span(struct store *store, const struct span *span, struct shelf *shelf,
                        struct arena *scratch, struct error *err)
{
    struct base some = {0};
    arena_clear(scratch);
    if (!load_studies(store, span, scratch, &some, err))
        return false;
    for (size_t i = 0; i < some.study_count; i++)
        shelf_put(shelf, &some.studies[i]);
    return true;
}

static bool shelve_all(struct store *store, struct shelf *shelf, struct arena *scratch,
                       struct error *err)
{
    struct span span = {0};
    bool any;
    if (!next_span(store, INT64_MIN, &span, &any, err))
        return false;
    while (any) {
        if (!shelve_span(store, &span, shelf, scratch, err))
            return false;
        if (span.last == INT64_MAX)
            return true;
        if (!next_span(store, span.last + 1, &span, &any, err))
            return false;
    }
    return true;
}

bool shelve_studies(struct store *store, struct arena *arena, struct base *out, struct error *err)
{
    struct shelf *shelf = shelf_new(arena);
    struct arena *scratch = arena_new();
    bool good = shelve_all(store, shelf, scratch, err);
    arena_free(scratch);
    shelf_close(shelf);
    out->shelf = shelf;
    out->studies = NULL;
    out->study_count = shelf_count(shelf);
    return good;
}
