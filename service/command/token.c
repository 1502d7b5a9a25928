/* touchstone token: who may write. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "evidence/store/credentials.h"
#include "service/api/import_shape.h"
#include "service/command/command.h"

static const char *const usage =
    "touchstone token [OPTIONS] add --name NAME --scope SCOPES | list | revoke ID";
static const char *const about =
    "Who may write over HTTP. A token is made here and sent with every request, as\n"
    "Authorization: Bearer TOKEN, or used to sign in at /curate. The store keeps a hash of it, so "
    "it "
    "is\n"
    "shown once.\n"
    "\n"
    "  add        makes a token and prints it\n"
    "  list       whose there are, what they may do, when they were last used (to the minute)\n"
    "  revoke ID  ends a token and every session opened with it, at once, also in a running "
    "server\n"
    "\n"
    "Scopes, none of which includes another: import (begin and watch imports), curate (screen, "
    "appraise,\n"
    "enter results, override verdicts), audit (read who changed what), read (what everybody may, "
    "with a\n"
    "limit of its own).\n";

/* Whom the audit log names for what is done here. */
static const char actor[] = "command";

struct asked {
    const char *db;
    const char *name;
    const char *scope;
    const char *expires;
    bool json;
};

/* ---- when a token expires ---- */

enum { LONGEST_DAYS = 36500, DAY_SECONDS = 24 * 60 * 60 };

static bool read_days(const char *text, time_t now, time_t *out)
{
    size_t digits = strspn(text, "0123456789");
    if (digits == 0 || digits > 5 || strcmp(text + digits, "d") != 0)
        return false;
    long days = atol(text);
    *out = now + (time_t)days * DAY_SECONDS;
    return days >= 1 && days <= LONGEST_DAYS;
}

/* The last second of that day, UTC. */
static bool read_day(const char *text, time_t *out)
{
    struct tm day = {.tm_hour = 23, .tm_min = 59, .tm_sec = 59};
    const char *rest = strptime(text, "%Y-%m-%d", &day);
    const int year = day.tm_year;
    const int month = day.tm_mon;
    const int date = day.tm_mday;
    if (strlen(text) != strlen("2027-01-31") || rest == NULL || *rest != '\0')
        return false;
    *out = timegm(&day);
    return day.tm_year == year && day.tm_mon == month && day.tm_mday == date; /* no 31 April */
}

static bool read_expiry(const char *text, time_t now, time_t *out, struct error *err)
{
    *out = 0;
    if (text == NULL)
        return true;
    if (!read_days(text, now, out) && !read_day(text, out))
        return error_set(err, ERROR_INVALID,
                         "--expires must be a day such as 2027-01-31, or a number of days such as "
                         "90d (at most %dd), not \"%s\"",
                         LONGEST_DAYS, text);
    return *out > now ||
           error_set(err, ERROR_INVALID, "--expires %s lies in the past; name a later day", text);
}

/* ---- add ---- */

static void tell_added(const char *id, const char *text, bool as_json)
{
    struct buffer out = {0};
    struct json_writer json;
    if (as_json) {
        json_writer_init(&json, &out, 2);
        json_begin_object(&json);
        json_field_text(&json, "id", id);
        json_field_text(&json, "token", text);
        json_end_object(&json);
    } else {
        buffer_printf(&out,
                      "%s\nThis is shown once: the store keeps no copy of it. Whoever has it may "
                      "write; touchstone token revoke %s ends it.",
                      text, id);
    }
    command_print(&out);
}

static bool add(struct store *store, const struct asked *asked, struct error *err)
{
    char text[TOKEN_TEXT_SIZE];
    char id[TOKEN_ID_SIZE];
    time_t now = time(NULL);
    struct token wanted = {.name = asked->name};
    if (!permissions_read(asked->scope, &wanted.scopes, err) ||
        !read_expiry(asked->expires, now, &wanted.expires, err) ||
        !store_add_token(store, &wanted, actor, now, text, id, err))
        return false;
    tell_added(id, text, asked->json);
    return true;
}

/* ---- list ---- */

static void put_scopes(struct json_writer *json, unsigned scopes)
{
    json_field_array(json, "scopes");
    for (unsigned i = 0; i < PERMISSION_COUNT; i++)
        if (scopes & (1u << i))
            json_put_text(json, permission_names[i]);
    json_end_array(json);
}

static void put_token(struct json_writer *json, const struct token *token)
{
    json_begin_object(json);
    json_field_text(json, "id", token->id);
    json_field_text(json, "name", token->name);
    put_scopes(json, token->scopes);
    shape_time(json, "created", token->created);
    shape_time(json, "expires", token->expires);
    shape_time(json, "last_used", token->last_used);
    shape_time(json, "revoked", token->revoked);
    json_end_object(json);
}

static void list_as_json(const struct token *tokens, size_t count)
{
    struct buffer out = {0};
    struct json_writer json;
    json_writer_init(&json, &out, 2);
    json_begin_array(&json);
    for (size_t i = 0; i < count; i++)
        put_token(&json, &tokens[i]);
    json_end_array(&json);
    command_print(&out);
}

/* "2026-11-23 14:05", UTC; the word where there is no time. */
static const char *minute(time_t at, const char *none, struct arena *arena)
{
    struct tm parts;
    char text[32];
    if (at == 0 || gmtime_r(&at, &parts) == NULL ||
        strftime(text, sizeof text, "%Y-%m-%d %H:%M", &parts) == 0)
        return none;
    return arena_strdup(arena, text);
}

static void print_token(const struct token *token, time_t now, struct arena *arena)
{
    const char *state = "";
    if (token->revoked != 0)
        state = arena_printf(arena, "  revoked %s", minute(token->revoked, "", arena));
    else if (token->expires != 0 && token->expires <= now)
        state = "  expired";
    printf("%s  %s  (%s)\n    made %s, expires %s, last used %s%s\n", token->id, token->name,
           permissions_text(token->scopes, arena), minute(token->created, "never", arena),
           minute(token->expires, "never", arena), minute(token->last_used, "never", arena), state);
}

static bool list(struct store *store, const struct asked *asked, struct error *err)
{
    struct arena *arena = arena_new();
    struct token *tokens = NULL;
    size_t count = 0;
    bool good = store_tokens(store, arena, &tokens, &count, err);
    if (good && asked->json)
        list_as_json(tokens, count);
    else if (good && count == 0)
        puts("There are no tokens: nobody can write over HTTP.");
    for (size_t i = 0; good && !asked->json && i < count; i++)
        print_token(&tokens[i], time(NULL), arena);
    arena_free(arena);
    return good;
}

/* ---- revoke ---- */

static bool end(struct store *store, const char *id, const struct asked *asked, struct error *err)
{
    struct buffer out = {0};
    struct json_writer json;
    if (!store_revoke_token(store, id, actor, time(NULL), err))
        return false;
    if (asked->json) {
        json_writer_init(&json, &out, 2);
        json_begin_object(&json);
        json_field_text(&json, "revoked", id);
        json_end_object(&json);
    } else {
        buffer_printf(&out, "%s is revoked", id);
    }
    command_print(&out);
    return true;
}

/* ---- the command ---- */

enum action { ACTION_ADD, ACTION_LIST, ACTION_REVOKE };
static const char *const actions[] = {"add", "list", "revoke", NULL};

/* 0, or the status after telling what is wrong. */
static int read_action(const struct asked *asked, int count, char **words, enum action *out)
{
    int found = 0;
    if (count == 0)
        return command_usage(usage, "say what to do: add, list or revoke");
    while (actions[found] != NULL && strcmp(actions[found], words[0]) != 0)
        found++;
    if (actions[found] == NULL)
        return command_usage(usage, "no \"%s\" here; there are add, list and revoke", words[0]);
    *out = (enum action)found;
    if (*out == ACTION_REVOKE && count != 2)
        return command_usage(usage, "revoke needs the id of one token; list tells them");
    if (*out != ACTION_REVOKE && count != 1)
        return command_usage(usage, "unexpected \"%s\"", words[1]);
    if (*out == ACTION_ADD && asked->name == NULL)
        return command_usage(usage, "add needs --name: whose token it is");
    if (*out == ACTION_ADD && asked->scope == NULL)
        return command_usage(usage, "add needs --scope: read, import, curate, audit, with commas");
    return EXIT_DONE;
}

/* Tokens are of no use without a base to write to, so no store is made here. */
static struct store *open_store(const char *db, enum action action, struct error *err)
{
    struct store *store = store_open(db, STORE_READ, err);
    if (store != NULL && action != ACTION_LIST) {
        store_close(store);
        store = store_open(db, STORE_WRITE, err);
    }
    if (store == NULL)
        err->kind = ERROR_STORE;
    return store;
}

int command_token(int argc, char **argv)
{
    struct asked asked = {0};
    enum action action = ACTION_LIST;
    const struct option_spec options[] = {
        OPTION_DB(asked.db),
        {"name", "NAME", "add: whose it is; the audit log names them so", &asked.name, NULL},
        {"scope", "SCOPES", "add: what it allows: read, import, curate, audit, with commas",
         &asked.scope, NULL},
        {"expires", "WHEN", "add: the last day, 2027-01-31, or 90d from now (default: never)",
         &asked.expires, NULL},
        {"json", NULL, "write JSON: {\"id\", \"token\"}, a list, or {\"revoked\"}", NULL,
         &asked.json},
        {0}};
    const struct command_help help = {usage, about, options};
    int left = command_options(argc, argv, &help);
    if (left < 0)
        return EXIT_USAGE;
    int status = read_action(&asked, left, argv + 1, &action);
    if (status != EXIT_DONE)
        return status;
    struct db_path room;
    struct error err = {0};
    struct store *store = open_store(command_db(asked.db, &room), action, &err);
    bool good = store != NULL;
    if (good && action == ACTION_ADD)
        good = add(store, &asked, &err);
    else if (good && action == ACTION_LIST)
        good = list(store, &asked, &err);
    else if (good)
        good = end(store, argv[2], &asked, &err);
    store_close(store);
    return good ? EXIT_DONE : command_fail(&err);
}
