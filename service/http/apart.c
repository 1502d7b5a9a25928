#include "service/http/apart.h"

#include <pthread.h>
#include <signal.h>
#include <stdlib.h>

struct apart {
    const struct responder *responder;
    pthread_t threads[MAX_HELPERS];
    size_t started;
    pthread_mutex_t lock; /* guards all below */
    pthread_cond_t news;
    struct errand *first;
    struct errand *last;
    size_t waiting;
    size_t idle;     /* threads that wait for an errand */
    size_t stepping; /* errands taken that are steps of streams */
    bool ending;
};

struct apart *apart_new(const struct responder *responder)
{
    struct apart *apart = memory_alloc(sizeof *apart);
    *apart = (struct apart){.responder = responder};
    pthread_mutex_init(&apart->lock, NULL);
    pthread_cond_init(&apart->news, NULL);
    return apart;
}

/* The next errand, waiting for one; NULL at the end. Under the lock. */
static struct errand *take(struct apart *apart)
{
    apart->idle++;
    while (apart->first == NULL && !apart->ending)
        pthread_cond_wait(&apart->news, &apart->lock);
    apart->idle--;
    struct errand *errand = apart->first;
    if (errand == NULL)
        return NULL;
    apart->first = errand->next;
    if (apart->first == NULL)
        apart->last = NULL;
    apart->waiting--;
    return errand;
}

static void refuse_at_the_end(const struct apart *apart, const struct errand *errand)
{
    respond_refusal(apart->responder, errand->request, REFUSAL_UNAVAILABLE,
                    "the service is being stopped; nothing was done, ask again later",
                    errand->reply);
}

static void do_errand(const struct apart *apart, struct errand *errand, bool ending)
{
    if (ending && errand->step == NULL)
        refuse_at_the_end(apart, errand);
    else if (errand->step == NULL)
        respond(apart->responder, errand->request, errand->reply);
    else if (!ending)
        errand->step(errand);
    errand->done(errand);
}

static void *help(void *argument)
{
    struct apart *apart = argument;
    struct errand *errand;
    pthread_mutex_lock(&apart->lock);
    while ((errand = take(apart)) != NULL) {
        bool ending = apart->ending;
        bool is_step = errand->step != NULL;
        pthread_mutex_unlock(&apart->lock);
        do_errand(apart, errand, ending); /* from here on it is no longer ours */
        pthread_mutex_lock(&apart->lock);
        apart->stepping -= is_step;
    }
    pthread_mutex_unlock(&apart->lock);
    return NULL;
}

/* Under the lock. Signals are the main thread's. */
static void start_one(struct apart *apart)
{
    sigset_t all;
    sigset_t before;
    sigfillset(&all);
    pthread_sigmask(SIG_SETMASK, &all, &before);
    if (pthread_create(&apart->threads[apart->started], NULL, help, apart) == 0)
        apart->started++;
    pthread_sigmask(SIG_SETMASK, &before, NULL);
}

bool apart_give(struct apart *apart, struct errand *errand)
{
    pthread_mutex_lock(&apart->lock);
    if (apart->waiting >= apart->idle && apart->started < MAX_HELPERS && !apart->ending)
        start_one(apart);
    bool taken = apart->started > 0 && !apart->ending && apart->waiting < MAX_APART &&
                 (errand->step == NULL || apart->stepping < MAX_STEPPING);
    if (taken) {
        apart->stepping += errand->step != NULL;
        errand->next = NULL;
        if (apart->last == NULL)
            apart->first = errand;
        else
            apart->last->next = errand;
        apart->last = errand;
        apart->waiting++;
        pthread_cond_signal(&apart->news);
    }
    pthread_mutex_unlock(&apart->lock);
    return taken;
}

void apart_free(struct apart *apart)
{
    if (apart == NULL)
        return;
    pthread_mutex_lock(&apart->lock);
    apart->ending = true;
    pthread_cond_broadcast(&apart->news);
    pthread_mutex_unlock(&apart->lock);
    for (size_t i = 0; i < apart->started; i++)
        pthread_join(apart->threads[i], NULL);
    pthread_cond_destroy(&apart->news);
    pthread_mutex_destroy(&apart->lock);
    free(apart);
}
