/* SQLite's own checks. */
#include <string.h>

#include "evidence/store/sql/statement.h"
#include "evidence/store/sqlite/engine.h"

static bool check_integrity(struct store *store, struct error *err)
{
    struct cursor cursor = cursor_begin(store, CHECK_INTEGRITY, NULL, err);
    if (cursor_step(&cursor)) {
        const char *said = take_borrowed(&cursor);
        if (said == NULL || strcmp(said, "ok") != 0)
            cursor_damaged(&cursor, "%s", said == NULL ? "?" : said);
    }
    return cursor_end(&cursor);
}

static bool check_foreign_keys(struct store *store, struct error *err)
{
    struct cursor cursor = cursor_begin(store, CHECK_FOREIGN_KEYS, NULL, err);
    if (cursor_step(&cursor)) {
        const char *table = take_borrowed(&cursor);
        (void)take_integer(&cursor); /* its rowid: most tables have none */
        const char *parent = take_borrowed(&cursor);
        cursor_damaged(&cursor, "a row of %s names something that %s does not hold",
                       table == NULL ? "?" : table, parent == NULL ? "?" : parent);
    }
    return cursor_end(&cursor);
}

/* The indexes can be asked only as if it were written to. */
static bool check_search(struct store *store, struct error *err)
{
    return store->mode == STORE_READ || (statement_run(store, CHECK_STUDY_SEARCH, err) &&
                                         statement_run(store, CHECK_STUDY_WORDS, err) &&
                                         statement_run(store, CHECK_PUBLICATION_SEARCH, err) &&
                                         statement_run(store, CHECK_PUBLICATION_WORD_INDEX, err));
}

bool sqlite_check(struct store *store, struct error *err)
{
    return check_integrity(store, err) && check_foreign_keys(store, err) &&
           check_search(store, err);
}
