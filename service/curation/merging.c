/*
 * /v1/duplicates: publications that may be one, for a person to judge. POST /v1/merges makes two
 * one, DELETE /v1/merges/{id} makes them two again, POST /v1/duplicates says that two are two.
 */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "evidence/judgement/knowledge.h"
#include "importers/intake/intake.h"
#include "service/api/api.h"
#include "service/api/application.h"
#include "service/api/publication_shape.h"
#include "service/curation/writing.h"
#include "service/http/query.h"

enum { MOST_DIGITS = 18 };

/* ---- one publication's ---- */

static bool find(const struct request *request, struct answer *answer, struct store *store,
                 const char *id, struct publication *out, struct error *err)
{
    struct error missing = {0};
    if (store_find_publication(store, id, request->arena, out, &missing))
        return true;
    if (missing.kind == ERROR_NOT_FOUND)
        return answer_refuse(request, answer, REFUSAL_NOT_FOUND, "there is no publication \"%s\"",
                             id);
    return error_set(err, missing.kind, "%s", missing.message);
}

static void put_merges(struct json_writer *json, const struct merge *merges, size_t count)
{
    json_field_array(json, "merges");
    for (size_t i = 0; i < count; i++) {
        json_begin_object(json);
        json_field_count(json, "id", merges[i].key);
        json_field_text(json, "from", merges[i].from_id);
        json_field_text(json, "reason", merges[i].reason);
        json_field_real(json, "likeness", merges[i].score);
        json_field_text(json, "who", merges[i].who);
        json_field_count(json, "records", (long long)merges[i].record_count);
        json_end_object(json);
    }
    json_end_array(json);
}

static bool write_kin(const struct request *request, struct answer *answer, struct store *store,
                      struct error *err)
{
    struct publication publication;
    const char *const *possible = NULL;
    struct merge *merges = NULL;
    size_t count = 0;
    struct json_writer json;
    if (!find(request, answer, store, request_part(request, "study"), &publication, err) ||
        !store_possible_duplicates(store, publication.key, request->arena, &possible, err) ||
        !store_merges(store, publication.key, request->arena, &merges, &count, err))
        return false;
    answer_json(answer, &json);
    json_begin_object(&json);
    json_field_text(&json, "study", publication.id);
    json_field_array(&json, "possible");
    for (; *possible != NULL; possible++)
        json_put_text(&json, *possible);
    json_end_array(&json);
    put_merges(&json, merges, count);
    json_end_object(&json);
    return true;
}

bool get_duplicates(const struct request *request, struct answer *answer, struct error *err)
{
    struct lent_store lent;
    if (!query_only(request, (const char *const[]){NULL}, err) ||
        !application_borrow_for(request, &lent, err))
        return false;
    bool good = write_kin(request, answer, lent.store, err);
    application_return_store(request->context, &lent);
    return good;
}

/* ---- two of them ---- */

struct pair {
    const char *one; /* that stays */
    const char *other;
};

static bool read_pair(const struct writing *writing, const char *one, const char *other,
                      struct pair *out, struct error *err)
{
    const struct request *request = writing->request;
    struct json_reader at = json_root(writing->body, NULL, request->problems);
    json_fields(&at, (const char *const[]){one, other, NULL});
    *out = (struct pair){json_get_text(&at, one, REQUIRED), json_get_text(&at, other, REQUIRED)};
    if (writing->stamp.reason == NULL)
        json_problem(&at, "reason", "say how you know");
    return problems_none(request->problems, err);
}

static bool find_pair(const struct writing *writing, const struct pair *pair,
                      struct publication *one, struct publication *other, struct error *err)
{
    const struct request *request = writing->request;
    struct store *store = writing->edit.store;
    return find(request, writing->answer, store, pair->one, one, err) &&
           find(request, writing->answer, store, pair->other, other, err) &&
           (one->key != other->key ||
            answer_refuse(request, writing->answer, REFUSAL_CONFLICT, "these two are one already"));
}

static struct intake_stamp stamp_of(const struct writing *writing)
{
    return (struct intake_stamp){.who = writing->stamp.actor, .now = writing->stamp.now};
}

static void write_pair(const struct writing *writing, const char *study, const char *with)
{
    struct json_writer json;
    answer_json(writing->answer, &json);
    json_begin_object(&json);
    json_field_text(&json, "study", study);
    json_field_text(&json, "with", with);
    json_end_object(&json);
}

/* What befell one of them may have reached a study of the base with the other. */
static bool follow_notices(struct writing *writing, const struct intake_stamp *stamp,
                           struct catalog **after, struct error *err)
{
    struct store_changes noted = {0};
    if (!store_notices_wait(writing->edit.store))
        return true;
    if (!store_apply_notices(writing->edit.store, stamp, &noted, err))
        return false;
    if (noted.changed == 0)
        return true;
    *after = knowledge_load(writing->edit.store, err);
    return *after != NULL;
}

static bool merge_pair(struct writing *writing, const struct pair *pair, struct catalog **after,
                       struct error *err)
{
    const struct intake_stamp stamp = stamp_of(writing);
    const struct joining joining = {.reason = "person", .score = NAN};
    struct publication one;
    struct publication other;
    if (!find_pair(writing, pair, &one, &other, err) ||
        !store_merge(writing->edit.store, one.key, other.key, &joining, &stamp, err) ||
        !intake_settle(writing->edit.store, one.key, &stamp, err) ||
        !follow_notices(writing, &stamp, after, err))
        return false;
    write_pair(writing, one.id, other.id);
    return true;
}

bool post_merge(const struct request *request, struct answer *answer, struct error *err)
{
    struct writing writing;
    struct pair pair;
    struct catalog *after = NULL;
    bool again = false;
    bool good = writing_read(request, answer, &writing, err) &&
                read_pair(&writing, "into", "from", &pair, err) &&
                writing_begin(&writing, &again, err);
    if (good && !again) {
        bool merged = merge_pair(&writing, &pair, &after, err);
        good = writing_end(&writing, merged, after, err);
    }
    writing_release(&writing);
    return good;
}

/* ---- apart ---- */

/* Every record of the one is another publication than every record of the other. */
static bool part(struct writing *writing, const struct pair *pair, struct error *err)
{
    const struct intake_stamp stamp = stamp_of(writing);
    const struct joining joining = {.reason = writing->stamp.reason, .score = NAN};
    struct arena *arena = writing->request->arena;
    struct publication one;
    struct publication other;
    struct kept_record *ours = NULL;
    struct kept_record *theirs = NULL;
    size_t our_count = 0;
    size_t their_count = 0;
    if (!find_pair(writing, pair, &one, &other, err) ||
        !store_records(writing->edit.store, one.key, arena, &ours, &our_count, err) ||
        !store_records(writing->edit.store, other.key, arena, &theirs, &their_count, err))
        return false;
    for (size_t i = 0; i < our_count; i++)
        for (size_t j = 0; j < their_count; j++)
            if (!store_put_pair(writing->edit.store, ours[i].key, theirs[j].key, PAIR_APART,
                                &joining, &stamp, err))
                return false;
    write_pair(writing, one.id, other.id);
    return true;
}

bool post_duplicates(const struct request *request, struct answer *answer, struct error *err)
{
    struct writing writing;
    struct pair pair;
    bool again = false;
    bool good = writing_read(request, answer, &writing, err) &&
                read_pair(&writing, "one", "other", &pair, err) &&
                writing_begin(&writing, &again, err);
    if (good && !again)
        good = writing_end(&writing, part(&writing, &pair, err), NULL, err);
    writing_release(&writing);
    return good;
}

/* ---- two again ---- */

static bool split(struct writing *writing, int64_t merge, struct catalog **after, struct error *err)
{
    const struct intake_stamp stamp = stamp_of(writing);
    if (!intake_undo_merge(writing->edit.store, merge, &stamp, err) ||
        !follow_notices(writing, &stamp, after, err))
        return false;
    writing->answer->status = 204;
    return true;
}

bool delete_merge(const struct request *request, struct answer *answer, struct error *err)
{
    struct writing writing;
    struct catalog *after = NULL;
    const char *id = request_part(request, "merge");
    bool number = strlen(id) <= MOST_DIGITS && strspn(id, "0123456789") == strlen(id);
    bool again = false;
    bool good = writing_read(request, answer, &writing, err);
    if (good && !number)
        good = answer_refuse(request, answer, REFUSAL_NOT_FOUND, "there is no merge \"%s\"", id);
    good = good && writing_begin(&writing, &again, err);
    if (good && !again) {
        bool done = split(&writing, strtoll(id, NULL, 10), &after, err);
        good = writing_end(&writing, done, after, err);
    }
    writing_release(&writing);
    return good;
}
