/*
 * The statements of the store: prepared once, bound and stepped by the few functions
 * here, reset and with bindings cleared after every use, the failing one too.
 */
#ifndef TOUCHSTONE_EVIDENCE_STORE_SQL_STATEMENT_H
#define TOUCHSTONE_EVIDENCE_STORE_SQL_STATEMENT_H

#include "evidence/base/arena.h"
#include "evidence/store/sql/engine.h"

/* Prepares every statement, so that a save cannot fail half-way for want of one. A store that does
 * not call it prepares each when it is first used. */
MUST_USE bool statements_prepare(struct store *store, struct error *err);

/* Finalises all of them. */
void statements_finalise(struct store *store);

/* ---- writing: values go into a statement one after another ---- */

struct binder {
    struct store *store;
    struct prepared *prepared; /* NULL: it could not be */
    int next;
    bool failed;
};

struct binder bind_begin(struct store *store, enum statement which);

/* Texts are borrowed until bind_run. NULL, NAN and negative counts become NULL. */
void bind_text(struct binder *binder, const char *text);
void bind_bytes(struct binder *binder, const char *text, size_t length);
void bind_exact(struct binder *binder, const char *text, size_t length); /* see engine.h */
void bind_real(struct binder *binder, double value);
void bind_count(struct binder *binder, int value);
void bind_truth(struct binder *binder, bool value);
void bind_integer(struct binder *binder, int64_t value);
void bind_limit(struct binder *binder, size_t most); /* how many rows, at most or to skip */
void bind_nothing(struct binder *binder);
void bind_blob(struct binder *binder, const void *bytes, size_t length);

/* Runs a statement that gives no rows. */
MUST_USE bool bind_run(struct binder *binder, struct error *err);

/* Runs an insert of one row and gives its key. */
MUST_USE bool bind_insert(struct binder *binder, int64_t *key, struct error *err);

/* A statement without parameters and rows. */
MUST_USE bool statement_run(struct store *store, enum statement which, struct error *err);

/* ---- reading: the columns of a row are taken one after another ---- */

/* Short texts as they were read, by their hash: rows name the same things over and over, and a text
 * that is here is not copied again. */
enum { SHARED_TEXTS = 1024 };
struct shared_texts {
    const char *items[SHARED_TEXTS];
};

struct cursor {
    struct store *store;
    struct prepared *prepared;
    struct arena *arena; /* where texts go */
    struct error *err;
    int next;
    bool failed;
    struct shared_texts *shared; /* NULL: every text is copied */
};

/* A statement whose parameters were bound, or that has none. */
struct cursor cursor_of(struct binder *binder, struct arena *arena, struct error *err);
struct cursor cursor_begin(struct store *store, enum statement which, struct arena *arena,
                           struct error *err);

/* Goes to the next row. False at the end and after a failure. */
MUST_USE bool cursor_step(struct cursor *cursor);

/* NULL columns are NULL, NAN and COUNT_UNKNOWN. */
const char *take_text(struct cursor *cursor);
const char *take_bytes(struct cursor *cursor, size_t *length);
const void *take_borrowed_blob(struct cursor *cursor, size_t *length); /* until the next step */
double take_real(struct cursor *cursor);
int take_count(struct cursor *cursor);
bool take_truth(struct cursor *cursor);
int64_t take_integer(struct cursor *cursor);
int64_t take_integer_or(struct cursor *cursor, int64_t otherwise); /* for NULL */

/* A text that stays valid until the next step, not copied; NULL for NULL. */
const char *take_borrowed(struct cursor *cursor);

/* The position of the word in `names` (ended by NULL); `otherwise` for NULL. An unknown word is a
 * failure. */
int take_choice(struct cursor *cursor, const char *const *names, int otherwise);

/* Records that the row cannot be what this program wrote. */
void cursor_damaged(struct cursor *cursor, const char *format, ...) PRINTF_LIKE(2, 3);

/* Resets the statement. False, with the error told, if anything failed on the way. */
MUST_USE bool cursor_end(struct cursor *cursor);

#endif
