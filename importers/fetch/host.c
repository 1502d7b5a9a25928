#include <stdlib.h>
#include <string.h>

#include "evidence/base/arena.h"
#include "importers/fetch/fetcher_inside.h"

void transfer_list_add(struct transfer_list *list, struct transfer *transfer)
{
    transfer->queue_next = NULL;
    if (list->first == NULL)
        list->first = transfer;
    else
        list->last->queue_next = transfer;
    list->last = transfer;
}

struct transfer *transfer_list_take(struct transfer_list *list)
{
    struct transfer *transfer = list->first;
    if (transfer != NULL)
        list->first = transfer->queue_next;
    return transfer;
}

static void send_what_may_go(struct host *host)
{
    while (host->queue.first != NULL && host->under_way < HOST_UNDER_WAY_MOST) {
        double now = fetch_now();
        double wait = rate_wait(&host->rate, now);
        if (wait > 0) {
            fetch_event_in(host->timer, wait);
            return;
        }
        struct transfer *transfer = transfer_list_take(&host->queue);
        rate_take(&host->rate, now, transfer->per_second);
        host->under_way++;
        transfer_begin(transfer);
    }
}

static void on_time(evutil_socket_t fd, short what, void *argument)
{
    (void)fd;
    (void)what;
    send_what_may_go(argument);
}

struct host *host_of(struct fetcher *fetcher, const char *name)
{
    for (struct host *host = fetcher->hosts; host != NULL; host = host->next)
        if (strcmp(host->name, name) == 0)
            return host;
    struct host *host = memory_alloc(sizeof *host);
    *host = (struct host){.next = fetcher->hosts, .fetcher = fetcher};
    memcpy(host->name, name, strlen(name) + 1);
    host->timer = fetch_event_new(fetcher->loop, -1, 0, on_time, host);
    fetcher->hosts = host;
    return host;
}

void host_queue(struct transfer *transfer)
{
    transfer_list_add(&transfer->host->queue, transfer);
    send_what_may_go(transfer->host);
}

void host_left(struct host *host)
{
    host->under_way--;
    send_what_may_go(host);
}

void host_free(struct host *host)
{
    fetch_event_free(host->timer);
    free(host);
}
