#include "importers/sources/pubmed_request.h"

#include <limits.h>
#include <string.h>

#include "evidence/base/buffer.h"
#include "importers/sources/all.h"
#include "importers/sources/query.h"

enum {
    PAGE_MOST = 200, /* more in one answer are refused or cut now and then */
    URL_MOST = 1800  /* beyond that parameters are posted */
};

/* -- how much -- */

static long least(long a, long b)
{
    return a < b ? a : b;
}

long pubmed_request_end(const struct remote_query *query, const struct pubmed_place *place)
{
    long count = place->count < 0 ? PUBMED_SEARCH_MOST : place->count;
    if (query->limit == 0 || query->limit > LONG_MAX)
        return count;
    return least(count, (long)query->limit - place->before);
}

bool pubmed_request_is_enough(const struct remote_query *query, const struct pubmed_place *place)
{
    return query->limit > 0 && (size_t)(place->before + place->at) >= query->limit;
}

long pubmed_request_length(const struct remote_query *query, const struct remote_options *options,
                           const struct pubmed_place *place)
{
    long page = (long)query_page_size(query, options, PAGE_MOST, PAGE_MOST);
    return least(page, pubmed_request_end(query, place) - place->at);
}

/* -- what to search for -- */

/* Brackets and quotes that open and close: others would take what is put around them for theirs. */
static bool is_balanced(const char *text)
{
    long open = 0;
    bool quoted = false;
    for (; *text != '\0'; text++) {
        if (*text == '"')
            quoted = !quoted;
        else if (!quoted && *text == '(')
            open++;
        else if (!quoted && *text == ')' && --open < 0)
            return false;
    }
    return open == 0 && !quoted;
}

/* "2026-01-31" in any of two dates: a range of each up to a year that never comes. */
static void add_since(struct buffer *term, const char *since, struct arena *arena)
{
    char *day = arena_strdup(arena, since);
    day[4] = day[7] = '/';
    buffer_printf(term,
                  " AND ((\"%s\"[Date - Create] : \"3000\"[Date - Create]) OR "
                  "(\"%s\"[Date - Modification] : \"3000\"[Date - Modification]))",
                  day, day);
}

static bool make_term(const struct remote_query *query, const struct pubmed_place *place,
                      struct arena *arena, struct buffer *term, struct error *err)
{
    if (query->since == NULL && place->part != PUBMED_PMIDS) {
        buffer_text(term, query->text);
        return true;
    }
    if (!is_balanced(query->text))
        return error_set(err, ERROR_INVALID,
                         "the brackets or quotes of the query do not close, so that no date can be "
                         "put to it: %.200s",
                         query->text);
    buffer_printf(term, "(%s)", query->text);
    if (query->since != NULL)
        add_since(term, query->since, arena);
    if (place->part == PUBMED_PMIDS)
        buffer_printf(term, " AND %ld:%ld[UID]", place->first, place->last);
    return true;
}

static void put_days(struct buffer *parameters, const struct pubmed_place *place,
                     struct arena *arena)
{
    bool days = place->part == PUBMED_DAYS;
    if (place->part == PUBMED_WHOLE)
        return;
    query_put(parameters, "datetype", "edat");
    query_put(parameters, "mindate", pubmed_place_day(days ? place->first : place->day, arena));
    query_put(parameters, "maxdate", pubmed_place_day(days ? place->last : place->day, arena));
}

/* Where some are behind us, the last of them is asked for too, to see whether it still stands in
 * its place. */
static void put_list(struct buffer *parameters, const struct remote_query *query,
                     const struct remote_options *options, const struct pubmed_place *place)
{
    long look = place->newest == NULL ? 0 : 1;
    long length = place->listing ? pubmed_request_length(query, options, place) : 0;
    if (place->listing || look > 0)
        query_put_count(parameters, "retstart", (size_t)(place->at - look));
    query_put_count(parameters, "retmax", (size_t)(length + look));
    query_put(parameters, "usehistory", place->listing ? NULL : "y");
    query_put(parameters, "retmode", "json");
}

static bool put_search(struct buffer *parameters, const struct remote_query *query,
                       const struct remote_options *options, const struct pubmed_place *place,
                       struct arena *arena, struct error *err)
{
    struct buffer term = {0};
    bool made = make_term(query, place, arena, &term, err);
    if (made) {
        query_put(parameters, "term", buffer_string(&term));
        put_days(parameters, place, arena);
        put_list(parameters, query, options, place);
    }
    buffer_release(&term);
    return made;
}

static void put_fetch(struct buffer *parameters, const struct remote_query *query,
                      const struct remote_options *options, const struct pubmed_place *place)
{
    if (place->ids != NULL) {
        query_put(parameters, "id", place->ids);
    } else {
        query_put(parameters, "WebEnv", place->webenv);
        query_put_count(parameters, "query_key", (size_t)place->query_key);
        query_put_count(parameters, "retstart", (size_t)place->at);
        query_put_count(parameters, "retmax", (size_t)pubmed_request_length(query, options, place));
    }
    query_put(parameters, "retmode", "xml");
}

/* `parameters` begins with '?'. */
static void finish(const struct buffer *parameters, const char *tool,
                   const struct remote_options *options, struct arena *arena,
                   struct remote_request *out)
{
    const char *base = query_base(options, &remote_pubmed);
    const char *text = buffer_string(parameters);
    bool post = strlen(base) + strlen(tool) + parameters->length > URL_MOST;
    *out = (struct remote_request){
        .url = arena_printf(arena, "%s/%s%s", base, tool, post ? "" : text),
        .form = post ? arena_strdup(arena, text + 1) : NULL,
        .per_second = options->api_key == NULL ? 1 / 0.35 : 1 / 0.133,
    };
}

bool pubmed_request(const struct remote_query *query, const struct remote_options *options,
                    const char *state, struct arena *arena, struct remote_request *out,
                    struct error *err)
{
    struct pubmed_place place;
    struct buffer parameters = {0};
    if (!query_check(query, err) || !pubmed_place_read(state, arena, &place, err))
        return false;
    bool search = pubmed_place_is_search(&place);
    query_put(&parameters, "db", "pubmed");
    query_put(&parameters, "tool", "touchstone");
    query_put(&parameters, "email", options->contact);
    query_put(&parameters, "api_key", options->api_key);
    bool made = true;
    if (search)
        made = put_search(&parameters, query, options, &place, arena, err);
    else
        put_fetch(&parameters, query, options, &place);
    if (made) {
        finish(&parameters, search ? "esearch.fcgi" : "efetch.fcgi", options, arena, out);
        out->accept = search ? "application/json" : "application/xml, text/xml";
    }
    buffer_release(&parameters);
    return made;
}
