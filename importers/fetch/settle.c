/* What becomes of a request whose try has ended: its callback, or another try. */
#include <math.h>

#include "evidence/base/buffer.h"
#include "importers/fetch/backoff.h"
#include "importers/fetch/fetcher_inside.h"

/* The whole sentence: who, what, how often, what to do. */
static void tell(const struct transfer *transfer, const char *further, struct error *err)
{
    if (transfer->advice == NULL || transfer->host == NULL)
        error_set(err, transfer->kind, "%s", transfer->why);
    else if (transfer->tries == 1)
        error_set(err, transfer->kind, "%s %s%s; %s", transfer->host->name, transfer->why, further,
                  transfer->advice);
    else
        error_set(err, transfer->kind, "%s %s%s, at the last of %d tries; %s", transfer->host->name,
                  transfer->why, further, transfer->tries, transfer->advice);
}

/* Waits as planned, and asks again. */
static void wait_and_queue(struct transfer *transfer)
{
    struct fetcher *fetcher = transfer->fetcher;
    bool *gone = fetcher->gone;
    transfer->wanted_again = false;
    transfer->redirects = 0;
    if (transfer->waiting != NULL)
        transfer->waiting(transfer->context, transfer->next_wait, transfer->why);
    if (!*gone)
        fetch_event_in(transfer->timer, transfer->next_wait);
}

/* Draws the next wait; false where there is no try left, or no time for it. */
static bool plan_wait(struct transfer *transfer)
{
    const struct fetch_options *options = &transfer->fetcher->options;
    double wait = backoff_wait(transfer->tries, options->wait_base, options->wait_most,
                               &transfer->fetcher->random);
    transfer->next_wait = fmax(wait, transfer->retry_after);
    return transfer->tries < options->tries &&
           fetch_now() + transfer->next_wait < transfer->deadline;
}

static void call_back(struct transfer *transfer, const struct fetch_answer *answer,
                      const struct error *err)
{
    struct fetcher *fetcher = transfer->fetcher;
    bool *gone = fetcher->gone;
    fetcher->delivering = answer == NULL ? NULL : transfer;
    transfer->done(transfer->context, answer, err);
    if (*gone)
        return;
    fetcher->delivering = NULL;
    if (transfer->wanted_again)
        wait_and_queue(transfer);
    else
        transfer_free(transfer);
}

static void give_answer(struct transfer *transfer)
{
    const struct error none = {0};
    char *content_type = NULL;
    libcurl()->easy_getinfo(transfer->easy, CURLINFO_CONTENT_TYPE, &content_type);
    const struct fetch_answer answer = {
        .status = transfer->status,
        .content_type = content_type,
        .bytes = buffer_string(&transfer->body.bytes),
        .length = transfer->body.bytes.length,
        .url = transfer->address.url,
        .tries = transfer->tries,
    };
    call_back(transfer, &answer, &none);
}

static void give_up(struct transfer *transfer)
{
    struct error err = {0};
    struct buffer further = {0};
    if (transfer->retry_after > 0)
        buffer_printf(&further, " and asks to wait %.0f s", transfer->retry_after);
    tell(transfer, buffer_string(&further), &err);
    buffer_release(&further);
    call_back(transfer, NULL, &err);
}

static void conclude(struct transfer *transfer)
{
    switch (transfer->outcome) {
    case OUTCOME_ANSWER:
        give_answer(transfer);
        break;
    case OUTCOME_REDIRECT:
        host_queue(transfer);
        break;
    case OUTCOME_AGAIN:
        if (plan_wait(transfer))
            wait_and_queue(transfer);
        else
            give_up(transfer);
        break;
    case OUTCOME_ERROR:
        give_up(transfer);
        break;
    }
}

/* One at a time, so that a callback that starts the next request keeps nobody else waiting. */
void settle_one(evutil_socket_t fd, short what, void *argument)
{
    struct fetcher *fetcher = argument;
    bool gone = false;
    (void)fd;
    (void)what;
    struct transfer *transfer = transfer_list_take(&fetcher->settled);
    if (transfer == NULL)
        return;
    fetcher->gone = &gone;
    conclude(transfer);
    if (gone)
        return;
    fetcher->gone = NULL;
    if (fetcher->settled.first != NULL)
        event_active(fetcher->settle, 0, 0);
}

bool fetch_again(struct fetcher *fetcher, const char *why)
{
    struct transfer *transfer = fetcher->delivering;
    if (transfer == NULL || transfer->wanted_again || !plan_wait(transfer))
        return false;
    transfer_fail(transfer, OUTCOME_AGAIN, ERROR_NETWORK, "try again later", "%s", why);
    transfer->wanted_again = true;
    return true;
}
