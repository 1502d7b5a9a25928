/* Tokens; the sessions opened with them stand in sessions.c. */
#include "evidence/store/credentials.h"

#include <sodium.h>
#include <string.h>

#include "evidence/base/text.h"
#include "evidence/store/sql/audit.h"
#include "evidence/store/sql/load.h"
#include "evidence/store/sql/token_row.h"
#include "evidence/store/sql/transaction.h"

static const char prefix[] = "ts_";
enum { PREFIX_LENGTH = sizeof prefix - 1, ID_LENGTH = TOKEN_ID_SIZE - 1 };

/* ---- reading rows ---- */

void take_token(struct cursor *cursor, void *item)
{
    struct token *out = item;
    struct error unreadable = {0};
    out->id = take_text(cursor);
    out->name = take_text(cursor);
    const char *scopes = take_borrowed(cursor);
    if (scopes == NULL || !permissions_read(scopes, &out->scopes, &unreadable))
        cursor_damaged(cursor, "a token's scopes cannot be read");
    out->created = (time_t)take_integer(cursor);
    out->expires = (time_t)take_integer(cursor);
    out->revoked = (time_t)take_integer(cursor);
    out->last_used = (time_t)take_integer(cursor);
}

bool token_is_good(const struct token *token, time_t now)
{
    return token->revoked == 0 && (token->expires == 0 || now < token->expires);
}

/* The token of that id, whatever became of it, and the hash of its secret. */
static bool find_token(struct store *store, const char *id, struct arena *arena, struct token *out,
                       char hash[HASH_SIZE], struct error *err)
{
    struct binder binder = bind_begin(store, FIND_TOKEN);
    bind_text(&binder, id);
    struct cursor cursor = cursor_of(&binder, arena, err);
    *out = (struct token){0};
    if (cursor_step(&cursor)) {
        const char *kept = take_borrowed(&cursor);
        if (kept != NULL && strlen(kept) == HASH_SIZE - 1)
            memcpy(hash, kept, HASH_SIZE);
        take_token(&cursor, out);
    }
    return cursor_end(&cursor);
}

bool store_tokens(struct store *store, struct arena *arena, struct token **out, size_t *count,
                  struct error *err)
{
    struct cursor cursor = cursor_begin(store, LIST_TOKENS, arena, err);
    *out = cursor_rows(&cursor, sizeof **out, take_token, count);
    return cursor_end(&cursor);
}

/* ---- the audit log ---- */

/* What a token may do, hashed: neither its secret nor the secret's hash is part of it. */
static void hash_token(const struct token *token, struct arena *arena, char out[HASH_SIZE])
{
    struct buffer text = {0};
    struct json_writer json;
    json_writer_init(&json, &text, 0);
    json_begin_object(&json);
    json_field_text(&json, "id", token->id);
    json_field_text(&json, "name", token->name);
    json_field_text(&json, "scopes", permissions_text(token->scopes, arena));
    json_field_count(&json, "created", (long long)token->created);
    json_field_count(&json, "expires", (long long)token->expires);
    json_field_count(&json, "revoked", (long long)token->revoked);
    json_end_object(&json);
    hash_bytes(text.bytes, text.length, out);
    buffer_release(&text);
}

/* Where it was done, and whose token it is. */
static void write_detail(const struct token *token, struct buffer *out)
{
    struct json_writer json;
    json_writer_init(&json, out, 0);
    json_begin_object(&json);
    json_field_text(&json, "source", "command");
    json_field_text(&json, "name", token->name);
    json_end_object(&json);
}

static bool audit_token(struct store *store, const struct token *before, const struct token *after,
                        const char *actor, time_t now, struct error *err)
{
    struct arena *arena = arena_new();
    struct buffer detail = {0};
    struct audit_end end;
    char was[HASH_SIZE];
    char is[HASH_SIZE];
    if (before != NULL)
        hash_token(before, arena, was);
    hash_token(after, arena, is);
    arena_free(arena);
    write_detail(after, &detail);
    const struct audit_entry entry = {.at = (int64_t)now,
                                      .actor = actor,
                                      .action = before == NULL ? "add" : "change",
                                      .kind = "token",
                                      .record = after->id,
                                      .before_hash = before == NULL ? NULL : was,
                                      .after_hash = is,
                                      .detail = buffer_string(&detail)};
    bool good = audit_find_end(store, &end, err) && audit_add(store, &end, &entry, err);
    buffer_release(&detail);
    return good;
}

/* ---- adding ---- */

/* Text that reads the same wherever it is shown: no control characters, no space at its ends. */
static bool is_plain(const char *name)
{
    size_t length = strlen(name);
    for (size_t at = 0; at < length;) {
        uint32_t code;
        size_t used = text_decode(name + at, length - at, &code);
        if (code < 0x20 || (code >= 0x7F && code < 0xA0) || code == TEXT_NO_CHARACTER ||
            (code >= 0x2000 && code <= 0x200F) || (code >= 0x2028 && code <= 0x202E) ||
            (code >= 0x2060 && code <= 0x206F) || code == 0xFEFF)
            return false;
        at += used;
    }
    return length > 0 && name[0] != ' ' && name[length - 1] != ' ';
}

/* Who the audit log calls so is no person. */
static bool is_program(const char *name)
{
    static const char *const programs[] = {"build", "import", "command", "migration"};
    for (size_t i = 0; i < sizeof programs / sizeof *programs; i++)
        if (strcmp(name, programs[i]) == 0)
            return true;
    return false;
}

static bool check_wanted(const struct token *wanted, time_t now, struct error *err)
{
    const char *name = wanted->name == NULL ? "" : wanted->name;
    if (!is_plain(name))
        return error_set(err, ERROR_INVALID,
                         "a token needs a name of whose it is: letters, digits, signs, without "
                         "spaces at its ends");
    if (strlen(name) > TOKEN_NAME_MOST)
        return error_set(err, ERROR_INVALID, "a token's name has at most %d bytes, not %zu",
                         TOKEN_NAME_MOST, strlen(name));
    if (is_program(name))
        return error_set(err, ERROR_INVALID,
                         "\"%s\" is how the audit log calls the program itself; take another name",
                         name);
    if (wanted->scopes == 0 || (wanted->scopes & ~(unsigned)PERMISSIONS_ALL) != 0)
        return error_set(err, ERROR_INVALID, "a token needs a scope");
    return wanted->expires == 0 || wanted->expires > now ||
           error_set(err, ERROR_INVALID, "a token cannot expire before it is made");
}

static bool check_name_free(struct store *store, const char *name, struct error *err)
{
    struct binder binder = bind_begin(store, FIND_TOKEN_NAMED);
    bind_text(&binder, name);
    struct cursor cursor = cursor_of(&binder, NULL, err);
    char id[TOKEN_ID_SIZE] = "";
    if (cursor_step(&cursor)) {
        const char *found = take_borrowed(&cursor);
        memcpy(id, found, strnlen(found, TOKEN_ID_SIZE - 1) + 1);
        id[TOKEN_ID_SIZE - 1] = '\0';
    }
    if (!cursor_end(&cursor))
        return false;
    return id[0] == '\0' ||
           error_set(err, ERROR_INVALID,
                     "there is a token of \"%s\" already, %s; revoke it first, or take another "
                     "name, since the audit log tells people apart by it",
                     name, id);
}

static bool insert_token(struct store *store, const struct token *token, const char *secret,
                         struct error *err)
{
    char hash[HASH_SIZE];
    struct arena *arena = arena_new();
    secret_hash(secret, hash);
    struct binder binder = bind_begin(store, ADD_TOKEN);
    bind_text(&binder, token->id);
    bind_text(&binder, token->name);
    bind_text(&binder, hash);
    bind_text(&binder, permissions_text(token->scopes, arena));
    bind_integer(&binder, (int64_t)token->created);
    if (token->expires == 0)
        bind_nothing(&binder);
    else
        bind_integer(&binder, (int64_t)token->expires);
    bool good = bind_run(&binder, err);
    arena_free(arena);
    return good;
}

static void new_id(char out[TOKEN_ID_SIZE])
{
    unsigned char bytes[ID_LENGTH / 2];
    randombytes_buf(bytes, sizeof bytes);
    sodium_bin2hex(out, TOKEN_ID_SIZE, bytes, sizeof bytes);
}

static void write_text(const char *id, const char *secret, char out[TOKEN_TEXT_SIZE])
{
    memcpy(out, prefix, PREFIX_LENGTH);
    memcpy(out + PREFIX_LENGTH, id, ID_LENGTH);
    out[PREFIX_LENGTH + ID_LENGTH] = '_';
    memcpy(out + PREFIX_LENGTH + ID_LENGTH + 1, secret, SECRET_SIZE);
}

bool store_add_token(struct store *store, const struct token *wanted, const char *actor, time_t now,
                     char text[TOKEN_TEXT_SIZE], char id[TOKEN_ID_SIZE], struct error *err)
{
    struct unit unit;
    char secret[SECRET_SIZE];
    if (!check_wanted(wanted, now, err))
        return false;
    secret_new(secret);
    new_id(id);
    const struct token token = {.id = id,
                                .name = wanted->name,
                                .scopes = wanted->scopes,
                                .created = now,
                                .expires = wanted->expires};
    if (!unit_begin(store, &unit, err))
        return false;
    bool good = check_name_free(store, token.name, err) &&
                insert_token(store, &token, secret, err) &&
                audit_token(store, NULL, &token, actor, now, err);
    if (!unit_end(&unit, good, err))
        return false;
    write_text(id, secret, text);
    sodium_memzero(secret, sizeof secret);
    return true;
}

/* ---- revoking ---- */

static bool run_on_token(struct store *store, enum statement which, const char *id,
                         const time_t *when, struct error *err)
{
    struct binder binder = bind_begin(store, which);
    bind_text(&binder, id);
    if (when != NULL)
        bind_integer(&binder, (int64_t)*when);
    return bind_run(&binder, err);
}

static bool revoke(struct store *store, const char *id, const char *actor, time_t now,
                   struct arena *arena, struct error *err)
{
    struct token before;
    char hash[HASH_SIZE] = "";
    if (!find_token(store, id, arena, &before, hash, err))
        return false;
    if (before.id == NULL)
        return error_set(err, ERROR_NOT_FOUND,
                         "there is no token %s; touchstone token list tells those there are", id);
    if (before.revoked != 0)
        return true;
    struct token after = before;
    after.revoked = now;
    return run_on_token(store, REVOKE_TOKEN, id, &now, err) &&
           run_on_token(store, REMOVE_SESSIONS_OF_TOKEN, id, NULL, err) &&
           audit_token(store, &before, &after, actor, now, err);
}

bool store_revoke_token(struct store *store, const char *id, const char *actor, time_t now,
                        struct error *err)
{
    struct unit unit;
    if (!unit_begin(store, &unit, err))
        return false;
    struct arena *arena = arena_new();
    bool good = revoke(store, id, actor, now, arena, err);
    arena_free(arena);
    return unit_end(&unit, good, err);
}

/* ---- checking ---- */

/* Cuts "ts_<id>_<secret>"; NULL if that is not its form. */
static const char *secret_in(const char *text, char id[TOKEN_ID_SIZE])
{
    if (strncmp(text, prefix, PREFIX_LENGTH) != 0 ||
        strspn(text + PREFIX_LENGTH, "0123456789abcdef") != ID_LENGTH ||
        text[PREFIX_LENGTH + ID_LENGTH] != '_' ||
        !secret_is_form(text + PREFIX_LENGTH + ID_LENGTH + 1))
        return NULL;
    memcpy(id, text + PREFIX_LENGTH, ID_LENGTH);
    id[ID_LENGTH] = '\0';
    return text + PREFIX_LENGTH + ID_LENGTH + 1;
}

bool store_check_token(struct store *store, const char *text, time_t now, struct arena *arena,
                       struct token *out, struct error *err)
{
    char id[TOKEN_ID_SIZE];
    char given[HASH_SIZE];
    /* No secret has this hash that anybody could find: an unknown id is compared with it. */
    char kept[HASH_SIZE] = "0000000000000000000000000000000000000000000000000000000000000000";
    const char *secret = secret_in(text, id);
    *out = (struct token){0};
    if (secret == NULL)
        return true;
    secret_hash(secret, given);
    if (!find_token(store, id, arena, out, kept, err))
        return false;
    bool same = secret_same(given, kept);
    if (!same || out->id == NULL || !token_is_good(out, now))
        *out = (struct token){0};
    return true;
}

bool store_note_uses(struct store *store, const struct token *uses, size_t count, struct error *err)
{
    struct unit unit;
    bool good = true;
    if (!unit_begin(store, &unit, err))
        return false;
    for (size_t i = 0; good && i < count; i++)
        good = run_on_token(store, NOTE_TOKEN_USE, uses[i].id, &uses[i].last_used, err);
    return unit_end(&unit, good, err);
}
