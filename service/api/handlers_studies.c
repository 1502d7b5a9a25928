/* /v1/studies: full-text search, and one study. */
#include "evidence/store/curation.h"
#include "service/api/api.h"
#include "service/api/application.h"
#include "service/api/page.h"
#include "service/api/reading.h"
#include "service/api/shapes.h"
#include "service/api/study_search.h"
#include "service/http/etag.h"
#include "service/http/query.h"

enum { LARGEST_OFFSET = 10000000, EARLIEST_YEAR = 1800, LATEST_YEAR = 2200 };

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
        const struct base *base = catalog_base(request->catalog);
        size_t place = base_study_place(base, ids[i]);
        if (place < base->study_count) /* else stored a moment ago, not yet in this catalog */
            shape_study_short(&json, base_study_read(base, place, request->arena), request->arena);
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
    if (!application_borrow_for(request, &lent, err))
        return false;
    bool good = store_search_publications(lent.store, text == NULL ? "" : text, screening, offset,
                                          limit, request->arena, &found, &count, &total, err);
    application_return_store(request->context, &lent);
    if (good)
        write_publications(request, answer, found, count, offset, total);
    return good;
}

/* ---- which are asked for ---- */

static bool read_ids(const struct request *request, struct study_filter *out, struct error *err)
{
    const struct base *base = catalog_base(request->catalog);
    const char *intervention = query_filled(request, "intervention");
    const char *condition = query_filled(request, "condition");
    if (intervention != NULL && (out->intervention = base_intervention(base, intervention)) == NULL)
        return unknown_parameter(request, "intervention", MEANING_INTERVENTION, intervention, err);
    if (condition != NULL && (out->condition = base_condition(base, condition)) == NULL)
        return unknown_parameter(request, "condition", MEANING_CONDITION, condition, err);
    return true;
}

static bool read_filter(const struct request *request, struct study_filter *out, struct error *err)
{
    bool retracted;
    const char *text = query_filled(request, "q");
    *out = study_filter_none;
    if (!query_choice(request, "design", design_names, &out->design, err) ||
        !query_truth(request, "retracted", false, &retracted, err) ||
        !query_count(request, "year", EARLIEST_YEAR, LATEST_YEAR, COUNT_UNKNOWN, &out->year, err))
        return false;
    if (query_filled(request, "retracted") != NULL)
        out->retracted = retracted;
    if (text != NULL)
        out->text = text;
    return read_ids(request, out, err);
}

/* ---- the curated ones ---- */

/* What the store counts and cuts by itself. */
static bool list_by_words(const struct request *request, struct answer *answer, const char *text,
                          size_t offset, size_t limit, struct error *err)
{
    struct lent_store lent;
    const char **ids;
    size_t count;
    size_t total;
    if (!application_borrow_for(request, &lent, err))
        return false;
    bool good = store_search_studies(lent.store, text, offset, limit, request->arena, &ids, &count,
                                     &total, err);
    application_return_store(request->context, &lent);
    if (good)
        write_found(request, answer, ids, count, offset, total);
    return good;
}

static bool list_filtered(const struct request *request, struct answer *answer,
                          const struct study_filter *filter, size_t offset, size_t limit,
                          struct error *err)
{
    const struct base *base = catalog_base(request->catalog);
    size_t *found;
    size_t count;
    size_t total = 0;
    if (!study_search(request, filter->text, &found, &count, err))
        return false;
    struct arena *scratch = arena_new();
    const char **ids = arena_array(request->arena, limit + 1, sizeof *ids);
    size_t kept = 0;
    for (size_t i = 0; i < count; i++) {
        arena_clear(scratch);
        if (!study_filter_takes(filter, base, base_study_read(base, found[i], scratch)))
            continue;
        if (total++ >= offset && kept < limit)
            ids[kept++] = base_study_id(base, found[i]);
    }
    arena_free(scratch);
    write_found(request, answer, ids, kept, offset, total);
    return true;
}

bool get_studies(const struct request *request, struct answer *answer, struct error *err)
{
    static const char *const known[] = {"q",      "status",    "intervention", "condition",
                                        "design", "retracted", "year",         "limit",
                                        "cursor", NULL};
    static const char *const statuses[] = {"curated", "unscreened", "included", "excluded", NULL};
    struct study_filter filter;
    int limit;
    int status;
    size_t offset;
    if (!query_only(request, known, err) || !query_limit(request, &limit, err) ||
        !query_choice(request, "status", statuses, &status, err) ||
        !read_offset(request, &offset, err) || !read_filter(request, &filter, err))
        return false;
    bool by_words = study_filter_is_by_words(&filter);
    if (status > 0 && !by_words)
        return query_problem(request, "status", err,
                             "what nobody has looked at cannot be asked for by what it is about: "
                             "leave out intervention, condition, design, retracted and year");
    if (status > 0)
        return list_publications(request, answer, (enum screening)(status - 1), offset,
                                 (size_t)limit, err);
    if (by_words)
        return list_by_words(request, answer, filter.text, offset, (size_t)limit, err);
    return list_filtered(request, answer, &filter, offset, (size_t)limit, err);
}

/* ---- one ---- */

static bool answer_publication(const struct request *request, struct answer *answer, const char *id,
                               struct error *err)
{
    struct publication_view view;
    struct error missing = {0};
    struct json_writer json;
    if (!study_find_publication(request, id, &view, &missing)) {
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
    const struct study *study = study_find(request, id);
    if (study == NULL)
        return answer_publication(request, answer, id, err);
    reading_json(request, answer, &json);
    shape_study(&json, request->catalog, study, request->arena);
    tell_version(request, answer, study);
    return true;
}
