#include "service/api/kept_answer.h"

#include <pthread.h>
#include <stdatomic.h>
#include <string.h>

#include "evidence/rating/catalog.h"
#include "service/http/encoding.h"
#include "service/http/etag.h"

/* All of a catalog, in its memory. */
struct kept_answers {
    pthread_mutex_t lock; /* of the making, and of the arena */
    struct arena *arena;
    _Atomic(const struct answer *) items[KEPT_ANSWER_COUNT];
};

static void *make_answers(const struct catalog *catalog, struct arena *arena)
{
    struct kept_answers *answers = arena_alloc(arena, sizeof *answers);
    (void)catalog;
    answers->arena = arena;
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

/* What a handler has written, out of its request's memory. */
static const struct answer *keep(const struct answer *written, struct arena *arena)
{
    const char *type = written->content_type;
    struct answer *kept = arena_alloc(arena, sizeof *kept);
    *kept = *written;
    kept->content_type = type == NULL ? "application/json" : arena_strdup(arena, type);
    kept->cache_control = arena_strdup(arena, written->cache_control);
    for (size_t i = 0; i < kept->header_count; i++)
        kept->headers[i] = (struct field){arena_strdup(arena, written->headers[i].name),
                                          arena_strdup(arena, written->headers[i].value)};
    kept->borrowed = arena_strndup(arena, buffer_string(&written->body), written->body.length);
    kept->borrowed_length = written->body.length;
    kept->body = (struct buffer){0};
    kept->etag = etag_of(kept->borrowed, kept->borrowed_length, arena);
    compress(kept, arena);
    return kept;
}

/* The kept one. NULL where the handler refuses: `answer` and `err` then say why. */
static const struct answer *make(struct kept_answers *answers, enum kept_answer_of which,
                                 const struct request *request, handler *handle,
                                 struct answer *answer, struct error *err)
{
    pthread_mutex_lock(&answers->lock);
    const struct answer *kept = atomic_load_explicit(&answers->items[which], memory_order_relaxed);
    if (kept == NULL && handle(request, answer, err)) {
        kept = keep(answer, answers->arena);
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
