#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "importers/formats/author_name.h"
#include "importers/formats/date_text.h"
#include "importers/formats/revman_parts.h"

enum { WARNING_SIZE = 512 };

/* Where the records of one file go. */
struct handing {
    struct revman *revman;
    const char *file;
    const struct record_sink *sink;
    const struct format_warnings *warnings;
    struct format_counts *counts;
    struct xml_record out; /* one record after the other */
    const char *who;       /* whose decisions they are */
};

static void warn(const struct handing *handing, const char *what, const char *name, const char *why)
{
    char message[WARNING_SIZE];
    if (handing->warnings == NULL || handing->warnings->warn == NULL)
        return;
    snprintf(message, sizeof message, "%.100s: %s %.100s was left out: %s", handing->file, what,
             name == NULL ? "without a name" : name, why);
    handing->warnings->warn(handing->warnings->context, message);
}

/* ---- what is about a study to that study ---- */

static int by_id(const void *left, const void *right)
{
    const struct revman_study *const *a = left;
    const struct revman_study *const *b = right;
    return strcmp((*a)->id, (*b)->id);
}

/* Studies that have an id, sorted by it. */
static struct revman_study **sort_studies(struct revman *revman, size_t *count)
{
    struct revman_study *studies = revman->studies.items;
    struct revman_study **sorted =
        arena_array(revman->review.arena, revman->studies.count, sizeof(*sorted));
    *count = 0;
    for (size_t i = 0; i < revman->studies.count; i++)
        if (studies[i].id != NULL)
            sorted[(*count)++] = &studies[i];
    qsort(sorted, *count, sizeof(*sorted), by_id);
    return sorted;
}

static struct revman_study *study_of(struct revman_study **sorted, size_t count, const char *id)
{
    const struct revman_study key = {.id = id};
    const struct revman_study *const wanted = &key;
    struct revman_study **found = bsearch(&wanted, sorted, count, sizeof(*sorted), by_id);
    return found == NULL ? NULL : *found;
}

static void give_reasons(struct revman *revman, struct revman_study **sorted, size_t count)
{
    const struct revman_reason *reasons = revman->reasons.items;
    for (size_t i = 0; i < revman->reasons.count; i++) {
        struct revman_study *study = study_of(sorted, count, reasons[i].study);
        if (study != NULL)
            study->reason = reasons[i].reason;
    }
}

static void give_results(struct handing *handing, struct revman_study **sorted, size_t count)
{
    struct revman *revman = handing->revman;
    struct revman_row *rows = revman->rows.items;
    struct arena *arena = revman->review.arena;
    for (size_t i = 0; i < revman->rows.count; i++) {
        struct revman_study *study =
            rows[i].study == NULL ? NULL : study_of(sorted, count, rows[i].study);
        if (study != NULL)
            study->result_count++;
        else if (rows[i].study != NULL)
            warn(handing, "a row about the study", rows[i].study, "the file has no such study");
    }
    for (size_t i = 0; i < count; i++) {
        sorted[i]->results =
            arena_array(arena, sorted[i]->result_count, sizeof *sorted[i]->results);
        sorted[i]->result_count = 0;
    }
    for (size_t i = 0; i < revman->rows.count; i++) {
        struct revman_study *study =
            rows[i].study == NULL ? NULL : study_of(sorted, count, rows[i].study);
        if (study == NULL)
            continue;
        rows[i].result.study_label = study->name;
        study->results[study->result_count++] = rows[i].result;
    }
}

static void give_judgements(struct handing *handing, struct revman_study **sorted, size_t count)
{
    struct revman *revman = handing->revman;
    struct revman_judgement *judgements = revman->judgements.items;
    for (size_t i = 0; i < revman->judgements.count; i++) {
        struct revman_study *study = study_of(sorted, count, judgements[i].study);
        if (study != NULL)
            study->judgement_count++;
        else
            warn(handing, "a judgement of the study", judgements[i].study,
                 "the file has no such study");
    }
    for (size_t i = 0; i < count; i++) {
        sorted[i]->judgements = arena_array(revman->review.arena, sorted[i]->judgement_count,
                                            sizeof *sorted[i]->judgements);
        sorted[i]->judgement_count = 0;
    }
    for (size_t i = 0; i < revman->judgements.count; i++) {
        struct revman_study *study = study_of(sorted, count, judgements[i].study);
        if (study != NULL)
            study->judgements[study->judgement_count++] = judgements[i].judgement;
    }
}

/* ---- records ---- */

static bool hand_on(struct handing *handing, struct xml_record *built, const char *name,
                    struct error *err)
{
    const char *refused;
    if (!xml_record_hand_on(built, handing->sink, handing->counts, &refused, err))
        return false;
    if (refused != NULL)
        warn(handing, "the record", name, refused);
    return true;
}

/* The review's own rows, in the order of the file. */
static bool hand_on_review(struct handing *handing, struct error *err)
{
    struct revman *revman = handing->revman;
    struct record *record = &revman->review.record;
    struct revman_row *rows = revman->rows.items;
    struct record_result *results =
        arena_array(revman->review.arena, revman->rows.count, sizeof *results);
    for (size_t i = 0; i < revman->rows.count; i++)
        if (rows[i].study == NULL)
            results[record->result_count++] = rows[i].result;
    record->results = results;
    record->source_id = revman->id;
    record->authors_complete = revman->review.authors.count > 0;
    return hand_on(handing, &revman->review, "of the review", err);
}

static void take_author(void *context, const char *name)
{
    struct xml_record *out = context;
    struct author author;
    if (author_name_is_rest(name))
        out->record.authors_complete = false;
    if (author_name_read(name, NAME_FAMILY_FIRST, out->arena, &author))
        xml_record_author(out, &author);
}

static void put_authors(struct xml_record *out, const char *authors)
{
    if (authors == NULL)
        return;
    out->record.authors_complete = true;
    author_names_split(authors, take_author, out, out->arena);
}

static void put_date(struct record *record, const char *year, int year_of_study,
                     struct arena *arena)
{
    struct date date = date_read(year, DATE_ORDER_UNKNOWN);
    if (year == NULL && year_of_study != COUNT_UNKNOWN)
        date.year = year_of_study;
    record->date = date_write((struct date){.year = date.year}, arena);
    if (record->date != NULL)
        record->year = date.year;
}

static void put_reference(struct xml_record *out, const struct revman_reference *reference)
{
    struct record *record = &out->record;
    record->title = reference->title;
    record->journal = reference->journal;
    record->volume = reference->volume;
    record->issue = reference->issue;
    record->pages = reference->pages;
    record->doi = reference->doi;
    record->pmid = reference->pmid;
    record->pmcid = reference->pmcid;
    xml_record_add(out, XML_RECORD_OTHER_TITLES, reference->original_title);
    put_authors(out, reference->authors);
}

static const struct record_label *label_of(struct handing *handing,
                                           const struct revman_study *study)
{
    static const char *const decisions[] = {
        [REVMAN_INCLUDED] = "included",
        [REVMAN_EXCLUDED] = "excluded",
        [REVMAN_AWAITING] = "maybe",
        [REVMAN_ONGOING] = NULL,
    };
    if (decisions[study->decision] == NULL)
        return NULL;
    struct record_label *label = arena_alloc(handing->out.arena, sizeof *label);
    *label = (struct record_label){
        .who = handing->who,
        .decision = decisions[study->decision],
        .reason = study->reason,
    };
    return label;
}

static void begin_record(struct handing *handing, const struct revman_study *study, size_t number)
{
    const char *id = study->id == NULL ? "" : study->id;
    const char *review = handing->revman->id == NULL ? "" : handing->revman->id;
    xml_record_begin(&handing->out, "revman");
    struct record *record = &handing->out.record;
    record->source_id = number == 0
                            ? arena_printf(handing->out.arena, "%s/%s", review, id)
                            : arena_printf(handing->out.arena, "%s/%s/%zu", review, id, number);
    record->labels = label_of(handing, study);
    record->label_count = record->labels != NULL;
}

static const struct revman_reference *primary_of(const struct revman *revman,
                                                 const struct revman_study *study)
{
    const struct revman_reference *references = revman->references.items;
    const struct revman_reference *first = NULL;
    for (size_t i = 0; i < study->reference_count; i++) {
        const struct revman_reference *reference = &references[study->first_reference + i];
        if (reference->primary)
            return reference;
        if (first == NULL || (first->title == NULL && reference->title != NULL))
            first = reference;
    }
    return first;
}

/* A study whose publication has no title goes by the name the authors gave it; "Davis" is another
 * one in another review. */
static const char *title_by_name(const struct revman *revman, const struct revman_study *study,
                                 struct arena *arena)
{
    const char *review = revman->review.record.title;
    if (study->name == NULL || review == NULL)
        return study->name;
    return arena_printf(arena, "%s (study in: %s)", study->name, review);
}

static bool hand_on_study(struct handing *handing, const struct revman_study *study,
                          const struct revman_reference *primary, struct error *err)
{
    struct xml_record *out = &handing->out;
    struct record *record = &out->record;
    const char *const *registrations = handing->revman->registrations.items;
    const struct revman_reference *references = handing->revman->references.items;
    begin_record(handing, study, 0);
    if (primary != NULL)
        put_reference(out, primary);
    if (record->title == NULL)
        record->title = title_by_name(handing->revman, study, out->arena);
    put_date(record, primary == NULL ? NULL : primary->year, study->year, out->arena);
    for (size_t i = 0; i < study->registration_count; i++)
        xml_record_add(out, XML_RECORD_REGISTRATIONS, registrations[study->first_registration + i]);
    for (size_t i = 0; i < study->reference_count; i++)
        if (&references[study->first_reference + i] != primary)
            xml_record_add(out, XML_RECORD_REPORTS, references[study->first_reference + i].pmid);
    record->results = study->results;
    record->result_count = study->result_count;
    record->judgements = study->judgements;
    record->judgement_count = study->judgement_count;
    return hand_on(handing, out, study->name, err);
}

/* Further reports of the same people; their figures stand with the primary one. */
static bool hand_on_reports(struct handing *handing, const struct revman_study *study,
                            const struct revman_reference *primary, struct error *err)
{
    const struct revman_reference *references = handing->revman->references.items;
    for (size_t i = 0; i < study->reference_count; i++) {
        const struct revman_reference *reference = &references[study->first_reference + i];
        if (reference == primary)
            continue;
        begin_record(handing, study, i + 1);
        put_reference(&handing->out, reference);
        put_date(&handing->out.record, reference->year, COUNT_UNKNOWN, handing->out.arena);
        if (!hand_on(handing, &handing->out, study->name, err))
            return false;
    }
    return true;
}

static bool hand_on_all(struct handing *handing, struct error *err)
{
    const struct revman *revman = handing->revman;
    const struct revman_study *studies = revman->studies.items;
    if (!hand_on_review(handing, err))
        return false;
    for (size_t i = 0; i < revman->studies.count; i++) {
        const struct revman_reference *primary = primary_of(revman, &studies[i]);
        if (!hand_on_study(handing, &studies[i], primary, err) ||
            !hand_on_reports(handing, &studies[i], primary, err))
            return false;
    }
    return true;
}

bool revman_hand_on(struct revman *revman, const char *file, const struct record_sink *sink,
                    const struct format_warnings *warnings, struct format_counts *counts,
                    struct error *err)
{
    struct record *record = &revman->review.record;
    struct handing handing = {
        .revman = revman,
        .file = file,
        .sink = sink,
        .warnings = warnings,
        .counts = counts,
    };
    size_t count;
    struct revman_study **sorted = sort_studies(revman, &count);
    give_reasons(revman, sorted, count);
    give_results(&handing, sorted, count);
    give_judgements(&handing, sorted, count);
    handing.who = arena_printf(revman->review.arena, "the review %s",
                               record->doi != NULL     ? record->doi
                               : record->title != NULL ? record->title
                                                       : "in this file");
    xml_record_init(&handing.out);
    bool good = hand_on_all(&handing, err);
    xml_record_release(&handing.out);
    return good;
}
