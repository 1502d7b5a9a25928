/*
 * GET /metrics: how the service does, for Prometheus (text format 0.0.4: each metric's lines stand
 * together under its HELP and TYPE).
 */
#include <inttypes.h>

#include "evidence/base/version.h"
#include "evidence/rating/catalog.h"
#include "service/api/api.h"
#include "service/http/server.h"

/* ---- the format ---- */

static void put_head(struct buffer *out, const char *name, const char *type, const char *help)
{
    buffer_printf(out, "# HELP %s %s\n# TYPE %s %s\n", name, help, name, type);
}

static void put_number(struct buffer *out, const char *name, const char *type, const char *help,
                       uint64_t value)
{
    put_head(out, name, type, help);
    buffer_printf(out, "%s %" PRIu64 "\n", name, value);
}

/* A label's value: backslash, quote and line feed are escaped. */
static void put_label(struct buffer *out, const char *name, const char *value)
{
    buffer_printf(out, "%s=\"", name);
    for (; *value != '\0'; value++) {
        if (*value == '\n') {
            buffer_text(out, "\\n");
            continue;
        }
        if (*value == '\\' || *value == '"')
            buffer_byte(out, '\\');
        buffer_byte(out, *value);
    }
    buffer_byte(out, '"');
}

/* ---- what is told ---- */

static void put_requests(struct buffer *out, const struct server_figures *figures)
{
    static const char *const classes[] = {"none", "1xx", "2xx", "3xx", "4xx", "5xx"};
    static const char name[] = "touchstone_http_requests_total";
    put_head(out, name, "counter",
             "Requests answered, by class of status; none: refused before a request stood.");
    for (size_t i = 0; i < sizeof classes / sizeof *classes; i++)
        buffer_printf(out, "%s{class=\"%s\"} %" PRIu64 "\n", name, classes[i],
                      figures->requests[i]);
}

/* What is open now may be seen closing before it was seen opening, by another thread. */
static uint64_t not_below_zero(int64_t value)
{
    return value < 0 ? 0 : (uint64_t)value;
}

static void put_server(struct buffer *out, const struct server_figures *figures)
{
    put_requests(out, figures);
    put_number(out, "touchstone_http_response_body_bytes_total", "counter",
               "Bytes of bodies handed over.", figures->bytes);
    put_number(out, "touchstone_http_connections_total", "counter", "Connections accepted.",
               figures->accepted);
    put_number(out, "touchstone_http_connections", "gauge", "Connections open now.",
               not_below_zero(figures->connections));
    put_number(out, "touchstone_http_requests_in_flight", "gauge", "Requests being answered now.",
               not_below_zero(figures->in_flight));
    put_number(out, "touchstone_http_workers", "gauge", "Threads that answer.", figures->workers);
}

static void put_catalog(struct buffer *out, const struct catalog *catalog)
{
    put_number(out, "touchstone_studies", "gauge", "Studies in the base.",
               catalog_base(catalog)->study_count);
    put_number(out, "touchstone_ratings", "gauge", "Questions rated.",
               catalog_rating_count(catalog));
    put_number(out, "touchstone_base_changed_timestamp_seconds", "gauge",
               "When the base was last changed.", (uint64_t)catalog_stamp(catalog)->changed);
    put_head(out, "touchstone_base_info", "gauge",
             "Which base is served, by which rules; always 1.");
    buffer_text(out, "touchstone_base_info{");
    put_label(out, "version", catalog_dataset(catalog)->version);
    buffer_byte(out, ',');
    put_label(out, "hash", catalog_stamp(catalog)->hash);
    buffer_byte(out, ',');
    put_label(out, "ruleset", catalog_ruleset(catalog)->id);
    buffer_byte(out, ',');
    put_label(out, "ruleset_version", catalog_ruleset(catalog)->version);
    buffer_text(out, "} 1\n");
}

bool get_metrics(const struct request *request, struct answer *answer, struct error *err)
{
    (void)err;
    struct server_figures figures = {0};
    server_figures(request->server, &figures);
    answer->content_type = "text/plain; version=0.0.4; charset=utf-8";
    answer->cache_control = "no-store";
    put_server(&answer->body, &figures);
    put_head(&answer->body, "touchstone_release_info", "gauge", "Which release serves; always 1.");
    buffer_text(&answer->body, "touchstone_release_info{");
    put_label(&answer->body, "version", TOUCHSTONE_VERSION);
    buffer_text(&answer->body, "} 1\n");
    if (request->catalog != NULL)
        put_catalog(&answer->body, request->catalog);
    return true;
}
