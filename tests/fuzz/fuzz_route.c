/*
 * Bytes as requests to the whole service, without a socket: routes, gate, handlers, conditions and
 * what every reply has. Whatever is asked, the answer is one that HTTP knows, never a fault of
 * ours; its JSON is JSON, its headers are lines, and nothing that was sent becomes markup.
 *
 * A request is a line "GET /v1/studies?q=tape", lines of headers, an empty line and the body; a
 * line "--" parts it from the next. "@token" stands for a token that may do everything, "@cookie"
 * and "@csrf" for what the last signing in gave, "@etag" for the ETag of the answer before. The
 * base has the curated names and rule books, the studies that these tell of and five small ones;
 * what a request changed there is put back before the next input. Run from the root of the project.
 */
#include <ctype.h>
#include <zlib.h>

#include "importers/intake/intake.h"
#include "service/curation/editor.h"
#include "service/worlds/refusal.h"
#include "tests/service/api/small_service.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum {
    REQUESTS_MOST = 6,
    HEADERS_MOST = 12,
    STORE_BYTES = 64 << 20,
    BODY_BYTES = 64 << 20,
    STREAM_STEPS = 10000
};

struct fuzzed {
    struct small_service small;
    struct routes *routes;
    struct catalog *first;   /* what the store holds at first */
    struct catalog *current; /* what it holds now; its own reference */
    struct editor *editor;
    const char *bytes; /* of the store at first */
    size_t length;
    const char *token;
    bool changed;
    const char *cookie; /* the next three of this input, or "" */
    const char *csrf;
    const char *etag;
};

static void must(bool holds, const char *what, const struct request *request)
{
    if (holds)
        return;
    fprintf(stderr, "not so: %s: %s %s?%s\n", what, method_name(request->method), request->path,
            request->raw_query == NULL ? "" : request->raw_query);
    abort();
}

/* -- the service, and how it is made as it was -- */

static void serve(void *context, struct catalog *catalog)
{
    struct fuzzed *fuzzed = context;
    catalog_release(fuzzed->current);
    fuzzed->current = catalog_retain(catalog);
}

static void begin_service(struct fuzzed *fuzzed)
{
    fuzzed->current = catalog_retain(fuzzed->first);
    fuzzed->small.application = application_new(fuzzed->small.db);
    auth_set_rate(application_auth(fuzzed->small.application), 1 << 20);
    fuzzed->editor = editor_new(fuzzed->small.db, serve, fuzzed);
    editor_start(fuzzed->editor, fuzzed->first);
    application_set_editor(fuzzed->small.application, fuzzed->editor);
}

static void remove_store(const struct fuzzed *fuzzed)
{
    static const char *const ends[] = {"", "-wal", "-shm", "-journal"};
    char path[sizeof fuzzed->small.db + 16];
    for (size_t i = 0; i < sizeof ends / sizeof *ends; i++) {
        snprintf(path, sizeof path, "%s%s", fuzzed->small.db, ends[i]);
        unlink(path);
    }
}

static void write_store(const struct fuzzed *fuzzed)
{
    remove_store(fuzzed);
    FILE *file = fopen(fuzzed->small.db, "wb");
    if (file == NULL || fwrite(fuzzed->bytes, 1, fuzzed->length, file) != fuzzed->length ||
        fclose(file) != 0)
        abort();
}

static void put_back(struct fuzzed *fuzzed)
{
    application_free(fuzzed->small.application);
    editor_free(fuzzed->editor);
    catalog_release(fuzzed->current);
    write_store(fuzzed);
    begin_service(fuzzed);
    fuzzed->changed = false;
}

/* Into memory, where the system has a place for files there: on a disk every change waits for it.
 */
static void move_store(struct fuzzed *fuzzed)
{
    static const char memory[] = "/dev/shm";
    if (access(memory, W_OK) != 0)
        return;
    remove_store(fuzzed);
    snprintf(fuzzed->small.db, sizeof fuzzed->small.db, "%s/touchstone-fuzz-%ld", memory,
             (long)getpid());
    write_store(fuzzed);
}

static struct fuzzed *loaded;

static void leave(void)
{
    application_free(loaded->small.application); /* its store is open */
    remove_store(loaded);
}

/* A document of the base (a claim, a rule book) tells of the study. */
static bool is_cited(const struct base *base, const struct study *study)
{
    for (size_t i = 0; i < base->document_count; i++)
        if (strstr(base->documents[i].text, study->id) != NULL)
            return true;
    return false;
}

/* The curated base with five small studies, and of its own those that its documents tell of. */
static void load_base(struct base *base, struct arena *arena)
{
    struct problems problems = {.arena = arena};
    base_read_folder("evidence/data", base, &problems);
    struct study *studies = arena_array(arena, SMALL_STUDIES + base->study_count, sizeof *studies);
    size_t count = SMALL_STUDIES;
    for (size_t i = 0; i < SMALL_STUDIES; i++)
        small_study(&studies[i], small_studies[i], &problems);
    for (size_t i = 0; i < base->study_count; i++)
        if (is_cited(base, &base->studies[i]))
            studies[count++] = base->studies[i];
    if (problems.count > 0)
        fail_msg("%s: %s", problems.items[0]->pointer, problems.items[0]->detail);
    base->studies = studies;
    base->study_count = count;
}

/* A trial that two services tell of, under one number in a register: something to screen and to
 * merge. */
static void bring(struct small_service *small)
{
    static const char *const numbers[] = {"NCT01234567", NULL};
    static const char *const ids[] = {"77", "78"};
    const struct intake_stamp stamp = {.who = "import", .now = SMALL_CHANGED};
    struct error err = {0};
    struct store *store = store_open(small->db, STORE_WRITE, &err);
    for (size_t i = 0; store != NULL && i < sizeof ids / sizeof *ids; i++) {
        struct intake_took took;
        struct record record;
        record_init(&record);
        record.source = "pubmed";
        record.source_id = record.pmid = ids[i];
        record.title = i == 0 ? "Taping of the neck at work" : "Taping, one year on";
        record.registrations = numbers;
        if (!intake_take(store, &record, &stamp, small->arena, &took, &err))
            fail_msg("%s", err.message);
    }
    store_close(store);
}

static struct fuzzed *load(void)
{
    static struct fuzzed fuzzed;
    struct error err = {0};
    struct base base;
    struct arena *arena = arena_new();
    load_base(&base, arena);
    fuzzed.small.arena = arena_new();
    small_store(&fuzzed.small, &base);
    bring(&fuzzed.small);
    fuzzed.token = small_token(&fuzzed.small, "fuzz", MAY_IMPORT | MAY_CURATE | MAY_AUDIT, 0);
    struct store *store = store_open(fuzzed.small.db, STORE_READ, &err);
    fuzzed.first = store == NULL ? NULL : knowledge_load(store, &err);
    store_close(store);
    fuzzed.bytes =
        file_read(fuzzed.small.db, STORE_BYTES, fuzzed.small.arena, &fuzzed.length, &err);
    fuzzed.routes = routes_new(service_routes, service_route_count, &err);
    if (fuzzed.first == NULL || fuzzed.bytes == NULL || fuzzed.routes == NULL)
        fail_msg("%s", err.message);
    arena_free(arena);
    move_store(&fuzzed);
    begin_service(&fuzzed);
    loaded = &fuzzed;
    atexit(leave);
    return loaded;
}

/* -- a request, as it is written -- */

/* `text` with what its words stand for. */
static char *put_in(const struct fuzzed *fuzzed, const char *text, struct arena *arena)
{
    const struct {
        const char *word;
        const char *meant;
    } words[] = {{"@token", fuzzed->token},
                 {"@cookie", fuzzed->cookie},
                 {"@csrf", fuzzed->csrf},
                 {"@etag", fuzzed->etag}};
    const size_t count = sizeof words / sizeof *words;
    struct buffer out = {0};
    while (*text != '\0') {
        size_t which = 0;
        while (which < count && strncmp(text, words[which].word, strlen(words[which].word)) != 0)
            which++;
        if (which < count) {
            buffer_text(&out, words[which].meant);
            text += strlen(words[which].word);
        } else {
            buffer_byte(&out, *text++);
        }
    }
    char *copy = arena_strdup(arena, buffer_string(&out));
    buffer_release(&out);
    return copy;
}

/* Cuts the line off the front, without its end. */
static char *take_line(char **rest)
{
    char *line = *rest;
    size_t length = strcspn(line, "\n");
    *rest = line + length + (line[length] == '\n');
    line[length > 0 && line[length - 1] == '\r' ? length - 1 : length] = '\0';
    return line;
}

static enum method method_of(const char *name)
{
    for (unsigned method = METHOD_GET; method <= METHOD_OPTIONS; method <<= 1)
        if (strcmp(name, method_name((enum method)method)) == 0)
            return (enum method)method;
    return METHOD_GET;
}

static void read_line(char *line, struct request *out)
{
    size_t method = strcspn(line, " ");
    char *target = line + method + (line[method] == ' ');
    line[method] = '\0';
    target[strcspn(target, " ")] = '\0';
    size_t path = strcspn(target, "?");
    out->raw_query = target[path] == '?' ? target + path + 1 : NULL;
    target[path] = '\0';
    out->method = method_of(line);
    out->path = target;
}

static void read_headers(char **rest, struct field *fields, struct request *out)
{
    out->headers = fields;
    for (char *line = take_line(rest); line[0] != '\0'; line = take_line(rest)) {
        char *colon = strchr(line, ':');
        if (colon == NULL || out->header_count == HEADERS_MOST)
            continue;
        *colon++ = '\0';
        fields[out->header_count++] = (struct field){line, colon + strspn(colon, " ")};
    }
}

/* -- what comes back -- */

static bool is_type(const char *type, const char *part)
{
    return type != NULL && strstr(type, part) != NULL;
}

static void unpack(const struct request *request, struct buffer *body)
{
    struct buffer out = {0};
    char piece[16384];
    z_stream stream = {.next_in = (Bytef *)body->bytes, .avail_in = (uInt)body->length};
    int status = Z_OK;
    must(inflateInit2(&stream, 15 + 16) == Z_OK, "zlib is there", request);
    while (status == Z_OK) {
        stream.next_out = (Bytef *)piece;
        stream.avail_out = sizeof piece;
        status = inflate(&stream, Z_NO_FLUSH);
        buffer_append(&out, piece, sizeof piece - stream.avail_out);
    }
    inflateEnd(&stream);
    must(status == Z_STREAM_END, "what is packed can be unpacked", request);
    buffer_release(body);
    *body = out;
}

static void read_stream(const struct request *request, struct stream *stream, struct buffer *body)
{
    enum stream_step step = STREAM_MORE;
    for (int i = 0; i < STREAM_STEPS && step == STREAM_MORE && body->length < BODY_BYTES; i++)
        step = stream->next(stream->state, body);
    must(step != STREAM_MORE && step != STREAM_BREAK, "a stream ends", request);
    if (stream->end != NULL)
        stream->end(stream->state);
    stream->next = NULL;
}

static void check_body(const struct request *request, const struct reply *reply,
                       struct buffer *body)
{
    const char *type = reply_find(reply, "Content-Type");
    const char *encoding = reply_find(reply, "Content-Encoding");
    if (encoding != NULL && body->length > 0)
        unpack(request, body);
    bool json = is_type(type, "application/json") || is_type(type, "+json");
    if (json && body->length > 0 && reply->status != 206) {
        json_t *told = json_loadb(body->bytes, body->length,
                                  JSON_REJECT_DUPLICATES | JSON_DECODE_ANY | JSON_ALLOW_NUL, NULL);
        must(told != NULL, "JSON is JSON", request);
        json_decref(told);
    }
    bool markup = is_type(type, "html") || is_type(type, "xml");
    must(!markup || strstr(buffer_string(body), "<fuzz") == NULL,
         "what was sent does not become markup", request);
}

static void check_headers(const struct request *request, const struct reply *reply)
{
    for (size_t i = 0; i < reply->header_count; i++) {
        const char *at = reply->headers[i].value;
        while (*at != '\0' && !iscntrl((unsigned char)*at))
            at++;
        must(*at == '\0', "a header is one line", request);
    }
}

/* Nobody runs imports here. */
static bool may_fail(const struct request *request, int status)
{
    return status == 503 && strcmp(request->path, "/v1/imports") == 0;
}

static void check_reply(const struct request *request, struct reply *reply)
{
    struct buffer body = {0};
    if (reply->status >= 500 && reply->log != NULL)
        fprintf(stderr, "%s\n", reply->log);
    must(strcmp(status_phrase(reply->status), "Unknown") != 0, "HTTP knows the status", request);
    must(reply->status < 500 || may_fail(request, reply->status), "it is no fault of ours",
         request);
    check_headers(request, reply);
    if (reply->stream.next != NULL)
        read_stream(request, &reply->stream, &body);
    else if (reply->body != NULL)
        buffer_append(&body, reply->body, reply->body_length);
    check_body(request, reply, &body);
    buffer_release(&body);
}

/* What a browser would send the next time. */
static void remember(struct fuzzed *fuzzed, const struct request *request,
                     const struct reply *reply, struct arena *arena)
{
    const char *cookie = reply_find(reply, "Set-Cookie");
    if (cookie != NULL)
        fuzzed->cookie = arena_strndup(arena, cookie, strcspn(cookie, ";"));
    const char *etag = reply_find(reply, "ETag");
    if (etag != NULL)
        fuzzed->etag = arena_strdup(arena, etag);
    if (request->credential != NULL && request->credential->csrf != NULL)
        fuzzed->csrf = arena_strdup(arena, request->credential->csrf);
}

/* -- asking -- */

static void ask(struct fuzzed *fuzzed, char *text, struct arena *kept)
{
    static const struct responder form = {.gate = auth_gate, .form = world_refusal};
    struct responder responder = form;
    struct arena *arena = arena_new();
    struct field fields[HEADERS_MOST];
    struct problems problems = {.arena = arena};
    struct reply reply = {0};
    struct catalog *catalog = catalog_retain(fuzzed->current);
    struct request request = {.origin = "https://example.org",
                              .remote = "192.0.2.1",
                              .apart = true,
                              .now = SMALL_CHANGED + 1,
                              .arena = arena,
                              .problems = &problems,
                              .catalog = catalog,
                              .context = fuzzed->small.application};
    char *rest = put_in(fuzzed, text, arena);
    read_line(take_line(&rest), &request);
    read_headers(&rest, fields, &request);
    request.body = rest;
    request.body_length = strlen(rest);
    responder.routes = fuzzed->routes;
    fuzzed->changed |= (request.method & (METHOD_GET | METHOD_HEAD | METHOD_OPTIONS)) == 0;
    respond(&responder, &request, &reply);
    remember(fuzzed, &request, &reply, kept);
    check_reply(&request, &reply);
    reply_release(&reply);
    catalog_release(catalog);
    arena_free(arena);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct fuzzed *fuzzed = loaded == NULL ? load() : loaded;
    struct arena *arena = arena_new();
    char *text = arena_strndup(arena, (const char *)data, size);
    fuzzed->cookie = fuzzed->csrf = fuzzed->etag = "";
    for (int i = 0; i < REQUESTS_MOST && text != NULL && *text != '\0'; i++) {
        char *next = strstr(text, "\n--\n");
        if (next != NULL) {
            *next = '\0';
            next += strlen("\n--\n");
        }
        ask(fuzzed, text, arena);
        text = next;
    }
    if (fuzzed->changed)
        put_back(fuzzed);
    arena_free(arena);
    return 0;
}
