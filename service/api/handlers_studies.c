/* /v1/studies: full-text search, and one study. */
#include <stdint.h>
#include <string.h>
#include <strings.h>

#include "evidence/store/curation.h"
#include "service/api/api.h"
#include "service/api/application.h"
#include "service/api/page.h"
#include "service/api/publication_shape.h"
#include "service/api/reading.h"
#include "service/api/shapes.h"
#include "service/http/etag.h"
#include "service/http/query.h"

enum { LARGEST_OFFSET = 10000000 };

/* Search results have no id order, so their cursor is a position. */
static bool read_offset(const struct request *request, size_t *out, struct error *err)
{
    int offset;
    if (!query_count(request, "cursor", 0, LARGEST_OFFSET, 0, &offset, err))
        return false;
    *out = (size_t)offset;
    return true;
}

static void write_found(const struct request *request, struct answer *answer, const char **ids,
                        size_t count, size_t offset, size_t total)
{
    struct json_writer json;
    reading_json(request, answer, &json);
    json_begin_object(&json);
    json_field_count(&json, "total", (long long)total);
    json_field_array(&json, "items");
    for (size_t i = 0; i < count; i++) {
        const struct study *study = base_study(catalog_base(request->catalog), ids[i]);
        if (study != NULL) /* stored a moment ago, not yet in this catalog */
            shape_study_short(&json, study, request->arena);
    }
    json_end_array(&json);
    bool more = offset + count < total && count > 0;
    const char *next = arena_printf(request->arena, "%zu", offset + count);
    json_field_text(&json, "next", more ? next : NULL);
    json_end_object(&json);
    if (more)
        page_link_next(request, answer, next);
}

static void write_publications(const struct request *request, struct answer *answer,
                               const struct publication *found, size_t count, size_t offset,
                               size_t total)
{
    struct json_writer json;
    answer_json(answer, &json);
    json_begin_object(&json);
    json_field_count(&json, "total", (long long)total);
    json_field_array(&json, "items");
    for (size_t i = 0; i < count; i++)
        shape_publication_short(&json, &found[i], request->arena);
    json_end_array(&json);
    bool more = offset + count < total && count > 0;
    const char *next = arena_printf(request->arena, "%zu", offset + count);
    json_field_text(&json, "next", more ? next : NULL);
    json_end_object(&json);
    if (more)
        page_link_next(request, answer, next);
}

/* What importers brought in, by what people have decided about it. */
static bool list_publications(const struct request *request, struct answer *answer,
                              enum screening screening, size_t offset, size_t limit,
                              struct error *err)
{
    const char *text = query_filled(request, "q");
    struct publication *found = NULL;
    size_t count;
    size_t total;
    struct lent_store lent;
    if (!application_borrow_store(request->context, &lent, err))
        return false;
    bool good = store_search_publications(lent.store, text == NULL ? "" : text, screening, offset,
                                          limit, request->arena, &found, &count, &total, err);
    application_return_store(request->context, &lent);
    if (good)
        write_publications(request, answer, found, count, offset, total);
    return good;
}

bool get_studies(const struct request *request, struct answer *answer, struct error *err)
{
    static const char *const known[] = {"q", "status", "limit", "cursor", NULL};
    static const char *const statuses[] = {"curated", "unscreened", "included", "excluded", NULL};
    int limit;
    int status;
    size_t offset;
    if (!query_only(request, known, err) || !query_limit(request, &limit, err) ||
        !query_choice(request, "status", statuses, &status, err) ||
        !read_offset(request, &offset, err))
        return false;
    if (status > 0)
        return list_publications(request, answer, (enum screening)(status - 1), offset,
                                 (size_t)limit, err);
    const char *text = query_filled(request, "q");
    struct lent_store lent;
    if (!application_borrow_store(request->context, &lent, err))
        return false;
    const char **ids;
    size_t count;
    size_t total;
    bool good = store_search_studies(lent.store, text == NULL ? "" : text, offset, (size_t)limit,
                                     request->arena, &ids, &count, &total, err);
    application_return_store(request->context, &lent);
    if (good)
        write_found(request, answer, ids, count, offset, total);
    return good;
}

static void lower(char *text, size_t length)
{
    for (size_t i = 0; i < length && text[i] != '\0'; i++)
        if (text[i] >= 'A' && text[i] <= 'Z')
            text[i] = (char)(text[i] - 'A' + 'a');
}

/* DOIs and the prefixes of ids are the same in any case; ours are in lower case. */
static const struct study *find_study(const struct request *request, const char *id)
{
    const struct base *base = catalog_base(request->catalog);
    const struct study *study = base_study(base, id);
    if (study != NULL)
        return study;
    char *spelt = arena_strdup(request->arena, id);
    lower(spelt, strcspn(spelt, ":"));
    bool any_case = strncmp(spelt, "doi:", 4) == 0 || strncmp(spelt, "nct:", 4) == 0;
    lower(spelt, any_case ? SIZE_MAX : 0);
    return base_study(base, spelt);
}

/* The same spelling for what is no curated study. */
static bool find_publication(const struct request *request, const char *id,
                             struct publication_view *out, struct error *err)
{
    struct lent_store lent;
    char *spelt = arena_strdup(request->arena, id);
    bool any_case = strncasecmp(spelt, "doi:", 4) == 0 || strncasecmp(spelt, "nct:", 4) == 0;
    lower(spelt, any_case ? SIZE_MAX : strcspn(spelt, ":"));
    if (!application_borrow_store(request->context, &lent, err))
        return false;
    bool found = publication_view_load(lent.store, spelt, request->arena, out, err);
    application_return_store(request->context, &lent);
    return found;
}

static bool answer_publication(const struct request *request, struct answer *answer, const char *id,
                               struct error *err)
{
    struct publication_view view;
    struct error missing = {0};
    struct json_writer json;
    if (!find_publication(request, id, &view, &missing)) {
        if (missing.kind != ERROR_NOT_FOUND)
            return error_set(err, missing.kind, "%s", missing.message);
        return answer_refuse(request, answer, REFUSAL_NOT_FOUND,
                             "no study \"%s\": ids are pmid:…, doi:…, pmcid:…, nct:… or ts:…; GET "
                             "/v1/studies?q= searches them",
                             id);
    }
    const struct study *study = NULL;
    if (view.publication.study != NULL) /* an identifier of it that the base does not know */
        study = base_study(catalog_base(request->catalog), view.publication.study);
    answer_json(answer, &json);
    if (study != NULL)
        shape_study(&json, request->catalog, study, request->arena);
    else
        shape_publication(&json, &view, request->arena);
    return true;
}

/* The tag begins with the version of the study itself, which a curator's change is made to
 * (If-Match); the rest tells the answer from others, as which ratings it feeds is no part of it. */
static void tell_version(const struct request *request, struct answer *answer,
                         const struct study *study)
{
    char version[HASH_SIZE];
    study_content_hash(study, version);
    answer->etag = arena_printf(request->arena, "%s.%s", version,
                                etag_of(answer->body.bytes, answer->body.length, request->arena));
}

bool get_study(const struct request *request, struct answer *answer, struct error *err)
{
    struct json_writer json;
    if (!query_only(request, (const char *const[]){NULL}, err))
        return false;
    const char *id = request_part(request, "id");
    const struct study *study = find_study(request, id);
    if (study == NULL)
        return answer_publication(request, answer, id, err);
    reading_json(request, answer, &json);
    shape_study(&json, request->catalog, study, request->arena);
    tell_version(request, answer, study);
    return true;
}
