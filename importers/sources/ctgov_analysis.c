#include "importers/sources/ctgov_analysis.h"

#include <ctype.h>
#include <math.h>
#include <string.h>
#include <strings.h>

#include "importers/sources/ctgov_text.h"
#include "importers/sources/field.h"

const char *ctgov_note(const char *note, const char *more, struct arena *arena)
{
    if (note == NULL || more == NULL)
        return note == NULL ? more : note;
    return arena_printf(arena, "%s; %s", note, more);
}

/* ---- what an estimate is ---- */

/* A word of these makes it another figure than it looks like. */
static const char *const other_figures[] = {
    "geometric", "hazard",     "hodges",     "incidence",    "inverse",     "ln",   "log",
    "median",    "percent",    "percentage", "proportion",   "proportions", "rank", "rate",
    "rates",     "reciprocal", "risk",       "standardised", "standardized"};

/* The first whose words stand in the text, in this order. */
static const struct {
    const char *words;
    enum figure figure;
} figures[] = {
    {"standardized mean difference", FIGURE_SMD},
    {"standardised mean difference", FIGURE_SMD},
    {"cohen's d", FIGURE_SMD},
    {"hedges' g", FIGURE_SMD},
    {"odds ratio", FIGURE_OR},
    {"risk ratio", FIGURE_RR},
    {"relative risk", FIGURE_RR},
};

static bool has_word(const char *text, const char *word)
{
    size_t length = strlen(word);
    for (const char *at = text; (at = strcasestr(at, word)) != NULL; at++)
        if ((at == text || !isalpha((unsigned char)at[-1])) && !isalpha((unsigned char)at[length]))
            return true;
    return false;
}

static bool is_other_figure(const char *words, bool risk_counts)
{
    for (size_t i = 0; i < sizeof other_figures / sizeof *other_figures; i++)
        if (has_word(words, other_figures[i]) &&
            (risk_counts || strcmp(other_figures[i], "risk") != 0))
            return true;
    return strchr(words, '%') != NULL;
}

enum figure ctgov_figure(const char *words, bool of_means)
{
    if (words == NULL)
        return FIGURE_NONE;
    for (size_t i = 0; i < sizeof figures / sizeof *figures; i++)
        if (strcasestr(words, figures[i].words) != NULL)
            return figures[i].figure == FIGURE_SMD || !is_other_figure(words, false)
                       ? figures[i].figure
                       : FIGURE_NONE;
    bool difference = has_word(words, "difference") || has_word(words, "differences");
    bool means = of_means || strcasestr(words, "mean") != NULL;
    return difference && means && !is_other_figure(words, true) ? FIGURE_MD : FIGURE_NONE;
}

/* ---- the estimate ---- */

/* Limits of the two-sided 95 % interval around the estimate; false for all others. */
static bool read_interval(const json_t *analysis, struct record_result *out)
{
    double low = field_number(analysis, "ciLowerLimit");
    double high = field_number(analysis, "ciUpperLimit");
    bool usual = field_number(analysis, "ciPctValue") == 95 &&
                 !field_is(analysis, "ciNumSides", "ONE_SIDED");
    bool around = low <= out->estimate && out->estimate <= high;
    if (!usual || !around || (figure_is_ratio(out->figure) && low <= 0))
        return false;
    out->ci_low = low;
    out->ci_high = high;
    return true;
}

static const char *interval_in_words(const json_t *analysis, struct arena *arena)
{
    const char *percent = field_line(analysis, "ciPctValue", arena);
    const char *low = field_line(analysis, "ciLowerLimit", arena);
    const char *high = field_line(analysis, "ciUpperLimit", arena);
    if (low == NULL && high == NULL)
        return NULL;
    return arena_printf(arena, "%s%s %sCI %s to %s", percent == NULL ? "" : percent,
                        percent == NULL ? "" : " %",
                        field_is(analysis, "ciNumSides", "ONE_SIDED") ? "one-sided " : "",
                        low == NULL ? "?" : low, high == NULL ? "?" : high);
}

static const char *estimate_in_words(const json_t *analysis, const char *type, struct arena *arena)
{
    const char *value = field_line(analysis, "paramValue", arena);
    if (value == NULL)
        return type;
    return arena_printf(arena, "%s %s", type == NULL ? "estimate" : type, value);
}

static void read_se(const json_t *analysis, struct record_result *out)
{
    bool of_mean = field_is(analysis, "dispersionType", "STANDARD_ERROR_OF_MEAN") ||
                   field_is(analysis, "dispersionType", "Standard Error of the Mean");
    double se = field_number(analysis, "dispersionValue");
    if (of_mean && !figure_is_ratio(out->figure) && se > 0)
        out->se = se;
}

static void read_estimate(const json_t *analysis, bool of_means, struct arena *arena,
                          struct record_result *out)
{
    const char *type = ctgov_line(analysis, "paramType", arena);
    double estimate = field_number(analysis, "paramValue");
    enum figure figure = ctgov_figure(type, of_means);
    bool possible = isfinite(estimate) && (!figure_is_ratio(figure) || estimate > 0);
    if (figure == FIGURE_NONE || !possible) {
        out->note = ctgov_note(out->note, estimate_in_words(analysis, type, arena), arena);
        out->note = ctgov_note(out->note, interval_in_words(analysis, arena), arena);
        return;
    }
    out->figure = figure;
    out->estimate = estimate;
    out->note = ctgov_note(out->note, type, arena);
    read_se(analysis, out);
    if (!read_interval(analysis, out))
        out->note = ctgov_note(out->note, interval_in_words(analysis, arena), arena);
}

/* "<0.001" and "0.000" are bounds; "=0.247" is a number. */
static void read_p(const json_t *analysis, struct arena *arena, struct record_result *out)
{
    const char *text = ctgov_line(analysis, "pValue", arena);
    if (text == NULL)
        return;
    double p = field_number_in(text + strspn(text, "= "));
    if (p > 0 && p <= 1)
        out->p = p;
    else
        out->p_text = text;
}

void ctgov_analysis(const json_t *analysis, bool of_means, struct arena *arena,
                    struct record_result *out)
{
    static const char *const words[] = {
        "statisticalMethod", "groupDescription",    "statisticalComment",  "estimateComment",
        "pValueComment",     "ciLowerLimitComment", "ciUpperLimitComment", "nonInferiorityComment"};
    bool superiority = field_is(analysis, "nonInferiorityType", "SUPERIORITY") ||
                       field_is(analysis, "nonInferiorityType", "OTHER");
    read_estimate(analysis, of_means, arena, out);
    read_p(analysis, arena, out);
    if (!superiority)
        out->note = ctgov_note(
            out->note, ctgov_words(field_line(analysis, "nonInferiorityType", arena), arena),
            arena);
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        out->note = ctgov_note(out->note, ctgov_line(analysis, words[i], arena), arena);
}
