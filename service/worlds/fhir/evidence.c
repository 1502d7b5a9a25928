/* Evidence: a rating, with its figure, its certainty and the sentence that tells it. */
#include <math.h>
#include <string.h>

#include "evidence/rating/override.h"
#include "evidence/rating/verdict.h"
#include "service/worlds/fhir/parts.h"

#define TERMINOLOGY "http://terminology.hl7.org/CodeSystem/"

#define STATISTIC_TYPE TERMINOLOGY "statistic-type"
#define ESTIMATE_TYPE  TERMINOLOGY "attribute-estimate-type"
#define VARIABLE_ROLE  TERMINOLOGY "variable-role"
#define MODEL_CODE     "http://hl7.org/fhir/statistic-model-code"

#define CODES(...) ((const struct fhir_code[]){__VA_ARGS__, {NULL, NULL, NULL}})

/* ---- who, what, against what, measured how ---- */

static void put_variable(struct fhir_writing *to, const struct fhir_code *role,
                         enum fhir_subject subject, const char *own, const char *words)
{
    struct json_writer *json = &to->json;
    json_begin_object(json);
    fhir_text(json, "description", words);
    fhir_concept(json, "variableRole", role, NULL);
    fhir_reference(json, "intended", FHIR_EVIDENCE_VARIABLE, subject, own, NULL, to->arena);
    json_end_object(json);
}

static const char *comparator_words(const struct rating *rating, struct arena *arena)
{
    struct buffer out = {0};
    sentence_put_comparator(rating, &out);
    const char *words = arena_strndup(arena, out.bytes, out.length);
    buffer_release(&out);
    return words;
}

static void put_comparator(struct fhir_writing *to, const struct rating *rating)
{
    const char *own = rating->question.comparator;
    const char *treatment = comparator_intervention(own);
    const struct fhir_code *role =
        CODES({VARIABLE_ROLE, "referenceExposure", "reference exposure"});
    bool known =
        treatment != NULL && base_intervention(catalog_base(to->catalog), treatment) != NULL;
    put_variable(to, role, known ? FHIR_OF_INTERVENTION : FHIR_OF_COMPARATOR,
                 known               ? treatment
                 : treatment != NULL ? "active:other"
                                     : own,
                 comparator_words(rating, to->arena));
}

static void put_variables(struct fhir_writing *to, const struct rating *rating)
{
    const struct question *question = &rating->question;
    json_field_array(&to->json, "variableDefinition");
    put_variable(to, CODES({VARIABLE_ROLE, "population", "population"}), FHIR_OF_CONDITION,
                 question->condition->id, question->condition->plain);
    put_variable(to, CODES({VARIABLE_ROLE, "exposure", "exposure"}), FHIR_OF_INTERVENTION,
                 question->intervention->id, question->intervention->plain);
    put_comparator(to, rating);
    put_variable(to, CODES({VARIABLE_ROLE, "measuredVariable", "measured variable"}),
                 FHIR_OF_OUTCOME, question->outcome->id,
                 arena_printf(to->arena, "%s, %s", question->outcome->plain,
                              window_words(question->window)));
    json_end_array(&to->json);
}

/* ---- the figure ---- */

static const struct fhir_code *measure_codes(enum measure measure)
{
    static const struct fhir_code md[] = {{STATISTIC_TYPE, "0000457", "Mean Difference"}, {0}};
    static const struct fhir_code smd[] = {
        {STATISTIC_TYPE, "0000100", "Standardized Mean Difference"}, {0}};
    static const struct fhir_code rr[] = {{STATISTIC_TYPE, "C93152", "Relative Risk"}, {0}};
    static const struct fhir_code or [] = {{STATISTIC_TYPE, "C16932", "Odds Ratio"}, {0}};
    return measure == MEASURE_MD    ? md
           : measure == MEASURE_SMD ? smd
           : measure == MEASURE_RR  ? rr
           : measure == MEASURE_OR  ? or
                                    : NULL;
}

/* A ratio has no unit. */
static const char *unit_of(const struct rating *rating)
{
    return rating->synthesis.scale == BODY_RATIO ? NULL : rating->effect.scale;
}

static void put_quantity(struct json_writer *json, const char *key, double value, const char *unit)
{
    if (!isfinite(value))
        return;
    json_field_object(json, key);
    fhir_real(json, "value", value);
    fhir_text(json, "unit", unit);
    json_end_object(json);
}

static void put_range(struct json_writer *json, double low, double high, const char *unit)
{
    json_field_object(json, "range");
    put_quantity(json, "low", low, unit);
    put_quantity(json, "high", high, unit);
    json_end_object(json);
}

static void put_interval(struct json_writer *json, const struct fhir_code *type, const char *words,
                         double level, double low, double high, const char *unit)
{
    if (!isfinite(low) || !isfinite(high))
        return;
    json_begin_object(json);
    fhir_concept(json, "type", type, words);
    fhir_real(json, "level", level);
    put_range(json, low, high, unit);
    json_end_object(json);
}

static void put_number(struct json_writer *json, const char *code, const char *display,
                       double value, const char *unit)
{
    if (!isfinite(value))
        return;
    json_begin_object(json);
    fhir_concept(json, "type", CODES({ESTIMATE_TYPE, code, display}), NULL);
    put_quantity(json, "quantity", value, unit);
    json_end_object(json);
}

/* So small a p is told as smaller than this: the digits of a decimal would not hold it. */
static const double least_p = 1e-6;

static void put_p(struct json_writer *json, double p)
{
    if (!isfinite(p))
        return;
    json_begin_object(json);
    fhir_concept(json, "type", CODES({ESTIMATE_TYPE, "C44185", "P-value"}), NULL);
    json_field_object(json, "quantity");
    fhir_real(json, "value", fmax(p, least_p));
    if (p < least_p)
        json_field_text(json, "comparator", "<");
    json_end_object(json);
    json_end_object(json);
}

/* Heterogeneity is of several trials: one alone says nothing of it. */
static void put_estimates(struct json_writer *json, const struct rating *rating, double level)
{
    const struct effect_told *effect = &rating->effect;
    const struct synthesis *synthesis = &rating->synthesis;
    const struct pooled *pooled = &synthesis->pooled;
    bool several = synthesis->k != 1;
    json_field_array(json, "attributeEstimate");
    put_interval(json, CODES({ESTIMATE_TYPE, "C53324", "Confidence interval"}), NULL, level,
                 effect->ci_low, effect->ci_high, unit_of(rating));
    put_p(json, pooled->p);
    if (several) {
        put_number(json, "0000420", "I-squared", synthesis->i2, "%");
        put_number(json, "0000421", "Tau squared", pooled->tau2, NULL);
        put_number(json, "0000419", "Cochran's Q statistic", pooled->q, NULL);
        put_interval(json, NULL, "Prediction interval", level,
                     measure_to_told(synthesis->measure, pooled->pi_lb),
                     measure_to_told(synthesis->measure, pooled->pi_ub), unit_of(rating));
    }
    json_end_array(json);
}

static void put_sample(struct json_writer *json, int studies, int people)
{
    if (studies < 0 && people < 0)
        return;
    json_field_object(json, "sampleSize");
    fhir_count(json, "numberOfStudies", studies);
    fhir_count(json, "numberOfParticipants", people);
    json_end_object(json);
}

static void put_characteristic(struct json_writer *json, const struct fhir_code *code)
{
    json_begin_object(json);
    fhir_concept(json, "code", code, NULL);
    json_end_object(json);
}

static const struct fhir_code *estimator_codes(enum pool_method method)
{
    static const struct fhir_code reml[] = {
        {MODEL_CODE, "tauRestrictedMaximumLikelihood", "Restricted Maximum Likelihood method"},
        {0}};
    static const struct fhir_code dl[] = {
        {MODEL_CODE, "tauDersimonianLaird", "Dersimonian-Laird method"}, {0}};
    static const struct fhir_code pm[] = {{MODEL_CODE, "tauPauleMandel", "Paule-Mandel method"},
                                          {0}};
    return method == POOL_REML ? reml : method == POOL_DL ? dl : method == POOL_PM ? pm : NULL;
}

/* P1: three trials or more have the ruleset's test. */
static void put_test(struct json_writer *json, enum pool_test test)
{
    if (test == POOL_ADHOC)
        put_characteristic(
            json, CODES({MODEL_CODE, "modifiedHartungKnapp", "Modified Hartung-Knapp adjustment"}));
    if (test == POOL_KNHA)
        put_characteristic(json, CODES({MODEL_CODE, "hartungKnapp", "Hartung-Knapp adjustment"}));
}

static void put_model(struct json_writer *json, const struct synthesis *synthesis,
                      const struct ruleset *ruleset)
{
    if (synthesis->basis != BASIS_TRIALS || synthesis->pooled.k < 2)
        return;
    json_field_array(json, "modelCharacteristic");
    put_characteristic(json, CODES({MODEL_CODE, "metaAnalysis", "Meta-analysis"}));
    put_characteristic(json, CODES({MODEL_CODE, "inverseVariance", "Inverse variance method"}));
    if (ruleset->method != POOL_FE)
        put_characteristic(json, CODES({MODEL_CODE, "effectsRandom", "Random-effects"}));
    if (estimator_codes(ruleset->method) != NULL)
        put_characteristic(json, estimator_codes(ruleset->method));
    if (!isnan(synthesis->pooled.df))
        put_test(json, ruleset->test);
    json_end_array(json);
}

static void put_figure(struct fhir_writing *to, const struct rating *rating)
{
    struct json_writer *json = &to->json;
    const struct synthesis *synthesis = &rating->synthesis;
    const struct ruleset *ruleset = catalog_ruleset(to->catalog);
    json_begin_object(json);
    fhir_text(json, "description", synthesis->method);
    fhir_concept(json, "statisticType", measure_codes(synthesis->measure),
                 measure_codes(synthesis->measure) == NULL ? rating->effect.measure : NULL);
    put_quantity(json, "quantity", rating->effect.estimate, unit_of(rating));
    put_sample(json, synthesis->k, synthesis->n);
    put_estimates(json, rating, ruleset->level);
    put_model(json, synthesis, ruleset);
    json_end_object(json);
}

/* Trials that found something and gave no figure for it: counted, never more. */
static void put_directions(struct fhir_writing *to, const struct rating *rating)
{
    const struct directions *found = &rating->directions;
    int studies = found->better + found->neither + found->worse + found->unclear;
    struct buffer words = {0};
    sentence_put_trials_found(found, "", &words);
    json_begin_object(&to->json);
    fhir_text(&to->json, "description", buffer_string(&words));
    fhir_concept(&to->json, "statisticType", CODES({STATISTIC_TYPE, "descriptive", "Descriptive"}),
                 NULL);
    put_sample(&to->json, studies, found->people);
    json_end_object(&to->json);
    buffer_release(&words);
}

static void put_statistic(struct fhir_writing *to, const struct rating *rating)
{
    const struct directions *found = &rating->directions;
    bool figure = rating_has_figure(rating);
    if (!figure && found->better + found->neither + found->worse + found->unclear == 0)
        return;
    json_field_array(&to->json, "statistic");
    if (figure)
        put_figure(to, rating);
    else
        put_directions(to, rating);
    json_end_array(&to->json);
}

/* ---- how sure ---- */

static void put_domain(struct fhir_writing *to, const struct certainty *certainty,
                       enum domain domain)
{
    const struct domain_judgement *judged = &certainty->domains[domain];
    struct fhir_domain told = fhir_domain_of(certainty, domain, to->arena);
    struct json_writer *json = &to->json;
    const char *note = arena_printf(to->arena, "Rule %s", judged->rule);
    json_begin_object(json);
    fhir_text(json, "description", judged->reason);
    fhir_notes(json, &note, 1);
    fhir_concept(json, "type", told.type, told.type_words);
    if (told.rating != NULL)
        fhir_concept(json, "rating", told.rating, NULL);
    json_end_object(json);
}

static bool has_domains(const struct certainty *certainty)
{
    for (size_t i = 0; i < DOMAIN_COUNT; i++)
        if (certainty->domains[i].rule != NULL)
            return true;
    return false;
}

static void put_certainty(struct fhir_writing *to, const struct certainty *certainty)
{
    struct json_writer *json = &to->json;
    json_field_array(json, "certainty");
    json_begin_object(json);
    fhir_text(json, "description", fhir_certainty_meaning(certainty));
    fhir_concept(json, "type", fhir_certainty_type("Overall", "Overall certainty", to->arena),
                 NULL);
    fhir_concept(json, "rating", fhir_certainty_level(certainty->level, to->arena), NULL);
    if (has_domains(certainty)) {
        json_field_array(json, "subcomponent");
        for (size_t i = 0; i < DOMAIN_COUNT; i++)
            if (certainty->domains[i].rule != NULL)
                put_domain(to, certainty, i);
        json_end_array(json);
    }
    json_end_object(json);
    json_end_array(json);
}

/* ---- where it comes from ---- */

static void put_study(struct fhir_writing *to, const char *type, const struct study *study,
                      const char *why)
{
    struct json_writer *json = &to->json;
    const char *label = study_label(study, to->arena);
    json_begin_object(json);
    json_field_text(json, "type", type);
    fhir_text(json, "label", label);
    fhir_text(json, "display", why);
    fhir_reference(json, "resourceReference", FHIR_CITATION, FHIR_OF_STUDY, study->id, label,
                   to->arena);
    json_end_object(json);
}

static void put_page(struct fhir_writing *to, const struct rating *rating)
{
    struct json_writer *json = &to->json;
    json_begin_object(json);
    json_field_text(json, "type", "documentation");
    json_field_text(json, "label", "How this rating was made");
    json_field_object(json, "document");
    json_field_text(json, "contentType", "application/json");
    json_field_text(
        json, "url",
        arena_printf(to->arena, "%s/v1/ratings/%s/trace", to->origin, rating->question.id));
    json_end_object(json);
    json_end_object(json);
}

/* The figure is derived from the studies used, or from the review whose figure it is; the others
 * are told with the reason. */
static void put_artifacts(struct fhir_writing *to, const struct rating *rating)
{
    const struct study *adopted = rating->synthesis.adopted;
    json_field_array(&to->json, "relatedArtifact");
    put_page(to, rating);
    if (adopted != NULL)
        put_study(to, "derived-from", adopted, "the published pool that answers");
    for (size_t i = 0; i < rating->body.count; i++) {
        const struct rated_study *one = &rating->body.studies[i];
        if (one->study == adopted)
            continue;
        bool derived = one->used && adopted == NULL && rating_has_figure(rating);
        put_study(to, derived ? "derived-from" : "cites", one->study,
                  one->used ? one->approximated : one->why_not);
    }
    json_end_array(&to->json);
}

static const char *improbable_note(const struct rating *rating)
{
    return rating->hangs_on_improbable
               ? "Without figures that are improbably large the answer would be another."
               : NULL;
}

static const char *imputed_note(const struct rating *rating)
{
    return rating->hangs_on_imputed
               ? "Without figures whose error had to be imputed the answer would be another."
               : NULL;
}

static const char *citation_of(const struct fhir_writing *to, const struct fhir_entry *entry)
{
    const struct dataset *dataset = catalog_dataset(to->catalog);
    return arena_printf(to->arena, "Touchstone. %s. Base %s, ruleset %s %s. %s/v1/ratings/%s",
                        entry->title, dataset->version, catalog_ruleset(to->catalog)->id,
                        catalog_ruleset(to->catalog)->version, to->origin, entry->own);
}

void fhir_write_evidence(struct fhir_writing *to, const struct fhir_entry *entry)
{
    const struct rating *rating = entry->of.rating;
    struct json_writer *json = &to->json;
    const char *const notes[] = {
        rating->verdict == NULL ? NULL
                                : arena_printf(to->arena, "Verdict: %s (rule %s)",
                                               verdict_badge(rating->verdict), rating->rule),
        rating->override == NULL ? NULL : override_sentence(rating->override, to->arena),
        improbable_note(rating), imputed_note(rating)};
    fhir_put_head(to, FHIR_EVIDENCE, entry, entry->title);
    fhir_text(json, "citeAsMarkdown", citation_of(to, entry));
    put_artifacts(to, rating);
    fhir_text(json, "description", entry->title);
    fhir_text(json, "assertion", rating->sentence);
    fhir_notes(json, notes, sizeof notes / sizeof *notes);
    put_variables(to, rating);
    if (rating_has_figure(rating) && rating->synthesis.basis == BASIS_TRIALS &&
        rating->synthesis.pooled.k > 1)
        fhir_concept(json, "synthesisType",
                     CODES({TERMINOLOGY "synthesis-type", "std-MA", "summary data meta-analysis"}),
                     NULL);
    put_statistic(to, rating);
    put_certainty(to, &rating->certainty);
}
