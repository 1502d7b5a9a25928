/*
 * ClinicalTrials.gov, API version 2.
 *
 * Source: https://clinicaltrials.gov/data-api/api and REFERENCE.md, section 3. A page that is full
 * has a token for the next one, which may be empty.
 */
#include <string.h>

#include "importers/intake/identifier.h"
#include "importers/sources/all.h"
#include "importers/sources/ctgov_record.h"
#include "importers/sources/field.h"
#include "importers/sources/payload.h"
#include "importers/sources/query.h"

enum {
    PAGE_USUAL = 50, /* a study with results may have a megabyte */
    PAGE_MOST = 1000
};

/* No limit is published; robots.txt asks for a second between requests. */
static const double per_second = 1;

/* The query's own parameters, where it is written in them. */
static const char *const parameters[] = {"query.cond",
                                         "query.term",
                                         "query.locn",
                                         "query.titles",
                                         "query.intr",
                                         "query.outc",
                                         "query.spons",
                                         "query.lead",
                                         "query.id",
                                         "query.patient",
                                         "filter.overallStatus",
                                         "filter.geo",
                                         "filter.ids",
                                         "filter.advanced",
                                         "filter.synonyms",
                                         "aggFilters",
                                         "geoDecay",
                                         "sort",
                                         NULL};

/* ---- requests ---- */

static const char *nct_number(const char *text, struct arena *arena)
{
    const char *number = identifier_registration(text, arena);
    return number != NULL && strncmp(number, "NCT", 3) == 0 ? number : NULL;
}

/* The day a change was posted: what was added since then has it too. */
static void put_advanced(struct buffer *url, const char *own, const char *since,
                         struct arena *arena)
{
    const char *day =
        since == NULL ? NULL : arena_printf(arena, "AREA[LastUpdatePostDate]RANGE[%s,MAX]", since);
    if (own != NULL && day != NULL)
        own = arena_printf(arena, "(%s) AND %s", own, day);
    query_put(url, "filter.advanced", own == NULL ? day : own);
}

static void put_search(struct buffer *url, const struct remote_query *query, struct arena *arena)
{
    struct query_parameter *own = NULL;
    size_t count = query_parameters(query->text, parameters, arena, &own);
    const char *number = query_identifier(query->text, nct_number, arena);
    const char *advanced = query_put_own(url, own, count, "filter.advanced");
    if (count == 0)
        query_put(url, number == NULL ? "query.term" : "filter.ids",
                  number == NULL ? query->text : number);
    put_advanced(url, advanced, query->since, arena);
}

static bool request(const struct remote_query *query, const struct remote_options *options,
                    const char *state, struct arena *arena, struct remote_request *out,
                    struct error *err)
{
    struct paging at;
    struct buffer url = {0};
    if (!query_check(query, err) || !paging_read(state, arena, &at, err))
        return false;
    const char *number =
        query->since != NULL ? NULL : query_identifier(query->text, nct_number, arena);
    buffer_printf(&url, "%s/studies", query_base(options, &remote_ctgov));
    if (number != NULL) {
        buffer_printf(&url, "/%s", number);
    } else {
        put_search(&url, query, arena);
        query_put_count(&url, "pageSize", query_page_size(query, options, PAGE_USUAL, PAGE_MOST));
        query_put(&url, "countTotal", "true");
        query_put(&url, "pageToken", at.token);
    }
    *out = (struct remote_request){.url = arena_strdup(arena, buffer_string(&url)),
                                   .accept = "application/json",
                                   .per_second = per_second};
    bool fits = query_fits(&url, err);
    buffer_release(&url);
    return fits;
}

/* ---- answers ---- */

/* The first version of the API, turned off in June 2024, answered in other shapes. */
static bool is_first_version(const json_t *root)
{
    return json_object_get(root, "FullStudiesResponse") != NULL ||
           json_object_get(root, "StudyFieldsResponse") != NULL ||
           json_object_get(root, "FieldValuesResponse") != NULL ||
           field_at(root, "Study.ProtocolSection") != NULL;
}

static const char *error_of(const json_t *root, struct arena *arena)
{
    const char *words = field_markup(root, "message", arena);
    if (words == NULL)
        words = field_markup(root, "error", arena);
    return payload_brief(words, arena);
}

static bool refuse_root(const json_t *root, const struct page *page, struct arena *arena,
                        struct error *err)
{
    if (is_first_version(root))
        return error_set(err, ERROR_NETWORK,
                         "%s answered in the shape of the first version of its API, which was "
                         "turned off in 2024; the base address must lead to version 2",
                         page->title);
    return payload_unexpected(page->title, error_of(root, arena), err);
}

static const char *next_token(const json_t *root, const struct page *page)
{
    const char *next = field_bytes(root, "nextPageToken");
    bool last = next == NULL || field_length(root, "studies") == 0 ||
                (page->at.token != NULL && strcmp(next, page->at.token) == 0);
    return last ? NULL : next;
}

static bool read_list(const json_t *root, struct page *page, struct arena *arena, struct error *err)
{
    page_tell_total(page, field_number(root, "totalCount")); /* of the first page only */
    return page_take(page, field_at(root, "studies"), ctgov_record, err) &&
           page_go_on(page, next_token(root, page), arena, err);
}

static bool read_root(json_t *root, const struct remote_options *options, struct page *page,
                      struct arena *arena, struct error *err)
{
    (void)options;
    if (json_is_array(field_at(root, "studies")))
        return read_list(root, page, arena, err);
    if (json_is_object(field_at(root, "protocolSection")))
        return page_take_one(page, root, ctgov_record, err);
    return refuse_root(root, page, arena, err);
}

static bool read_answer(const struct remote_query *query, const struct remote_options *options,
                        const char *state, const struct remote_answer *answer,
                        const struct record_sink *sink, const struct format_warnings *warnings,
                        struct arena *arena, struct remote_page *out, struct error *err)
{
    struct page page = {.title = "ClinicalTrials.gov",
                        .query = query,
                        .sink = sink,
                        .warnings = warnings,
                        .out = out};
    return page_read(&page, options, state, answer, read_root, arena, err);
}

/* "`query.recrs` is unknown parameter", as plain text. */
static const char *refusal(const struct remote_answer *answer, struct arena *arena)
{
    json_t *root = payload_of_refusal(answer);
    const char *words = error_of(root, arena);
    json_decref(root);
    return words == NULL ? payload_words(answer, arena) : words;
}

const struct remote remote_ctgov = {
    .name = "ctgov",
    .title = "ClinicalTrials.gov",
    .base_url = "https://clinicaltrials.gov/api/v2",
    .request = request,
    .read = read_answer,
    .refusal = refusal,
};
