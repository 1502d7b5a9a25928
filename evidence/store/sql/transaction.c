#include "evidence/store/sql/transaction.h"

#include "evidence/store/sql/words.h"

bool store_begin(struct store *store, struct error *err)
{
    if (store->mode == STORE_READ)
        return error_set(err, ERROR_INTERNAL, "%s was opened for reading only", store->path);
    store->notices_wait = false;
    return store->engine->begin_write(store, err);
}

bool store_commit(struct store *store, struct error *err)
{
    return words_tell(store, err) && store->engine->commit(store, err);
}

void store_roll_back(struct store *store)
{
    store->engine->roll_back(store);
    store->notices_wait = false;
    words_forget(store);
}

bool store_gather(struct store *store)
{
    if (store->engine->gather == NULL)
        return false;
    store->engine->gather(store);
    return true;
}

bool store_gather_end(struct store *store, struct error *err)
{
    return store->engine->gather == NULL || store->engine->send_gathered(store) ||
           store->engine->fail(store, err);
}

bool store_is_begun(const struct store *store)
{
    return store->engine->is_begun(store);
}

bool unit_begin(struct store *store, struct unit *out, struct error *err)
{
    *out = (struct unit){.store = store, .own = !store_is_begun(store)};
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
    *out = (struct unit){.store = store, .own = !store_is_begun(store)};
    return !out->own || store->engine->begin_read(store, err);
}

bool view_end(const struct unit *view, bool good, struct error *err)
{
    struct error ignored = {0};
    if (!view->own)
        return good;
    return view->store->engine->commit(view->store, good ? err : &ignored) && good;
}
