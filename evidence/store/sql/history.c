#include "evidence/store/sql/history.h"

#include <string.h>
#include <zlib.h>

#include "evidence/base/json_reader.h"
#include "evidence/base/json_writer.h"

/* ---- contents ---- */

/* Smaller ones are read more often than they fill a disk. */
static bool saves_much(size_t packed, size_t length)
{
    return packed <= length - length / 4;
}

static bool add_content(struct store *store, const char *hash, bool packed, size_t length,
                        const void *bytes, size_t size, struct error *err)
{
    struct binder binder = bind_begin(store, ADD_FORMER_CONTENT);
    bind_text(&binder, hash);
    bind_truth(&binder, packed);
    bind_integer(&binder, (int64_t)length);
    bind_blob(&binder, bytes, size);
    return bind_run(&binder, err);
}

bool history_keep(struct store *store, const char *hash, const char *content, size_t length,
                  struct error *err)
{
    struct buffer packed = {0};
    uLongf size = compressBound((uLong)length);
    unsigned char *room = (unsigned char *)buffer_extend(&packed, size);
    bool smaller = compress(room, &size, (const Bytef *)content, (uLong)length) == Z_OK &&
                   saves_much(size, length);
    bool good = smaller ? add_content(store, hash, true, length, room, size, err)
                        : add_content(store, hash, false, length, content, length, err);
    buffer_release(&packed);
    return good;
}

bool history_keep_record(struct store *store, const struct base *base, enum content_kind kind,
                         size_t index, const char *hash, struct buffer *scratch, struct error *err)
{
    char found[HASH_SIZE];
    content_hash(base, kind, index, scratch, found);
    if (strcmp(found, hash) != 0)
        return error_set(err, ERROR_STORE,
                         "%s %s is not as it was saved; touchstone verify tells more, and a backup "
                         "has it whole",
                         content_kind_names[kind], content_id(base, kind, index));
    return history_keep(store, hash, buffer_string(scratch), scratch->length, err);
}

/* Fails quietly where the bytes are none that were packed here. */
static bool unpack(const void *bytes, size_t size, char *out, size_t length)
{
    uLongf room = (uLongf)length;
    return uncompress((Bytef *)out, &room, bytes, (uLong)size) == Z_OK && room == length;
}

/* zlib makes nothing more than some thousand times smaller: more is no length of ours. */
enum { LENGTH_MOST = 1 << 30 };

static char *take_content(struct cursor *cursor, size_t *length)
{
    bool packed = take_truth(cursor);
    int64_t told = take_integer(cursor);
    size_t size = 0;
    const void *bytes = take_borrowed_blob(cursor, &size);
    if (told < 0 || told > LENGTH_MOST || (!packed && (size_t)told != size))
        return NULL;
    *length = (size_t)told;
    char *content = arena_alloc(cursor->arena, *length + 1);
    if (packed)
        return unpack(bytes, size, content, *length) ? content : NULL;
    if (size > 0)
        memcpy(content, bytes, size);
    return content;
}

bool history_content(struct store *store, const char *hash, struct arena *arena, const char **out,
                     size_t *length, struct error *err)
{
    struct binder binder = bind_begin(store, LOAD_FORMER_CONTENT);
    bind_text(&binder, hash);
    struct cursor cursor = cursor_of(&binder, arena, err);
    char *content = cursor_step(&cursor) ? take_content(&cursor, length) : NULL;
    if (!cursor_end(&cursor))
        return false;
    char found[HASH_SIZE] = "";
    if (content != NULL)
        hash_bytes(content, *length, found);
    *out = content;
    return strcmp(found, hash) == 0 ||
           error_set(err, ERROR_STORE, "%s: the former content %.12s… is %s; restore a backup",
                     store->path, hash,
                     content == NULL ? "not there or cannot be read" : "not as it was kept");
}

/* ---- editions ---- */

void edition_seal(const struct edition *edition, const char *order_hash, const char *log_hash,
                  char out[HASH_SIZE])
{
    struct buffer line = {0};
    struct json_writer writer;
    json_writer_init(&writer, &line, 0);
    json_begin_array(&writer);
    json_put_count(&writer, edition->key);
    json_put_count(&writer, (long long)edition->at);
    json_put_text(&writer, edition->actor);
    json_put_count(&writer, edition->audit_id);
    json_put_text(&writer, log_hash);
    json_put_text(&writer, edition->base_hash);
    json_put_text(&writer, order_hash);
    json_put_text(&writer, edition->version);
    json_end_array(&writer);
    hash_bytes(line.bytes, line.length, out);
    buffer_release(&line);
}

/* {"condition":[ids …],"outcome":[ids …]}, of which either may be missing. */
static bool write_order(struct store *store, struct arena *arena, struct buffer *out,
                        struct error *err)
{
    struct cursor cursor = cursor_begin(store, LIST_ORDER, arena, err);
    struct json_writer writer;
    const char *kind = NULL;
    json_writer_init(&writer, out, 0);
    json_begin_object(&writer);
    while (cursor_step(&cursor)) {
        const char *of = take_text(&cursor);
        if (kind == NULL || strcmp(kind, of) != 0) {
            if (kind != NULL)
                json_end_array(&writer);
            json_field_array(&writer, of);
            kind = of;
        }
        json_put_text(&writer, take_text(&cursor));
    }
    if (kind != NULL)
        json_end_array(&writer);
    json_end_object(&writer);
    return cursor_end(&cursor);
}

/* Its hash, and it is kept where that is asked for. */
static bool hash_order(struct store *store, bool keep, char hash[HASH_SIZE], struct error *err)
{
    struct arena *arena = arena_new();
    struct buffer order = {0};
    bool good = write_order(store, arena, &order, err);
    if (good)
        hash_bytes(order.bytes, order.length, hash);
    if (good && keep)
        good = history_keep(store, hash, buffer_string(&order), order.length, err);
    buffer_release(&order);
    arena_free(arena);
    return good;
}

bool history_order_hash(struct store *store, char out[HASH_SIZE], struct error *err)
{
    return hash_order(store, false, out, err);
}

const char *dataset_version(const char *text, size_t length, struct arena *arena)
{
    struct problems ignored = {.arena = arena};
    json_t *document = json_parse(text, length, "dataset", &ignored);
    struct json_reader at = json_root(document, "dataset", &ignored);
    const char *version = json_get_text(&at, "version", OPTIONAL);
    json_decref(document);
    return version;
}

static bool stored_version(struct store *store, struct arena *arena, const char **out,
                           struct error *err)
{
    size_t length = 0;
    struct binder binder = bind_begin(store, FIND_DOCUMENT);
    bind_text(&binder, "dataset");
    struct cursor cursor = cursor_of(&binder, arena, err);
    const char *text = cursor_step(&cursor) ? take_bytes(&cursor, &length) : NULL;
    *out = text == NULL ? NULL : dataset_version(text, length, arena);
    return cursor_end(&cursor);
}

static bool next_key(struct store *store, int64_t *out, struct error *err)
{
    struct cursor cursor = cursor_begin(store, LAST_EDITION, NULL, err);
    *out = cursor_step(&cursor) ? take_integer(&cursor) + 1 : 1;
    return cursor_end(&cursor);
}

static bool put_edition(struct store *store, const struct edition *edition, const char *order_hash,
                        const char *log_hash, struct error *err)
{
    char hash[HASH_SIZE];
    edition_seal(edition, order_hash, log_hash, hash);
    struct binder binder = bind_begin(store, ADD_EDITION);
    bind_integer(&binder, edition->key);
    bind_integer(&binder, (int64_t)edition->at);
    bind_text(&binder, edition->actor);
    bind_integer(&binder, edition->audit_id);
    bind_text(&binder, edition->base_hash);
    bind_text(&binder, order_hash);
    bind_text(&binder, edition->version);
    bind_text(&binder, hash);
    return bind_run(&binder, err);
}

bool history_add_edition(struct store *store, time_t at, const char *actor,
                         const struct audit_end *log, const char *base_hash, struct error *err)
{
    struct arena *arena = arena_new();
    struct edition edition = {.at = at, .actor = actor, .audit_id = log->id};
    char order_hash[HASH_SIZE];
    memcpy(edition.base_hash, base_hash, HASH_SIZE);
    bool good = next_key(store, &edition.key, err) && hash_order(store, true, order_hash, err) &&
                stored_version(store, arena, &edition.version, err) &&
                put_edition(store, &edition, order_hash, log->hash, err);
    arena_free(arena);
    return good;
}

bool history_begin(struct store *store, struct error *err)
{
    struct store_stamp stamp;
    struct error empty = {0};
    struct audit_end log;
    if (!store_stamp(store, &stamp, &empty))
        return empty.kind == ERROR_NOT_FOUND || error_set(err, empty.kind, "%s", empty.message);
    return audit_find_end(store, &log, err) &&
           history_add_edition(store, stamp.changed, "migration", &log, stamp.hash, err);
}
