/* Which results belong to which question. */
#include "evidence/rating/rating.h"

#include <stdlib.h>
#include <string.h>

/* One result with what it is sorted by. */
struct row {
    const struct study *study;
    const struct result *result;
};

/* The same text mostly stands in the same place. */
static int compare_names(const char *a, const char *b)
{
    return a == b ? 0 : strcmp(a, b);
}

static int compare_question(const struct result *a, const struct result *b)
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
    const struct row *a = left;
    const struct row *b = right;
    int order = compare_question(a->result, b->result);
    if (order == 0)
        order = a->study->year - b->study->year;
    if (order == 0)
        order = strcmp(a->study->id, b->study->id);
    if (order != 0)
        return order;
    return a->result < b->result ? -1 : a->result > b->result; /* the order of the file */
}

static struct row *sorted_rows(const struct base *base, struct arena *arena, size_t *count)
{
    size_t total = 0;
    for (size_t i = 0; i < base->study_count; i++)
        total += base->studies[i].result_count;
    struct row *rows = arena_array(arena, total, sizeof *rows);
    size_t used = 0;
    for (size_t i = 0; i < base->study_count; i++)
        for (size_t j = 0; j < base->studies[i].result_count; j++)
            rows[used++] = (struct row){&base->studies[i], &base->studies[i].results[j]};
    qsort(rows, total, sizeof *rows, by_question_then_year);
    *count = total;
    return rows;
}

/* The id's segments are slugs: active:exercise becomes active-exercise. */
const char *question_id(const struct result *result, struct arena *arena)
{
    char *id = arena_printf(arena, "%s.%s.%s.%s.%s", result->intervention, result->condition,
                            result->comparator, result->outcome, window_names[result->window]);
    for (char *at = id; *at != '\0'; at++)
        if (*at == ':')
            *at = '-';
    return id;
}

static struct question question_of(const struct base *base, const struct result *result,
                                   struct arena *arena)
{
    return (struct question){
        .id = question_id(result, arena),
        .intervention = base_intervention(base, result->intervention),
        .condition = base_condition(base, result->condition),
        .comparator = result->comparator,
        .comparator_class = result->comparator_class,
        .outcome = base_outcome(base, result->outcome),
        .window = result->window,
    };
}

/* Groups one question's rows by study; rows of a study stand together. */
static void gather(const struct row *rows, size_t count, struct gathered *out, struct arena *arena)
{
    struct member *members = arena_array(arena, count, sizeof *members);
    const struct result **results = arena_array(arena, count, sizeof *results);
    size_t used = 0;
    for (size_t i = 0; i < count; i++) {
        results[i] = rows[i].result;
        if (i == 0 || rows[i].study != rows[i - 1].study)
            members[used++] = (struct member){.study = rows[i].study, .results = &results[i]};
        members[used - 1].count++;
    }
    out->members = members;
    out->count = used;
}

/* How many rows from `from` on speak to one question. */
static size_t alike(const struct row *rows, size_t from, size_t total)
{
    size_t to = from + 1;
    while (to < total && compare_question(rows[from].result, rows[to].result) == 0)
        to++;
    return to - from;
}

static size_t count_questions(const struct row *rows, size_t total)
{
    size_t count = 0;
    for (size_t from = 0; from < total; from += alike(rows, from, total))
        count++;
    return count;
}

struct gathered *question_list(const struct base *base, struct arena *arena, size_t *count)
{
    struct arena *scratch = arena_new();
    size_t total = 0;
    struct row *rows = sorted_rows(base, scratch, &total);
    *count = count_questions(rows, total);
    struct gathered *questions = arena_array(arena, *count, sizeof *questions);
    struct gathered *next = questions;
    for (size_t from = 0, length; from < total; from += length, next++) {
        length = alike(rows, from, total);
        next->question = question_of(base, rows[from].result, arena);
        gather(rows + from, length, next, arena);
    }
    arena_free(scratch);
    return questions;
}
