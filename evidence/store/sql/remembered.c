#include "evidence/store/remembered.h"

#include <string.h>

#include "evidence/store/sql/transaction.h"

static bool other_request(const struct remembered_request *request, struct error *err)
{
    return error_set(err, ERROR_CONFLICT,
                     "the key \"%s\" came with another request before; use a new key for a new "
                     "request",
                     request->key);
}

static void take_answer(struct cursor *cursor, struct remembered_answer *out)
{
    out->at = (time_t)take_integer(cursor);
    out->status = take_count(cursor);
    out->headers = take_text(cursor);
    const void *body = take_borrowed_blob(cursor, &out->length);
    char *copy = arena_alloc(cursor->arena, out->length + 1);
    if (out->length > 0)
        memcpy(copy, body, out->length);
    out->body = copy;
}

bool store_remembered(struct store *store, const struct remembered_request *request, time_t now,
                      struct arena *arena, struct remembered_answer *out, bool *found,
                      struct error *err)
{
    struct binder binder = bind_begin(store, FIND_ANSWER);
    bind_text(&binder, request->actor);
    bind_text(&binder, request->key);
    bind_integer(&binder, (int64_t)now - REMEMBERED_SECONDS);
    struct cursor cursor = cursor_of(&binder, arena, err);
    *found = cursor_step(&cursor);
    bool same = true;
    if (*found) {
        const char *hash = take_borrowed(&cursor);
        same = hash != NULL && strcmp(hash, request->hash) == 0;
        take_answer(&cursor, out);
    }
    return cursor_end(&cursor) && (same || other_request(request, err));
}

static bool add_answer(struct store *store, const struct remembered_request *request,
                       const struct remembered_answer *answer, time_t now, struct error *err)
{
    struct binder old = bind_begin(store, REMOVE_OLD_ANSWERS);
    bind_integer(&old, (int64_t)now - REMEMBERED_SECONDS);
    if (!bind_run(&old, err))
        return false;
    struct binder binder = bind_begin(store, ADD_ANSWER);
    bind_text(&binder, request->actor);
    bind_text(&binder, request->key);
    bind_text(&binder, request->hash);
    bind_integer(&binder, (int64_t)now);
    bind_count(&binder, answer->status);
    bind_text(&binder, answer->headers);
    bind_blob(&binder, answer->body, answer->length);
    struct error failed = {0};
    if (bind_run(&binder, &failed))
        return true;
    if (failed.kind != ERROR_INVALID)
        return error_set(err, failed.kind, "%s", failed.message);
    return error_set(err, ERROR_CONFLICT,
                     "a request with the key \"%s\" was answered just now; ask again to get that "
                     "answer",
                     request->key);
}

bool store_remember(struct store *store, const struct remembered_request *request,
                    const struct remembered_answer *answer, time_t now, struct error *err)
{
    struct unit unit;
    if (!unit_begin(store, &unit, err))
        return false;
    return unit_end(&unit, add_answer(store, request, answer, now, err), err);
}
