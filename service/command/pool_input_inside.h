/* What the readers of CSV and of JSON share; see pool_input.h for what they read. */
#ifndef TOUCHSTONE_SERVICE_COMMAND_POOL_INPUT_INSIDE_H
#define TOUCHSTONE_SERVICE_COMMAND_POOL_INPUT_INSIDE_H

#include "evidence/base/buffer.h"
#include "service/command/pool_input.h"

enum column {
    COLUMN_ID,
    COLUMN_LABEL,
    COLUMN_GROUP,
    COLUMN_MEASURE,
    COLUMN_N1,
    COLUMN_M1,
    COLUMN_SD1,
    COLUMN_N2,
    COLUMN_M2,
    COLUMN_SD2,
    COLUMN_AI,
    COLUMN_CI,
    COLUMN_YI,
    COLUMN_VI,
    COLUMN_X,
    COLUMN_COUNT
};

/* A row of CSV. */
struct row {
    const char *fields[POOL_MAX_COLUMNS]; /* in the buffer that it was read into */
    size_t count;
    size_t line; /* where it began */
};

struct pool_reader {
    FILE *file;
    const char *name;
    const struct pool_analysis *defaults;
    enum pool_form form;
    size_t line;       /* of the next byte, from 1 */
    size_t read;       /* analyses so far */
    size_t json_bytes; /* of the value being read */
    bool ended;
    enum column columns[POOL_MAX_COLUMNS];
    size_t column_count;
    struct buffer pending_text; /* the first row of the next analysis */
    struct row pending;
    bool has_pending;
};

/* Bytes of the file, with the line counted; one byte can be put back. */
int pool_next_byte(struct pool_reader *r);
void pool_put_back(struct pool_reader *r, int byte);

/* The next byte that is no white space, left unread. */
int pool_peek_past_space(struct pool_reader *r);

/* The column of a name in a header; the first name of a column. */
bool pool_column_of(const char *name, enum column *out);
const char *pool_column_name(enum column column);

/* A study without figures; the figure of a column, NULL if it holds text. */
struct pool_study pool_study_empty(void);
double *pool_study_number(struct pool_study *study, enum column column);

/* A number that cannot be, whatever it is pooled to: its name in `field`, and what is wrong with
 * it. NULL if all can be. */
const char *pool_study_fault(const struct pool_study *study, const char **field);

/* One analysis each. pool_header_read() goes before the first of CSV. */
bool pool_header_read(struct pool_reader *r, struct error *err);
enum pool_read pool_next_from_csv(struct pool_reader *r, struct arena *arena,
                                  struct pool_analysis *out, struct error *err);
enum pool_read pool_next_from_array(struct pool_reader *r, struct arena *arena,
                                    struct pool_analysis *out, struct error *err);
enum pool_read pool_next_from_objects(struct pool_reader *r, struct arena *arena,
                                      struct pool_analysis *out, struct error *err);

#endif
