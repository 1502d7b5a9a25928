#include "service/curation/follower.h"

#include <poll.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <sys/eventfd.h>
#include <sys/stat.h>
#include <unistd.h>

#include "evidence/base/arena.h"

/* After a failure one looks again after the first of these, then twice as long each time. */
enum { FIRST_RETRY_MS = 100, LAST_RETRY_MS = 2000, TURN_MS = 50 };

/* So much later than it should have come to an end, a look is taken to have failed. */
enum { GRACE_SECONDS = 3 };

struct follower {
    struct follower_options options;
    pthread_t thread;
    int stop_fd;         /* an eventfd; readable: stop */
    struct store *store; /* NULL: none that answers */
    struct stat file;    /* what it was opened as, where it is one */
    bool is_lost;
    struct error why;
    int retry_ms;
};

/* ---- the store ---- */

static void close_store(struct follower *follower)
{
    store_close(follower->store);
    follower->store = NULL;
}

/* Another file may have taken the name, or none be there any more. */
static bool is_same_file(const struct follower *follower)
{
    struct stat now;
    return !store_is_file(follower->options.db) ||
           (stat(follower->options.db, &now) == 0 && now.st_dev == follower->file.st_dev &&
            now.st_ino == follower->file.st_ino);
}

static bool open_store(struct follower *follower, struct error *err)
{
    const char *db = follower->options.db;
    if (follower->store != NULL && is_same_file(follower))
        return true;
    close_store(follower);
    if (store_is_file(db) && stat(db, &follower->file) != 0)
        memset(&follower->file, 0, sizeof follower->file);
    follower->store = store_open(db, STORE_READ, err);
    return follower->store != NULL;
}

/* ---- a look ---- */

static void tell_lost(struct follower *follower, const struct error *why)
{
    bool is_news = !follower->is_lost || strcmp(follower->why.message, why->message) != 0;
    follower->retry_ms = !follower->is_lost                       ? FIRST_RETRY_MS
                         : follower->retry_ms < LAST_RETRY_MS / 2 ? 2 * follower->retry_ms
                                                                  : LAST_RETRY_MS;
    follower->is_lost = true;
    freshness_lose(follower->options.freshness);
    follower->why = *why;
    if (is_news)
        follower->options.lost(follower->options.context, why);
}

static void tell_found(struct follower *follower)
{
    if (follower->is_lost)
        follower->options.found(follower->options.context);
    follower->is_lost = false;
    freshness_saw(follower->options.freshness, time(NULL));
}

static bool hear_store(struct follower *follower, struct error *err)
{
    struct store_stamp stamp;
    freshness_ask(follower->options.freshness, time(NULL));
    bool heard = open_store(follower, err) && store_stamp(follower->store, &stamp, err);
    freshness_hear(follower->options.freshness);
    return heard;
}

static enum catching_up look(struct follower *follower)
{
    struct error err = {0};
    enum catching_up caught = CAUGHT_FAILED;
    if (hear_store(follower, &err))
        caught = editor_catch_up(follower->options.editor, follower->store, &err);
    if (caught == CAUGHT_FAILED) {
        close_store(follower);
        tell_lost(follower, &err);
        return caught;
    }
    if (caught == CAUGHT_UP)
        follower->options.caught_up(follower->options.context);
    /* Whoever makes a change has seen the store first, and serves what follows. */
    tell_found(follower);
    return caught;
}

/* ---- the thread ---- */

static bool is_stopped(const struct follower *follower, int wait_ms)
{
    struct pollfd stop = {.fd = follower->stop_fd, .events = POLLIN};
    return poll(&stop, 1, wait_ms) > 0;
}

static void *follow(void *argument)
{
    struct follower *follower = argument;
    int poll_ms = (int)follower->options.poll_seconds * 1000;
    int wait_ms = 0;
    while (!is_stopped(follower, wait_ms)) {
        enum catching_up caught = look(follower);
        wait_ms = caught == CAUGHT_FAILED  ? follower->retry_ms
                  : caught == CAUGHT_LATER ? TURN_MS
                                           : 0;
        if (wait_ms == 0)
            store_await(follower->store, follower->stop_fd, poll_ms);
    }
    close_store(follower);
    return NULL;
}

struct follower *follower_start(const struct follower_options *options, struct error *err)
{
    struct follower *follower = memory_alloc(sizeof *follower);
    *follower = (struct follower){.options = *options, .stop_fd = eventfd(0, EFD_CLOEXEC)};
    options->freshness->most_seconds = (int)options->poll_seconds + GRACE_SECONDS;
    options->freshness->patience_seconds = GRACE_SECONDS;
    freshness_saw(options->freshness, time(NULL));
    if (follower->stop_fd >= 0 && pthread_create(&follower->thread, NULL, follow, follower) == 0)
        return follower;
    error_set(err, ERROR_INTERNAL, "no thread can be had that follows the store");
    if (follower->stop_fd >= 0)
        close(follower->stop_fd);
    free(follower);
    return NULL;
}

void follower_stop(struct follower *follower)
{
    static const uint64_t one = 1;
    if (follower == NULL)
        return;
    if (write(follower->stop_fd, &one, sizeof one) == sizeof one)
        pthread_join(follower->thread, NULL);
    close(follower->stop_fd);
    free(follower);
}
