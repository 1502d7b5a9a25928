/* Results on their way to questions, while studies are looked at one by one: for question.c and
 * catalog.c. */
#ifndef TOUCHSTONE_EVIDENCE_RATING_QUESTION_ROWS_H
#define TOUCHSTONE_EVIDENCE_RATING_QUESTION_ROWS_H

#include "evidence/rating/rating.h"

struct question_row;

/* Zero-initialise; question_rows_list empties it. */
struct question_rows {
    struct question_row *items;
    size_t count;
    size_t capacity;
};

/* Adds the results of the study at a place. `id` and the names of its results must live until the
 * list is made, the study itself need not. */
void question_rows_add(struct question_rows *rows, const struct study *study, const char *id,
                       size_t place);

/* The questions they speak to, as question_list gives them; the rows are gone. */
struct open_question *question_rows_list(struct question_rows *rows, const struct base *base,
                                         struct arena *arena, size_t *count);

#endif
