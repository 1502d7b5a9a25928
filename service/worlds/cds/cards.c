#include <stdio.h>
#include <string.h>

#include "evidence/base/text.h"
#include "evidence/judgement/signs/signs.h"
#include "evidence/model/rulebooks.h"
#include "evidence/rating/safety_kept.h"
#include "evidence/rating/verdict.h"
#include "service/http/query.h"
#include "service/views/sign.h"
#include "service/worlds/cds/cds.h"

enum { ALTERNATIVES_MOST = 3, HELPFUL_MOST = 5, STOP_RULES_MOST = 3 };

/* ---- pieces ---- */

/* At most so many characters; a longer one ends in an ellipsis. */
static const char *summary_of(const char *text, struct arena *arena)
{
    size_t length = strlen(text);
    if (text_code_points(text, length) <= CDS_SUMMARY_CHARACTERS)
        return text;
    size_t kept = text_bytes_of(text, length, CDS_SUMMARY_CHARACTERS - 1);
    return arena_printf(arena, "%.*s…", (int)kept, text);
}

static void put_source(struct cds_writing *to, const char *path, const char *code,
                       const char *display)
{
    struct json_writer *json = to->json;
    json_field_object(json, "source");
    json_field_text(json, "label", "Touchstone");
    json_field_text(json, "url", arena_printf(to->arena, "%s/", to->origin));
    json_field_object(json, "topic");
    json_field_text(json, "system", arena_printf(to->arena, "%s/v1/%s", to->origin, path));
    json_field_text(json, "code", code);
    json_field_text(json, "display", display);
    json_end_object(json);
    json_end_object(json);
}

static void put_link(struct cds_writing *to, const char *label, const char *path)
{
    json_begin_object(to->json);
    json_field_text(to->json, "label", label);
    json_field_text(to->json, "url", arena_printf(to->arena, "%s%s", to->origin, path));
    json_field_text(to->json, "type", "absolute");
    json_end_object(to->json);
}

/* Codes of the override reasons that CDS Hooks 3.0 gives as an example, in our words. */
static const struct {
    const char *code;
    const char *display;
} reasons[] = {
    {"does-not-align-latest-evidence", "Does not align with the latest evidence"},
    {"expert-contradicts", "An expert contradicts it"},
    {"action-unsuccessful", "It was tried before without success"},
};

const char *cds_override_reason(const char *code)
{
    for (size_t i = 0; i < sizeof reasons / sizeof *reasons; i++)
        if (strcmp(reasons[i].code, code) == 0)
            return reasons[i].display;
    return NULL;
}

static void put_override_reasons(struct json_writer *json)
{
    json_field_array(json, "overrideReasons");
    for (size_t i = 0; i < sizeof reasons / sizeof *reasons; i++) {
        json_begin_object(json);
        json_field_text(json, "system",
                        "http://terminology.hl7.org/CodeSystem/non-adherence-reason-codes");
        json_field_text(json, "code", reasons[i].code);
        json_field_text(json, "display", reasons[i].display);
        json_end_object(json);
    }
    json_end_array(json);
}

static void open_card(struct cds_writing *to, const struct cds_card *card, const char *summary,
                      const char *indicator, const char *detail)
{
    json_begin_object(to->json);
    json_field_text(to->json, "uuid", cds_card_id(to, card));
    json_field_text(to->json, "summary", summary_of(summary, to->arena));
    json_field_text(to->json, "indicator", indicator);
    json_field_text(to->json, "detail", detail);
    to->written++;
}

static const char *as_of(const struct cds_writing *to)
{
    const struct dataset *dataset = catalog_dataset(to->catalog);
    const struct ruleset *ruleset = catalog_ruleset(to->catalog);
    return arena_printf(to->arena, "Base %s, collected up to %s; ruleset %s %s.", dataset->version,
                        dataset->collected, ruleset->id, ruleset->version);
}

/* ---- an order ---- */

/* What is to be said of one order. */
struct advice_on {
    const struct intervention *intervention;
    const struct headline *headline; /* NULL: nothing is known of it for what the patient has */
    struct safety safety;
    const struct not_for *against; /* what speaks against it in this patient */
    size_t against_count;
    bool forbidden; /* some of that means that it is not to be used */
};

static struct advice_on advice_on(const struct cds_writing *to, const struct cds_order *order,
                                  const struct condition *condition,
                                  const struct cds_patient *patient)
{
    struct advice_on out = {.intervention = order->intervention};
    out.safety = *safety_kept(to->catalog, order->intervention);
    out.against = not_for_in(to->catalog, order->intervention, patient->problems,
                             strlen(patient->problems), to->arena, &out.against_count);
    for (size_t i = 0; i < out.against_count; i++)
        out.forbidden = out.forbidden || !out.against[i].ask_first;
    if (condition == NULL)
        return out;
    const struct headline *headline =
        catalog_headline(to->catalog, order->intervention, condition, NULL, to->arena);
    out.headline = headline->rating == NULL || headline->borrowed ? NULL : headline;
    return out;
}

static bool does_harm(const struct headline *headline)
{
    return headline != NULL && strcmp(sign_of(headline->verdict).tone, "red") == 0;
}

static bool does_help(const struct headline *headline)
{
    const char *tone = headline == NULL ? "" : sign_of(headline->verdict).tone;
    return strcmp(tone, "good") == 0 || strcmp(tone, "little") == 0;
}

static bool does_nothing(const struct headline *headline)
{
    return headline != NULL && strcmp(sign_of(headline->verdict).tone, "rust") == 0;
}

/* Critical is what the base records as not to be done in a patient like this. */
static const char *indicator_of(const struct advice_on *advice)
{
    if (advice->forbidden)
        return "critical";
    bool warns = advice->against_count > 0 || does_harm(advice->headline) ||
                 does_nothing(advice->headline) || advice->safety.level == SAFETY_SERIOUS;
    return warns ? "warning" : "info";
}

static const char *order_summary(const struct advice_on *advice, struct arena *arena)
{
    const char *name = advice->intervention->name;
    const struct headline *headline = advice->headline;
    if (advice->forbidden)
        return arena_printf(arena, "%s is not for this patient (%s)", name,
                            advice->against[0].state);
    if (headline == NULL)
        return arena_printf(arena, "%s: ask first (%s)", name, advice->against[0].state);
    const char *known =
        arena_printf(arena, "%s for %s: %s (%s certainty)", name, headline->condition->plain,
                     verdict_badge(headline->verdict), sign_certainty_words(headline->certainty));
    return advice->against_count == 0
               ? known
               : arena_printf(arena, "Ask first (%s). %s", advice->against[0].state, known);
}

static void put_against(const struct advice_on *advice, struct buffer *out)
{
    for (size_t i = 0; i < advice->against_count; i++)
        buffer_printf(out, "**%s:** %s\n\n",
                      advice->against[i].ask_first ? "Ask first" : "Not for this patient",
                      advice->against[i].statement);
}

static void put_known(const struct headline *headline, struct buffer *out)
{
    buffer_printf(out, "%s\n\n**How sure:** %s certainty: %s.\n\n", headline->sentence,
                  sign_certainty_words(headline->certainty),
                  rating_has_figure(headline->rating) ? certainty_meaning(headline->certainty)
                                                      : "there is no figure to be sure of");
}

static bool is_stop_rule_for(const struct stop_rule *rule, const struct base *base,
                             const struct headline *headline)
{
    return rule->superseded_by == NULL && rule->interventions[0] != NULL &&
           stop_rule_is_for(rule, headline->intervention->id) &&
           stop_rule_is_about(rule, base, headline->condition->id);
}

static size_t put_rules_of(const struct cds_writing *to, const struct headline *headline,
                           enum stop_kind kind, size_t told, struct buffer *out)
{
    const struct base *base = catalog_base(to->catalog);
    const struct stop_rules *rules = &base_rulebooks(base)->stop_rules;
    for (size_t i = 0; i < rules->count && told < STOP_RULES_MOST; i++)
        if (rules->items[i].kind == kind && is_stop_rule_for(&rules->items[i], base, headline))
            buffer_printf(out, "%s- %s\n", told++ == 0 ? "**When to stop:**\n\n" : "",
                          rules->items[i].rule);
    return told;
}

/* How long a fair trial is, then when to give it up, as the book of stop rules has it for this
 * treatment and complaint. */
static void put_stop_rules(const struct cds_writing *to, const struct headline *headline,
                           struct buffer *out)
{
    size_t told = put_rules_of(to, headline, STOP_TRIAL_LENGTH, 0, out);
    if (put_rules_of(to, headline, STOP_NO_BENEFIT, told, out) > 0)
        buffer_text(out, "\n");
}

static const char *order_detail(const struct cds_writing *to, const struct advice_on *advice)
{
    struct buffer out = {0};
    put_against(advice, &out);
    if (advice->headline != NULL)
        put_known(advice->headline, &out);
    buffer_printf(&out, "**How safe:** %s\n\n", safety_sentence(&advice->safety, to->arena));
    if (advice->headline != NULL) {
        put_stop_rules(to, advice->headline, &out);
        buffer_printf(&out, "Studies of it for this: %d. ", advice->headline->studies);
    }
    buffer_text(&out, as_of(to));
    const char *detail = arena_strndup(to->arena, out.bytes, out.length);
    buffer_release(&out);
    return detail;
}

/* ---- what is rated better ---- */

/* The base says whom it is not for, and that is nobody like this patient. */
static bool is_safe_for(const struct cds_writing *to, const struct intervention *intervention,
                        const struct cds_patient *patient)
{
    const struct rulebooks *books = base_rulebooks(catalog_base(to->catalog));
    size_t count;
    if (rulebooks_safe_use(books, intervention->id) == NULL)
        return false;
    not_for_in(to->catalog, intervention, patient->problems, strlen(patient->problems), to->arena,
               &count);
    return count == 0;
}

/* Suggestions in words alone: an order can be made of them only by who knows the patient. */
static void put_alternatives(struct cds_writing *to, const struct cds_card *card,
                             const struct headline *headline, const struct cds_patient *patient)
{
    const struct headline **ranked;
    size_t count = catalog_ranked(to->catalog, headline->condition, to->arena, &ranked);
    size_t told = 0;
    for (size_t i = 0; i < count && told < ALTERNATIVES_MOST; i++) {
        const struct headline *one = ranked[i];
        if (!headline_is_better(one, headline) || one->intervention == headline->intervention ||
            one->borrowed || !is_safe_for(to, one->intervention, patient))
            continue;
        if (told++ == 0)
            json_field_array(to->json, "suggestions");
        json_begin_object(to->json);
        json_field_text(to->json, "label",
                        arena_printf(to->arena, "Consider instead: %s – %s (%s certainty)",
                                     one->intervention->name, verdict_badge(one->verdict),
                                     sign_certainty_words(one->certainty)));
        json_field_text(to->json, "uuid", cds_suggestion_id(to, one->intervention, card));
        json_end_object(to->json);
    }
    if (told == 0)
        return;
    json_end_array(to->json);
    json_field_text(to->json, "selectionBehavior", "at-most-one");
}

static void put_order_links(struct cds_writing *to, const struct advice_on *advice)
{
    const struct intervention *intervention = advice->intervention;
    json_field_array(to->json, "links");
    if (advice->headline != NULL) {
        const char *question = arena_printf(to->arena, "%s for %s", intervention->name,
                                            advice->headline->condition->name);
        put_link(to, "The rating and its studies",
                 arena_printf(to->arena, "/?q=%s", percent_encode(question, to->arena)));
    }
    put_link(to, arena_printf(to->arena, "All that is known of it: %s", intervention->name),
             arena_printf(to->arena, "/t/%s", intervention->id));
    json_end_array(to->json);
}

static void put_order_card(struct cds_writing *to, const struct advice_on *advice,
                           const struct cds_patient *patient)
{
    const struct headline *headline = advice->headline;
    const struct cds_card card = {.intervention = advice->intervention,
                                  .condition = headline == NULL ? NULL : headline->condition,
                                  .against = advice->against_count};
    open_card(to, &card, order_summary(advice, to->arena), indicator_of(advice),
              order_detail(to, advice));
    put_source(to, "interventions", advice->intervention->id, advice->intervention->name);
    if (headline != NULL && advice->against_count == 0)
        put_alternatives(to, &card, headline, patient);
    put_order_links(to, advice);
    put_override_reasons(to->json);
    json_end_object(to->json);
}

static bool try_condition(struct cds_writing *to, const struct cds_order *order,
                          const struct condition *condition, const struct cds_patient *patient)
{
    struct advice_on advice = advice_on(to, order, condition, patient);
    if (advice.headline == NULL || to->written >= CDS_CARDS_MOST)
        return false;
    put_order_card(to, &advice, patient);
    return true;
}

/* Medicines that are given for pain before all else. What others are ordered for, an antidepressant
 * or an antibiotic, cannot be told from a complaint in the record. */
static bool is_for_pain(const struct intervention *intervention)
{
    static const char *const painkillers[] = {"oral-nsaids",
                                              "topical-nsaids",
                                              "intravenous-nsaid",
                                              "paracetamol",
                                              "opioids",
                                              "non-opioid-analgesics",
                                              "mixed-analgesics",
                                              "muscle-relaxants",
                                              "cyclobenzaprine",
                                              "capsaicin",
                                              "nsaid-plus-muscle-relaxant",
                                              "topical-salicylate-menthol",
                                              "lidocaine-patch",
                                              "local-anaesthetic-tpi",
                                              "corticosteroid-tpi"};
    for (size_t i = 0; i < sizeof painkillers / sizeof *painkillers; i++)
        if (strcmp(intervention->id, painkillers[i]) == 0)
            return true;
    return intervention->kind != KIND_DRUG;
}

/* For what the order says it is for; else for the complaints of the patient that it was studied
 * for; else only what speaks against it. */
void cds_put_order_cards(struct cds_writing *to, const struct cds_order *order,
                         const struct cds_patient *patient)
{
    bool any = false;
    if (order->reason != NULL)
        any = try_condition(to, order, order->reason, patient);
    bool guess = order->reason == NULL && !order->reason_told && is_for_pain(order->intervention);
    for (size_t i = 0; i < patient->count && guess; i++)
        any = try_condition(to, order, patient->conditions[i], patient) || any;
    struct advice_on advice = advice_on(to, order, NULL, patient);
    if (!any && advice.against_count > 0 && to->written < CDS_CARDS_MOST)
        put_order_card(to, &advice, patient);
}

/* ---- a complaint ---- */

static const char *condition_detail(const struct cds_writing *to,
                                    const struct headline *const *helpful, size_t count)
{
    struct buffer out = {0};
    for (size_t i = 0; i < count; i++)
        buffer_printf(&out, "- **%s:** %s (%s certainty). %s\n", helpful[i]->intervention->name,
                      verdict_badge(helpful[i]->verdict),
                      sign_certainty_words(helpful[i]->certainty), helpful[i]->sentence);
    buffer_printf(&out, "\n%s", as_of(to));
    const char *detail = arena_strndup(to->arena, out.bytes, out.length);
    buffer_release(&out);
    return detail;
}

static size_t find_helpful(const struct cds_writing *to, const struct condition *condition,
                           const struct cds_patient *patient,
                           const struct headline *out[HELPFUL_MOST])
{
    const struct headline **ranked;
    size_t count = catalog_ranked(to->catalog, condition, to->arena, &ranked);
    size_t kept = 0;
    for (size_t i = 0; i < count && kept < HELPFUL_MOST; i++)
        if (ranked[i]->rating != NULL && !ranked[i]->borrowed && does_help(ranked[i]) &&
            is_safe_for(to, ranked[i]->intervention, patient))
            out[kept++] = ranked[i];
    return kept;
}

void cds_put_condition_card(struct cds_writing *to, const struct condition *condition,
                            const struct cds_patient *patient)
{
    const struct headline *helpful[HELPFUL_MOST];
    size_t count = find_helpful(to, condition, patient, helpful);
    if (count == 0 || to->written >= CDS_CARDS_MOST)
        return;
    const char *first = helpful[0]->intervention->name;
    const char *summary =
        count == 1 ? arena_printf(to->arena, "What helps %s: %s", condition->plain, first)
                   : arena_printf(to->arena, "What helps %s: %s and %zu more", condition->plain,
                                  first, count - 1);
    open_card(to, &(struct cds_card){.condition = condition}, summary, "info",
              condition_detail(to, helpful, count));
    put_source(to, "conditions", condition->id, condition->name);
    json_field_array(to->json, "links");
    put_link(to, arena_printf(to->arena, "All that is rated for %s", condition->plain),
             arena_printf(to->arena, "/?q=%s", percent_encode(condition->name, to->arena)));
    json_end_array(to->json);
    json_end_object(to->json);
}
