/*
 * ArtifactAssessment: how somebody judged something. An appraisal judges a study, in the words of
 * its instrument; the certainty and the verdict judge the evidence of a question, as the EBM
 * implementation guide's CertaintyOfEvidence has it (hl7.org/fhir/uv/ebm).
 */
#include <math.h>
#include <string.h>

#include "evidence/model/appraisal.h"
#include "evidence/rating/verdict.h"
#include "service/worlds/fhir/parts.h"

#define CODES(...) ((const struct fhir_code[]){__VA_ARGS__, {NULL, NULL, NULL}})

/* ---- the instrument ---- */

/* Those that the guide's evidence-rating-system-classifier has; NULL: none. */
static const char *system_code(enum instrument instrument)
{
    switch (instrument) {
    case INSTRUMENT_ROB2:
        return "CochraneRoB2";
    case INSTRUMENT_ROB1:
        return "CochraneRoB";
    case INSTRUMENT_ROBINS_I:
        return "ROBINSI";
    case INSTRUMENT_ROBIS:
        return "ROBIS";
    case INSTRUMENT_AMSTAR2:
        return "AMSTAR2";
    case INSTRUMENT_GRADE:
        return "GRADE";
    case INSTRUMENT_PEDRO:
    case INSTRUMENT_JADAD:
    case INSTRUMENT_OTHER:
        break;
    }
    return NULL;
}

static void put_rating_system(struct json_writer *json, const char *code, const char *words)
{
    json_begin_object(json);
    json_field_text(json, "informationType", "classifier");
    fhir_concept(
        json, "type",
        CODES({"https://fevir.net/resources/CodeSystem/179423", "rating-system", "Rating System"}),
        NULL);
    json_field_array(json, "classifier");
    if (code == NULL)
        fhir_put_concept(json, NULL, words);
    else
        fhir_put_concept(json,
                         CODES({"http://hl7.org/fhir/uv/ebm/CodeSystem/"
                                "evidence-rating-system-classifier-codesystem",
                                code, NULL}),
                         words);
    json_end_array(json);
    json_end_object(json);
}

/* ---- an appraisal ---- */

/* "overall: …" in the source's words, of what, and by whom. */
static const char *summary_of(const struct appraisal *appraisal, struct arena *arena)
{
    const char *of =
        appraisal->scope == SCOPE_INCLUDED_TRIALS ? "Of the trials in the review" : NULL;
    const char *const parts[] = {
        of,
        appraisal->applies_to == NULL ? NULL
                                      : arena_printf(arena, "For: %s", appraisal->applies_to),
        appraisal->as_reported == NULL
            ? NULL
            : arena_printf(arena, "As reported: %s", appraisal->as_reported),
        appraisal->rated_by == NULL ? NULL
                                    : arena_printf(arena, "Judged by: %s", appraisal->rated_by),
    };
    const char *text = NULL;
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++)
        if (parts[i] != NULL)
            text = text == NULL ? parts[i] : arena_printf(arena, "%s. %s", text, parts[i]);
    return text;
}

/* GRADE grades certainty; the others judge how far a study can be trusted. */
static void put_appraisal_type(struct json_writer *json, const struct appraisal *appraisal,
                               struct arena *arena)
{
    switch (appraisal->instrument) {
    case INSTRUMENT_GRADE:
        fhir_concept(json, "type", fhir_certainty_type("Overall", "Overall certainty", arena),
                     NULL);
        return;
    case INSTRUMENT_ROB2:
    case INSTRUMENT_ROB1:
    case INSTRUMENT_ROBINS_I:
    case INSTRUMENT_ROBIS:
        fhir_concept(json, "type", fhir_certainty_type("RiskOfBias", "Risk of bias", arena), NULL);
        return;
    case INSTRUMENT_PEDRO:
    case INSTRUMENT_AMSTAR2:
    case INSTRUMENT_JADAD:
    case INSTRUMENT_OTHER:
        break;
    }
    fhir_concept_text(json, "type", "Quality of the study");
}

static const struct fhir_code *overall_codes(const struct appraisal *appraisal, const char *overall,
                                             struct arena *arena)
{
    if (appraisal->instrument != INSTRUMENT_GRADE)
        return NULL;
    for (int i = 0; certainty_names[i] != NULL; i++)
        if (strcmp(overall, certainty_names[i]) == 0)
            return fhir_certainty_level((enum certainty_level)i, arena);
    return NULL;
}

static void put_classifier(struct json_writer *json, const struct fhir_code *codes,
                           const char *words)
{
    json_field_array(json, "classifier");
    fhir_put_concept(json, codes, words);
    json_end_array(json);
}

static void put_score(struct json_writer *json, const struct appraisal *appraisal)
{
    struct buffer unit = {0};
    if (isnan(appraisal->score))
        return;
    json_field_object(json, "quantity");
    fhir_real(json, "value", appraisal->score);
    if (!isnan(appraisal->out_of)) {
        buffer_text(&unit, "of ");
        buffer_number(&unit, appraisal->out_of);
        json_field_text(json, "unit", buffer_string(&unit));
    }
    json_end_object(json);
    buffer_release(&unit);
}

static void put_items(struct json_writer *json, const struct appraisal *appraisal)
{
    const char *const *names = appraisal->item_names;
    if (names == NULL || names[0] == NULL)
        return;
    json_field_array(json, "component");
    for (size_t i = 0; names[i] != NULL; i++) {
        json_begin_object(json);
        json_field_text(json, "informationType", "rating");
        fhir_concept_text(json, "type", names[i]);
        put_classifier(json, NULL, appraisal->item_values[i]);
        json_end_object(json);
    }
    json_end_array(json);
}

static void put_appraisal(struct fhir_writing *to, const struct appraisal *appraisal)
{
    struct json_writer *json = &to->json;
    const char *overall = appraisal_overall(appraisal);
    json_field_array(json, "content");
    put_rating_system(json, system_code(appraisal->instrument),
                      instrument_names[appraisal->instrument]);
    json_begin_object(json);
    json_field_text(json, "informationType", "rating");
    fhir_text(json, "summary", summary_of(appraisal, to->arena));
    put_appraisal_type(json, appraisal, to->arena);
    if (overall != NULL)
        put_classifier(json, overall_codes(appraisal, overall, to->arena), overall);
    put_score(json, appraisal);
    put_items(json, appraisal);
    json_end_object(json);
    json_end_array(json);
}

/* ---- the certainty and the verdict of a question ---- */

static void put_domain(struct fhir_writing *to, const struct certainty *certainty,
                       enum domain domain)
{
    struct json_writer *json = &to->json;
    struct fhir_domain told = fhir_domain_of(certainty, domain, to->arena);
    json_begin_object(json);
    json_field_text(json, "informationType", "rating");
    fhir_text(json, "summary", certainty->domains[domain].reason);
    fhir_concept(json, "type", told.type, told.type_words);
    if (told.rating != NULL)
        put_classifier(json, told.rating, NULL);
    json_end_object(json);
}

static void put_domains(struct fhir_writing *to, const struct certainty *certainty)
{
    bool any = false;
    for (size_t i = 0; i < DOMAIN_COUNT; i++) {
        if (certainty->domains[i].rule == NULL)
            continue;
        if (!any)
            json_field_array(&to->json, "component");
        any = true;
        put_domain(to, certainty, i);
    }
    if (any)
        json_end_array(&to->json);
}

static void put_certainty(struct fhir_writing *to, const struct certainty *certainty)
{
    struct json_writer *json = &to->json;
    json_begin_object(json);
    json_field_text(json, "informationType", "rating");
    fhir_text(json, "summary", fhir_certainty_meaning(certainty));
    fhir_concept(json, "type", fhir_certainty_type("Overall", "Overall certainty", to->arena),
                 NULL);
    put_classifier(json, fhir_certainty_level(certainty->level, to->arena), NULL);
    put_domains(to, certainty);
    json_end_object(json);
}

static void put_verdict(struct fhir_writing *to, const struct rating *rating)
{
    struct json_writer *json = &to->json;
    json_begin_object(json);
    json_field_text(json, "informationType", "rating");
    fhir_text(json, "summary", rating->sentence);
    fhir_concept_text(json, "type", "Verdict");
    if (rating->verdict != NULL)
        put_classifier(json,
                       CODES({arena_printf(to->arena, "%s/v1/verdicts", to->origin),
                              rating->verdict, verdict_badge(rating->verdict)}),
                       NULL);
    json_end_object(json);
}

static void put_judgement(struct fhir_writing *to, const struct rating *rating)
{
    json_field_array(&to->json, "content");
    put_rating_system(&to->json, "GRADE", "GRADE");
    put_certainty(to, &rating->certainty);
    put_verdict(to, rating);
    json_end_array(&to->json);
}

void fhir_write_assessment(struct fhir_writing *to, const struct fhir_entry *entry)
{
    struct json_writer *json = &to->json;
    bool verdict = entry->subject == FHIR_OF_VERDICT;
    fhir_put_identifiers(to, "identifier", entry, 0, 1);
    fhir_text(json, "title", entry->title);
    fhir_text(json, "date", catalog_dataset(to->catalog)->collected);
    if (verdict)
        fhir_reference(json, "artifactReference", FHIR_EVIDENCE, FHIR_OF_RATING, entry->own, NULL,
                       to->arena);
    else
        fhir_reference(json, "artifactReference", FHIR_CITATION, FHIR_OF_STUDY, entry->of.study->id,
                       study_label(entry->of.study, to->arena), to->arena);
    if (verdict)
        put_judgement(to, entry->of.rating);
    else
        put_appraisal(to, entry->appraisal);
}
