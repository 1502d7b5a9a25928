#include "service/api/kept_answer.h"

#include <pthread.h>
#include <stdatomic.h>
#include <string.h>

#include "evidence/base/eight.h"
#include "evidence/rating/catalog.h"
#include "service/http/date.h"
#include "service/http/encoding.h"
#include "service/http/etag.h"
#include "service/http/sendable.h"

/* Twice as many as there may be answers, so that there is always an empty one to stop at. */
enum { ADDRESS_SLOTS = 2 * MAX_ADDRESSED };

/* Those by address, and the lists, books and maps that have places of their own. */
enum { SENDABLE_BYTES = 4 * MAX_ADDRESSED_BYTES };

struct addressed {
    const char *key; /* the path, or the whole link */
    struct answer answer;
};

/* All of a catalog, in its memory. */
struct kept_answers {
    pthread_mutex_t lock; /* of the making, of the arena, and of what is added to `addressed` */
    struct arena *arena;
    struct sendable *sendable; /* holds the long ones; NULL: there is none */
    _Atomic(const struct answer *) items[KEPT_ANSWER_COUNT];
    _Atomic(const struct addressed *) addressed[ADDRESS_SLOTS]; /* by hash, then the next free */
    size_t addressed_count;
    atomic_size_t addressed_bytes;
};

static void *make_answers(const struct catalog *catalog, struct arena *arena)
{
    struct kept_answers *answers = arena_alloc(arena, sizeof *answers);
    (void)catalog;
    answers->arena = arena;
    answers->sendable = sendable_new(SENDABLE_BYTES, arena);
    pthread_mutex_init(&answers->lock, NULL);
    return answers;
}

static void compress(struct answer *kept, struct arena *arena)
{
    struct buffer packed = {0};
    if (kept->borrowed_length >= COMPRESS_FROM_BYTES && encoding_is_text(kept->content_type) &&
        encoding_gzip(kept->borrowed, kept->borrowed_length, &packed, NULL)) {
        kept->borrowed_gzip = arena_strndup(arena, packed.bytes, packed.length);
        kept->borrowed_gzip_length = packed.length;
    }
    buffer_release(&packed);
}

static const char *date_text(time_t at, struct arena *arena)
{
    char text[HTTP_DATE_SIZE];
    http_date_write(at, text);
    return arena_strdup(arena, text);
}

/* What a handler has written, out of its request's memory. */
static void keep(const struct answer *written, struct sendable *sendable, struct arena *arena,
                 struct answer *kept)
{
    const char *type = written->content_type;
    *kept = *written;
    kept->content_type = type == NULL ? "application/json" : arena_strdup(arena, type);
    kept->last_modified_text = date_text(written->last_modified, arena);
    kept->cache_control = arena_strdup(arena, written->cache_control);
    for (size_t i = 0; i < kept->header_count; i++)
        kept->headers[i] = (struct field){arena_strdup(arena, written->headers[i].name),
                                          arena_strdup(arena, written->headers[i].value)};
    kept->borrowed = sendable_add(sendable, written->body.bytes, written->body.length);
    kept->sendable = kept->borrowed == NULL ? NULL : sendable;
    if (kept->borrowed == NULL)
        kept->borrowed = arena_strndup(arena, buffer_string(&written->body), written->body.length);
    kept->borrowed_length = written->body.length;
    kept->body = (struct buffer){0};
    kept->etag = etag_of(kept->borrowed, kept->borrowed_length, arena);
    compress(kept, arena);
}

/* The kept one. NULL where the handler refuses: `answer` and `err` then say why. */
static const struct answer *make(struct kept_answers *answers, enum kept_answer_of which,
                                 const struct request *request, handler *handle,
                                 struct answer *answer, struct error *err)
{
    pthread_mutex_lock(&answers->lock);
    const struct answer *kept = atomic_load_explicit(&answers->items[which], memory_order_relaxed);
    if (kept == NULL && handle(request, answer, err)) {
        struct answer *made = arena_alloc(answers->arena, sizeof *made);
        keep(answer, answers->sendable, answers->arena, made);
        kept = made;
        answer_release(answer);
        atomic_store_explicit(&answers->items[which], kept, memory_order_release);
    }
    pthread_mutex_unlock(&answers->lock);
    return kept;
}

/* Asked for by its own address, which next pages link to, and not by another spelling of it. */
static bool is_plain(const struct request *request)
{
    return request->query_count == 0 && strchr(request->path, '%') == NULL;
}

bool kept_answer(const struct request *request, struct answer *answer, struct error *err,
                 enum kept_answer_of which, handler *handle)
{
    if (!is_plain(request))
        return handle(request, answer, err);
    struct kept_answers *answers = catalog_keep(request->catalog, KEPT_ANSWERS, make_answers);
    const struct answer *kept = atomic_load_explicit(&answers->items[which], memory_order_acquire);
    if (kept == NULL)
        kept = make(answers, which, request, handle, answer, err);
    if (kept == NULL)
        return false;
    *answer = *kept;
    return true;
}

/* ---- by address ---- */

/* As FNV-1a does, of Fowler, Noll and Vo, with eight bytes at a time: a byte higher up in them
 * comes down by the shift. */
static size_t slot_of(const char *key)
{
    const uint64_t prime = 1099511628211u;
    uint64_t hash = 14695981039346656037u;
    size_t left = strlen(key);
    for (; left >= 8; key += 8, left -= 8) {
        hash = (hash ^ eight_of(key)) * prime;
        hash ^= hash >> 32;
    }
    for (; left > 0; key++, left--)
        hash = (hash ^ (unsigned char)*key) * prime;
    return (size_t)(hash ^ hash >> 32) % ADDRESS_SLOTS;
}

/* Where the answer for a key is, or would be. Slots are filled and never emptied, so that reading
 * needs no lock. */
static size_t find_slot(const struct kept_answers *answers, const char *key,
                        const struct addressed **found)
{
    size_t slot = slot_of(key);
    while ((*found = atomic_load_explicit(&answers->addressed[slot], memory_order_acquire)) !=
               NULL &&
           strcmp((*found)->key, key) != 0)
        slot = (slot + 1) % ADDRESS_SLOTS;
    return slot;
}

/* What there is no room for is left to its arena. */
static bool put(struct kept_answers *answers, const struct addressed *made)
{
    const struct addressed *other;
    size_t bytes = made->answer.borrowed_length + made->answer.borrowed_gzip_length + sizeof *made;
    size_t slot = find_slot(answers, made->key, &other);
    if (other != NULL || answers->addressed_count == MAX_ADDRESSED ||
        atomic_load(&answers->addressed_bytes) + bytes > MAX_ADDRESSED_BYTES)
        return false;
    atomic_store_explicit(&answers->addressed[slot], made, memory_order_release);
    atomic_fetch_add(&answers->addressed_bytes, bytes);
    answers->addressed_count++;
    return true;
}

/* Keeps what was written for the key, if there is room, and gives it instead. It is hashed and
 * compressed before anybody is kept waiting. */
static void add(struct kept_answers *answers, const char *key, struct answer *answer)
{
    if (atomic_load(&answers->addressed_bytes) + answer->body.length > MAX_ADDRESSED_BYTES)
        return;
    struct arena *arena = arena_new();
    struct addressed *made = arena_alloc(arena, sizeof *made);
    made->key = arena_strdup(arena, key);
    keep(answer, answers->sendable, arena, &made->answer);
    pthread_mutex_lock(&answers->lock);
    bool is_put = put(answers, made);
    if (is_put)
        arena_adopt(answers->arena, arena);
    pthread_mutex_unlock(&answers->lock);
    if (is_put) {
        answer_release(answer);
        *answer = made->answer;
    } else {
        arena_free(arena);
    }
}

static bool by_key(const struct request *request, const char *key, struct answer *answer,
                   struct error *err, handler *handle)
{
    const struct addressed *found;
    struct kept_answers *answers = catalog_keep(request->catalog, KEPT_ANSWERS, make_answers);
    find_slot(answers, key, &found);
    if (found != NULL) {
        *answer = found->answer;
        return true;
    }
    if (!handle(request, answer, err))
        return false;
    add(answers, key, answer);
    return true;
}

bool kept_answer_by_address(const struct request *request, struct answer *answer, struct error *err,
                            handler *handle)
{
    return is_plain(request) ? by_key(request, request->path, answer, err, handle)
                             : handle(request, answer, err);
}

bool kept_answer_by_link(const struct request *request, struct answer *answer, struct error *err,
                         handler *handle)
{
    if (!is_plain(request) || request->origin == NULL)
        return handle(request, answer, err);
    const char *link = arena_printf(request->arena, "%s%s", request->origin, request->path);
    return by_key(request, link, answer, err, handle);
}
