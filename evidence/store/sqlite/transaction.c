#include "evidence/store/sqlite/transaction.h"

#include "evidence/store/sqlite/words.h"

bool store_begin(struct store *store, struct error *err)
{
    if (store->mode == STORE_READ)
        return error_set(err, ERROR_INTERNAL, "%s was opened for reading only", store->path);
    store->notices_wait = false;
    return statement_run(store, BEGIN_WRITE, err);
}

bool store_commit(struct store *store, struct error *err)
{
    return words_tell(store, err) && statement_run(store, COMMIT, err);
}

/* A failure leaves the transaction open, or has ended it already (a full disk may). */
void store_roll_back(struct store *store)
{
    struct error ignored = {0};
    if (!sqlite3_get_autocommit(store->db) && !statement_run(store, ROLLBACK, &ignored))
        sqlite3_exec(store->db, "ROLLBACK", NULL, NULL, NULL);
    store->notices_wait = false;
    words_forget(store);
}

bool store_is_begun(const struct store *store)
{
    return sqlite3_get_autocommit(store->db) == 0;
}

bool unit_begin(struct store *store, struct unit *out, struct error *err)
{
    *out = (struct unit){.store = store, .own = sqlite3_get_autocommit(store->db) != 0};
    return !out->own || store_begin(store, err);
}

bool unit_end(const struct unit *unit, bool good, struct error *err)
{
    if (!unit->own)
        return good;
    if (good && store_commit(unit->store, err))
        return true;
    store_roll_back(unit->store);
    return false;
}

bool view_begin(struct store *store, struct unit *out, struct error *err)
{
    *out = (struct unit){.store = store, .own = sqlite3_get_autocommit(store->db) != 0};
    return !out->own || statement_run(store, BEGIN_READ, err);
}

bool view_end(const struct unit *view, bool good, struct error *err)
{
    struct error ignored = {0};
    if (!view->own)
        return good;
    return statement_run(view->store, COMMIT, good ? err : &ignored) && good;
}
