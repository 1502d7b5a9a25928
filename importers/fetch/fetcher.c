#include "importers/fetch/fetch.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>
#include <time.h>

#include "evidence/base/arena.h"
#include "evidence/base/buffer.h"
#include "evidence/base/version.h"
#include "importers/fetch/fetcher_inside.h"

enum { CONNECTIONS_KEPT = 8 };

/* -- clock, events, copies -- */

double fetch_now(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

struct event *fetch_event_new(struct event_base *loop, evutil_socket_t fd, int what,
                              event_callback_fn call, void *context)
{
    struct event *event = memory_alloc(event_get_struct_event_size());
    memset(event, 0, event_get_struct_event_size());
    event_assign(event, loop, fd, (short)what, call, context);
    return event;
}

void fetch_event_free(struct event *event)
{
    if (event != NULL)
        event_del(event);
    free(event);
}

void fetch_event_in(struct event *event, double seconds)
{
    const struct timeval interval = {.tv_sec = (time_t)seconds,
                                     .tv_usec = (suseconds_t)(fmod(seconds, 1) * 1e6)};
    event_add(event, &interval);
}

char *fetch_copy(const char *text)
{
    size_t size = strlen(text) + 1;
    return memcpy(memory_alloc(size), text, size);
}

/* -- curl on the loop -- */

static void take_finished(struct fetcher *fetcher)
{
    CURLMsg *message;
    int left;
    while ((message = libcurl()->multi_info_read(fetcher->multi, &left)) != NULL) {
        struct transfer *transfer = NULL;
        CURLcode result = message->data.result; /* the message ends with the handle's removal */
        if (message->msg != CURLMSG_DONE ||
            libcurl()->easy_getinfo(message->easy_handle, CURLINFO_PRIVATE, &transfer) != CURLE_OK)
            continue;
        transfer_end(transfer, result);
    }
}

static void on_ready(evutil_socket_t fd, short what, void *argument)
{
    struct fetcher *fetcher = argument;
    int running;
    int ready = (what & EV_READ ? CURL_CSELECT_IN : 0) | (what & EV_WRITE ? CURL_CSELECT_OUT : 0);
    libcurl()->multi_socket_action(fetcher->multi, fd, ready, &running);
    take_finished(fetcher);
}

static void on_curl_time(evutil_socket_t fd, short what, void *argument)
{
    struct fetcher *fetcher = argument;
    int running;
    (void)fd;
    (void)what;
    libcurl()->multi_socket_action(fetcher->multi, CURL_SOCKET_TIMEOUT, 0, &running);
    take_finished(fetcher);
}

static int watch_socket(CURL *easy, curl_socket_t fd, int what, void *context, void *watched)
{
    struct fetcher *fetcher = context;
    struct event *event = NULL;
    (void)easy;
    fetch_event_free(watched);
    if (what != CURL_POLL_REMOVE) {
        int kinds = (what & CURL_POLL_IN ? EV_READ : 0) | (what & CURL_POLL_OUT ? EV_WRITE : 0);
        event = fetch_event_new(fetcher->loop, fd, kinds | EV_PERSIST, on_ready, fetcher);
        event_add(event, NULL);
    }
    libcurl()->multi_assign(fetcher->multi, fd, event);
    return 0;
}

static int set_timer(CURLM *multi, long milliseconds, void *context)
{
    struct fetcher *fetcher = context;
    (void)multi;
    if (milliseconds < 0)
        event_del(fetcher->timer);
    else
        fetch_event_in(fetcher->timer, (double)milliseconds / 1000);
    return 0;
}

/* -- a request -- */

void fetch_start(struct fetcher *fetcher, const struct fetch_request *request, fetch_done *done,
                 fetch_waiting *waiting, void *context)
{
    struct transfer *transfer = transfer_new(fetcher, request);
    transfer->done = done;
    transfer->waiting = waiting;
    transfer->context = context;
    if (transfer->host == NULL)
        transfer_settle(transfer);
    else
        host_queue(transfer);
}

/* -- making and freeing -- */

static double real_or(double value, double otherwise)
{
    return value > 0 ? value : otherwise;
}

static uint64_t whole_or(uint64_t value, uint64_t otherwise)
{
    return value > 0 ? value : otherwise;
}

static struct fetch_options without_zeros(const struct fetch_options *options)
{
    return (struct fetch_options){
        .connect_seconds = real_or(options->connect_seconds, 15),
        .request_seconds = real_or(options->request_seconds, 120),
        .total_seconds = real_or(options->total_seconds, 900),
        .stall_seconds = real_or(options->stall_seconds, 30),
        .tries = options->tries > 0 ? options->tries : 6,
        .stored_most = whole_or(options->stored_most, (uint64_t)64 << 20),
        .inflated_most = whole_or(options->inflated_most, (uint64_t)256 << 20),
        .wait_base = real_or(options->wait_base, 1),
        .wait_most = real_or(options->wait_most, 120),
        .plain_http = options->plain_http,
    };
}

/* Printable ASCII; a mail address also without what would end it early. */
static bool is_header_text(const char *text, bool is_mail)
{
    for (const char *c = text; *c != '\0'; c++)
        if (*c < 0x20 || *c > 0x7e || (is_mail && strchr(" <>(),;\"\\", *c) != NULL))
            return false;
    return !is_mail || (strchr(text, '@') != NULL && text[0] != '@');
}

static bool take_names(struct fetcher *fetcher, const struct fetch_options *options,
                       struct error *err)
{
    const char *agent =
        options->user_agent == NULL ? "Touchstone/" TOUCHSTONE_VERSION : options->user_agent;
    const char *contact = options->contact;
    if (contact != NULL && !is_header_text(contact, true))
        return error_set(err, ERROR_INVALID, "the contact \"%s\" is no mail address", contact);
    if (!is_header_text(agent, false))
        return error_set(err, ERROR_INVALID, "the user agent holds what no header may hold");
    struct buffer name = {0};
    buffer_text(&name, agent);
    if (contact != NULL)
        buffer_printf(&name, " (+mailto:%s)", contact);
    fetcher->user_agent = fetch_copy(buffer_string(&name));
    buffer_release(&name);
    fetcher->from = contact == NULL ? NULL : fetch_copy(contact);
    fetcher->ca_file = options->ca_file == NULL ? NULL : fetch_copy(options->ca_file);
    return true;
}

static uint64_t seed_or_random(uint64_t seed)
{
    if (seed == 0 && getrandom(&seed, sizeof seed, 0) != sizeof seed)
        seed = (uint64_t)time(NULL);
    return seed;
}

static bool make_multi(struct fetcher *fetcher, struct error *err)
{
    CURLM *multi = libcurl()->multi_init();
    fetcher->multi = multi;
    if (multi == NULL ||
        libcurl()->multi_setopt(multi, CURLMOPT_SOCKETFUNCTION, watch_socket) != CURLM_OK ||
        libcurl()->multi_setopt(multi, CURLMOPT_SOCKETDATA, fetcher) != CURLM_OK ||
        libcurl()->multi_setopt(multi, CURLMOPT_TIMERFUNCTION, set_timer) != CURLM_OK ||
        libcurl()->multi_setopt(multi, CURLMOPT_TIMERDATA, fetcher) != CURLM_OK ||
        libcurl()->multi_setopt(multi, CURLMOPT_MAXCONNECTS, (long)CONNECTIONS_KEPT) != CURLM_OK)
        return error_set(err, ERROR_INTERNAL, "libcurl could not be made ready");
    return true;
}

struct fetcher *fetcher_new(struct event_base *loop, const struct fetch_options *options,
                            struct error *err)
{
    if (!libcurl_load(err))
        return NULL;
    /* Counted by libcurl, and safe from any thread since 7.84. */
    if (libcurl()->global_init(CURL_GLOBAL_DEFAULT) != CURLE_OK) {
        error_set(err, ERROR_INTERNAL, "libcurl could not be made ready");
        return NULL;
    }
    struct fetcher *fetcher = memory_alloc(sizeof *fetcher);
    *fetcher = (struct fetcher){
        .loop = loop,
        .options = without_zeros(options),
        .random = seed_or_random(options->seed),
        .timer = fetch_event_new(loop, -1, 0, on_curl_time, fetcher),
        .settle = fetch_event_new(loop, -1, 0, settle_one, fetcher),
    };
    if (take_names(fetcher, options, err) && make_multi(fetcher, err))
        return fetcher;
    fetcher_free(fetcher);
    return NULL;
}

static void free_hosts(struct fetcher *fetcher)
{
    while (fetcher->hosts != NULL) {
        struct host *next = fetcher->hosts->next;
        host_free(fetcher->hosts);
        fetcher->hosts = next;
    }
}

void fetcher_free(struct fetcher *fetcher)
{
    if (fetcher == NULL)
        return;
    if (fetcher->gone != NULL)
        *fetcher->gone = true;
    while (fetcher->transfers != NULL)
        transfer_free(fetcher->transfers);
    libcurl()->multi_cleanup(fetcher->multi); /* closes connections, and takes their events off */
    free_hosts(fetcher);
    fetch_event_free(fetcher->timer);
    fetch_event_free(fetcher->settle);
    free(fetcher->user_agent);
    free(fetcher->from);
    free(fetcher->ca_file);
    free(fetcher);
    libcurl()->global_cleanup();
}
