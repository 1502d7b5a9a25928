/*
 * The API without a socket: the curated names over five hand-made studies, a store of them in a
 * temporary file, and requests written as "GET /v1/…". Tests run from the root of the repository.
 */
#ifndef TOUCHSTONE_TESTS_SERVICE_API_SMALL_SERVICE_H
#define TOUCHSTONE_TESTS_SERVICE_API_SMALL_SERVICE_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "evidence/base/file.h"
#include "evidence/judgement/knowledge.h"
#include "evidence/store/credentials.h"
#include "service/api/api.h"
#include "service/api/application.h"
#include "service/http/respond.h"
#include "tests/evidence/judgement/curated_topics.h"

enum { SMALL_STUDIES = 5, SMALL_CHANGED = 1767225600 /* 2026-01-01 00:00:00 UTC */ };

/*
 * What is known here, all pain on 0-10, shorter than 12 weeks:
 * massage for neck pain       two trials against nothing, one of no use, one retracted
 * massage gun                 one study of healthy people, one of neck pain, directions only
 */
static const char *const small_studies[SMALL_STUDIES] = {
    "{'id':'doi:10.1/small.one','doi':'10.1/small.one','title':'A direction of a massage gun',"
    "'authors':[{'family':'Eins'}],'year':2001,'design':'rct','condition':'neck-pain',"
    "'results':[{'intervention':'massage-gun','comparator':'sham','outcome':'pain-intensity',"
    "'better':'lower','window':'short','favours':'neither'}],"
    "'sources':[{'url':'https://doi.org/10.1/small.one','where':'abstract'}]}",

    "{'id':'pmid:2','pmid':'2','doi':'10.1/two','aliases':['ref:two'],'title':'Kneading the neck',"
    "'authors':[{'family':'Zwei'}],'year':2010,'design':'rct','condition':'neck-pain',"
    "'participants':80,'results':[{'intervention':'massage','comparator':'nothing',"
    "'outcome':'pain-intensity','scale':{'name':'VAS','low':0,'high':10},'better':'lower',"
    "'window':'short','arms':[{'role':'intervention','n':40,'mean':3,'sd':2},"
    "{'role':'comparator','n':40,'mean':5,'sd':2}]}],"
    "'harms':[{'intervention':'massage','event':'soreness','severity':'minor','rate':'2 of 40',"
    "'numerator':2,'denominator':40}],"
    "'sources':[{'url':'https://pubmed.ncbi.nlm.nih.gov/2/','where':'table 2'}]}",

    "{'id':'pmid:3','pmid':'3','title':'Kneading, again','authors':[{'family':'Drei'}],"
    "'year':2012,'design':'rct','condition':'neck-pain','participants':60,"
    "'results':[{'intervention':'massage','comparator':'nothing','outcome':'pain-intensity',"
    "'scale':{'name':'VAS','low':0,'high':10},'better':'lower','window':'short',"
    "'arms':[{'role':'intervention','n':30,'mean':3.5,'sd':2},"
    "{'role':'comparator','n':30,'mean':5,'sd':2}]}],"
    "'sources':[{'url':'https://pubmed.ncbi.nlm.nih.gov/3/','where':'abstract'}]}",

    "{'id':'pmid:4','pmid':'4','title':'Kneading, withdrawn','authors':[{'family':'Vier'}],"
    "'year':2014,'design':'rct','condition':'neck-pain','participants':60,'retracted':true,"
    "'results':[{'intervention':'massage','comparator':'nothing','outcome':'pain-intensity',"
    "'scale':{'name':'VAS','low':0,'high':10},'better':'lower','window':'short',"
    "'arms':[{'role':'intervention','n':30,'mean':1,'sd':2},"
    "{'role':'comparator','n':30,'mean':5,'sd':2}]}],"
    "'sources':[{'url':'https://pubmed.ncbi.nlm.nih.gov/4/','where':'abstract'}]}",

    "{'id':'pmid:5','pmid':'5','title':'Massage guns in the healthy',"
    "'authors':[{'family':'Elf'}],'year':2020,'design':'rct','condition':'healthy-adults',"
    "'results':[{'intervention':'massage-gun','comparator':'nothing','outcome':'strength',"
    "'better':'higher','window':'immediate','favours':'intervention'},"
    "{'intervention':'massage-gun','comparator':'nothing','outcome':'range-of-motion',"
    "'better':'higher','window':'immediate','favours':'intervention'}],"
    "'sources':[{'url':'https://pubmed.ncbi.nlm.nih.gov/5/','where':'abstract'}]}",
};

struct small_service {
    struct arena *arena; /* of requests and replies */
    struct catalog *catalog;
    struct application *application;
    struct routes *routes;
    char db[64];
    const char *token;        /* sent with what is asked; NULL: none */
    const char *type;         /* Content-Type of what is sent; NULL: application/json */
    const struct field *more; /* further headers; ended by one without a name, or NULL */
    const char *remote;       /* from where it is sent; NULL: unknown */
    const char *origin;       /* NULL: https://example.org */
};

static inline void small_study(struct study *out, const char *quoted, struct problems *problems)
{
    char *text = arena_strdup(problems->arena, quoted);
    for (char *at = text; *at != '\0'; at++)
        if (*at == '\'')
            *at = '"';
    json_t *value = json_parse(text, strlen(text), "small", problems);
    struct json_reader at = json_root(value, "small", problems);
    if (value != NULL)
        study_read(&at, out);
    json_decref(value);
}

static inline void small_documents(struct base *base, struct problems *problems)
{
    static const char dataset[] =
        "{\"name\":\"Small\",\"version\":\"2026.1\",\"collected\":\"2026-01-01\"}";
    static const char rules[] = "{\"rules\":[]}";
    struct error err = {0};
    size_t length = 0;
    struct document *documents = arena_array(problems->arena, 4, sizeof *documents);
    const char *ruleset =
        file_read("evidence/data/rulesets/default.json", 1 << 20, problems->arena, &length, &err);
    if (ruleset == NULL)
        fail_msg("%s; these tests run from the root of the repository", err.message);
    documents[0] = (struct document){"dataset", dataset, sizeof dataset - 1};
    documents[1] = base->documents[0];
    documents[2] = (struct document){"rules", rules, sizeof rules - 1};
    documents[3] = (struct document){"rulesets/default", ruleset, length};
    base->documents = documents;
    base->document_count = 4;
}

static inline void small_base(struct base *base, struct arena *arena)
{
    struct problems problems = {.arena = arena};
    struct study *studies = arena_array(arena, SMALL_STUDIES, sizeof *studies);
    curated_topics(base, &problems);
    small_documents(base, &problems);
    for (size_t i = 0; i < SMALL_STUDIES; i++)
        small_study(&studies[i], small_studies[i], &problems);
    if (problems.count > 0)
        fail_msg("%s: %s", problems.items[0]->pointer, problems.items[0]->detail);
    base->studies = studies;
    base->study_count = SMALL_STUDIES;
}

static inline void small_store(struct small_service *small, const struct base *base)
{
    struct error err = {0};
    struct store_changes changes;
    snprintf(small->db, sizeof small->db, "/tmp/touchstone-test-XXXXXX");
    int fd = mkstemp(small->db);
    assert_true(fd >= 0);
    close(fd);
    unlink(small->db);
    struct store *store = store_open(small->db, STORE_WRITE, &err);
    if (store == NULL || !store_save_base(store, base, SMALL_CHANGED, &changes, &err))
        fail_msg("%s", err.message);
    store_close(store);
}

/* For cmocka's group setup and teardown. */
static inline int small_start(void **state)
{
    static struct small_service small;
    struct error err = {0};
    struct arena *arena = arena_new();
    struct base base;
    struct catalog_stamp stamp = {.hash = "small", .changed = SMALL_CHANGED};
    small_base(&base, arena);
    small_store(&small, &base);
    small.arena = arena_new();
    small.catalog = knowledge_of(arena, &base, &stamp, &err);
    small.application = application_new(small.db);
    small.routes = routes_new(service_routes, service_route_count, &err);
    if (small.catalog == NULL || small.routes == NULL)
        fail_msg("%s", err.message);
    *state = &small;
    return 0;
}

static inline int small_stop(void **state)
{
    struct small_service *small = *state;
    routes_free(small->routes);
    application_free(small->application);
    catalog_release(small->catalog);
    arena_free(small->arena);
    unlink(small->db);
    return 0;
}

/* What came back: the status, and the body as JSON (lives as long as the service). */
struct small_answer {
    int status;
    const char *text;
    const char *link;
    const char *modified;
    const char *challenge; /* WWW-Authenticate */
    const char *cookie;    /* Set-Cookie */
    const char *location;
    const char *retry; /* Retry-After */
    json_t *json;      /* decref it with small_done */
};

static inline struct small_answer small_send(struct small_service *small, enum method method,
                                             const char *target, const char *body)
{
    struct field headers[8] = {
        {"Content-Type", small->type == NULL ? "application/json" : small->type}};
    size_t header_count = 1;
    if (small->token != NULL)
        headers[header_count++] =
            (struct field){"Authorization", arena_printf(small->arena, "Bearer %s", small->token)};
    for (const struct field *more = small->more; more != NULL && more->name != NULL; more++)
        headers[header_count++] = *more;
    struct problems problems = {.arena = small->arena};
    struct responder responder = {.routes = small->routes, .gate = auth_gate};
    struct reply reply = {0};
    size_t path = strcspn(target, "?");
    struct request request = {
        .method = method,
        .path = arena_strndup(small->arena, target, path),
        .raw_query = target[path] == '\0' ? NULL : target + path + 1,
        .headers = headers,
        .header_count = header_count,
        .body = body,
        .body_length = strlen(body),
        .origin = small->origin == NULL ? "https://example.org" : small->origin,
        .remote = small->remote,
        .apart = true,
        .now = SMALL_CHANGED + 1,
        .arena = small->arena,
        .problems = &problems,
        .catalog = small->catalog,
        .context = small->application,
    };
    respond(&responder, &request, &reply);
    struct small_answer out = {
        .status = reply.status,
        .text = arena_strndup(small->arena, reply.body == NULL ? "" : reply.body,
                              reply.body == NULL ? 0 : reply.body_length),
        .link = reply_find(&reply, "Link"),
        .modified = reply_find(&reply, "Last-Modified"),
        .challenge = reply_find(&reply, "WWW-Authenticate"),
        .cookie = reply_find(&reply, "Set-Cookie"),
        .location = reply_find(&reply, "Location"),
        .retry = reply_find(&reply, "Retry-After"),
    };
    out.json = json_loads(out.text, JSON_REJECT_DUPLICATES, NULL);
    reply_release(&reply);
    return out;
}

/* A new token, made at SMALL_CHANGED; its id stands after "ts_". */
static inline const char *small_token(struct small_service *small, const char *name,
                                      unsigned scopes, time_t expires)
{
    struct error err = {0};
    char *text = arena_alloc(small->arena, TOKEN_TEXT_SIZE);
    char id[TOKEN_ID_SIZE];
    const struct token wanted = {.name = name, .scopes = scopes, .expires = expires};
    struct store *store = store_open(small->db, STORE_WRITE, &err);
    if (store == NULL || !store_add_token(store, &wanted, "command", SMALL_CHANGED, text, id, &err))
        fail_msg("%s", err.message);
    store_close(store);
    return text;
}

static inline struct small_answer small_get(struct small_service *small, const char *target)
{
    return small_send(small, METHOD_GET, target, "");
}

/* A member of an answer by a path of keys and positions, "items.0.id"; fails where there is none.
 */
static inline const json_t *small_at(const struct small_answer *answer, const char *path)
{
    const json_t *value = answer->json;
    char key[64];
    for (const char *at = path; value != NULL && *at != '\0';) {
        size_t length = strcspn(at, ".");
        snprintf(key, sizeof key, "%.*s", (int)length, at);
        value = json_is_array(value) ? json_array_get(value, (size_t)atoi(key))
                                     : json_object_get(value, key);
        at += length + (at[length] == '.');
    }
    if (value == NULL)
        fail_msg("no %s in %d %s", path, answer->status, answer->text);
    return value;
}

static inline void small_text(const struct small_answer *answer, const char *path, const char *want)
{
    const json_t *value = small_at(answer, path);
    const char *got = json_is_string(value) ? json_string_value(value) : "(no string)";
    if (strcmp(got, want) != 0)
        fail_msg("%s is \"%s\", not \"%s\"", path, got, want);
}

static inline void small_number(const struct small_answer *answer, const char *path, double want)
{
    const json_t *value = small_at(answer, path);
    double got = json_number_value(value);
    if (!json_is_number(value) || got - want > 1e-9 || want - got > 1e-9)
        fail_msg("%s is %.12g, not %.12g", path, got, want);
}

static inline void small_null(const struct small_answer *answer, const char *path)
{
    if (!json_is_null(small_at(answer, path)))
        fail_msg("%s is not null", path);
}

static inline size_t small_size(const struct small_answer *answer, const char *path)
{
    return json_array_size(small_at(answer, path));
}

static inline void small_done(struct small_answer *answer)
{
    json_decref(answer->json);
    answer->json = NULL;
}

/* A refusal of that status whose body says `words`. */
static inline void small_refused(struct small_service *small, const char *target, int status,
                                 const char *words)
{
    struct small_answer answer = small_get(small, target);
    if (answer.status != status || strstr(answer.text, words) == NULL)
        fail_msg("%s: %d %s", target, answer.status, answer.text);
    small_text(&answer, "type", json_string_value(small_at(&answer, "type")));
    small_number(&answer, "status", status);
    small_done(&answer);
}

#endif
