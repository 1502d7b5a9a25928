#include "service/curation/writing.h"

#include <string.h>

#include "evidence/base/hash.h"
#include "service/api/application.h"
#include "service/http/credential.h"
#include "service/http/query.h"

enum { REASON_MOST = 2000, KEY_MOST = 255 };

/* ---- what a write brings ---- */

/* `"<version>"`, or an ETag of ours, `"<version>.<rest>"`: the version; NULL for what is neither.
 */
static const char *version_in(const char *tag, struct arena *arena)
{
    size_t length = strlen(tag);
    if (length < HASH_SIZE + 1 || tag[0] != '"' || tag[length - 1] != '"')
        return NULL;
    char *version = arena_strdup(arena, tag + 1);
    size_t digits = strspn(version, "0123456789abcdef");
    if (digits != HASH_SIZE - 1 || (version[digits] != '"' && version[digits] != '.'))
        return NULL;
    version[digits] = '\0';
    return version;
}

static bool read_version(struct writing *writing)
{
    const struct request *request = writing->request;
    const char *tag = request_header(request, "If-Match");
    if (tag == NULL)
        return true;
    writing->expected = version_in(tag, request->arena);
    return writing->expected != NULL ||
           answer_refuse(request, writing->answer, REFUSAL_PRECONDITION,
                         "If-Match names no version of ours; send the ETag of the study as you "
                         "read it");
}

/* Everything that makes this request this one. */
static void hash_request(struct writing *writing)
{
    const struct request *request = writing->request;
    struct buffer all = {0};
    buffer_printf(&all, "%s %s?%s\n%s\n", method_name(request->method), request->path,
                  request->raw_query == NULL ? "" : request->raw_query,
                  writing->expected == NULL ? "" : writing->expected);
    buffer_append(&all, request->body, request->body_length);
    hash_bytes(all.bytes, all.length, writing->key.hash);
    buffer_release(&all);
}

static bool read_key(struct writing *writing)
{
    const struct request *request = writing->request;
    const char *key = request_header(request, "Idempotency-Key");
    if (key == NULL)
        return true;
    if (*key == '\0' || strlen(key) > KEY_MOST)
        return answer_refuse(request, writing->answer, REFUSAL_INVALID,
                             "Idempotency-Key must have 1 to %d characters", KEY_MOST);
    writing->keyed = true;
    writing->key.actor = writing->stamp.actor;
    writing->key.key = key;
    hash_request(writing);
    return true;
}

/* The reason is about the change and no part of what is changed. */
static bool take_reason(struct writing *writing, struct error *err)
{
    const struct request *request = writing->request;
    struct json_reader at = json_root(writing->body, NULL, request->problems);
    const char *reason = writing->body == NULL ? query_filled(request, "reason")
                                               : json_get_text(&at, "reason", OPTIONAL);
    if (reason != NULL && strlen(reason) > REASON_MOST)
        json_problem(&at, "reason", "must not be longer than %d bytes", REASON_MOST);
    writing->stamp.reason = reason;
    json_object_del(writing->body, "reason");
    return problems_none(request->problems, err);
}

static bool read_body(struct writing *writing, struct error *err)
{
    const struct request *request = writing->request;
    if (request->method == METHOD_DELETE)
        return true;
    if (!request_is_type(request, "application/json") &&
        !request_is_type(request, "application/merge-patch+json"))
        return answer_refuse(request, writing->answer, REFUSAL_MEDIA_TYPE,
                             "send what to write as application/json");
    writing->body = json_parse(request->body, request->body_length, NULL, request->problems);
    if (writing->body != NULL && !json_is_object(writing->body))
        problems_add(request->problems, NULL, "", "must be an object");
    return problems_none(request->problems, err);
}

bool writing_read(const struct request *request, struct answer *answer, struct writing *out,
                  struct error *err)
{
    static const char *const known[] = {"preview", "reason", NULL};
    *out = (struct writing){.request = request, .answer = answer};
    const struct credential *who = request->credential;
    if (who == NULL) /* the gate lets nobody by; a table without it would */
        return answer_refuse(request, answer, REFUSAL_UNAUTHORIZED, "send a token");
    out->stamp = (struct curation_stamp){
        .actor = who->name, .source = who->by_cookie ? "page" : "api", .now = request->now};
    return query_only(request, known, err) &&
           query_truth(request, "preview", false, &out->preview, err) && read_version(out) &&
           read_body(out, err) && take_reason(out, err) && read_key(out);
}

void writing_release(struct writing *writing)
{
    json_decref(writing->body);
    writing->body = NULL;
}

bool writing_needs_version(const struct writing *writing, const char *what)
{
    return answer_refuse(writing->request, writing->answer, REFUSAL_PRECONDITION_REQUIRED,
                         "somebody else may have changed %s; read it and send its ETag as If-Match",
                         what);
}

/* ---- the turn ---- */

static bool replay(struct writing *writing, const struct remembered_answer *before)
{
    struct answer *answer = writing->answer;
    const struct request *request = writing->request;
    answer->status = before->status;
    if (before->headers[0] != '\0')
        answer_header(answer, "ETag", arena_strdup(request->arena, before->headers));
    answer_header(answer, "Idempotency-Replayed", "true");
    buffer_append(&answer->body, before->body, before->length);
    return true;
}

bool writing_begin(struct writing *writing, bool *again, struct error *err)
{
    const struct request *request = writing->request;
    struct editor *editor = application_editor(request->context);
    struct remembered_answer before;
    *again = false;
    if (editor == NULL)
        return answer_refuse(request, writing->answer, REFUSAL_UNAVAILABLE,
                             "nothing can be written here just now; ask again later");
    if (!application_may_ask(request->context, err) || !editor_begin(editor, &writing->edit, err))
        return false;
    bool good =
        !writing->keyed || store_remembered(writing->edit.store, &writing->key, request->now,
                                            request->arena, &before, again, err);
    if (good && !*again)
        return true;
    struct error ended = {0};
    *again = good;
    return !editor_end(&writing->edit, false, NULL, &ended) && good && replay(writing, &before);
}

static bool remember(struct writing *writing, struct error *err)
{
    const struct answer *answer = writing->answer;
    const char *etag = "";
    for (size_t i = 0; i < answer->header_count; i++)
        if (strcmp(answer->headers[i].name, "ETag") == 0)
            etag = answer->headers[i].value;
    const struct remembered_answer kept = {.status = answer->status == 0 ? 200 : answer->status,
                                           .headers = etag,
                                           .body = buffer_string((struct buffer *)&answer->body),
                                           .length = answer->body.length,
                                           .at = writing->request->now};
    return !writing->keyed ||
           store_remember(writing->edit.store, &writing->key, &kept, writing->request->now, err);
}

/* The body of an answer that failed would be sent with nobody knowing. */
static bool ended(struct writing *writing, bool good)
{
    if (!good)
        buffer_clear(&writing->answer->body);
    return good;
}

/* The answer tells what would be; the store goes back to what it was. */
static bool end_preview(struct writing *writing, bool good, struct catalog *after)
{
    struct error unwritten = {0};
    bool written = editor_end(&writing->edit, false, after, &unwritten);
    return ended(writing, good && !written);
}

bool writing_end(struct writing *writing, bool good, struct catalog *after, struct error *err)
{
    if (writing->preview)
        return end_preview(writing, good, after);
    good = good && remember(writing, err);
    return ended(writing, editor_end(&writing->edit, good, after, err));
}

void writing_tell_version(struct writing *writing, const char *version)
{
    answer_header(writing->answer, "ETag",
                  arena_printf(writing->request->arena, "\"%s\"", version));
}
