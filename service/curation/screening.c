/* /v1/screening: what waits to be screened, what could move a verdict first; and a decision. */
#include <string.h>

#include "service/api/api.h"
#include "service/api/application.h"
#include "service/api/page.h"
#include "service/api/publication_shape.h"
#include "service/api/shapes.h"
#include "service/curation/queue.h"
#include "service/curation/writing.h"
#include "service/http/query.h"

enum {
    LARGEST_OFFSET = 10000000,
    WEIGHED_MOST = 2000 /* the newest of them: more than anybody screens before asking again */
};

/* ---- GET ---- */

/* What is asked for. */
struct asked {
    const char *text;
    enum screening status;
    size_t offset;
    size_t limit;
};

static bool read_asked(const struct request *request, struct asked *out, struct error *err)
{
    static const char *const known[] = {"q", "status", "limit", "cursor", NULL};
    int limit;
    int offset;
    int status;
    if (!query_only(request, known, err) || !query_limit(request, &limit, err) ||
        !query_choice(request, "status", screening_names, &status, err) ||
        !query_count(request, "cursor", 0, LARGEST_OFFSET, 0, &offset, err))
        return false;
    *out = (struct asked){.text = query_filled(request, "q"),
                          .status = status < 0 ? SCREENING_UNSCREENED : (enum screening)status,
                          .offset = (size_t)offset,
                          .limit = (size_t)limit};
    return true;
}

/* By weight only where all are asked for: a search has an order of its own. */
static bool is_queue(const struct asked *asked)
{
    return asked->text == NULL && asked->status == SCREENING_UNSCREENED;
}

/* What is found, from the first that is asked for on. */
struct found {
    struct queued *items;
    size_t count;
    size_t total;
};

/* A page of the store holds STORE_SEARCH_MOST at most. */
static bool collect(struct store *store, const struct asked *asked, size_t offset, size_t most,
                    struct arena *arena, struct publication **out, size_t *count, size_t *total,
                    struct error *err)
{
    struct publication *all = arena_array(arena, most, sizeof *all);
    *count = 0;
    for (;;) {
        size_t left = most - *count;
        size_t got = 0;
        struct publication *some = NULL;
        if (!store_search_publications(store, asked->text == NULL ? "" : asked->text, asked->status,
                                       offset + *count,
                                       left < STORE_SEARCH_MOST ? left : STORE_SEARCH_MOST, arena,
                                       &some, &got, total, err))
            return false;
        memcpy(all + *count, some, got * sizeof *some);
        *count += got;
        if (got == 0 || *count == most)
            break;
    }
    *out = all;
    return true;
}

static bool find(const struct request *request, const struct asked *asked, struct store *store,
                 struct found *out, struct error *err)
{
    bool whole = is_queue(asked);
    struct publication *publications = NULL;
    size_t count = 0;
    if (!collect(store, asked, whole ? 0 : asked->offset, whole ? WEIGHED_MOST : asked->limit,
                 request->arena, &publications, &count, &out->total, err))
        return false;
    out->items = queue_order(request->catalog, publications, count, request->arena, whole);
    size_t skipped = whole ? asked->offset : 0;
    skipped = skipped < count ? skipped : count;
    out->items += skipped;
    out->count = count - skipped < asked->limit ? count - skipped : asked->limit;
    return true;
}

static void put_about(struct json_writer *json, const struct queued *queued)
{
    json_field_object(json, "about");
    json_put_key(json, "intervention");
    shape_name(json, queued->intervention == NULL ? NULL : queued->intervention->id,
               queued->intervention == NULL ? NULL : queued->intervention->name);
    json_put_key(json, "condition");
    shape_name(json, queued->condition == NULL ? NULL : queued->condition->id,
               queued->condition == NULL ? NULL : queued->condition->name);
    json_end_object(json);
}

static void put_queued(struct json_writer *json, const struct queued *queued, struct arena *arena)
{
    json_begin_object(json);
    json_put_key(json, "publication");
    shape_publication_short(json, queued->publication, arena);
    json_field_text(json, "abstract", queued->publication->merged.abstract);
    put_about(json, queued);
    json_field_real(json, "weight", queued->weight);
    json_field_text(json, "why", queued->why);
    json_put_key(json, "now");
    if (queued->headline == NULL)
        json_put_nothing(json);
    else
        shape_headline_short(json, queued->headline);
    json_end_object(json);
}

static void write_found(const struct request *request, struct answer *answer,
                        const struct asked *asked, const struct found *found)
{
    struct json_writer json;
    size_t end = asked->offset + found->count;
    size_t reachable = is_queue(asked) && found->total > WEIGHED_MOST ? WEIGHED_MOST : found->total;
    const char *next =
        found->count > 0 && end < reachable ? arena_printf(request->arena, "%zu", end) : NULL;
    answer_json(answer, &json);
    json_begin_object(&json);
    json_field_count(&json, "total", (long long)found->total);
    json_field_array(&json, "items");
    for (size_t i = 0; i < found->count; i++)
        put_queued(&json, &found->items[i], request->arena);
    json_end_array(&json);
    json_field_text(&json, "next", next);
    json_end_object(&json);
    if (next != NULL)
        page_link_next(request, answer, next);
}

bool get_screening(const struct request *request, struct answer *answer, struct error *err)
{
    struct asked asked;
    struct found found = {0};
    struct lent_store lent;
    if (!read_asked(request, &asked, err) || !application_borrow_for(request, &lent, err))
        return false;
    bool good = find(request, &asked, lent.store, &found, err);
    application_return_store(request->context, &lent);
    if (good)
        write_found(request, answer, &asked, &found);
    return good;
}

/* ---- PATCH ---- */

static const char *known_intervention(const struct json_reader *at, const struct base *base)
{
    const char *id = json_get_text(at, "intervention", OPTIONAL);
    if (id != NULL && base_intervention(base, id) == NULL)
        json_problem(at, "intervention", "no intervention \"%s\" in this base", id);
    return id;
}

static const char *known_condition(const struct json_reader *at, const struct base *base)
{
    const char *id = json_get_text(at, "condition", OPTIONAL);
    if (id != NULL && base_condition(base, id) == NULL)
        json_problem(at, "condition", "no condition \"%s\" in this base", id);
    return id;
}

static bool read_decision(const struct writing *writing, struct screening_decision *out,
                          struct error *err)
{
    const struct request *request = writing->request;
    const struct base *base = catalog_base(request->catalog);
    struct json_reader at = json_root(writing->body, NULL, request->problems);
    struct screening_topic *topic = arena_alloc(request->arena, sizeof *topic);
    json_fields(&at, (const char *const[]){"decision", "intervention", "condition", NULL});
    int decision = json_get_choice(&at, "decision", REQUIRED, screening_names);
    *topic = (struct screening_topic){known_intervention(&at, base), known_condition(&at, base)};
    *out = (struct screening_decision){
        .decision = decision < 0 ? SCREENING_UNSCREENED : (enum screening)decision,
        .reason = writing->stamp.reason,
        .who = writing->stamp.actor,
        .at = request->now,
        .topics = topic,
        .topic_count = topic->intervention != NULL || topic->condition != NULL};
    if (out->decision == SCREENING_EXCLUDED && out->reason == NULL)
        json_problem(&at, "reason", "say why it is left out");
    if (out->decision == SCREENING_INCLUDED && topic->condition == NULL)
        json_problem(&at, "condition", "say which complaint its people had");
    return problems_none(request->problems, err);
}

static void write_decision(const struct writing *writing, const struct publication *publication,
                           const struct screening_decision *decision)
{
    struct json_writer json;
    const struct screening_topic *topic = decision->topics;
    answer_json(writing->answer, &json);
    json_begin_object(&json);
    json_field_text(&json, "study", publication->id);
    json_field_text(&json, "decision", screening_names[decision->decision]);
    json_field_text(&json, "reason", decision->reason);
    json_field_text(&json, "intervention", topic->intervention);
    json_field_text(&json, "condition", topic->condition);
    json_field_text(&json, "before", screening_names[publication->screening]);
    json_end_object(&json);
}

static bool screen(struct writing *writing, const struct screening_decision *decision,
                   struct error *err)
{
    const struct request *request = writing->request;
    const char *id = request_part(request, "study");
    struct publication publication;
    struct error missing = {0};
    if (!store_find_publication(writing->edit.store, id, request->arena, &publication, &missing))
        return missing.kind == ERROR_NOT_FOUND
                   ? answer_refuse(request, writing->answer, REFUSAL_NOT_FOUND,
                                   "no publication \"%s\" was brought in by an import", id)
                   : error_set(err, missing.kind, "%s", missing.message);
    if (publication.study != NULL)
        return answer_refuse(request, writing->answer, REFUSAL_CONFLICT,
                             "it is the study %s of the base already", publication.study);
    if (!store_screen(writing->edit.store, publication.key, decision, err))
        return false;
    write_decision(writing, &publication, decision);
    return true;
}

bool patch_screening(const struct request *request, struct answer *answer, struct error *err)
{
    struct writing writing;
    struct screening_decision decision;
    bool again = false;
    bool good = writing_read(request, answer, &writing, err) &&
                read_decision(&writing, &decision, err) && writing_begin(&writing, &again, err);
    if (good && !again)
        good = writing_end(&writing, screen(&writing, &decision, err), NULL, err);
    writing_release(&writing);
    return good;
}
