/*
 * Europe PMC, REST API version 6.
 *
 * Source: https://europepmc.org/RestfulWebService; the end of paging is told by the cursor of the
 * page coming back as that of the next one (release 6.6: or by none at all).
 */
#include <string.h>

#include "importers/formats/markup.h"
#include "importers/intake/identifier.h"
#include "importers/sources/all.h"
#include "importers/sources/europepmc_record.h"
#include "importers/sources/field.h"
#include "importers/sources/payload.h"
#include "importers/sources/query.h"

enum {
    PAGE_USUAL = 500, /* some 5 MB of core results */
    PAGE_MOST = 1000,
    FORM_FROM = 2000 /* bytes of a query that no longer goes into an address */
};

/* No limit is published. */
static const double per_second = 3;

/*
 * A day's new records and changed ones. UPDATE_DATE moves when PubMed marks an old record as
 * retracted or corrected, which a search by publication or first indexing alone would never show;
 * FIRST_IDATE is there for what was added and never changed. "3000" is how the service writes "up
 * to now".
 */
static const char *since_clause(const char *since, struct arena *arena)
{
    return arena_printf(arena, "(UPDATE_DATE:[%s TO 3000-12-31] OR FIRST_IDATE:[%s TO 3000-12-31])",
                        since, since);
}

/* A DOI or PMC number alone is asked for in its field: the parser stumbles over bare brackets. */
static const char *query_text(const struct remote_query *query, struct arena *arena)
{
    const char *doi = query_identifier(query->text, identifier_doi, arena);
    const char *pmcid = query_identifier(query->text, identifier_pmcid, arena);
    const char *text = query->text;
    if (doi != NULL)
        text = arena_printf(arena, "DOI:\"%s\"", doi);
    else if (pmcid != NULL)
        text = arena_printf(arena, "PMCID:%s", pmcid);
    if (query->since == NULL)
        return text;
    return arena_printf(arena, "(%s) AND %s", text, since_clause(query->since, arena));
}

static void put_parameters(struct buffer *url, const struct remote_query *query,
                           const struct remote_options *options, const char *text,
                           const char *cursor)
{
    query_put(url, "query", text);
    query_put(url, "resultType", "core");
    query_put(url, "format", "json");
    query_put_count(url, "pageSize", query_page_size(query, options, PAGE_USUAL, PAGE_MOST));
    query_put(url, "cursorMark", cursor);
    query_put(url, "email", options->contact);
}

static bool request(const struct remote_query *query, const struct remote_options *options,
                    const char *state, struct arena *arena, struct remote_request *out,
                    struct error *err)
{
    struct paging at;
    if (!query_check(query, err) || !paging_read(state, arena, &at, err))
        return false;
    const char *base = query_base(options, &remote_europepmc);
    const char *cursor = at.token == NULL ? "*" : at.token;
    const char *text = query_text(query, arena);
    struct buffer url = {0};
    put_parameters(&url, query, options, text, cursor);
    bool long_query = strlen(text) > FORM_FROM;
    *out = (struct remote_request){
        .url = arena_printf(arena, "%s/%s%s", base, long_query ? "searchPOST" : "search",
                            long_query ? "" : buffer_string(&url)),
        .form = long_query ? arena_strdup(arena, buffer_string(&url) + 1) : NULL,
        .accept = "application/json",
        .per_second = per_second};
    buffer_release(&url);
    return true;
}

static const char *error_of(const json_t *root, struct arena *arena)
{
    return payload_brief(field_markup(root, "errMsg", arena), arena);
}

/* Absent, or that of this page again: there is no next page. */
static const char *next_cursor(const json_t *root, const struct page *page)
{
    const char *next = field_bytes(root, "nextCursorMark");
    const char *this = page->at.token == NULL ? "*" : page->at.token;
    bool last =
        next == NULL || strcmp(next, this) == 0 || field_length(root, "resultList.result") == 0;
    return last ? NULL : next;
}

static bool read_root(json_t *root, const struct remote_options *options, struct page *page,
                      struct arena *arena, struct error *err)
{
    (void)options;
    const json_t *results = field_at(root, "resultList.result");
    if (!json_is_array(results))
        return payload_unexpected(page->title, error_of(root, arena), err);
    page_tell_total(page, field_number(root, "hitCount"));
    return page_take(page, results, europepmc_record, err) &&
           page_go_on(page, next_cursor(root, page), arena, err);
}

static bool read_answer(const struct remote_query *query, const struct remote_options *options,
                        const char *state, const struct remote_answer *answer,
                        const struct record_sink *sink, const struct format_warnings *warnings,
                        struct arena *arena, struct remote_page *out, struct error *err)
{
    struct page page = {
        .title = "Europe PMC", .query = query, .sink = sink, .warnings = warnings, .out = out};
    return page_read(&page, options, state, answer, read_root, arena, err);
}

/* "<errorBean><errCode>0</errCode><errMsg>…</errMsg></errorBean>" */
static const char *error_of_xml(const struct remote_answer *answer, struct arena *arena)
{
    const char *body =
        arena_strndup(arena, answer->length == 0 ? "" : answer->bytes, answer->length);
    const char *start = strstr(body, "<errMsg>");
    const char *end = start == NULL ? NULL : strstr(start, "</errMsg>");
    if (end == NULL)
        return NULL;
    start += strlen("<errMsg>");
    return payload_brief(markup_line(start, (size_t)(end - start), arena), arena);
}

/* {"errCode": 404, "errMsg": "…"}, or the same in XML. */
static const char *refusal(const struct remote_answer *answer, struct arena *arena)
{
    json_t *root = payload_of_refusal(answer);
    const char *words = error_of(root, arena);
    json_decref(root);
    if (words == NULL)
        words = error_of_xml(answer, arena);
    return words == NULL ? payload_words(answer, arena) : words;
}

const struct remote remote_europepmc = {
    .name = "europepmc",
    .title = "Europe PMC",
    .base_url = "https://www.ebi.ac.uk/europepmc/webservices/rest",
    .request = request,
    .read = read_answer,
    .refusal = refusal,
};
