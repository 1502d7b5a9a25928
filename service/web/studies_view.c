#include "service/web/studies_view.h"

#include <math.h>
#include <string.h>

#include "evidence/rating/verdict.h"
#include "service/views/html.h"
#include "service/views/sign.h"
#include "service/views/study_figure.h"
#include "service/web/forest_view.h"
#include "service/web/size_view.h"
#include "service/web/what_if_view.h"

/* A table of more rows than this opens at a tap. */
enum { ROWS_OPEN = 4 };

const char *study_name(const struct study *study, struct arena *arena)
{
    if (study->author_count > 0)
        return study_label(study, arena);
    const char *title = study->title == NULL ? "A study without a title" : study->title;
    return study->year > 0 ? arena_printf(arena, "%s (%d)", title, study->year) : title;
}

void study_put_link(const struct page *page, const struct study *study)
{
    html_put(page->out, "<a href=\"%s\">%s</a>", study_url(study, page->arena),
             study_name(study, page->arena));
}

/* What is not confirmed is never shown as if it were. */
static void put_reading(struct buffer *out, const struct study *study)
{
    const char *words = study_reading_words(study);
    if (words != NULL)
        html_put(out, " <small>(%s)</small>", words);
}

/* ---- cells: on a phone a row becomes a card, and each cell says what it is ---- */

static void open_cell(struct buffer *out, const char *label)
{
    html_put(out, "<td role=\"cell\" data-label=\"%s\">", label);
}

static void put_people(struct buffer *out, const struct rating *rating,
                       const struct rated_study *entry)
{
    bool adopted = rating->synthesis.basis == BASIS_ADOPTED && entry->used;
    int people = entry->n == COUNT_UNKNOWN && adopted ? rating->synthesis.n : entry->n;
    open_cell(out, "People");
    if (people == COUNT_UNKNOWN)
        buffer_text(out, "not told");
    else
        html_put(out, "%d", people);
    buffer_text(out, "</td>");
}

static void put_risk(struct buffer *out, const struct rated_study *entry)
{
    open_cell(out, "Risk of bias");
    html_put(out, "<span class=\"risk\">%s</span> %s", sign_risk_letter(entry->risk),
             sign_risk_words(entry->risk));
    if (entry->risk_by != NULL)
        html_put(out, " <small>(%s)</small>", entry->risk_by);
    buffer_text(out, "</td>");
}

static void put_weight(struct buffer *out, const struct rated_study *entry)
{
    open_cell(out, "Weight");
    if (entry->used && isfinite(entry->weight))
        buffer_printf(out, "%.0f %%", entry->weight);
    else
        buffer_text(out, "none");
    buffer_text(out, "</td>");
}

static void put_used(struct buffer *out, const struct rated_study *entry)
{
    open_cell(out, "Counted");
    if (entry->used)
        buffer_text(out, "Yes");
    else
        html_put(out, "No: %s", entry->why_not == NULL ? "no reason is recorded" : entry->why_not);
    if (entry->used && entry->approximated != NULL)
        html_put(out, " <small>(%s)</small>", entry->approximated);
    if (entry->improbable)
        buffer_text(out, " <small>(an improbable figure)</small>");
    buffer_text(out, "</td>");
}

static void put_choice(const struct page *page, const struct rating *rating,
                       const struct rated_study *entry, const struct supposed *supposed)
{
    if (!what_if_has_choice(rating))
        return;
    open_cell(page->out, "Leave out");
    what_if_put_box(page, entry, supposed->now == rating ? supposed : NULL);
    buffer_text(page->out, "</td>");
}

static void put_row(const struct page *page, const struct rating *rating,
                    const struct rated_study *entry, const struct supposed *supposed)
{
    struct buffer *out = page->out;
    buffer_text(out, "<tr role=\"row\"><th role=\"rowheader\" scope=\"row\">");
    study_put_link(page, entry->study);
    if (entry->study->retracted)
        buffer_text(out, " <strong>retracted</strong>");
    put_reading(out, entry->study);
    buffer_text(out, "</th>");
    put_people(out, rating, entry);
    open_cell(out, "Result");
    study_figure_put_words(out, rating, entry);
    buffer_text(out, "</td>");
    put_weight(out, entry);
    put_risk(out, entry);
    put_used(out, entry);
    put_choice(page, rating, entry, supposed);
    buffer_text(out, "</tr>\n");
}

/* ---- the table ---- */

static void put_caption(const struct page *page, const struct rating *rating)
{
    struct buffer against = {0};
    sentence_put_comparator(rating, &against);
    html_put(page->out,
             "<caption>%s, %s against %s, %s. In brackets the range in which the truth probably "
             "lies (95 %% interval).</caption>\n",
             rating->question.outcome->name, rating->question.intervention->plain,
             buffer_string(&against), window_words(rating->question.window));
    buffer_release(&against);
}

static void put_table(const struct page *page, const struct rating *rating,
                      const struct supposed *supposed)
{
    static const char *const columns[] = {"Study",  "People",       "Result",
                                          "Weight", "Risk of bias", "Counted?"};
    struct buffer *out = page->out;
    buffer_text(out, "<table role=\"table\">\n");
    put_caption(page, rating);
    buffer_text(out, "<thead role=\"rowgroup\"><tr role=\"row\">");
    for (size_t i = 0; i < sizeof columns / sizeof *columns; i++)
        html_put(out, "<th role=\"columnheader\" scope=\"col\">%s</th>", columns[i]);
    if (what_if_has_choice(rating))
        buffer_text(out, "<th role=\"columnheader\" scope=\"col\">Leave out</th>");
    buffer_text(out, "</tr></thead>\n<tbody role=\"rowgroup\">\n");
    for (size_t i = 0; i < rating->body.count; i++)
        put_row(page, rating, &rating->body.studies[i], supposed);
    buffer_text(out, "</tbody></table>\n");
}

/* "Against a pretend needle, in the first three days". */
static void put_heading(const struct page *page, const struct rating *rating)
{
    struct buffer against = {0};
    sentence_put_comparator(rating, &against);
    html_put(page->out, "<h3>Against %s, %s</h3>\n", buffer_string(&against),
             window_words(rating->question.window));
    buffer_release(&against);
}

static void put_comparison(const struct page *page, const struct rating *rating,
                           const struct supposed *supposed)
{
    bool long_table = rating->body.count > ROWS_OPEN;
    bool asked = supposed->now == rating;
    put_heading(page, rating);
    forest_put(page, rating);
    forest_put_years(page, rating);
    if (long_table)
        html_put(page->out, "<details%s><summary>All %zu as a table%s</summary>\n",
                 asked ? " open" : "", rating->body.count,
                 what_if_has_choice(rating) ? ", and what it would be without some of them" : "");
    what_if_open(page, rating);
    put_table(page, rating, supposed);
    what_if_close(page, rating, supposed);
    if (long_table)
        buffer_text(page->out, "</details>\n");
}

/* ---- studies that give no figure: what each compared and found ---- */

/* The condition itself or a child of it: a child's studies count for its parent. */
static bool belongs_to(const struct base *base, const char *id, const struct condition *condition)
{
    const struct condition *own = base_condition(base, id);
    if (own == condition)
        return true;
    for (const char *const *parent = own->parents; *parent != NULL; parent++)
        if (strcmp(*parent, condition->id) == 0)
            return true;
    return false;
}

static bool is_asked(const struct base *base, const struct result *result,
                     const struct headline *headline)
{
    return strcmp(result->intervention, headline->intervention->id) == 0 &&
           belongs_to(base, result->condition, headline->condition);
}

static bool tells_of_harms(const struct base *base, const struct study *study,
                           const struct headline *headline)
{
    for (size_t i = 0; i < study->harm_count; i++)
        if (strcmp(study->harms[i].intervention, headline->intervention->id) == 0)
            return belongs_to(base, study->condition, headline->condition);
    return false;
}

const char *study_against_words(const struct base *base, const struct result *result)
{
    const char *other = comparator_intervention(result->comparator);
    switch (result->comparator_class) {
    case COMPARATOR_SHAM:
        return sentence_sham(base_intervention(base, result->intervention));
    case COMPARATOR_NOTHING:
        return "doing without it";
    case COMPARATOR_MIXED:
        return "people who did not have it";
    case COMPARATOR_ACTIVE:
        break;
    }
    if (other != NULL)
        return base_intervention(base, other)->plain;
    return result->comparator_detail == NULL ? "another treatment" : result->comparator_detail;
}

static bool same_finding(const struct result *one, const struct result *other)
{
    return strcmp(one->outcome, other->outcome) == 0 &&
           strcmp(one->comparator, other->comparator) == 0 && one->favours == other->favours;
}

/* A result that says what one before it said: another time, another group. */
static bool is_said(const struct base *base, const struct study *study, size_t index,
                    const struct headline *headline)
{
    for (size_t i = 0; i < index; i++)
        if (is_asked(base, &study->results[i], headline) &&
            same_finding(&study->results[i], &study->results[index]))
            return true;
    return false;
}

static void put_finding(const struct page *page, const struct result *result)
{
    static const char *const found[] = {[FAVOURS_INTERVENTION] = "found better",
                                        [FAVOURS_NEITHER] = "no difference found",
                                        [FAVOURS_COMPARATOR] = "found worse",
                                        [FAVOURS_UNKNOWN] = "what was found is not told"};
    const struct base *base = catalog_base(page->catalog);
    html_put(page->out, "<li>%s, against %s: %s</li>", base_outcome(base, result->outcome)->plain,
             study_against_words(base, result), found[result->favours]);
}

static void put_findings(const struct page *page, const struct study *study,
                         const struct headline *headline)
{
    const struct base *base = catalog_base(page->catalog);
    buffer_text(page->out, "<ul>");
    for (size_t i = 0; i < study->result_count; i++)
        if (is_asked(base, &study->results[i], headline) && !is_said(base, study, i, headline))
            put_finding(page, &study->results[i]);
    buffer_text(page->out, "</ul>");
}

static void put_without_figure(const struct page *page, const struct study *study,
                               const struct headline *headline)
{
    const struct base *base = catalog_base(page->catalog);
    bool any = false;
    for (size_t i = 0; i < study->result_count && !any; i++)
        any = is_asked(base, &study->results[i], headline);
    if (!any && !tells_of_harms(base, study, headline))
        return;
    buffer_text(page->out, "<li>");
    study_put_link(page, study);
    if (study->retracted)
        buffer_text(page->out, " <strong>retracted, counts for nothing</strong>");
    put_reading(page->out, study);
    if (study->participants != COUNT_UNKNOWN)
        html_put(page->out, ", %d people", study->participants);
    if (any)
        put_findings(page, study, headline);
    else
        buffer_text(page->out, ": tells of harms only");
    buffer_text(page->out, "</li>\n");
}

static void put_all_without_figure(const struct page *page, const struct headline *headline)
{
    const struct base *base = catalog_base(page->catalog);
    size_t count;
    const uint32_t *places =
        catalog_places_of(page->catalog, headline->intervention->id, NULL, page->arena, &count);
    buffer_text(page->out, "<ul class=\"shelf\">\n");
    for (size_t i = 0; i < count; i++)
        put_without_figure(page, base_study_read(base, places[i], page->arena), headline);
    buffer_text(page->out, "</ul>\n");
}

static void put_comparisons(const struct page *page, const struct headline *headline,
                            const struct supposed *supposed)
{
    const struct rating *ratings[SIZE_RATINGS];
    size_t count = size_ratings(headline, ratings);
    for (size_t i = 0; i < count; i++)
        if (ratings[i]->body.count > 0)
            put_comparison(page, ratings[i], supposed);
}

void studies_put(const struct page *page, const struct headline *headline,
                 const struct supposed *supposed)
{
    if (headline->rating == NULL && headline->studies == 0)
        return;
    buffer_text(page->out, "<section class=\"studies\" id=\"studies\"><h2>The studies</h2>\n");
    if (headline->rating != NULL)
        put_comparisons(page, headline, supposed);
    else
        put_all_without_figure(page, headline);
    buffer_text(page->out, "</section>\n");
}
