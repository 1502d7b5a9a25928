#include "evidence/model/record_json.h"

#include <math.h>
#include <string.h>

#include "evidence/model/known_fields.h"
#include "evidence/model/row.h"

enum { RECORD_YEAR_MOST = 9999 };

/* ---- writing ---- */

/* Readers may leave an empty string where a source has an empty field; nothing is said by it. */
static void put_words(struct json_writer *writer, const char *key, const char *text)
{
    if (text != NULL && text[0] != '\0')
        json_field_text(writer, key, text);
}

/* What record_read would refuse is no count that anybody meant. */
static void put_number(struct json_writer *writer, const char *key, int value, int most)
{
    if (value >= 0 && value <= most)
        json_field_count(writer, key, value);
}

static void put_words_list(struct json_writer *writer, const char *key, const char *const *texts)
{
    bool begun = false;
    for (; texts != NULL && *texts != NULL; texts++) {
        if ((*texts)[0] == '\0')
            continue;
        if (!begun)
            json_field_array(writer, key);
        begun = true;
        json_put_text(writer, *texts);
    }
    if (begun)
        json_end_array(writer);
}

static void put_author(const struct author *author, struct json_writer *writer)
{
    put_words(writer, "family", author->family);
    put_words(writer, "given", author->given);
    put_words(writer, "group", author->group);
}

static void put_notice(const struct record_notice *notice, struct json_writer *writer)
{
    json_field_text(writer, "type", notice_names[notice->type]);
    put_words(writer, "doi", notice->doi);
    put_words(writer, "pmid", notice->pmid);
    put_words(writer, "date", notice->date);
    put_words(writer, "source", notice->source);
    put_words(writer, "reason", notice->reason);
}

static void put_arm(const struct record_arm *arm, struct json_writer *writer)
{
    put_words(writer, "label", arm->label);
    if (arm->role_known)
        json_field_text(writer, "role", role_names[arm->role]);
    put_number(writer, "n", arm->n, ROW_LARGEST_COUNT);
    put_real(writer, "mean", arm->mean);
    put_real(writer, "sd", arm->sd);
    put_real(writer, "se", arm->se);
    put_real(writer, "median", arm->median);
    put_real(writer, "q1", arm->q1);
    put_real(writer, "q3", arm->q3);
    put_real(writer, "low", arm->low);
    put_real(writer, "high", arm->high);
    put_number(writer, "events", arm->events, ROW_LARGEST_COUNT);
}

static void put_result(const struct record_result *result, struct json_writer *writer)
{
    put_words(writer, "outcome", result->outcome);
    put_words(writer, "time", result->time);
    put_words(writer, "unit", result->unit);
    put_words(writer, "spread", result->spread);
    put_words(writer, "comparison", result->comparison);
    put_words(writer, "subgroup", result->subgroup);
    put_words(writer, "study_label", result->study_label);
    put_words(writer, "parameter", result->parameter);
    put_words(writer, "note", result->note);
    if (result->figure != FIGURE_NONE)
        json_field_text(writer, "figure", figure_names[result->figure]);
    put_real(writer, "estimate", result->estimate);
    put_real(writer, "ci_low", result->ci_low);
    put_real(writer, "ci_high", result->ci_high);
    put_real(writer, "se", result->se);
    put_real(writer, "p", result->p);
    put_words(writer, "p_text", result->p_text);
    PUT_LIST(writer, "arms", put_arm, result->arms, result->arm_count);
}

static void put_judgement(const struct record_judgement *judgement, struct json_writer *writer)
{
    put_words(writer, "item", judgement->item);
    put_words(writer, "outcomes", judgement->outcomes);
    put_words(writer, "judgement", judgement->judgement);
    put_words(writer, "support", judgement->support);
}

void record_result_write(const struct record_result *result, struct json_writer *writer)
{
    json_begin_object(writer);
    put_result(result, writer);
    json_end_object(writer);
}

static void put_label(const struct record_label *label, struct json_writer *writer)
{
    put_words(writer, "who", label->who);
    put_words(writer, "decision", label->decision);
    put_words(writer, "reason", label->reason);
}

static bool machine_knows_nothing(const struct machine_reading *machine)
{
    return !machine->design_known && machine->participants == COUNT_UNKNOWN &&
           (machine->registrations == NULL || machine->registrations[0] == NULL) &&
           !machine->human_known;
}

static void put_machine(struct json_writer *writer, const struct machine_reading *machine)
{
    if (machine_knows_nothing(machine))
        return;
    json_field_object(writer, "machine");
    if (machine->design_known)
        json_field_text(writer, "design", design_names[machine->design]);
    put_words(writer, "design_from", machine->design_from);
    put_number(writer, "participants", machine->participants, ROW_LARGEST_COUNT);
    put_words(writer, "participants_from", machine->participants_from);
    put_words_list(writer, "registrations", machine->registrations);
    if (machine->human_known)
        json_field_truth(writer, "human", machine->human);
    json_end_object(writer);
}

static void put_identity(struct json_writer *writer, const struct record *record)
{
    put_words(writer, "source", record->source);
    put_words(writer, "source_id", record->source_id);
    put_words(writer, "pmid", record->pmid);
    put_words(writer, "doi", record->doi);
    put_words(writer, "pmcid", record->pmcid);
    put_words_list(writer, "registrations", record->registrations);
    put_words(writer, "title", record->title);
    put_words_list(writer, "other_titles", record->other_titles);
    PUT_LIST(writer, "authors", put_author, record->authors, record->author_count);
    put_truth(writer, "authors_complete", record->authors_complete);
}

static void put_publication(struct json_writer *writer, const struct record *record)
{
    put_number(writer, "year", record->year, RECORD_YEAR_MOST);
    put_words(writer, "date", record->date);
    put_words(writer, "journal", record->journal);
    put_words(writer, "issn", record->issn);
    put_words(writer, "volume", record->volume);
    put_words(writer, "issue", record->issue);
    put_words(writer, "pages", record->pages);
    put_words(writer, "language", record->language);
    put_words(writer, "abstract", record->abstract);
    put_words(writer, "url", record->url);
    put_words_list(writer, "publication_types", record->publication_types);
    put_words_list(writer, "keywords", record->keywords);
    put_words_list(writer, "conditions", record->conditions);
    put_words_list(writer, "treatments", record->treatments);
    put_words_list(writer, "reports", record->reports);
}

void record_write(const struct record *record, struct json_writer *writer)
{
    json_begin_object(writer);
    put_identity(writer, record);
    put_publication(writer, record);
    put_truth(writer, "retracted", record->retracted);
    PUT_LIST(writer, "notices", put_notice, record->notices, record->notice_count);
    PUT_LIST(writer, "updates", put_notice, record->updates, record->update_count);
    put_truth(writer, "deleted", record->deleted);
    PUT_LIST(writer, "results", put_result, record->results, record->result_count);
    PUT_LIST(writer, "judgements", put_judgement, record->judgements, record->judgement_count);
    PUT_LIST(writer, "labels", put_label, record->labels, record->label_count);
    put_machine(writer, &record->machine);
    json_end_object(writer);
}

/* ---- reading ---- */

static void read_author(const struct json_reader *at, struct author *out)
{
    json_fields(at, (const char *const[]){"family", "given", "group", NULL});
    *out = (struct author){.family = json_get_text(at, "family", OPTIONAL),
                           .given = json_get_text(at, "given", OPTIONAL),
                           .group = json_get_text(at, "group", OPTIONAL)};
}

static void read_notice(const struct json_reader *at, struct record_notice *out)
{
    json_fields(at, (const char *const[]){"type", "doi", "pmid", "date", "source", "reason", NULL});
    *out = (struct record_notice){
        .type = (enum notice_type)row_choice(at, "type", notice_names),
        .doi = json_get_text(at, "doi", OPTIONAL),
        .pmid = json_get_text(at, "pmid", OPTIONAL),
        .date = json_get_text(at, "date", OPTIONAL),
        .source = json_get_text(at, "source", OPTIONAL),
        .reason = json_get_text(at, "reason", OPTIONAL),
    };
}

static void read_arm(const struct json_reader *at, struct record_arm *out)
{
    json_fields(at, (const char *const[]){"label", "role", "n", "mean", "sd", "se", "median", "q1",
                                          "q3", "low", "high", "events", NULL});
    int role = json_get_choice(at, "role", OPTIONAL, role_names);
    *out = (struct record_arm){
        .label = json_get_text(at, "label", OPTIONAL),
        .role = role < 0 ? ROLE_INTERVENTION : (enum role)role,
        .role_known = role >= 0,
        .n = row_count(at, "n"),
        .mean = json_get_number(at, "mean", OPTIONAL),
        .sd = json_get_number(at, "sd", OPTIONAL),
        .se = json_get_number(at, "se", OPTIONAL),
        .median = json_get_number(at, "median", OPTIONAL),
        .q1 = json_get_number(at, "q1", OPTIONAL),
        .q3 = json_get_number(at, "q3", OPTIONAL),
        .low = json_get_number(at, "low", OPTIONAL),
        .high = json_get_number(at, "high", OPTIONAL),
        .events = row_count(at, "events"),
    };
}

static void read_result(const struct json_reader *at, struct record_result *out)
{
    json_fields(at,
                (const char *const[]){"outcome", "time", "unit", "spread", "comparison", "subgroup",
                                      "study_label", "parameter", "note", "figure", "estimate",
                                      "ci_low", "ci_high", "se", "p", "p_text", "arms", NULL});
    int figure = json_get_choice(at, "figure", OPTIONAL, figure_names);
    *out = (struct record_result){
        .outcome = json_get_text(at, "outcome", OPTIONAL),
        .time = json_get_text(at, "time", OPTIONAL),
        .unit = json_get_text(at, "unit", OPTIONAL),
        .spread = json_get_text(at, "spread", OPTIONAL),
        .comparison = json_get_text(at, "comparison", OPTIONAL),
        .subgroup = json_get_text(at, "subgroup", OPTIONAL),
        .study_label = json_get_text(at, "study_label", OPTIONAL),
        .parameter = json_get_text(at, "parameter", OPTIONAL),
        .note = json_get_text(at, "note", OPTIONAL),
        .figure = figure < 0 ? FIGURE_NONE : (enum figure)figure,
        .estimate = json_get_number(at, "estimate", OPTIONAL),
        .ci_low = json_get_number(at, "ci_low", OPTIONAL),
        .ci_high = json_get_number(at, "ci_high", OPTIONAL),
        .se = json_get_number(at, "se", OPTIONAL),
        .p = json_get_number(at, "p", OPTIONAL),
        .p_text = json_get_text(at, "p_text", OPTIONAL),
    };
    ROW_LIST(at, "arms", struct record_arm, read_arm, out->arms, out->arm_count);
}

static void read_judgement(const struct json_reader *at, struct record_judgement *out)
{
    json_fields(at, (const char *const[]){"item", "outcomes", "judgement", "support", NULL});
    *out = (struct record_judgement){.item = json_get_text(at, "item", OPTIONAL),
                                     .outcomes = json_get_text(at, "outcomes", OPTIONAL),
                                     .judgement = json_get_text(at, "judgement", OPTIONAL),
                                     .support = json_get_text(at, "support", OPTIONAL)};
}

static void read_label(const struct json_reader *at, struct record_label *out)
{
    json_fields(at, (const char *const[]){"who", "decision", "reason", NULL});
    *out = (struct record_label){.who = json_get_text(at, "who", OPTIONAL),
                                 .decision = json_get_text(at, "decision", OPTIONAL),
                                 .reason = json_get_text(at, "reason", OPTIONAL)};
}

static void read_machine(const struct json_reader *at, struct machine_reading *out)
{
    json_fields(at, (const char *const[]){"design", "design_from", "participants",
                                          "participants_from", "registrations", "human", NULL});
    int design = json_get_choice(at, "design", OPTIONAL, design_names);
    *out = (struct machine_reading){
        .design_known = design >= 0,
        .design = design < 0 ? DESIGN_RCT : (enum design)design,
        .design_from = json_get_text(at, "design_from", OPTIONAL),
        .participants = row_count(at, "participants"),
        .participants_from = json_get_text(at, "participants_from", OPTIONAL),
        .registrations = json_get_texts(at, "registrations"),
        .human_known = json_has(at, "human"),
        .human = json_get_truth(at, "human"),
    };
}

static void read_identity(const struct json_reader *at, struct record *out)
{
    out->source = json_get_text(at, "source", OPTIONAL);
    out->source_id = json_get_text(at, "source_id", OPTIONAL);
    out->pmid = json_get_text(at, "pmid", OPTIONAL);
    out->doi = json_get_text(at, "doi", OPTIONAL);
    out->pmcid = json_get_text(at, "pmcid", OPTIONAL);
    out->registrations = json_get_texts(at, "registrations");
    out->title = json_get_text(at, "title", OPTIONAL);
    out->other_titles = json_get_texts(at, "other_titles");
    ROW_LIST(at, "authors", struct author, read_author, out->authors, out->author_count);
    out->authors_complete = json_get_truth(at, "authors_complete");
}

static void read_publication(const struct json_reader *at, struct record *out)
{
    out->year = json_get_count(at, "year", OPTIONAL, 0, RECORD_YEAR_MOST);
    out->date = json_get_text(at, "date", OPTIONAL);
    out->journal = json_get_text(at, "journal", OPTIONAL);
    out->issn = json_get_text(at, "issn", OPTIONAL);
    out->volume = json_get_text(at, "volume", OPTIONAL);
    out->issue = json_get_text(at, "issue", OPTIONAL);
    out->pages = json_get_text(at, "pages", OPTIONAL);
    out->language = json_get_text(at, "language", OPTIONAL);
    out->abstract = json_get_text(at, "abstract", OPTIONAL);
    out->url = json_get_text(at, "url", OPTIONAL);
    out->publication_types = json_get_texts(at, "publication_types");
    out->keywords = json_get_texts(at, "keywords");
    out->conditions = json_get_texts(at, "conditions");
    out->treatments = json_get_texts(at, "treatments");
    out->reports = json_get_texts(at, "reports");
}

static const char *const record_keys[] = {
    "source",  "source_id",  "pmid",         "doi",
    "pmcid",   "title",      "authors",      "authors_complete",
    "year",    "date",       "other_titles", "registrations",
    "journal", "issn",       "volume",       "issue",
    "pages",   "language",   "abstract",     "url",
    "notices", "keywords",   "conditions",   "publication_types",
    "updates", "treatments", "reports",      "retracted",
    "deleted", "results",    "judgements",   "labels",
    "machine", NULL};

void record_read(const struct json_reader *at, struct record *out)
{
    record_init(out);
    json_fields(at, record_keys);
    read_identity(at, out);
    read_publication(at, out);
    out->retracted = json_get_truth(at, "retracted");
    ROW_LIST(at, "notices", struct record_notice, read_notice, out->notices, out->notice_count);
    ROW_LIST(at, "updates", struct record_notice, read_notice, out->updates, out->update_count);
    out->deleted = json_get_truth(at, "deleted");
    ROW_LIST(at, "results", struct record_result, read_result, out->results, out->result_count);
    ROW_LIST(at, "judgements", struct record_judgement, read_judgement, out->judgements,
             out->judgement_count);
    ROW_LIST(at, "labels", struct record_label, read_label, out->labels, out->label_count);
    struct json_reader machine = json_get_object(at, "machine", OPTIONAL);
    if (machine.value != NULL)
        read_machine(&machine, &out->machine);
}

bool record_parse(const char *text, size_t length, const char *name, struct arena *arena,
                  struct record *out, struct error *err)
{
    struct problems problems = {.arena = arena};
    json_t *value = json_parse(text, length, name, &problems);
    struct json_reader at = json_root(value, name, &problems);
    record_init(out);
    if (value != NULL)
        record_read(&at, out);
    json_decref(value);
    return problems_none(&problems, err);
}
