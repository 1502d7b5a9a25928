/*
 * Rows that belong to others, merged into what they belong to in one pass: the rows come in the
 * order of their owners, so that no owner is looked up.
 */
#ifndef TOUCHSTONE_EVIDENCE_STORE_SQL_LOAD_H
#define TOUCHSTONE_EVIDENCE_STORE_SQL_LOAD_H

#include "evidence/store/sql/statement.h"

/* Growing memory for the rows of one owner, or of a whole table; release with rows_release. */
struct rows {
    char *items;
    size_t size; /* of one */
    size_t count;
    size_t capacity;
};

/* A zeroed item at the end, valid until the next. */
void *rows_add(struct rows *rows);
/* A copy of all items in `arena`, with one zeroed item after the last; and none left here. */
void *rows_take(struct rows *rows, struct arena *arena);
void rows_release(struct rows *rows);

/* The rows that are left, each of `size` bytes and read into a zeroed item; in the cursor's arena,
 * with one zeroed item after the last. The cursor is still to be ended, which tells of failure. */
void *cursor_rows(struct cursor *cursor, size_t size, void (*read)(struct cursor *, void *),
                  size_t *count);

enum { NO_COUNT = -1 };

/* Lists of owners, one to each. */
struct list {
    enum statement statement;
    size_t item_size;
    void (*read)(struct cursor *cursor, void *item);
    size_t items_offset; /* of the pointer to the items in the owner */
    long count_offset;   /* of their number; NO_COUNT where the list ends with a NULL pointer */
};

/* A list of strings, which `read_one_text` reads. */
#define TEXT_LIST(statement, type, member)                                                         \
    {                                                                                              \
        statement, sizeof(char *), read_one_text, offsetof(type, member), NO_COUNT                 \
    }
void read_one_text(struct cursor *cursor, void *item);

/* What an owner without rows has. */
extern const char *const no_texts[];

/*
 * Finds the owner of the cursor's row by its first column or columns, which it takes. `at` is the
 * search's own, 0 before the first row. NULL if there is none.
 */
typedef void *find_owner(struct cursor *cursor, void *owners, size_t *at);

/* The keys of the owners that are asked for, first and last. */
struct span {
    int64_t first;
    int64_t last;
};
extern const struct span every_study;

/* Reads the rows of a list into their owners: those in `span`, or all where the statement knows of
 * none (NULL). */
MUST_USE bool load_list(struct store *store, const struct list *list, const struct span *span,
                        find_owner *find, void *owners, struct arena *arena, struct error *err);

/* The two halves of store_load_base; both within one transaction of the caller. Of studies those
 * whose keys are in `span`. */
MUST_USE bool load_topics(struct store *store, struct arena *arena, struct base *out,
                          struct error *err);
MUST_USE bool load_studies(struct store *store, const struct span *span, struct arena *arena,
                           struct base *out, struct error *err);

/* All of them, onto a shelf in `arena`. */
MUST_USE bool shelve_studies(struct store *store, struct arena *arena, struct base *out,
                             struct error *err);

#endif
