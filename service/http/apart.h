/*
 * Threads beside the event loops, for requests whose answer has to wait: for the disk, for another
 * writer, for a base that has to be read anew. The loops, and everybody whose answer needs none of
 * that, go on meanwhile.
 */
#ifndef TOUCHSTONE_SERVICE_HTTP_APART_H
#define TOUCHSTONE_SERVICE_HTTP_APART_H

#include "service/http/respond.h"

struct apart;

/* A request under way that is answered here, or a step of a stream. It belongs to whoever gave it,
 * but from apart_give until `done` nobody else may touch the request, the reply or the stream. */
struct errand {
    struct request *request;
    struct reply *reply;
    void (*step)(struct errand *errand); /* what is done; NULL: the request is answered */
    void (*done)(struct errand *errand); /* called on the helping thread, last of all */
    struct errand *next;                 /* of the queue */
};

/* `responder` is borrowed. Threads start when they are needed. Never NULL. */
struct apart *apart_new(const struct responder *responder);

/* Finishes what is under way, gives back what waits, and frees. NULL is allowed. `done` is called
 * for every errand that was ever taken. */
void apart_free(struct apart *apart);

/* From any thread. False, and nothing taken, where too many wait already or no thread can be had.
 * Steps take MAX_STEPPING threads at most, so that answers always find others; they do not queue.
 */
MUST_USE bool apart_give(struct apart *apart, struct errand *errand);

#endif
