/*
 * OpenAlex, works.
 *
 * Source: https://developers.openalex.org (api-reference: authentication, errors) and REFERENCE.md,
 * section 3. From February 2026 on a free key is asked for; without one a little is given, but no
 * cursor.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "importers/intake/identifier.h"
#include "importers/sources/all.h"
#include "importers/sources/day.h"
#include "importers/sources/field.h"
#include "importers/sources/openalex_record.h"
#include "importers/sources/payload.h"
#include "importers/sources/query.h"

enum {
    PAGE_MOST = 100,
    WITHOUT_KEY_MOST = 10000 /* records that can be paged through by number */
};

static const double per_second = 10; /* 100 are allowed */

static const char numbered[] = "page="; /* a state without a cursor */

/* The query's own parameters, where it is written in them. */
static const char *const parameters[] = {"search", "search.exact", "filter", "sort", NULL};

/* The filters of works up to their first full stop (the service lists them when one is wrong). */
static const char *const filters[] = {"abstract",
                                      "apc_list",
                                      "apc_paid",
                                      "author",
                                      "authors_count",
                                      "authorships",
                                      "awards",
                                      "best_oa_location",
                                      "best_open_version",
                                      "biblio",
                                      "citation_normalized_percentile",
                                      "cited_by",
                                      "cited_by_count",
                                      "cited_by_percentile_year",
                                      "cites",
                                      "concept",
                                      "concepts",
                                      "concepts_count",
                                      "corresponding_author_ids",
                                      "corresponding_institution_ids",
                                      "countries_distinct_count",
                                      "created_date",
                                      "datasets",
                                      "default",
                                      "display_name",
                                      "doi",
                                      "doi_starts_with",
                                      "from_created_date",
                                      "from_publication_date",
                                      "from_updated_date",
                                      "fulltext",
                                      "fulltext_origin",
                                      "funders",
                                      "fwci",
                                      "has_abstract",
                                      "has_content",
                                      "has_doi",
                                      "has_embeddings",
                                      "has_fulltext",
                                      "has_oa_accepted_or_published_version",
                                      "has_oa_submitted_version",
                                      "has_old_authors",
                                      "has_orcid",
                                      "has_pdf_url",
                                      "has_pmcid",
                                      "has_pmid",
                                      "has_raw_affiliation_strings",
                                      "has_references",
                                      "ids",
                                      "indexed_in",
                                      "institution",
                                      "institution_assertions",
                                      "institutions",
                                      "institutions_distinct_count",
                                      "is_corresponding",
                                      "is_oa",
                                      "is_paratext",
                                      "is_retracted",
                                      "is_xpac",
                                      "journal",
                                      "keyword",
                                      "keywords",
                                      "language",
                                      "locations",
                                      "locations_count",
                                      "mag",
                                      "mag_only",
                                      "oa_status",
                                      "open_access",
                                      "openalex",
                                      "openalex_id",
                                      "pmcid",
                                      "pmid",
                                      "primary_location",
                                      "primary_topic",
                                      "publication_date",
                                      "publication_year",
                                      "raw_affiliation_strings",
                                      "raw_author_name",
                                      "referenced_works",
                                      "referenced_works_count",
                                      "related_to",
                                      "repository",
                                      "semantic",
                                      "sustainable_development_goals",
                                      "title",
                                      "title_and_abstract",
                                      "to_created_date",
                                      "to_publication_date",
                                      "to_updated_date",
                                      "topics",
                                      "topics_count",
                                      "type",
                                      "type_crossref",
                                      "updated_date",
                                      "version",
                                      NULL};

/* ---- requests ---- */

/* "W2741809807" */
static const char *work_id(const char *text, struct arena *arena)
{
    static const char address[] = "https://openalex.org/";
    if (strncasecmp(text, address, strlen(address)) == 0)
        text += strlen(address);
    size_t digits = strspn(text + (*text != '\0'), "0123456789");
    if ((*text != 'W' && *text != 'w') || digits == 0 || text[1 + digits] != '\0')
        return NULL;
    return arena_printf(arena, "W%s", text + 1);
}

/* "pmid:123", not a bare number. */
static const char *labelled_pmid(const char *text, struct arena *arena)
{
    return strspn(text, "0123456789") == strlen(text) ? NULL : identifier_pmid(text, arena);
}

/* What stands behind "/works/" for a single work, which costs nothing; NULL for a search. */
static const char *single_work(const struct remote_query *query, struct arena *arena)
{
    const char *id = query_identifier(query->text, work_id, arena);
    const char *doi = query_identifier(query->text, identifier_doi, arena);
    const char *pmid = query_identifier(query->text, labelled_pmid, arena);
    const char *pmcid = query_identifier(query->text, identifier_pmcid, arena);
    if (id != NULL)
        return id;
    if (doi != NULL)
        return arena_printf(arena, "doi:%s", doi);
    if (pmcid != NULL)
        return arena_printf(arena, "pmcid:%s", pmcid);
    return pmid == NULL ? NULL : arena_printf(arena, "pmid:%s", pmid);
}

/*
 * from_updated_date and from_created_date need a paid plan ("Plan upgrade required"); whoever has
 * one can write them in a filter. Without them: what came out from a year before that day on, since
 * works reach OpenAlex months after they came out, and of these the ones that changed (each says
 * when). What happens to older works is for PubMed and Crossref to tell.
 */
static const char *since_filter(const char *since, struct arena *arena)
{
    int year = atoi(since) - 1;
    const char *rest = strcmp(since + 4, "-02-29") == 0 ? "-02-28" : since + 4;
    return arena_printf(arena, "from_publication_date:%04d%s", year, rest);
}

static void put_search(struct buffer *url, const struct remote_query *query, struct arena *arena)
{
    struct query_parameter *own = NULL;
    size_t count = query_parameters(query->text, parameters, arena, &own);
    const char *filter = query_put_own(url, own, count, "filter");
    if (count == 0 && query_is_filter(query->text, filters))
        filter = query->text;
    else if (count == 0)
        query_put(url, "search", query->text);
    const char *day = query->since == NULL ? NULL : since_filter(query->since, arena);
    if (filter != NULL && day != NULL)
        filter = arena_printf(arena, "%s,%s", filter, day);
    query_put(url, "filter", filter == NULL ? day : filter);
}

static size_t page_size(const struct remote_query *query, const struct remote_options *options)
{
    return query_page_size(query, options, PAGE_MOST, PAGE_MOST);
}

/* The number of the page that a state asks for; 0 for a cursor. A start without a key has none. */
static size_t page_number(const struct paging *at, const struct remote_options *options)
{
    if (at->token == NULL)
        return options->api_key == NULL ? 1 : 0;
    if (strncmp(at->token, numbered, strlen(numbered)) != 0)
        return 0;
    int number = atoi(at->token + strlen(numbered));
    return number > 0 && number <= WITHOUT_KEY_MOST ? (size_t)number : 1;
}

static void put_place(struct buffer *url, const struct paging *at,
                      const struct remote_options *options)
{
    size_t number = page_number(at, options);
    if (number > 0)
        query_put_count(url, "page", number);
    else
        query_put(url, "cursor", at->token == NULL ? "*" : at->token);
}

static bool request(const struct remote_query *query, const struct remote_options *options,
                    const char *state, struct arena *arena, struct remote_request *out,
                    struct error *err)
{
    struct paging at;
    struct buffer url = {0};
    if (!query_check(query, err) || !paging_read(state, arena, &at, err))
        return false;
    const char *one = single_work(query, arena);
    buffer_printf(&url, "%s/works", query_base(options, &remote_openalex));
    if (one != NULL) {
        buffer_byte(&url, '/');
        query_escape(&url, one, ":/");
    } else {
        put_search(&url, query, arena);
        query_put_count(&url, "per_page", page_size(query, options));
        put_place(&url, &at, options);
    }
    query_put(&url, "api_key", options->api_key);
    *out = (struct remote_request){.url = arena_strdup(arena, buffer_string(&url)),
                                   .accept = "application/json",
                                   .per_second = per_second};
    bool fits = query_fits(&url, err);
    buffer_release(&url);
    return fits;
}

/* ---- answers ---- */

/* {"error": "Invalid query parameters error.", "message": "…"} */
static const char *error_of(const json_t *root, struct arena *arena)
{
    const char *error = field_markup(root, "error", arena);
    const char *message = field_markup(root, "message", arena);
    if (error != NULL && message != NULL)
        error = arena_printf(arena, "%s %s", error, message);
    return payload_brief(error == NULL ? message : error, arena);
}

static const char *next_number(const json_t *root, const struct page *page, size_t number,
                               size_t size, struct arena *arena)
{
    size_t results = field_length(root, "results");
    size_t reached = number * size;
    long total = page->out->total;
    if (results < size || (total >= 0 && reached >= (size_t)total))
        return NULL;
    if (reached + size <= WITHOUT_KEY_MOST)
        return arena_printf(arena, "%s%zu", numbered, number + 1);
    if (!page_is_full(page))
        page_warn(page,
                  "gives %d works without a key, and %ld match; a key is free at "
                  "openalex.org/settings/api",
                  (int)WITHOUT_KEY_MOST, total);
    return NULL;
}

static const char *next_cursor(const json_t *root, const struct page *page)
{
    const char *next = field_bytes(root, "meta.next_cursor");
    const char *this = page->at.token == NULL ? "*" : page->at.token;
    bool last = next == NULL || strcmp(next, this) == 0 || field_length(root, "results") == 0;
    return last ? NULL : next;
}

static bool read_list(const json_t *root, const struct remote_options *options, struct page *page,
                      struct arena *arena, struct error *err)
{
    size_t number = page_number(&page->at, options);
    int given = field_count(root, "meta.per_page", 1, PAGE_MOST);
    size_t size = page_size(page->query, options);
    if (given > 0 && (size_t)given < size)
        size = (size_t)given;
    page_tell_total(page, field_number(root, "meta.count"));
    if (!page_take(page, field_at(root, "results"), openalex_record, err))
        return false;
    const char *next =
        number > 0 ? next_number(root, page, number, size, arena) : next_cursor(root, page);
    return page_go_on(page, next, arena, err);
}

static bool read_root(json_t *root, const struct remote_options *options, struct page *page,
                      struct arena *arena, struct error *err)
{
    const char *id = field_bytes(root, "id");
    if (json_is_array(field_at(root, "results")))
        return read_list(root, options, page, arena, err);
    if (id != NULL && strstr(id, "/W") != NULL)
        return page_take_one(page, root, openalex_record, err);
    return payload_unexpected(page->title, error_of(root, arena), err);
}

static bool read_answer(const struct remote_query *query, const struct remote_options *options,
                        const char *state, const struct remote_answer *answer,
                        const struct record_sink *sink, const struct format_warnings *warnings,
                        struct arena *arena, struct remote_page *out, struct error *err)
{
    struct page page = {
        .title = "OpenAlex", .query = query, .sink = sink, .warnings = warnings, .out = out};
    return page_read(&page, options, state, answer, read_root, arena, err);
}

/* ---- refusals ---- */

/* What to do about a refusal, behind the service's own words; "" where those are enough. A plan is
 * refused with the status of a rate, so the words count. */
static const char *advice(int status, const char *words)
{
    if (words != NULL && strcasestr(words, "plan") != NULL)
        return "; leave the dates of creation and update out of the filter";
    if (words != NULL && strcasestr(words, "budget") != NULL)
        return "; the day's allowance is used up and comes back at midnight UTC, and a free key "
               "from openalex.org/settings/api gives a larger one";
    if (status == 401 || status == 403)
        return "; give a key, which is free at openalex.org/settings/api";
    return "";
}

static const char *refusal(const struct remote_answer *answer, struct arena *arena)
{
    json_t *root = payload_of_refusal(answer);
    const char *words = error_of(root, arena);
    json_decref(root);
    if (words == NULL)
        words = payload_words(answer, arena);
    const char *then = advice(answer->status, words);
    if (words == NULL)
        return *then == '\0' ? NULL : then + 2;
    return arena_printf(arena, "%s%s", words, then);
}

const struct remote remote_openalex = {
    .name = "openalex",
    .title = "OpenAlex",
    .base_url = "https://api.openalex.org",
    .request = request,
    .read = read_answer,
    .refusal = refusal,
};
