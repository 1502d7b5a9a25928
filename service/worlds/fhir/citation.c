/* Citation: a study as it was published, whatever it found. */
#include <string.h>

#include "service/worlds/fhir/parts.h"

#define CORE "http://hl7.org/fhir/"

#define CODES(...) ((const struct fhir_code[]){__VA_ARGS__, {NULL, NULL, NULL}})

enum { IDENTIFIERS_ALL = 1000 };

/* ---- authors ---- */

static const char *author_id(size_t index, struct arena *arena)
{
    return arena_printf(arena, "author-%zu", index + 1);
}

static bool is_named(const struct author *author)
{
    return author->family != NULL || author->group != NULL;
}

static void put_person(struct json_writer *json, const struct author *author)
{
    json_field_array(json, "name");
    json_begin_object(json);
    fhir_text(json, "family", author->family);
    if (author->given != NULL && author->given[0] != '\0') {
        json_field_array(json, "given");
        json_put_text(json, author->given);
        json_end_array(json);
    }
    json_end_object(json);
    json_end_array(json);
}

/* A Practitioner or an Organization that is nowhere else. */
static void put_contained(struct fhir_writing *to, const struct author *author, size_t index)
{
    struct json_writer *json = &to->json;
    json_begin_object(json);
    json_field_text(json, "resourceType", author->group != NULL ? "Organization" : "Practitioner");
    json_field_text(json, "id", author_id(index, to->arena));
    if (author->group != NULL)
        fhir_text(json, "name", author->group);
    else
        put_person(json, author);
    json_end_object(json);
}

static size_t named_authors(const struct study *study)
{
    size_t count = 0;
    for (size_t i = 0; i < study->author_count; i++)
        count += is_named(&study->authors[i]);
    return count;
}

static void put_people(struct fhir_writing *to, const struct study *study)
{
    if (named_authors(study) == 0)
        return;
    json_field_array(&to->json, "contained");
    for (size_t i = 0; i < study->author_count; i++)
        if (is_named(&study->authors[i]))
            put_contained(to, &study->authors[i], i);
    json_end_array(&to->json);
}

static void put_entry(struct fhir_writing *to, size_t index)
{
    struct json_writer *json = &to->json;
    json_begin_object(json);
    json_field_object(json, "contributor");
    json_field_text(json, "reference", arena_printf(to->arena, "#%s", author_id(index, to->arena)));
    json_end_object(json);
    json_field_count(json, "rankingOrder", (long long)index + 1);
    json_end_object(json);
}

static void put_contributorship(struct fhir_writing *to, const struct study *study)
{
    if (named_authors(study) == 0)
        return;
    json_field_object(&to->json, "contributorship");
    json_field_truth(&to->json, "complete", study->authors_complete);
    json_field_array(&to->json, "entry");
    for (size_t i = 0; i < study->author_count; i++)
        if (is_named(&study->authors[i]))
            put_entry(to, i);
    json_end_array(&to->json);
    json_end_object(&to->json);
}

/* ---- what was said of it later ---- */

static const char *relation_of(enum notice_type type)
{
    switch (type) {
    case NOTICE_RETRACTION:
        return "retracted-by";
    case NOTICE_CORRECTION:
        return "correction-in";
    case NOTICE_CONCERN:
    case NOTICE_REINSTATEMENT:
        break;
    }
    return "comment-in";
}

static void put_notice(struct fhir_writing *to, const struct notice *notice)
{
    struct json_writer *json = &to->json;
    const char *kind = notice_names[notice->type];
    json_begin_object(json);
    json_field_text(json, "type", relation_of(notice->type));
    fhir_text(json, "label", kind);
    fhir_text(json, "display",
              notice->date == NULL ? NULL
                                   : arena_printf(to->arena, "%s of %s", kind, notice->date));
    if (notice->doi != NULL || notice->source != NULL) {
        json_field_object(json, "document");
        json_field_text(json, "url",
                        notice->doi == NULL
                            ? notice->source
                            : arena_printf(to->arena, "https://doi.org/%s", notice->doi));
        json_end_object(json);
    }
    json_end_object(json);
}

/* A review that pooled it, where the base has it. */
static void put_review(struct fhir_writing *to, const struct study *review)
{
    struct json_writer *json = &to->json;
    const char *label = study_label(review, to->arena);
    json_begin_object(json);
    json_field_text(json, "type", "cited-by");
    fhir_text(json, "label", label);
    fhir_text(json, "display", "a review that pooled it");
    fhir_reference(json, "resourceReference", FHIR_CITATION, FHIR_OF_STUDY, review->id, label,
                   to->arena);
    json_end_object(json);
}

static void put_relations(struct fhir_writing *to, const struct study *study)
{
    const struct base *base = catalog_base(to->catalog);
    bool any = study->notice_count > 0;
    for (const char *const *id = study->pooled_in; id != NULL && *id != NULL; id++)
        any = any || base_study(base, *id) != NULL;
    if (!any)
        return;
    json_field_array(&to->json, "relatesTo");
    for (size_t i = 0; i < study->notice_count; i++)
        put_notice(to, &study->notices[i]);
    for (const char *const *id = study->pooled_in; id != NULL && *id != NULL; id++)
        if (base_study(base, *id) != NULL)
            put_review(to, base_study(base, *id));
    json_end_array(&to->json);
}

/* ---- the article ---- */

static void put_title(struct json_writer *json, const char *title)
{
    if (title == NULL || title[0] == '\0')
        return;
    json_field_array(json, "title");
    json_begin_object(json);
    json_field_array(json, "type");
    fhir_put_concept(json, CODES({CORE "title-type", "primary", "Primary title"}), NULL);
    json_end_array(json);
    json_field_text(json, "text", title);
    json_end_object(json);
    json_end_array(json);
}

static void put_state(struct json_writer *json, const struct study *study)
{
    if (!study->retracted)
        return;
    json_field_array(json, "currentState");
    fhir_put_concept(json, CODES({CORE "cited-artifact-status-type", "retracted", "Retracted"}),
                     NULL);
    json_end_array(json);
}

static void put_publication(struct fhir_writing *to, const struct study *study)
{
    struct json_writer *json = &to->json;
    if (study->journal == NULL && study->year <= 0)
        return;
    json_field_array(json, "publicationForm");
    json_begin_object(json);
    if (study->journal != NULL) {
        json_field_object(json, "publishedIn");
        fhir_concept(json, "type", CODES({CORE "published-in-type", "D020492", "Periodical"}),
                     NULL);
        fhir_text(json, "title", study->journal);
        json_end_object(json);
    }
    if (study->year > 0)
        json_field_text(json, "articleDate", arena_printf(to->arena, "%04d", study->year));
    json_end_object(json);
    json_end_array(json);
}

static void put_location(struct fhir_writing *to, const struct study *study)
{
    const char *url = study_url(study, to->arena);
    if (url == NULL)
        return;
    json_field_array(&to->json, "webLocation");
    json_begin_object(&to->json);
    json_field_text(&to->json, "url", url);
    json_end_object(&to->json);
    json_end_array(&to->json);
}

static void put_classification(struct fhir_writing *to, const struct study *study)
{
    struct json_writer *json = &to->json;
    json_field_array(json, "classification");
    json_begin_object(json);
    fhir_concept_text(json, "type", "Study design");
    json_field_array(json, "classifier");
    fhir_put_concept(json, NULL, design_names[study->design]);
    json_end_array(json);
    if (study->appraisal_count > 0) {
        json_field_array(json, "artifactAssessment");
        for (size_t i = 0; i < study->appraisal_count; i++) {
            const char *own = arena_printf(to->arena, "%s/appraisals/%zu", study->id, i + 1);
            json_begin_object(json);
            json_field_text(json, "reference",
                            arena_printf(to->arena, "ArtifactAssessment/%s",
                                         fhir_id_of(FHIR_OF_APPRAISAL, own).text));
            json_end_object(json);
        }
        json_end_array(json);
    }
    json_end_object(json);
    json_end_array(json);
}

static void put_artifact(struct fhir_writing *to, const struct fhir_entry *entry)
{
    const struct study *study = entry->of.study;
    struct json_writer *json = &to->json;
    const char *const notes[] = {study->conclusion};
    json_field_object(json, "citedArtifact");
    fhir_put_identifiers(to, "identifier", entry, 1, IDENTIFIERS_ALL);
    put_state(json, study);
    put_title(json, study->title);
    put_relations(to, study);
    put_publication(to, study);
    put_location(to, study);
    put_classification(to, study);
    put_contributorship(to, study);
    fhir_notes(json, notes, sizeof notes / sizeof *notes);
    json_end_object(json);
}

static const char *reading_note(const struct study *study)
{
    return study->retracted ? "Retracted: it is shown here and counts for nothing." : NULL;
}

void fhir_write_citation(struct fhir_writing *to, const struct fhir_entry *entry)
{
    const struct study *study = entry->of.study;
    const char *const notes[] = {reading_note(study), study_reading_words(study), study->note};
    put_people(to, study);
    fhir_put_head(to, FHIR_CITATION, entry, entry->title);
    fhir_notes(&to->json, notes, sizeof notes / sizeof *notes);
    put_artifact(to, entry);
}
