#include "evidence/rating/rate_many.h"

#include <pthread.h>
#include <stdatomic.h>
#include <unistd.h>

/* Below this a second thread costs more than it brings; a turn is what one takes at a time. */
enum { WORTH_A_THREAD = 256, THREADS_MOST = 16, TURN = 64 };

struct work {
    const struct rating_context *context;
    const struct open_question *questions;
    size_t count;
    atomic_size_t next;
    struct rating **ratings;
};

struct worker {
    pthread_t thread;
    struct work *work;
    struct arena *arena; /* its own: arenas have no lock */
};

static void rate_turn(struct work *work, size_t from, struct arena *arena)
{
    size_t to = from + TURN < work->count ? from + TURN : work->count;
    struct arena *scratch = arena_new();
    for (size_t i = from; i < to; i++) {
        arena_clear(scratch);
        const struct gathered gathered =
            question_gather(work->context->base, &work->questions[i], scratch);
        work->ratings[i] = rate_question(work->context, &gathered, 0, arena);
    }
    arena_free(scratch);
}

static void rate_turns(struct work *work, struct arena *arena)
{
    for (;;) {
        size_t from = atomic_fetch_add_explicit(&work->next, TURN, memory_order_relaxed);
        if (from >= work->count)
            return;
        rate_turn(work, from, arena);
    }
}

static void *rate_in_thread(void *context)
{
    struct worker *worker = context;
    rate_turns(worker->work, worker->arena);
    return NULL;
}

/* How many threads beside the caller's. */
static size_t helpers_for(size_t count)
{
    if (count < WORTH_A_THREAD)
        return 0;
    long processors = sysconf(_SC_NPROCESSORS_ONLN);
    size_t most = processors < 1 ? 1 : (size_t)processors;
    return (most < THREADS_MOST ? most : THREADS_MOST) - 1;
}

/* A thread that cannot be had is done without: the others take its turns. */
static size_t start_workers(struct worker *workers, size_t wanted, struct work *work)
{
    size_t started = 0;
    while (started < wanted) {
        struct worker *worker = &workers[started];
        *worker = (struct worker){.work = work, .arena = arena_new()};
        if (pthread_create(&worker->thread, NULL, rate_in_thread, worker) != 0) {
            arena_free(worker->arena);
            break;
        }
        started++;
    }
    return started;
}

void rate_many(const struct rating_context *context, const struct open_question *questions,
               size_t count, struct arena *arena, struct rating **out)
{
    struct worker workers[THREADS_MOST];
    struct work work = {.context = context, .questions = questions, .count = count, .ratings = out};
    size_t started = start_workers(workers, helpers_for(count), &work);
    rate_turns(&work, arena);
    for (size_t i = 0; i < started; i++) {
        pthread_join(workers[i].thread, NULL);
        arena_adopt(arena, workers[i].arena);
    }
}
