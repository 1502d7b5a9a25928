#include "service/web/linked_data.h"

#include <string.h>

#include "service/views/html.h"
#include "service/views/sign.h"
#include "service/web/address.h"
#include "service/web/answer_view.h"
#include "service/web/size_view.h"

const char *linked_evidence_level(const struct rating *rating)
{
    size_t randomised = 0;
    bool pooled = false;
    bool compared = false;
    bool any = false;
    for (size_t i = 0; i < rating->body.count; i++) {
        if (!rating->body.studies[i].used)
            continue;
        enum design design = rating->body.studies[i].study->design;
        any = true;
        pooled = pooled || design == DESIGN_SYSTEMATIC_REVIEW;
        randomised += design_is_randomised(design);
        compared = compared || design == DESIGN_NON_RANDOMISED || design == DESIGN_COHORT ||
                   design == DESIGN_CASE_CONTROL;
    }
    if (!any)
        return NULL;
    if (pooled || randomised > 1)
        return "EvidenceLevelA";
    return randomised == 1 || compared ? "EvidenceLevelB" : "EvidenceLevelC";
}

/* A place of this service, so that the same thing is told to be the same in every page. */
static void put_address(struct json_writer *json, const char *key, const char *site,
                        const char *address, struct arena *arena)
{
    json_field_text(json, key, arena_printf(arena, "%s%s", site, address));
}

static void put_treatment(struct json_writer *json, const struct checked *checked, const char *site,
                          struct arena *arena)
{
    const char *address = address_of_topic(checked->intervention, NULL, arena);
    json_begin_object(json);
    json_field_text(json, "@type", "MedicalTherapy");
    put_address(json, "@id", site, address, arena);
    json_field_text(json, "name", checked->intervention->name);
    put_address(json, "url", site, address, arena);
    json_end_object(json);
}

static void put_complaint(struct json_writer *json, const struct condition *condition,
                          const char *site, struct arena *arena)
{
    const char *address = address_of_topic(NULL, condition, arena);
    json_begin_object(json);
    json_field_text(json, "@type", "MedicalCondition");
    put_address(json, "@id", site, address, arena);
    json_field_text(json, "name", condition->name);
    put_address(json, "url", site, address, arena);
    json_end_object(json);
}

static void put_subjects(struct json_writer *json, const char *key, const struct checked *checked,
                         const char *site, struct arena *arena)
{
    json_field_array(json, key);
    if (checked->intervention != NULL)
        put_treatment(json, checked, site, arena);
    if (checked->condition != NULL && !checked->condition_chosen)
        put_complaint(json, checked->condition, site, arena);
    json_end_array(json);
}

/* ---- the studies ---- */

static void put_study(struct json_writer *json, const struct study *study, const char *site,
                      const struct condition *condition, struct arena *arena)
{
    json_begin_object(json);
    json_field_text(json, "@type", "MedicalStudy");
    json_field_text(json, "identifier", study->id);
    json_field_text(json, "name", study->title == NULL ? study_label(study, arena) : study->title);
    const char *url = study_url(study, arena);
    if (url != NULL)
        json_field_text(json, "url", url);
    json_put_key(json, "healthCondition");
    put_complaint(json, condition, site, arena);
    if (study->retracted)
        json_field_text(json, "status", "Retracted");
    json_end_object(json);
}

static bool stands_before(const struct rating *const *ratings, size_t count,
                          const struct study *study)
{
    for (size_t i = 0; i < count; i++)
        for (size_t j = 0; j < ratings[i]->body.count; j++)
            if (ratings[i]->body.studies[j].study == study)
                return true;
    return false;
}

/* Each once, however many of the page's tables it stands in. */
static void put_studies(struct json_writer *json, const struct headline *headline, const char *site,
                        struct arena *arena)
{
    const struct rating *ratings[SIZE_RATINGS];
    size_t count = size_ratings(headline, ratings);
    json_field_array(json, "study");
    for (size_t i = 0; i < count; i++)
        for (size_t j = 0; j < ratings[i]->body.count; j++) {
            const struct study *study = ratings[i]->body.studies[j].study;
            if (!stands_before(ratings, i, study))
                put_study(json, study, site, ratings[i]->question.condition, arena);
        }
    json_end_array(json);
}

/* ---- the verdict ---- */

static void put_guideline(struct json_writer *json, const struct page *page,
                          const struct checked *checked, const char *site)
{
    const struct headline *headline = checked->answer;
    const struct ruleset *ruleset = catalog_ruleset(page->catalog);
    const char *level = linked_evidence_level(headline->rating);
    json_field_object(json, "mainEntity");
    json_field_text(json, "@type", "MedicalGuideline");
    json_field_text(json, "name", answer_title(checked, page->arena));
    json_field_text(json, "description", headline->sentence);
    json_field_text(json, "guidelineDate", catalog_dataset(page->catalog)->collected);
    if (level != NULL)
        json_field_text(json, "evidenceLevel",
                        arena_printf(page->arena, "https://schema.org/%s", level));
    json_field_text(json, "evidenceOrigin",
                    arena_printf(page->arena,
                                 "GRADE: %s certainty, judged by rules (%s %s, base %s)",
                                 sign_certainty_words(headline->certainty), ruleset->id,
                                 ruleset->version, catalog_dataset(page->catalog)->version));
    put_subjects(json, "guidelineSubject", checked, site, page->arena);
    put_studies(json, headline, site, page->arena);
    json_end_object(json);
}

static void put_page(struct json_writer *json, const struct page *page,
                     const struct checked *checked, const char *address, const char *site)
{
    json_begin_object(json);
    json_field_text(json, "@context", "https://schema.org");
    json_field_text(json, "@type", "MedicalWebPage");
    put_address(json, "url", site, address, page->arena);
    json_field_text(json, "name", answer_title(checked, page->arena));
    json_field_text(json, "inLanguage", "en");
    put_subjects(json, "about", checked, site, page->arena);
    if (checked->answer != NULL && checked->answer->rating != NULL)
        put_guideline(json, page, checked, site);
    json_end_object(json);
}

/* Releases the text. */
static void put_script(struct buffer *out, struct buffer *text)
{
    buffer_text(out, "<script type=\"application/ld+json\">");
    html_script_json(out, buffer_string(text), text->length);
    buffer_text(out, "</script>\n");
    buffer_release(text);
}

void linked_data_put(const struct page *page, const struct checked *checked, const char *address,
                     const char *site)
{
    struct buffer text = {0};
    struct json_writer json;
    json_writer_init(&json, &text, 0);
    put_page(&json, page, checked, address, site);
    put_script(page->out, &text);
}

/* ---- the page of one study ---- */

/* What schema.org calls a design; `word` is one of its MedicalTrialDesign or
 * MedicalObservationalStudyDesign, NULL where it has none. */
static const struct {
    const char *type;
    const char *key;
    const char *word;
} linked_designs[] = {
    [DESIGN_RCT] = {"MedicalTrial", "trialDesign", "RandomizedTrial"},
    [DESIGN_CROSSOVER_RCT] = {"MedicalTrial", "trialDesign", "RandomizedTrial"},
    [DESIGN_CLUSTER_RCT] = {"MedicalTrial", "trialDesign", "RandomizedTrial"},
    [DESIGN_NON_RANDOMISED] = {"MedicalTrial", NULL, NULL},
    [DESIGN_COHORT] = {"MedicalObservationalStudy", "studyDesign", "CohortStudy"},
    [DESIGN_CASE_CONTROL] = {"MedicalObservationalStudy", "studyDesign", "Observational"},
    [DESIGN_CASE_SERIES] = {"MedicalObservationalStudy", "studyDesign", "CaseSeries"},
    [DESIGN_CASE_REPORT] = {"MedicalObservationalStudy", NULL, NULL},
    [DESIGN_SYSTEMATIC_REVIEW] = {"MedicalScholarlyArticle", NULL, NULL},
    [DESIGN_GUIDELINE] = {"MedicalScholarlyArticle", NULL, NULL},
    [DESIGN_NARRATIVE_REVIEW] = {"MedicalScholarlyArticle", NULL, NULL},
};

/* An article is about a complaint, a study has it as its own property. */
static void put_health_condition(struct json_writer *json, const struct page *page,
                                 const struct study *study, const char *site)
{
    bool article = strcmp(linked_designs[study->design].type, "MedicalScholarlyArticle") == 0;
    json_put_key(json, article ? "about" : "healthCondition");
    put_complaint(json, base_condition(catalog_base(page->catalog), study->condition), site,
                  page->arena);
    if (study->retracted)
        json_field_text(json, article ? "creativeWorkStatus" : "status", "Retracted");
}

static void put_one_study(struct json_writer *json, const struct page *page,
                          const struct study *study, const char *site)
{
    const char *key = linked_designs[study->design].key;
    const char *url = study_url(study, page->arena);
    json_field_object(json, "mainEntity");
    json_field_text(json, "@type", linked_designs[study->design].type);
    json_field_text(json, "identifier", study->id);
    json_field_text(json, "name",
                    study->title == NULL ? study_label(study, page->arena) : study->title);
    if (url != NULL)
        json_field_text(json, "sameAs", url);
    if (key != NULL)
        json_field_text(
            json, key,
            arena_printf(page->arena, "https://schema.org/%s", linked_designs[study->design].word));
    put_health_condition(json, page, study, site);
    json_end_object(json);
}

void linked_study_put(const struct page *page, const struct study *study, const char *site)
{
    struct buffer text = {0};
    struct json_writer json;
    json_writer_init(&json, &text, 0);
    json_begin_object(&json);
    json_field_text(&json, "@context", "https://schema.org");
    json_field_text(&json, "@type", "MedicalWebPage");
    put_address(&json, "url", site, address_of_study(study->id, page->arena), page->arena);
    json_field_text(&json, "inLanguage", "en");
    put_one_study(&json, page, study, site);
    json_end_object(&json);
    put_script(page->out, &text);
}
