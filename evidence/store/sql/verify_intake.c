#include <string.h>

#include "evidence/store/sql/intake.h"
#include "evidence/store/sql/verify.h"

static bool check_fields(struct store *store, struct error *err)
{
    struct cursor cursor = cursor_begin(store, CHECK_RECORD_FIELDS, NULL, err);
    while (cursor_step(&cursor)) {
        const char *source = take_borrowed(&cursor);
        const char *id = take_borrowed(&cursor);
        const char *hash = take_borrowed(&cursor);
        const char *fields = take_borrowed(&cursor);
        char found[HASH_SIZE];
        hash_text(fields == NULL ? "" : fields, found);
        if (hash == NULL || strcmp(hash, found) != 0)
            cursor_damaged(&cursor, "record %s of %s is not as it was stored", id, source);
    }
    return cursor_end(&cursor);
}

bool verify_none(struct store *store, enum statement statement, const char *what, struct error *err)
{
    struct cursor cursor = cursor_begin(store, statement, NULL, err);
    int64_t count = 0;
    if (cursor_step(&cursor))
        count = take_integer(&cursor);
    if (!cursor_end(&cursor))
        return false;
    return count == 0 || error_set(err, ERROR_STORE, "%s: %lld %s; restore a backup", store->path,
                                   (long long)count, what);
}

bool verify_intake(struct store *store, struct error *err)
{
    static const struct {
        enum statement statement;
        const char *what;
    } checks[] = {
        {CHECK_RECORD_TRACES, "records are looked for by identifiers or notices and not there"},
        {CHECK_PUBLICATION_RECORDS, "publications have no record"},
        {CHECK_PUBLICATION_TITLES, "publications are not called what their fields say"},
        {CHECK_PUBLICATION_WORDS, "publications are not in the indexes as they should be"},
        {CHECK_IMPORT_RUNS, "imports are not as the audit log tells of them"},
        {CHECK_MERGES, "merges tell of records that are not where they went"},
    };
    if (!check_fields(store, err))
        return false;
    for (size_t i = 0; i < sizeof checks / sizeof *checks; i++)
        if (!verify_none(store, checks[i].statement, checks[i].what, err))
            return false;
    return true;
}
