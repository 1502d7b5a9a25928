/*
 * Crossref, REST API.
 *
 * Source: https://api.crossref.org (its own documentation) and REFERENCE.md, section 3; the rates
 * are those it answered with from December 2025 on.
 */
#include <string.h>
#include <strings.h>

#include "importers/intake/identifier.h"
#include "importers/sources/all.h"
#include "importers/sources/crossref_record.h"
#include "importers/sources/field.h"
#include "importers/sources/payload.h"
#include "importers/sources/query.h"

enum {
    PAGE_USUAL = 200,
    PAGE_MOST = 1000,
    RESTARTS_MOST = 3 /* a cursor is forgotten after five minutes */
};

/* Requests a second, without and with a mail address ("polite"). */
static const double list_per_second[] = {1, 3};
static const double work_per_second[] = {5, 10};

/* The query's own parameters, where it is written in them. */
static const char *const parameters[] = {"query",
                                         "query.bibliographic",
                                         "query.title",
                                         "query.author",
                                         "query.editor",
                                         "query.contributor",
                                         "query.affiliation",
                                         "query.container-title",
                                         "query.degree",
                                         "query.funder-name",
                                         "query.event-name",
                                         "query.publisher-name",
                                         "filter",
                                         "sort",
                                         "order",
                                         NULL};

/* The filters' names up to their first full stop (Crossref, "REST API filters"). */
static const char *const filters[] = {"alternative-id",
                                      "archive",
                                      "article-number",
                                      "assertion",
                                      "assertion-group",
                                      "award",
                                      "category-name",
                                      "clinical-trial-number",
                                      "container-title",
                                      "content-domain",
                                      "directory",
                                      "doi",
                                      "from-accepted-date",
                                      "from-approved-date",
                                      "from-awarded-date",
                                      "from-created-date",
                                      "from-deposit-date",
                                      "from-event-end-date",
                                      "from-event-start-date",
                                      "from-index-date",
                                      "from-issued-date",
                                      "from-online-pub-date",
                                      "from-posted-date",
                                      "from-print-pub-date",
                                      "from-pub-date",
                                      "from-update-date",
                                      "full-text",
                                      "funder",
                                      "funder-doi-asserted-by",
                                      "group-title",
                                      "gte-award-amount",
                                      "has-abstract",
                                      "has-affiliation",
                                      "has-archive",
                                      "has-assertion",
                                      "has-authenticated-orcid",
                                      "has-award",
                                      "has-clinical-trial-number",
                                      "has-content-domain",
                                      "has-description",
                                      "has-domain-restriction",
                                      "has-event",
                                      "has-full-text",
                                      "has-funder",
                                      "has-funder-doi",
                                      "has-license",
                                      "has-orcid",
                                      "has-references",
                                      "has-relation",
                                      "has-ror-id",
                                      "has-update",
                                      "has-update-policy",
                                      "is-update",
                                      "isbn",
                                      "issn",
                                      "license",
                                      "location",
                                      "lte-award-amount",
                                      "member",
                                      "orcid",
                                      "prefix",
                                      "reference-visibility",
                                      "relation",
                                      "ror-id",
                                      "type",
                                      "type-name",
                                      "until-accepted-date",
                                      "until-created-date",
                                      "until-deposit-date",
                                      "until-index-date",
                                      "until-issued-date",
                                      "until-online-pub-date",
                                      "until-posted-date",
                                      "until-print-pub-date",
                                      "until-pub-date",
                                      "until-update-date",
                                      "update-type",
                                      "updates",
                                      NULL};

/* ---- requests ---- */

/* A DOI alone, to be had as one work; NULL for a search. */
static const char *single_doi(const struct remote_query *query, struct arena *arena)
{
    return query->since != NULL ? NULL : query_identifier(query->text, identifier_doi, arena);
}

/*
 * `filter` and the day. from-index-date, since an update that Retraction Watch adds changes the
 * index and not the deposit.
 */
static void put_filter(struct buffer *url, const char *filter, const char *since,
                       struct arena *arena)
{
    const char *day = since == NULL ? NULL : arena_printf(arena, "from-index-date:%s", since);
    if (filter != NULL && day != NULL)
        filter = arena_printf(arena, "%s,%s", filter, day);
    query_put(url, "filter", filter == NULL ? day : filter);
}

static void put_search(struct buffer *url, const struct remote_query *query, struct arena *arena)
{
    struct query_parameter *own = NULL;
    size_t count = query_parameters(query->text, parameters, arena, &own);
    const char *doi = query_identifier(query->text, identifier_doi, arena);
    const char *filter = query_put_own(url, own, count, "filter");
    if (doi != NULL)
        filter = arena_printf(arena, "doi:%s", doi);
    else if (count == 0 && query_is_filter(query->text, filters))
        filter = query->text;
    else if (count == 0)
        query_put(url, "query.bibliographic", query->text);
    put_filter(url, filter, query->since, arena);
}

static void put_list(struct buffer *url, const struct remote_query *query,
                     const struct remote_options *options, const char *cursor, struct arena *arena)
{
    put_search(url, query, arena);
    query_put_count(url, "rows", query_page_size(query, options, PAGE_USUAL, PAGE_MOST));
    query_put(url, "cursor", cursor);
    query_put(url, "select", crossref_fields);
}

static bool request(const struct remote_query *query, const struct remote_options *options,
                    const char *state, struct arena *arena, struct remote_request *out,
                    struct error *err)
{
    struct paging at;
    struct buffer url = {0};
    if (!query_check(query, err) || !paging_read(state, arena, &at, err))
        return false;
    const char *doi = single_doi(query, arena);
    bool polite = options->contact != NULL;
    buffer_printf(&url, "%s/works", query_base(options, &remote_crossref));
    if (doi != NULL) {
        buffer_byte(&url, '/');
        query_escape(&url, doi, "");
    } else {
        put_list(&url, query, options, at.token == NULL ? "*" : at.token, arena);
    }
    query_put(&url, "mailto", options->contact);
    *out = (struct remote_request){.url = arena_strdup(arena, buffer_string(&url)),
                                   .accept = "application/json",
                                   .per_second = doi != NULL ? work_per_second[polite]
                                                             : list_per_second[polite]};
    bool fits = query_fits(&url, err);
    buffer_release(&url);
    return fits;
}

/* ---- answers ---- */

/* {"status": "failed", "message": [{"type", "value", "message"}]}, or one message as a text. */
static const char *error_of(const json_t *root, struct arena *arena)
{
    const json_t *messages = field_at(root, "message");
    struct lines lines = {0};
    struct buffer words = {0};
    lines_add(&lines, field_markup(messages, "", arena), arena);
    lines_add_all(&lines, messages, "", "message", arena);
    for (size_t i = 0; i < lines.count; i++)
        buffer_printf(&words, "%s%s", i == 0 ? "" : "; ", lines.items[i]);
    const char *brief =
        lines.count == 0 ? NULL : payload_brief(arena_strdup(arena, buffer_string(&words)), arena);
    buffer_release(&words);
    return brief;
}

/* How many works a page has that is not the last: as many as were asked for, or as many as the
 * service says it gives. */
static size_t rows_of(const json_t *message, const struct page *page,
                      const struct remote_options *options)
{
    size_t rows = query_page_size(page->query, options, PAGE_USUAL, PAGE_MOST);
    int given = field_count(message, "items-per-page", 1, PAGE_MOST);
    return given > 0 && (size_t)given < rows ? (size_t)given : rows;
}

/*
 * The cursor may be the same for every page, so that only a page with fewer works than it could
 * have is the end. One that goes on far beyond all it said there was would go on for ever.
 */
static const char *next_cursor(const json_t *message, const struct page *page, size_t rows)
{
    size_t items = json_array_size(field_at(message, "items"));
    bool beyond = page->out->total >= 0 && page->at.seen >= (size_t)page->out->total + rows;
    return items < rows || beyond ? NULL : field_bytes(message, "next-cursor");
}

static void warn_of_early_end(const struct page *page)
{
    long seen = (long)page->at.seen;
    if (page->out->next == NULL && !page_is_full(page) && seen < page->out->total)
        page_warn(page, "said that %ld works match, and its pages ended after %ld",
                  page->out->total, seen);
}

static bool read_list(const json_t *message, const struct remote_options *options,
                      struct page *page, struct arena *arena, struct error *err)
{
    page_tell_total(page, field_number(message, "total-results"));
    if (!page_take(page, field_at(message, "items"), crossref_record, err))
        return false;
    const char *next = next_cursor(message, page, rows_of(message, page, options));
    if (!page_go_on(page, next, arena, err))
        return false;
    warn_of_early_end(page);
    return true;
}

static bool read_root(json_t *root, const struct remote_options *options, struct page *page,
                      struct arena *arena, struct error *err)
{
    json_t *message = json_object_get(root, "message");
    if (json_is_array(json_object_get(message, "items")))
        return read_list(message, options, page, arena, err);
    if (json_is_object(message) && field_bytes(message, "DOI") != NULL)
        return page_take_one(page, message, crossref_record, err);
    return payload_unexpected(page->title, error_of(root, arena), err);
}

static bool read_answer(const struct remote_query *query, const struct remote_options *options,
                        const char *state, const struct remote_answer *answer,
                        const struct record_sink *sink, const struct format_warnings *warnings,
                        struct arena *arena, struct remote_page *out, struct error *err)
{
    struct page page = {
        .title = "Crossref", .query = query, .sink = sink, .warnings = warnings, .out = out};
    return page_read(&page, options, state, answer, read_root, arena, err);
}

static const char *refusal(const struct remote_answer *answer, struct arena *arena)
{
    json_t *root = payload_of_refusal(answer);
    const char *words = error_of(root, arena);
    json_decref(root);
    return words == NULL ? payload_words(answer, arena) : words;
}

/* A search that was left for more than five minutes is not found any more (404), or its cursor is
 * no cursor (400). It starts again; what is stored already is found again and not doubled. */
static const char *recover(const struct remote_query *query, const struct remote_options *options,
                           const char *state, const struct remote_answer *answer,
                           struct arena *arena)
{
    (void)query;
    (void)options;
    struct paging at;
    struct error err = {0};
    if (!paging_read(state, arena, &at, &err) || at.token == NULL || at.restarts >= RESTARTS_MOST)
        return NULL;
    const char *words = refusal(answer, arena);
    bool of_cursor = words != NULL && strcasestr(words, "cursor") != NULL;
    if (answer->status != 404 && (answer->status != 400 || !of_cursor))
        return NULL;
    const struct paging again = {.restarts = at.restarts + 1, .token = "*"};
    return paging_write(&again, arena);
}

const struct remote remote_crossref = {
    .name = "crossref",
    .title = "Crossref",
    .base_url = "https://api.crossref.org",
    .request = request,
    .read = read_answer,
    .refusal = refusal,
    .recover = recover,
};
