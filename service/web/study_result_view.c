#include "service/web/study_result_view.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "evidence/rating/verdict.h"
#include "service/views/html.h"
#include "service/web/studies_view.h"

/* So many at once; the others are a tap away. */
enum { RESULTS_SHOWN = 6 };

/* ---- what was compared ---- */

static const struct intervention *treatment_of(const struct page *page, const struct result *result)
{
    return base_intervention(catalog_base(page->catalog), result->intervention);
}

static const char *against_of(const struct page *page, const struct result *result)
{
    return study_against_words(catalog_base(page->catalog), result);
}

/* "dry needling against doing without it", and what that was. */
static void put_pair(const struct page *page, const struct result *result)
{
    const char *against = against_of(page, result);
    html_put(page->out, "%s against %s", treatment_of(page, result)->plain, against);
    if (result->comparator_detail != NULL && strcmp(result->comparator_detail, against) != 0)
        html_put(page->out, " <small>(%s)</small>", result->comparator_detail);
}

static bool same_text(const char *one, const char *other)
{
    return one == other || (one != NULL && other != NULL && strcmp(one, other) == 0);
}

static bool same_pair(const struct result *one, const struct result *other)
{
    return strcmp(one->intervention, other->intervention) == 0 &&
           strcmp(one->comparator, other->comparator) == 0 &&
           same_text(one->comparator_detail, other->comparator_detail);
}

static bool stands_before(const struct study *study, size_t index)
{
    for (size_t i = 0; i < index; i++)
        if (same_pair(&study->results[i], &study->results[index]))
            return true;
    return false;
}

void study_compared_put(const struct page *page, const struct study *study)
{
    if (study->result_count == 0)
        return;
    buffer_text(page->out, "<ul>\n");
    for (size_t i = 0; i < study->result_count; i++) {
        if (stands_before(study, i))
            continue;
        buffer_text(page->out, "<li>");
        put_pair(page, &study->results[i]);
        buffer_text(page->out, "</li>\n");
    }
    buffer_text(page->out, "</ul>\n");
}

/* ---- figures ---- */

enum { NUMBER_SIZE = 32 };

/* Without its sign, rounded to what people can use, and without zeros at the end. */
static const char *rounded(double value, char text[NUMBER_SIZE])
{
    double size = fabs(value);
    snprintf(text, NUMBER_SIZE, "%.*f", size >= 100 ? 0 : size >= 10 ? 1 : size >= 1 ? 2 : 3, size);
    if (strchr(text, '.') != NULL) {
        char *end = text + strlen(text);
        while (end[-1] == '0')
            *--end = '\0';
        if (end[-1] == '.')
            *--end = '\0';
    }
    return text;
}

/* With a minus as wide as a digit. */
static void put_number(struct buffer *out, double value)
{
    char text[NUMBER_SIZE];
    buffer_printf(out, "%s%s", value < 0 ? "−" : "", rounded(value, text));
}

static void put_side(struct buffer *out, double value)
{
    char text[NUMBER_SIZE];
    buffer_printf(out, "%s %s", rounded(value, text), value < 0 ? "less" : "more");
}

static void put_unit(struct buffer *out, const struct result *result)
{
    if (result->figure == FIGURE_SMD)
        buffer_text(out, " standard deviations");
    else if (result->scale.unit != NULL)
        html_put(out, " %s", result->scale.unit);
    else if (isfinite(result->scale.low) || result->scale.name != NULL)
        buffer_text(out, " points");
}

static void put_interval(struct buffer *out, const struct result *result, bool sided)
{
    if (isnan(result->ci_low) || isnan(result->ci_high))
        return;
    buffer_text(out, " (");
    if (isfinite(result->ci_level))
        buffer_printf(out, "%g %% interval ",
                      result->ci_level < 1 ? 100 * result->ci_level : result->ci_level);
    sided ? put_side(out, result->ci_low) : put_number(out, result->ci_low);
    buffer_text(out, " to ");
    sided ? put_side(out, result->ci_high) : put_number(out, result->ci_high);
    buffer_byte(out, ')');
}

static void put_difference(struct buffer *out, const struct result *result)
{
    char size[NUMBER_SIZE];
    if (result->estimate == 0) {
        buffer_text(out, "no difference on average");
    } else {
        buffer_text(out, rounded(result->estimate, size));
        put_unit(out, result);
        buffer_text(out, result->estimate < 0 ? " less" : " more");
    }
    put_interval(out, result, true);
}

static void put_ratio(struct buffer *out, const struct result *result)
{
    buffer_text(out, result->figure == FIGURE_RR ? "it came about " : "its odds were ");
    put_number(out, result->estimate);
    buffer_text(out, result->figure == FIGURE_RR ? " times as often: risk ratio"
                                                 : " times as high: odds ratio");
    put_interval(out, result, false);
}

static void put_estimate(struct buffer *out, const struct result *result)
{
    buffer_text(out, "<p>");
    if (figure_is_ratio(result->figure)) {
        put_ratio(out, result);
    } else if (result->figure == FIGURE_RD) {
        buffer_text(out, "risk difference ");
        put_number(out, result->estimate);
        put_interval(out, result, false);
    } else {
        put_difference(out, result);
    }
    buffer_text(out, "</p>");
}

/* ---- the groups ---- */

static void put_spread(struct buffer *out, double mean, double sd, const char *what)
{
    buffer_text(out, what);
    put_number(out, mean);
    if (isfinite(sd)) {
        buffer_text(out, " (standard deviation ");
        put_number(out, sd);
        buffer_byte(out, ')');
    }
}

static void put_arm_figure(struct buffer *out, const struct study_arm *arm)
{
    if (arm->events != COUNT_UNKNOWN && arm->n != COUNT_UNKNOWN)
        buffer_printf(out, "%d of %d people", arm->events, arm->n);
    else if (arm->events != COUNT_UNKNOWN)
        buffer_printf(out, "%d people", arm->events);
    else if (isfinite(arm->mean))
        put_spread(out, arm->mean, arm->sd, "mean ");
    else if (isfinite(arm->change_mean))
        put_spread(out, arm->change_mean, arm->change_sd, "changed by ");
    else if (isfinite(arm->median))
        put_spread(out, arm->median, NAN, "median ");
}

static bool has_figure(const struct study_arm *arm)
{
    return arm->events != COUNT_UNKNOWN || isfinite(arm->mean) || isfinite(arm->change_mean) ||
           isfinite(arm->median);
}

static void put_arm(const struct page *page, const struct result *result,
                    const struct study_arm *arm)
{
    struct buffer *out = page->out;
    const char *name = arm->name != NULL                ? arm->name
                       : arm->role == ROLE_INTERVENTION ? treatment_of(page, result)->plain
                                                        : against_of(page, result);
    html_put(out, "<li>%s: ", name);
    put_arm_figure(out, arm);
    if (arm->n != COUNT_UNKNOWN && arm->events == COUNT_UNKNOWN)
        buffer_printf(out, "%s%d people", has_figure(arm) ? ", " : "", arm->n);
    buffer_text(out, "</li>");
}

static void put_arms(const struct page *page, const struct result *result)
{
    bool any = false;
    for (size_t i = 0; i < result->arm_count; i++)
        any = any || has_figure(&result->arms[i]) || result->arms[i].n != COUNT_UNKNOWN;
    if (!any)
        return;
    buffer_text(page->out, "<ul class=\"arms\">");
    for (size_t i = 0; i < result->arm_count; i++)
        put_arm(page, result, &result->arms[i]);
    buffer_text(page->out, "</ul>");
}

/* What a pool of a review was made of. */
static void put_pooled(struct buffer *out, const struct result *result)
{
    if (result->k == COUNT_UNKNOWN && result->n == COUNT_UNKNOWN)
        return;
    buffer_text(out, "<p>from ");
    if (result->k != COUNT_UNKNOWN)
        buffer_printf(out, "%d trial%s", result->k, result->k == 1 ? "" : "s");
    if (result->n != COUNT_UNKNOWN)
        buffer_printf(out, "%s%d people", result->k == COUNT_UNKNOWN ? "" : " with ", result->n);
    if (isfinite(result->i2))
        buffer_printf(out, "; %g %% of how they differ is more than chance (I²)", result->i2);
    buffer_text(out, "</p>");
}

/* A p alone says how surely, never how much. */
static void put_only_p(struct buffer *out, const struct result *result)
{
    buffer_text(out, "<p>The source prints no size.");
    if (isfinite(result->p))
        buffer_printf(out,
                      " If there were no true difference, chance would bring one like this or "
                      "larger in %s%.3g of 100 such studies (p %s %g).",
                      result->p_bound ? "fewer than " : "", 100 * result->p,
                      result->p_bound ? "below" : "=", result->p);
    buffer_text(out, "</p>");
}

static bool arms_tell(const struct result *result)
{
    for (size_t i = 0; i < result->arm_count; i++)
        if (has_figure(&result->arms[i]))
            return true;
    return false;
}

static void put_notes(struct buffer *out, const struct result *result)
{
    if (result->grade != CERTAINTY_UNKNOWN)
        html_put(out, "<p>How sure its authors are (GRADE): %s</p>",
                 certainty_meaning(result->grade));
    if (result->ignored != NULL)
        html_put(out, "<p><strong>Not counted:</strong> %s</p>", result->ignored);
    if (result->note != NULL)
        html_put(out, "<p><small>%s</small></p>", result->note);
}

/* ---- the row ---- */

static void open_cell(struct buffer *out, const char *label)
{
    html_put(out, "<td role=\"cell\" data-label=\"%s\">", label);
}

/* The ends stand in many a name already: "VAS 0-100". */
static void put_scale(struct buffer *out, const struct scale *scale)
{
    char ends[32] = "";
    if (isfinite(scale->low) && isfinite(scale->high))
        snprintf(ends, sizeof ends, "%g-%g", scale->low, scale->high);
    buffer_text(out, " <small>(");
    if (scale->name != NULL)
        html_put(out, "%s", scale->name);
    if (ends[0] != '\0' && (scale->name == NULL || strstr(scale->name, ends) == NULL))
        html_put(out, "%s%s", scale->name == NULL ? "scale " : ", ", ends);
    if (scale->name != NULL || ends[0] != '\0')
        buffer_text(out, "; ");
}

static void put_outcome(const struct page *page, const struct study *study,
                        const struct result *result)
{
    const struct base *base = catalog_base(page->catalog);
    const struct outcome *outcome = base_outcome(base, result->outcome);
    const struct scale *scale = &result->scale;
    struct buffer *out = page->out;
    html_put(out, "<th role=\"rowheader\" scope=\"row\">%s", outcome->name);
    put_scale(out, scale);
    html_put(out, "%s is better)</small>", result->better == BETTER_LOWER ? "less" : "more");
    if (strcmp(result->condition, study->condition) != 0) {
        struct buffer people = {0};
        sentence_put_people_with(base_condition(base, result->condition), &people);
        html_put(out, " <small>in %s</small>", buffer_string(&people));
        buffer_release(&people);
    }
    if (result->group != NULL)
        html_put(out, " <small>%s</small>", result->group);
    buffer_text(out, "</th>");
}

static void put_result(const struct page *page, const struct result *result)
{
    open_cell(page->out, "Result");
    buffer_text(page->out, "<div>");
    if (result->figure != FIGURE_NONE && isfinite(result->estimate))
        put_estimate(page->out, result);
    else if (!arms_tell(result))
        put_only_p(page->out, result);
    put_arms(page, result);
    put_pooled(page->out, result);
    put_notes(page->out, result);
    buffer_text(page->out, "</div></td>");
}

/* In words, with an arrow for those who skim: the colour is no sign of its own. */
static void put_favours(const struct page *page, const struct result *result)
{
    struct buffer *out = page->out;
    open_cell(out, "Better");
    switch (result->favours) {
    case FAVOURS_INTERVENTION:
        html_put(out, "<span aria-hidden=\"true\">↑</span> %s", treatment_of(page, result)->plain);
        break;
    case FAVOURS_COMPARATOR:
        html_put(out, "<span aria-hidden=\"true\">↓</span> %s", against_of(page, result));
        break;
    case FAVOURS_NEITHER:
        buffer_text(out, "<span aria-hidden=\"true\">=</span> no clear difference");
        break;
    case FAVOURS_UNKNOWN:
        buffer_text(out, "not told");
        break;
    }
    buffer_text(out, "</td>");
}

static void put_row(const struct page *page, const struct study *study, const struct result *result)
{
    struct buffer *out = page->out;
    buffer_text(out, "<tr role=\"row\">");
    put_outcome(page, study, result);
    open_cell(out, "Compared");
    put_pair(page, result);
    buffer_text(out, "</td>");
    open_cell(out, "When");
    html_put(out, "%s</td>", result->time != NULL ? result->time : window_words(result->window));
    put_result(page, result);
    put_favours(page, result);
    buffer_text(out, "</tr>\n");
}

/* A table of the results [from, to). */
static void put_table(const struct page *page, const struct study *study, size_t from, size_t to,
                      const char *name)
{
    static const char *const columns[] = {"What was measured", "Compared", "When", "Result",
                                          "Better was"};
    struct buffer *out = page->out;
    html_put(out,
             "<div class=\"wide\" role=\"region\" tabindex=\"0\" aria-label=\"%s\">"
             "<table role=\"table\">\n<caption>Figures of the source, rounded: the "
             "treatment minus what it was compared with. The interval is the range in "
             "which the truth probably lies.</caption>\n"
             "<thead role=\"rowgroup\"><tr role=\"row\">",
             name);
    for (size_t i = 0; i < sizeof columns / sizeof *columns; i++)
        html_put(out, "<th role=\"columnheader\" scope=\"col\">%s</th>", columns[i]);
    buffer_text(out, "</tr></thead>\n<tbody role=\"rowgroup\">\n");
    for (size_t i = from; i < to; i++)
        put_row(page, study, &study->results[i]);
    buffer_text(out, "</tbody></table></div>\n");
}

void study_results_put(const struct page *page, const struct study *study)
{
    struct buffer *out = page->out;
    size_t first = study->result_count > RESULTS_SHOWN + 1 ? RESULTS_SHOWN : study->result_count;
    buffer_text(out, "<section class=\"found\"><h2>What came out</h2>\n");
    if (study->result_count == 0) {
        buffer_text(out, "<p>No result of it is entered here.</p></section>\n");
        return;
    }
    put_table(page, study, 0, first, "What came out, result by result");
    if (first < study->result_count) {
        html_put(out, "<details><summary>%zu more results</summary>\n",
                 study->result_count - first);
        put_table(page, study, first, study->result_count, "What else came out");
        buffer_text(out, "</details>\n");
    }
    buffer_text(out, "</section>\n");
}
