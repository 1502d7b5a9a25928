#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "evidence/base/arena.h"
#include "importers/fetch/fetcher_inside.h"

static const char REPORT[] = "this should not happen: please report it";

void transfer_settle(struct transfer *transfer)
{
    transfer_list_add(&transfer->fetcher->settled, transfer);
    event_active(transfer->fetcher->settle, 0, 0);
}

void transfer_fail(struct transfer *transfer, enum outcome outcome, enum error_kind kind,
                   const char *advice, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(transfer->why, sizeof transfer->why, format, arguments);
    va_end(arguments);
    transfer->outcome = outcome;
    transfer->kind = kind;
    transfer->advice = advice;
}

/* -- what curl tells while it runs -- */

static size_t on_body(char *bytes, size_t size, size_t count, void *context)
{
    struct transfer *transfer = context;
    transfer->last_byte = fetch_now();
    return body_add(&transfer->body, bytes, size * count) ? size * count : 0;
}

static void take_coding(struct transfer *transfer, const char *line, size_t length)
{
    static const char name[] = "content-encoding:";
    if (length < sizeof name - 1 || strncasecmp(line, name, sizeof name - 1) != 0)
        return;
    line += sizeof name - 1;
    length -= sizeof name - 1;
    for (; length > 0 && strchr(" \t", *line) != NULL; length--)
        line++;
    while (length > 0 && strchr(" \t\r\n", line[length - 1]) != NULL)
        length--;
    if (!body_set_coding(&transfer->body, line, length))
        transfer->odd_coding = true;
}

static size_t on_head(char *bytes, size_t size, size_t count, void *context)
{
    struct transfer *transfer = context;
    size_t length = size * count;
    transfer->last_byte = fetch_now();
    transfer->head_bytes += length;
    take_coding(transfer, bytes, length);
    return transfer->odd_coding || transfer->head_bytes > HEAD_BYTES_MOST ? 0 : length;
}

/* -- a try -- */

static bool set_time_limits(struct transfer *transfer)
{
    const struct fetch_options *options = &transfer->fetcher->options;
    double left = fmin(options->request_seconds, transfer->deadline - fetch_now());
    long left_ms = (long)fmax(1, ceil(left * 1000)); /* 0 would mean no limit */
    long connect_ms = (long)fmax(1, ceil(options->connect_seconds * 1000));
    return libcurl()->easy_setopt(transfer->easy, CURLOPT_TIMEOUT_MS, left_ms) == CURLE_OK &&
           libcurl()->easy_setopt(transfer->easy, CURLOPT_CONNECTTIMEOUT_MS, connect_ms) ==
               CURLE_OK;
}

/* A proxy of the environment sees the name of an https host only, and never what is said; plain
 * http, and this very machine, go without one. */
static bool set_way(struct transfer *transfer)
{
    CURL *easy = transfer->easy;
    const char *ca_file = transfer->fetcher->ca_file;
    bool direct = !transfer->address.tls || transfer->address.loopback;
    return libcurl()->easy_setopt(easy, CURLOPT_URL, transfer->address.url) == CURLE_OK &&
           libcurl()->easy_setopt(easy, CURLOPT_PROTOCOLS_STR, "http,https") == CURLE_OK &&
           libcurl()->easy_setopt(easy, CURLOPT_PROXY, direct ? "" : NULL) == CURLE_OK &&
           libcurl()->easy_setopt(easy, CURLOPT_SUPPRESS_CONNECT_HEADERS, 1L) == CURLE_OK &&
           libcurl()->easy_setopt(easy, CURLOPT_SSL_VERIFYPEER, 1L) == CURLE_OK &&
           libcurl()->easy_setopt(easy, CURLOPT_SSL_VERIFYHOST, 2L) == CURLE_OK &&
           (ca_file == NULL || libcurl()->easy_setopt(easy, CURLOPT_CAINFO, ca_file) == CURLE_OK) &&
           libcurl()->easy_setopt(easy, CURLOPT_NETRC, (long)CURL_NETRC_IGNORED) == CURLE_OK &&
           libcurl()->easy_setopt(easy, CURLOPT_FOLLOWLOCATION, 0L) == CURLE_OK &&
           libcurl()->easy_setopt(easy, CURLOPT_NOSIGNAL, 1L) == CURLE_OK;
}

/* gzip is asked for, and inflated by body.c rather than by curl, which has no limit on it. */
static bool set_question(struct transfer *transfer)
{
    CURL *easy = transfer->easy;
    CURLcode method = transfer->form == NULL
                          ? libcurl()->easy_setopt(easy, CURLOPT_HTTPGET, 1L)
                          : libcurl()->easy_setopt(easy, CURLOPT_POSTFIELDS, transfer->form);
    return method == CURLE_OK &&
           libcurl()->easy_setopt(easy, CURLOPT_HTTP_VERSION, (long)CURL_HTTP_VERSION_2TLS) ==
               CURLE_OK &&
           libcurl()->easy_setopt(easy, CURLOPT_HTTP09_ALLOWED, 0L) == CURLE_OK &&
           libcurl()->easy_setopt(easy, CURLOPT_USERAGENT, transfer->fetcher->user_agent) ==
               CURLE_OK &&
           libcurl()->easy_setopt(easy, CURLOPT_HTTPHEADER, transfer->headers) == CURLE_OK &&
           libcurl()->easy_setopt(easy, CURLOPT_ACCEPT_ENCODING, "gzip") == CURLE_OK &&
           libcurl()->easy_setopt(easy, CURLOPT_HTTP_CONTENT_DECODING, 0L) == CURLE_OK;
}

static bool set_answer(struct transfer *transfer)
{
    CURL *easy = transfer->easy;
    curl_off_t most = (curl_off_t)transfer->fetcher->options.stored_most;
    return libcurl()->easy_setopt(easy, CURLOPT_MAXFILESIZE_LARGE, most) == CURLE_OK &&
           libcurl()->easy_setopt(easy, CURLOPT_WRITEFUNCTION, on_body) == CURLE_OK &&
           libcurl()->easy_setopt(easy, CURLOPT_WRITEDATA, transfer) == CURLE_OK &&
           libcurl()->easy_setopt(easy, CURLOPT_HEADERFUNCTION, on_head) == CURLE_OK &&
           libcurl()->easy_setopt(easy, CURLOPT_HEADERDATA, transfer) == CURLE_OK &&
           libcurl()->easy_setopt(easy, CURLOPT_PRIVATE, transfer) == CURLE_OK;
}

static bool send_it(struct transfer *transfer)
{
    if (transfer->easy == NULL)
        transfer->easy = libcurl()->easy_init();
    else
        libcurl()->easy_reset(transfer->easy);
    return transfer->easy != NULL && set_way(transfer) && set_question(transfer) &&
           set_answer(transfer) && set_time_limits(transfer) &&
           libcurl()->multi_add_handle(transfer->fetcher->multi, transfer->easy) == CURLM_OK;
}

static void start_clock(struct transfer *transfer)
{
    transfer->begun = fetch_now();
    transfer->last_byte = transfer->begun;
    if (!transfer->started)
        transfer->deadline = transfer->begun + transfer->fetcher->options.total_seconds;
    transfer->started = true;
    fetch_event_in(transfer->timer, transfer->fetcher->options.stall_seconds);
}

void transfer_begin(struct transfer *transfer)
{
    const struct fetch_options *options = &transfer->fetcher->options;
    if (transfer->redirects == 0)
        transfer->tries++;
    transfer->under_way = true;
    transfer->head_bytes = 0;
    transfer->odd_coding = false;
    transfer->stalled = false;
    transfer->status = 0;
    transfer->retry_after = 0;
    body_begin(&transfer->body, options->stored_most, options->inflated_most);
    start_clock(transfer);
    if (send_it(transfer))
        return;
    transfer->under_way = false;
    event_del(transfer->timer);
    transfer->host->under_way--;
    transfer_fail(transfer, OUTCOME_ERROR, ERROR_INTERNAL, REPORT, "could not be asked");
    transfer_settle(transfer);
}

/* -- its end -- */

void transfer_end(struct transfer *transfer, CURLcode result)
{
    struct host *host = transfer->host;
    libcurl()->multi_remove_handle(transfer->fetcher->multi, transfer->easy);
    transfer->under_way = false;
    event_del(transfer->timer);
    transfer_judge(transfer, result);
    /* The others who ask there are held back too, but not for a day without a word to anybody. */
    rate_hold(&host->rate,
              fetch_now() + fmin(transfer->retry_after, transfer->fetcher->options.wait_most));
    transfer_settle(transfer);
    host_left(host);
}

/* Seconds without a byte since the request was sent; 0 while there is no connection, which has a
 * limit of its own. */
static double idle_seconds(const struct transfer *transfer)
{
    curl_off_t ready_us = 0;
    libcurl()->easy_getinfo(transfer->easy, CURLINFO_PRETRANSFER_TIME_T, &ready_us);
    if (ready_us == 0)
        return 0;
    return fetch_now() - fmax(transfer->last_byte, transfer->begun + (double)ready_us / 1e6);
}

static void on_time(evutil_socket_t fd, short what, void *argument)
{
    struct transfer *transfer = argument;
    (void)fd;
    (void)what;
    if (!transfer->under_way) {
        host_queue(transfer);
        return;
    }
    double left = transfer->fetcher->options.stall_seconds - idle_seconds(transfer);
    transfer->stalled = left <= 0;
    if (transfer->stalled)
        transfer_end(transfer, CURLE_OPERATION_TIMEDOUT);
    else
        fetch_event_in(transfer->timer, left);
}

static bool is_one_line(const char *text)
{
    return strpbrk(text, "\r\n") == NULL;
}

static void add_header(struct transfer *transfer, const char *name, const char *value)
{
    struct buffer line = {0};
    buffer_printf(&line, "%s: %s", name, value);
    transfer->headers = libcurl()->slist_append(transfer->headers, buffer_string(&line));
    buffer_release(&line);
}

static void make_headers(struct transfer *transfer, const char *accept)
{
    if (transfer->fetcher->from != NULL)
        add_header(transfer, "From", transfer->fetcher->from);
    if (accept != NULL)
        add_header(transfer, "Accept", accept);
    if (transfer->form != NULL) /* curl would wait for a "100 Continue" before a long one */
        transfer->headers = libcurl()->slist_append(transfer->headers, "Expect:");
}

struct transfer *transfer_new(struct fetcher *fetcher, const struct fetch_request *request)
{
    struct transfer *transfer = memory_alloc(sizeof *transfer);
    struct error refused = {0};
    *transfer = (struct transfer){
        .fetcher = fetcher,
        .next = fetcher->transfers,
        .per_second = request->per_second > 0 ? request->per_second : 1,
        .timer = fetch_event_new(fetcher->loop, -1, 0, on_time, transfer),
    };
    if (transfer->next != NULL)
        transfer->next->previous = transfer;
    fetcher->transfers = transfer;
    if (request->form != NULL)
        transfer->form = fetch_copy(request->form);
    if (request->accept != NULL && !is_one_line(request->accept))
        transfer_fail(transfer, OUTCOME_ERROR, ERROR_INVALID, REPORT, "has no such Accept header");
    else if (address_read(&transfer->address, request->url, fetcher->options.plain_http, &refused))
        transfer->host = host_of(fetcher, transfer->address.host);
    else
        transfer_fail(transfer, OUTCOME_ERROR, ERROR_INVALID, NULL, "%s", refused.message);
    make_headers(transfer, transfer->host == NULL ? NULL : request->accept);
    return transfer;
}

static void leave_list(struct transfer *transfer)
{
    if (transfer->next != NULL)
        transfer->next->previous = transfer->previous;
    if (transfer->previous != NULL)
        transfer->previous->next = transfer->next;
    else
        transfer->fetcher->transfers = transfer->next;
}

void transfer_free(struct transfer *transfer)
{
    if (transfer->under_way)
        libcurl()->multi_remove_handle(transfer->fetcher->multi, transfer->easy);
    leave_list(transfer);
    libcurl()->easy_cleanup(transfer->easy);
    libcurl()->slist_free_all(transfer->headers);
    fetch_event_free(transfer->timer);
    body_release(&transfer->body);
    address_release(&transfer->address);
    free(transfer->form);
    free(transfer);
}
