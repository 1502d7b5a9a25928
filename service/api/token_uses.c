#include "service/api/token_uses.h"

#include <pthread.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>

#include "evidence/store/credentials.h"

/* More tokens than this at once: the one that was silent longest is told again when it is used. */
enum { USES_MOST = 64, EVERY_SECONDS = 60 };

struct use {
    char id[TOKEN_ID_SIZE]; /* "": a free place */
    time_t used;
    time_t written; /* 0: not yet */
};

struct token_uses {
    const char *db;
    pthread_mutex_t lock; /* guards all below */
    pthread_cond_t news;
    pthread_t thread;
    bool started;
    bool ending;
    struct use uses[USES_MOST];
};

struct token_uses *token_uses_new(const char *db)
{
    struct token_uses *uses = memory_alloc(sizeof *uses);
    *uses = (struct token_uses){.db = db};
    pthread_mutex_init(&uses->lock, NULL);
    pthread_cond_init(&uses->news, NULL);
    return uses;
}

static bool is_due(const struct use *use, bool ending)
{
    time_t wait = ending ? 1 : EVERY_SECONDS;
    return use->id[0] != '\0' && use->used - use->written >= wait;
}

/* Takes what is to be written, and takes it for written. Under the lock. */
static size_t take_due(struct token_uses *uses, struct use out[USES_MOST])
{
    size_t count = 0;
    for (size_t i = 0; i < USES_MOST; i++)
        if (is_due(&uses->uses[i], uses->ending)) {
            out[count++] = uses->uses[i];
            uses->uses[i].written = uses->uses[i].used;
        }
    return count;
}

/* A store that cannot be written now is no trouble of who reads: the next minute tries again. */
static void write_uses(const char *db, const struct use *uses, size_t count)
{
    struct error ignored = {0};
    struct token tokens[USES_MOST];
    for (size_t i = 0; i < count; i++)
        tokens[i] = (struct token){.id = uses[i].id, .last_used = uses[i].used};
    struct store *store = store_open(db, STORE_WRITE, &ignored);
    bool written = store != NULL && store_note_uses(store, tokens, count, &ignored);
    (void)written;
    store_close(store);
}

static void *keep(void *argument)
{
    struct token_uses *uses = argument;
    struct use due[USES_MOST];
    bool ending = false;
    while (!ending) {
        pthread_mutex_lock(&uses->lock);
        size_t count = take_due(uses, due);
        if (count == 0 && !uses->ending) {
            pthread_cond_wait(&uses->news, &uses->lock);
            count = take_due(uses, due);
        }
        ending = uses->ending;
        pthread_mutex_unlock(&uses->lock);
        if (count > 0)
            write_uses(uses->db, due, count);
    }
    return NULL;
}

/* Under the lock. Signals are the main thread's. */
static void start(struct token_uses *uses)
{
    sigset_t all;
    sigset_t before;
    sigfillset(&all);
    pthread_sigmask(SIG_SETMASK, &all, &before);
    uses->started = pthread_create(&uses->thread, NULL, keep, uses) == 0;
    pthread_sigmask(SIG_SETMASK, &before, NULL);
}

static struct use *place_of(struct token_uses *uses, const char *id)
{
    struct use *oldest = &uses->uses[0];
    for (size_t i = 0; i < USES_MOST; i++) {
        if (strcmp(uses->uses[i].id, id) == 0)
            return &uses->uses[i];
        if (uses->uses[i].used < oldest->used)
            oldest = &uses->uses[i];
    }
    *oldest = (struct use){0};
    strncpy(oldest->id, id, TOKEN_ID_SIZE - 1);
    return oldest;
}

void token_uses_note(struct token_uses *uses, const char *token_id, time_t now)
{
    pthread_mutex_lock(&uses->lock);
    struct use *use = place_of(uses, token_id);
    use->used = now;
    if (is_due(use, false)) {
        if (!uses->started)
            start(uses);
        pthread_cond_signal(&uses->news);
    }
    pthread_mutex_unlock(&uses->lock);
}

void token_uses_free(struct token_uses *uses)
{
    if (uses == NULL)
        return;
    pthread_mutex_lock(&uses->lock);
    uses->ending = true;
    pthread_cond_signal(&uses->news);
    bool started = uses->started;
    pthread_mutex_unlock(&uses->lock);
    if (started)
        pthread_join(uses->thread, NULL);
    pthread_cond_destroy(&uses->news);
    pthread_mutex_destroy(&uses->lock);
    free(uses);
}
