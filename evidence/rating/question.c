/* Which results belong to which question. */
#include "evidence/rating/question_rows.h"

#include <stdlib.h>
#include <string.h>

/* One result with what it is sorted by. Names live as long as the base, the result does not. */
struct question_row {
    const char *intervention;
    const char *condition;
    const char *comparator;
    const char *outcome;
    enum window window;
    int year;
    const char *study; /* its id */
    struct speaker speaker;
};

/* The same text mostly stands in the same place. */
static int compare_names(const char *a, const char *b)
{
    return a == b ? 0 : strcmp(a, b);
}

static int compare_question(const struct question_row *a, const struct question_row *b)
{
    int order = compare_names(a->intervention, b->intervention);
    if (order == 0)
        order = compare_names(a->condition, b->condition);
    if (order == 0)
        order = compare_names(a->comparator, b->comparator);
    if (order == 0)
        order = compare_names(a->outcome, b->outcome);
    return order != 0 ? order : (int)a->window - (int)b->window;
}

static int by_question_then_year(const void *left, const void *right)
{
    const struct question_row *a = left;
    const struct question_row *b = right;
    int order = compare_question(a, b);
    if (order == 0)
        order = a->year - b->year;
    if (order == 0)
        order = compare_names(a->study, b->study);
    if (order != 0)
        return order;
    return a->speaker.result < b->speaker.result ? -1 : a->speaker.result > b->speaker.result;
}

void question_rows_add(struct question_rows *rows, const struct study *study, const char *id,
                       size_t place)
{
    if (rows->count + study->result_count > rows->capacity) {
        rows->capacity = 2 * (rows->count + study->result_count);
        rows->items = memory_resize(rows->items, rows->capacity * sizeof *rows->items);
    }
    for (size_t i = 0; i < study->result_count; i++) {
        const struct result *result = &study->results[i];
        rows->items[rows->count++] =
            (struct question_row){.intervention = result->intervention,
                                  .condition = result->condition,
                                  .comparator = result->comparator,
                                  .outcome = result->outcome,
                                  .window = result->window,
                                  .year = study->year,
                                  .study = id,
                                  .speaker = {(uint32_t)place, (uint32_t)i}};
    }
}

/* The id's segments are slugs: active:exercise becomes active-exercise. */
static const char *id_of(const struct question_row *row, struct arena *arena)
{
    char *id = arena_printf(arena, "%s.%s.%s.%s.%s", row->intervention, row->condition,
                            row->comparator, row->outcome, window_names[row->window]);
    for (char *at = id; *at != '\0'; at++)
        if (*at == ':')
            *at = '-';
    return id;
}

const char *question_id(const struct result *result, struct arena *arena)
{
    return id_of(&(struct question_row){.intervention = result->intervention,
                                        .condition = result->condition,
                                        .comparator = result->comparator,
                                        .outcome = result->outcome,
                                        .window = result->window},
                 arena);
}

static enum comparator_class class_of(const char *comparator)
{
    enum comparator_class class = COMPARATOR_ACTIVE;
    comparator_parse(comparator, &class);
    return class;
}

static struct question question_of(const struct base *base, const struct question_row *row,
                                   struct arena *arena)
{
    return (struct question){
        .id = id_of(row, arena),
        .intervention = base_intervention(base, row->intervention),
        .condition = base_condition(base, row->condition),
        .comparator = row->comparator,
        .comparator_class = class_of(row->comparator),
        .outcome = base_outcome(base, row->outcome),
        .window = row->window,
    };
}

/* How many rows from `from` on speak to one question. */
static size_t alike(const struct question_rows *rows, size_t from)
{
    size_t to = from + 1;
    while (to < rows->count && compare_question(&rows->items[from], &rows->items[to]) == 0)
        to++;
    return to - from;
}

static size_t count_questions(const struct question_rows *rows)
{
    size_t count = 0;
    for (size_t from = 0; from < rows->count; from += alike(rows, from))
        count++;
    return count;
}

struct open_question *question_rows_list(struct question_rows *rows, const struct base *base,
                                         struct arena *arena, size_t *count)
{
    if (rows->count > 0)
        qsort(rows->items, rows->count, sizeof *rows->items, by_question_then_year);
    *count = count_questions(rows);
    struct open_question *questions = arena_array(arena, *count, sizeof *questions);
    struct speaker *speakers = arena_array(arena, rows->count, sizeof *speakers);
    for (size_t i = 0; i < rows->count; i++)
        speakers[i] = rows->items[i].speaker;
    struct open_question *next = questions;
    for (size_t from = 0, length; from < rows->count; from += length, next++) {
        length = alike(rows, from);
        *next = (struct open_question){.question = question_of(base, &rows->items[from], arena),
                                       .speakers = speakers + from,
                                       .count = length};
    }
    free(rows->items);
    *rows = (struct question_rows){0};
    return questions;
}

struct open_question *question_list(const struct base *base, struct arena *arena, size_t *count)
{
    struct question_rows rows = {0};
    struct study_walk walk = study_walk_begin(base);
    const struct study *study;
    while ((study = study_walk_next(&walk)) != NULL)
        question_rows_add(&rows, study, base_study_id(base, walk.next - 1), walk.next - 1);
    study_walk_end(&walk);
    return question_rows_list(&rows, base, arena, count);
}

struct gathered question_gather(const struct base *base, const struct open_question *open,
                                struct arena *arena)
{
    struct member *members = arena_array(arena, open->count, sizeof *members);
    const struct result **results = arena_array(arena, open->count, sizeof *results);
    size_t used = 0;
    for (size_t i = 0; i < open->count; i++) {
        const struct speaker *speaker = &open->speakers[i];
        if (i == 0 || speaker->study != open->speakers[i - 1].study)
            members[used++] = (struct member){.study = base_study_at(base, speaker->study),
                                              .results = &results[i]};
        results[i] = &members[used - 1].study->results[speaker->result];
        members[used - 1].count++;
    }
    return (struct gathered){.question = open->question, .members = members, .count = used};
}
