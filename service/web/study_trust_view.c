#include "service/web/study_trust_view.h"

#include <math.h>
#include <string.h>
#include <strings.h>

#include "evidence/model/appraisal.h"
#include "evidence/model/rulebooks.h"
#include "evidence/rating/risk.h"
#include "service/views/html.h"
#include "service/views/sign.h"
#include "service/views/study_words.h"
#include "service/web/address.h"
#include "service/web/studies_view.h"

/* ---- how its figures were read ---- */

static void put_reading(const struct page *page, const struct study *study)
{
    static const char *const words[] = {
        [READING_ONCE] = "They were read from the source once and not compared with it again.",
        [READING_TWICE] = "They were read from the source twice, and both readings agree.",
        [READING_DIFFERED] = "They were read twice, and the readings differed.",
    };
    html_put(page->out, "<p><strong>Are the figures copied rightly?</strong> %s",
             words[study_reading(study)]);
    if (study->checked_on != NULL)
        html_put(page->out, " Second reading: %s.", date_in_words(study->checked_on, page->arena));
    if (study->checked_note != NULL)
        html_put(page->out, " %s", study->checked_note);
    buffer_text(page->out, "</p>\n");
}

/* ---- one appraisal ---- */

static const struct instrument_form *form_of(const struct page *page,
                                             const struct appraisal *appraisal)
{
    const struct instruments *forms = &base_rulebooks(catalog_base(page->catalog))->instruments;
    for (size_t i = 0; i < forms->count; i++)
        if (forms->items[i].instrument == appraisal->instrument)
            return &forms->items[i];
    return NULL;
}

/* What the item asks, where the appraisal names it by its number ("2", "Item 2", "D2") or, in
 * PEDro, by its short name; NULL where that is not known. */
static const char *item_question(const struct instrument_form *form, const char *name)
{
    const char *number = form == NULL ? NULL : instrument_item_number(form->instrument, name);
    for (size_t i = 0; number != NULL && i < form->item_count; i++)
        if (strcasecmp(form->items[i].id, number) == 0 ||
            strcasecmp(form->items[i].id + strcspn(form->items[i].id, "0123456789"), number) == 0)
            return form->items[i].name;
    return NULL;
}

static void put_item(struct buffer *out, const struct instrument_form *form, const char *name,
                     const char *value)
{
    const char *question = item_question(form, name);
    if (question == NULL)
        html_put(out, "<li>%s: <strong>%s</strong></li>\n", name, value);
    else
        html_put(out, "<li>%s <small>(%s)</small>: <strong>%s</strong></li>\n", question, name,
                 value);
}

static void put_items(const struct page *page, const struct appraisal *appraisal)
{
    const struct instrument_form *form = form_of(page, appraisal);
    if (appraisal->item_names[0] == NULL)
        return;
    buffer_text(page->out, "<ul class=\"items\">\n");
    for (size_t i = 0; appraisal->item_names[i] != NULL; i++)
        put_item(page->out, form, appraisal->item_names[i], appraisal->item_values[i]);
    buffer_text(page->out, "</ul>\n");
}

/* "Judged by Gross 2024", a link where that is a study of the base. */
static void put_rater(const struct page *page, const struct study *study, const char *rater)
{
    const struct study *by = base_study(catalog_base(page->catalog), rater);
    if (by == study)
        buffer_text(page->out, " Judged by its own authors.");
    else if (by != NULL)
        html_put(page->out, " Judged by <a href=\"%s\">%s</a>.",
                 address_of_study(by->id, page->arena), study_name(by, page->arena));
    else if (strncmp(rater, "https://", 8) == 0)
        html_put(page->out, " <a href=\"%s\">Where that is written</a>.", rater);
    else
        html_put(page->out, " Judged by %s.", rater);
}

static void put_shares(struct buffer *out, const struct appraisal *appraisal)
{
    if (isfinite(appraisal->share_low))
        buffer_printf(out, " Of the trials in it, %.0f %% are at low risk of a wrong result.",
                      100 * appraisal->share_low);
    if (isfinite(appraisal->share_high))
        buffer_printf(out, " Of the trials in it, %.0f %% are at high risk of a wrong result.",
                      100 * appraisal->share_high);
}

static void put_score(struct buffer *out, const struct appraisal *appraisal)
{
    if (isnan(appraisal->score))
        return;
    buffer_printf(out, " <strong>%g", appraisal->score);
    if (isfinite(appraisal->out_of))
        buffer_printf(out, " of %g", appraisal->out_of);
    buffer_text(out, " points</strong>.");
}

static void put_appraisal(const struct page *page, const struct study *study,
                          const struct appraisal *appraisal)
{
    struct buffer *out = page->out;
    const char *overall =
        appraisal->scope == SCOPE_STUDY ? appraisal_overall(appraisal) : appraisal->overall;
    html_put(out, "<li><strong>%s</strong> %s.",
             appraisal->instrument == INSTRUMENT_OTHER ? "Another instrument"
                                                       : instrument_names[appraisal->instrument],
             instrument_meaning(appraisal->instrument));
    if (appraisal->scope == SCOPE_INCLUDED_TRIALS)
        buffer_text(out, " It is about the trials that this review holds.");
    if (appraisal->applies_to != NULL)
        html_put(out, " About: %s.", appraisal->applies_to);
    if (overall != NULL)
        html_put(out, " Its answer: <strong>%s</strong>.",
                 overall_meaning(appraisal->instrument, overall));
    put_score(out, appraisal);
    put_shares(out, appraisal);
    if (appraisal->as_reported != NULL)
        html_put(out, " In the words of the source: “%s”.", appraisal->as_reported);
    put_rater(page, study, appraisal->rated_by);
    put_items(page, appraisal);
    buffer_text(out, "</li>\n");
}

/* ---- the whole ---- */

/* What the rules make of it for a trial: what weighs in a rating. */
static void put_risk(const struct page *page, const struct study *study)
{
    const char *by = NULL;
    enum risk risk = risk_of(study, catalog_ruleset(page->catalog), page->arena, &by);
    if (risk == RISK_UNKNOWN)
        return;
    html_put(
        page->out,
        "<p>Its risk of a wrong result, as the ratings count it: <span class=\"risk\">%s</span> "
        "%s%s%s%s.</p>\n",
        sign_risk_letter(risk), sign_risk_words(risk), by == NULL ? "" : " (", by == NULL ? "" : by,
        by == NULL ? "" : ")");
}

static void put_nobody(struct buffer *out, const struct study *study)
{
    if (design_is_trial(study->design))
        buffer_text(out,
                    "<p><strong>Was it done well?</strong> Nobody has judged it yet, as far as "
                    "this base knows. That is not a bad mark: it means that a flaw could "
                    "stand in it unseen. Ratings that rest on it count as less sure.</p>\n");
    else
        buffer_text(out,
                    "<p><strong>Was it done well?</strong> Nobody has judged it yet, as far as "
                    "this base knows.</p>\n");
}

void study_trust_put(const struct page *page, const struct study *study)
{
    struct buffer *out = page->out;
    buffer_text(out, "<section class=\"row\"><h2>How far to trust it</h2><div>\n");
    if (study->appraisal_count == 0) {
        put_nobody(out, study);
    } else {
        buffer_text(out, "<p><strong>Was it done well?</strong></p>\n");
        put_risk(page, study);
        buffer_text(out, "<ul class=\"appraisals\">\n");
        for (size_t i = 0; i < study->appraisal_count; i++)
            put_appraisal(page, study, &study->appraisals[i]);
        buffer_text(out, "</ul>\n");
    }
    put_reading(page, study);
    html_put(out, "<p><strong>Who paid?</strong> %s</p>\n",
             study->funding != NULL ? study->funding
                                    : "What was read of it does not say, or nobody has looked.");
    if (study->note != NULL)
        html_put(out, "<p><strong>Good to know:</strong> %s</p>\n", study->note);
    buffer_text(out, "</div></section>\n");
}
