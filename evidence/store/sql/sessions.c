/* Sessions of those who signed in on the page. */
#include "evidence/store/sql/token_row.h"
#include "evidence/store/sql/transaction.h"

static bool insert_session(struct store *store, const char *hash, const char *token, time_t now,
                           time_t expires, struct error *err)
{
    struct binder binder = bind_begin(store, ADD_SESSION);
    bind_text(&binder, hash);
    bind_text(&binder, token);
    bind_integer(&binder, (int64_t)now);
    bind_integer(&binder, (int64_t)expires);
    if (bind_run(&binder, err))
        return true;
    if (err->kind == ERROR_INVALID) /* the reference to its token does not hold */
        err->kind = ERROR_NOT_FOUND;
    return false;
}

/* Makes room for one more. */
static bool remove_old(struct store *store, const char *token, time_t now, struct error *err)
{
    struct binder binder = bind_begin(store, REMOVE_OLD_SESSIONS);
    bind_integer(&binder, (int64_t)now);
    bind_text(&binder, token);
    bind_integer(&binder, SESSIONS_MOST - 1);
    return bind_run(&binder, err);
}

bool store_open_session(struct store *store, const char *token, time_t now, time_t expires,
                        char secret[SECRET_SIZE], struct error *err)
{
    struct unit unit;
    char hash[HASH_SIZE];
    secret_new(secret);
    secret_hash(secret, hash);
    if (!unit_begin(store, &unit, err))
        return false;
    bool good =
        remove_old(store, token, now, err) && insert_session(store, hash, token, now, expires, err);
    return unit_end(&unit, good, err);
}

bool store_check_session(struct store *store, const char *secret, time_t now, struct arena *arena,
                         struct token *out, struct error *err)
{
    char hash[HASH_SIZE];
    *out = (struct token){0};
    if (!secret_is_form(secret))
        return true;
    secret_hash(secret, hash);
    struct binder binder = bind_begin(store, FIND_SESSION);
    bind_text(&binder, hash);
    bind_integer(&binder, (int64_t)now);
    struct cursor cursor = cursor_of(&binder, arena, err);
    if (cursor_step(&cursor))
        take_token(&cursor, out);
    if (!cursor_end(&cursor))
        return false;
    if (out->id != NULL && !token_is_good(out, now))
        *out = (struct token){0};
    return true;
}

bool store_close_session(struct store *store, const char *secret, struct error *err)
{
    struct unit unit;
    char hash[HASH_SIZE];
    secret_hash(secret, hash);
    if (!unit_begin(store, &unit, err))
        return false;
    struct binder binder = bind_begin(store, REMOVE_SESSION);
    bind_text(&binder, hash);
    return unit_end(&unit, bind_run(&binder, err), err);
}
