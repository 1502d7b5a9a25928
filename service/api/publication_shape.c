#include "service/api/publication_shape.h"

#include <string.h>

#include "evidence/model/record_json.h"
#include "importers/intake/merge.h"
#include "service/api/import_shape.h"
#include "service/api/shapes.h"

bool publication_view_load(struct store *store, const char *id, struct arena *arena,
                           struct publication_view *out, struct error *err)
{
    struct kept_record *records = NULL;
    struct record_notice *notices = NULL;
    *out = (struct publication_view){0};
    if (!store_find_publication(store, id, arena, &out->publication, err))
        return false;
    int64_t key = out->publication.key;
    bool good = store_records(store, key, arena, &records, &out->record_count, err) &&
                store_notices(store, key, arena, &notices, &out->notice_count, err) &&
                store_linked_publications(store, key, arena, &out->linked, err) &&
                store_possible_duplicates(store, key, arena, &out->possible, err);
    out->records = records;
    out->notices = notices;
    return good;
}

/* ---- who it is ---- */

static const char *label_of(const struct publication *publication, struct arena *arena)
{
    const struct record *record = &publication->merged;
    if (record->author_count == 0)
        return publication->id;
    const struct author *first = &record->authors[0];
    const char *name = first->family != NULL ? first->family : first->group;
    if (name == NULL)
        return publication->id;
    return record->year == COUNT_UNKNOWN ? name : arena_printf(arena, "%s %d", name, record->year);
}

static const char *url_of(const struct record *record, struct arena *arena)
{
    if (record->pmid != NULL)
        return arena_printf(arena, "https://pubmed.ncbi.nlm.nih.gov/%s/", record->pmid);
    if (record->doi != NULL)
        return arena_printf(arena, "https://doi.org/%s", record->doi);
    if (record->pmcid != NULL)
        return arena_printf(arena, "https://pmc.ncbi.nlm.nih.gov/articles/%s/", record->pmcid);
    return record->url;
}

static void put_identity(struct json_writer *json, const struct publication *publication,
                         struct arena *arena)
{
    const struct record *record = &publication->merged;
    const struct machine_reading *machine = &record->machine;
    json_field_text(json, "id", publication->id);
    json_field_text(json, "label", label_of(publication, arena));
    json_field_text(json, "pmid", record->pmid);
    json_field_text(json, "doi", record->doi);
    json_field_text(json, "pmcid", record->pmcid);
    json_field_text(json, "title", record->title);
    shape_authors(json, record->authors, record->author_count, record->authors_complete);
    json_field_count(json, "year", record->year);
    json_field_text(json, "journal", record->journal);
    json_field_text(json, "design", machine->design_known ? design_names[machine->design] : NULL);
    json_field_text(json, "design_by", machine->design_known ? "machine" : NULL);
    json_field_count(json, "participants", machine->participants);
    json_field_text(json, "participants_by",
                    machine->participants == COUNT_UNKNOWN ? NULL : "machine");
    json_field_text(json, "condition", NULL); /* a person says so, when screening */
    json_field_truth(json, "retracted", publication->retracted);
    json_field_text(json, "url", url_of(record, arena));
    json_field_text(json, "status", screening_names[publication->screening]);
}

void shape_publication_short(struct json_writer *json, const struct publication *publication,
                             struct arena *arena)
{
    json_begin_object(json);
    put_identity(json, publication, arena);
    json_end_object(json);
}

/* ---- the rest ---- */

static void put_machine(struct json_writer *json, const struct machine_reading *machine)
{
    json_field_object(json, "machine_read");
    json_field_text(json, "design_from", machine->design_from);
    json_field_text(json, "participants_from", machine->participants_from);
    shape_texts(json, "registrations", machine->registrations);
    json_put_key(json, "human");
    if (machine->human_known)
        json_put_truth(json, machine->human);
    else
        json_put_nothing(json);
    json_end_object(json);
}

static void put_notices(struct json_writer *json, const struct publication_view *view)
{
    json_field_array(json, "notices");
    for (size_t i = 0; i < view->notice_count; i++) {
        const struct record_notice *notice = &view->notices[i];
        json_begin_object(json);
        json_field_text(json, "type", notice_names[notice->type]);
        json_field_text(json, "doi", notice->doi);
        json_field_text(json, "pmid", notice->pmid);
        json_field_text(json, "date", notice->date);
        json_field_text(json, "source", notice->source);
        json_field_text(json, "reason", notice->reason);
        json_end_object(json);
    }
    json_end_array(json);
}

static void put_sources(struct json_writer *json, const struct publication_view *view,
                        struct arena *arena)
{
    json_field_array(json, "sources");
    for (size_t i = 0; i < view->record_count; i++) {
        const struct kept_record *kept = &view->records[i];
        json_begin_object(json);
        json_field_text(json, "source", kept->record.source);
        json_field_text(json, "source_id", kept->record.source_id);
        json_field_text(json, "url", url_of(&kept->record, arena));
        shape_time(json, "retrieved", kept->last_seen);
        json_field_text(json, "joined_by", kept->joined_by);
        json_field_real(json, "likeness", kept->score);
        json_end_object(json);
    }
    json_end_array(json);
}

/* Which source each field was taken from, as the merge that is stored took it. */
static void put_origins(struct json_writer *json, const struct publication_view *view,
                        struct arena *arena)
{
    const struct record **records = arena_array(arena, view->record_count, sizeof *records);
    struct merged_record merged;
    for (size_t i = 0; i < view->record_count; i++)
        records[i] = &view->records[i].record;
    merge_records(records, view->record_count, arena, &merged);
    json_field_object(json, "origins");
    for (size_t i = 0; i < merged.origin_count; i++)
        json_field_text(json, merged.origins[i].field, records[merged.origins[i].record]->source);
    json_end_object(json);
}

static void put_proposed(struct json_writer *json, const struct record *record)
{
    json_field_array(json, "proposed_results");
    for (size_t i = 0; i < record->result_count; i++)
        record_result_write(&record->results[i], json);
    json_end_array(json);
}

static void put_empty(struct json_writer *json, const char *key)
{
    json_field_array(json, key);
    json_end_array(json);
}

void shape_publication(struct json_writer *json, const struct publication_view *view,
                       struct arena *arena)
{
    const struct record *record = &view->publication.merged;
    json_begin_object(json);
    put_identity(json, &view->publication, arena);
    put_empty(json, "aliases");
    shape_texts(json, "registrations", record->registrations);
    json_field_text(json, "abstract", record->abstract);
    shape_texts(json, "publication_types", record->publication_types);
    shape_texts(json, "keywords", record->keywords);
    put_machine(json, &record->machine);
    put_notices(json, view);
    put_empty(json, "appraisals");
    put_empty(json, "results");
    put_proposed(json, record);
    put_empty(json, "harms");
    put_empty(json, "feeds");
    shape_texts(json, "linked", view->linked);
    shape_texts(json, "possible_duplicates", view->possible);
    put_origins(json, view, arena);
    put_sources(json, view, arena);
    json_end_object(json);
}
