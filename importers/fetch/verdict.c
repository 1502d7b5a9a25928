/* What a try came to: an answer, a redirect, something that may go better another time, or an
 * error, each with the clause that tells it. */
#include <stdlib.h>
#include <time.h>

#include "importers/fetch/backoff.h"
#include "importers/fetch/complaint.h"
#include "importers/fetch/fetcher_inside.h"

static const char LATER[] = "try again later";
static const char CONNECTION[] = "check the connection and try again";
static const char SMALLER[] = "ask for less at once";
static const char CERTIFICATE[] =
    "check this machine's clock and certificates, and whether something stands between";
static const char MOVED[] = "if the service has moved, give its new address";

static const char *head_value(const struct transfer *transfer, const char *name)
{
    struct curl_header *header;
    return libcurl()->easy_header(transfer->easy, name, 0, CURLH_HEADER, -1, &header) == CURLHE_OK
               ? header->value
               : NULL;
}

static bool may_change(int status)
{
    /* 520 to 524: a service behind Cloudflare is not there or too slow. */
    return status == 408 || status == 429 || status == 500 || (status >= 502 && status <= 504) ||
           (status >= 520 && status <= 524);
}

static void judge_refusal(struct transfer *transfer)
{
    char complaint[COMPLAINT_SIZE];
    const char *retry_after = head_value(transfer, "Retry-After");
    char *content_type = NULL;
    if (retry_after != NULL && !backoff_retry_after(retry_after, head_value(transfer, "Date"),
                                                    time(NULL), &transfer->retry_after))
        transfer->retry_after = 0;
    libcurl()->easy_getinfo(transfer->easy, CURLINFO_CONTENT_TYPE, &content_type);
    complaint_read(content_type, buffer_string(&transfer->body.bytes), transfer->body.bytes.length,
                   complaint);
    transfer_fail(transfer, OUTCOME_AGAIN, ERROR_NETWORK,
                  transfer->status == 429 ? "ask less often, or with a key where it gives keys"
                                          : LATER,
                  "answered %d%s%s%s", transfer->status, complaint[0] == '\0' ? "" : " (",
                  complaint, complaint[0] == '\0' ? "" : ")");
}

/* POST stays POST, also after 301 and 302: what we post is a question too long for an address, and
 * without it the answer would be to another question. */
static void judge_redirect(struct transfer *transfer, const char *location)
{
    struct address to;
    struct error refused = {0};
    if (++transfer->redirects > REDIRECTS_MOST) {
        transfer_fail(transfer, OUTCOME_ERROR, ERROR_NETWORK, MOVED,
                      "sent us on more than %d times (a loop?)", REDIRECTS_MOST);
        return;
    }
    if (!address_read(&to, location, transfer->fetcher->options.plain_http, &refused)) {
        transfer_fail(transfer, OUTCOME_ERROR, ERROR_NETWORK, MOVED,
                      "sent us to an address that may not be asked: %s", refused.message);
        return;
    }
    if (!address_same_site(&transfer->address, &to)) {
        transfer_fail(transfer, OUTCOME_ERROR, ERROR_NETWORK, MOVED,
                      "sent us to another site, %s://%s:%ld, where we do not follow",
                      to.tls ? "https" : "http", to.host, to.port);
        address_release(&to);
        return;
    }
    address_release(&transfer->address);
    transfer->address = to;
    if (transfer->status == 303) {
        free(transfer->form);
        transfer->form = NULL;
    }
    transfer->outcome = OUTCOME_REDIRECT;
}

static void judge_status(struct transfer *transfer)
{
    long status = 0;
    char *location = NULL;
    libcurl()->easy_getinfo(transfer->easy, CURLINFO_RESPONSE_CODE, &status);
    libcurl()->easy_getinfo(transfer->easy, CURLINFO_REDIRECT_URL, &location);
    transfer->status = (int)status;
    if (location != NULL)
        judge_redirect(transfer, location);
    else if (may_change(transfer->status))
        judge_refusal(transfer);
    else
        transfer->outcome = OUTCOME_ANSWER;
}

static void judge_body(struct transfer *transfer)
{
    const struct fetch_options *options = &transfer->fetcher->options;
    switch (transfer->body.fault) {
    case BODY_STORED_LIMIT:
        transfer_fail(transfer, OUTCOME_ERROR, ERROR_LIMIT, SMALLER,
                      "sent more than the %llu bytes that are taken",
                      (unsigned long long)options->stored_most);
        break;
    case BODY_INFLATED_LIMIT:
        transfer_fail(transfer, OUTCOME_ERROR, ERROR_LIMIT, SMALLER,
                      "sent gzip that holds more than the %llu bytes that are taken",
                      (unsigned long long)options->inflated_most);
        break;
    case BODY_BROKEN:
        transfer_fail(transfer, OUTCOME_AGAIN, ERROR_NETWORK, LATER, "sent damaged gzip");
        break;
    case BODY_CUT:
        transfer_fail(transfer, OUTCOME_AGAIN, ERROR_NETWORK, CONNECTION,
                      "sent gzip that ends before its end");
        break;
    case BODY_FINE:
        break;
    }
}

/* Time ran out: on the way there, or in the middle. */
static void judge_time(struct transfer *transfer)
{
    const struct fetch_options *options = &transfer->fetcher->options;
    curl_off_t ready_us = 0;
    libcurl()->easy_getinfo(transfer->easy, CURLINFO_PRETRANSFER_TIME_T, &ready_us);
    if (transfer->stalled)
        transfer_fail(transfer, OUTCOME_AGAIN, ERROR_NETWORK, LATER, "sent nothing for %g s",
                      options->stall_seconds);
    else if (ready_us == 0)
        transfer_fail(transfer, OUTCOME_AGAIN, ERROR_NETWORK, CONNECTION,
                      "could not be reached in time");
    else
        transfer_fail(transfer, OUTCOME_AGAIN, ERROR_NETWORK, LATER,
                      "had not sent all of its answer when the time was over");
}

/* What no further try will change. */
static bool is_lasting(CURLcode result)
{
    switch (result) {
    case CURLE_UNSUPPORTED_PROTOCOL:
    case CURLE_URL_MALFORMAT:
    case CURLE_BAD_FUNCTION_ARGUMENT:
        return true;
    default:
        return false;
    }
}

/* How curl says that one header line was longer than it takes. */
static bool is_too_large(CURLcode result)
{
#if LIBCURL_VERSION_NUM >= 0x080600
    if (result == CURLE_TOO_LARGE)
        return true;
#endif
    return result == CURLE_OUT_OF_MEMORY;
}

static void judge_failure(struct transfer *transfer, CURLcode result)
{
    if (transfer->body.fault != BODY_FINE)
        judge_body(transfer);
    else if (transfer->head_bytes > HEAD_BYTES_MOST || is_too_large(result))
        transfer_fail(transfer, OUTCOME_ERROR, ERROR_LIMIT, LATER,
                      "sent more header lines than the %d bytes that are taken", HEAD_BYTES_MOST);
    else if (transfer->odd_coding)
        transfer_fail(transfer, OUTCOME_ERROR, ERROR_NETWORK, LATER,
                      "sent a Content-Encoding that was not asked for");
    else if (result == CURLE_FILESIZE_EXCEEDED)
        transfer_fail(transfer, OUTCOME_ERROR, ERROR_LIMIT, SMALLER,
                      "wants to send more than the %llu bytes that are taken",
                      (unsigned long long)transfer->fetcher->options.stored_most);
    else if (result == CURLE_OPERATION_TIMEDOUT)
        judge_time(transfer);
    else if (result == CURLE_PEER_FAILED_VERIFICATION || result == CURLE_SSL_CACERT_BADFILE)
        transfer_fail(transfer, OUTCOME_ERROR, ERROR_NETWORK, CERTIFICATE,
                      "has a certificate that could not be verified");
    else if (result == CURLE_PARTIAL_FILE)
        transfer_fail(transfer, OUTCOME_AGAIN, ERROR_NETWORK, CONNECTION,
                      "sent less than it had announced");
    else
        transfer_fail(transfer, is_lasting(result) ? OUTCOME_ERROR : OUTCOME_AGAIN, ERROR_NETWORK,
                      CONNECTION, "could not be asked: %s", libcurl()->easy_strerror(result));
}

void transfer_judge(struct transfer *transfer, CURLcode result)
{
    if (result != CURLE_OK)
        judge_failure(transfer, result);
    else if (!body_end(&transfer->body))
        judge_body(transfer);
    else
        judge_status(transfer);
}
