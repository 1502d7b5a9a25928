#include "service/views/rating_text.h"

#include <math.h>
#include <stdint.h>
#include <string.h>

#include "evidence/rating/override.h"
#include "evidence/rating/safety.h"
#include "evidence/rating/verdict.h"
#include "service/views/forest_text.h"
#include "service/views/funnel_text.h"
#include "service/views/study_figure.h"

enum {
    INDENT = 14,
    BADGE_COLUMNS = 24,
    LABEL_COLUMNS = 30,
    FIGURE_COLUMNS = 22,
    STUDY_COLUMNS = 76, /* that a study's row takes; a narrower terminal gets two lines */
    HARMS_IN_SHORT = 3,
    PLOT_ROWS = 12 /* of a headline's forest plot */
};

static enum ink ink_of(const char *verdict)
{
    if (verdict == NULL || strcmp(verdict, "unproven") == 0 || strcmp(verdict, "untested") == 0 ||
        strstr(verdict, "no-different") != NULL)
        return INK_UNSURE; /* as good as another treatment is not "does not work" */
    bool against = strstr(verdict, "not") != NULL || strstr(verdict, "harm") != NULL ||
                   strstr(verdict, "worse") != NULL;
    return against ? INK_BAD : INK_GOOD;
}

static const char *circles(enum certainty_level level)
{
    static const char *const drawn[] = {"⊕◯◯◯", "⊕⊕◯◯", "⊕⊕⊕◯", "⊕⊕⊕⊕"};
    return drawn[level];
}

static const char *level_words(enum certainty_level level)
{
    static const char *const words[] = {"very low", "low", "moderate", "high"};
    return words[level];
}

/* "  May work        ⊕⊕◯◯", and what stands beside it. */
static void print_badge_line(const struct terminal *terminal, const char *verdict,
                             enum certainty_level level, const char *rest)
{
    terminal_spaces(terminal, 2);
    terminal_cell(terminal, ink_of(verdict), verdict_badge(verdict), BADGE_COLUMNS);
    fprintf(terminal->out, "%s ", circles(level));
    int column = 2 + BADGE_COLUMNS + terminal_columns(circles(level)) + 1;
    terminal_wrap(terminal, column, column, rest);
}

static void print_verdict(const struct terminal *terminal, const char *verdict,
                          enum certainty_level level, bool has_figure, struct arena *arena)
{
    print_badge_line(
        terminal, verdict, level,
        arena_printf(arena, "%s: %s", level_words(level),
                     has_figure ? certainty_meaning(level) : "there is no figure to be sure of"));
    fputc('\n', terminal->out);
}

/* V4: a curator's word, beside the verdict. */
static void print_override(const struct terminal *terminal, const struct rating *rating,
                           struct arena *arena)
{
    if (rating != NULL && rating->override != NULL)
        terminal_paragraph(terminal, NULL, 2, override_sentence(rating->override, arena));
}

/* ---- how sure ---- */

static const char *domain_words(size_t domain)
{
    static const char *const words[] = {"Risk of bias", "Disagreement",   "Indirectness",
                                        "Imprecision",  "Missing trials", "Upgrade",
                                        "Ceiling"};
    return words[domain];
}

static void print_certainty(const struct terminal *terminal, const struct rating *rating,
                            struct arena *arena)
{
    const char *label = "  How sure";
    for (size_t i = 0; i < DOMAIN_COUNT; i++) {
        const struct domain_judgement *domain = &rating->certainty.domains[i];
        if (domain->rule == NULL || (domain->change == 0 && i != DOMAIN_CAP))
            continue;
        const char *change = domain->change == 0 ? "" : arena_printf(arena, " %+d", domain->change);
        terminal_paragraph(terminal, label, INDENT,
                           arena_printf(arena, "%s%s: %s (rule %s)", domain_words(i), change,
                                        domain->reason, domain->rule));
        label = NULL;
    }
    if (label == NULL)
        return;
    const char *words = !rating_has_figure(rating)      ? "There is no figure to be sure of."
                        : rating->certainty.authors_own ? "As graded by the review's authors."
                                                        : "Nothing was held against it.";
    terminal_paragraph(terminal, label, INDENT, words);
}

/* ---- studies ---- */

static const char *figure_text(const struct rating *rating, const struct rated_study *entry,
                               struct arena *arena)
{
    struct study_figure figure = study_figure_of(rating, entry);
    if (!entry->used || isnan(figure.estimate))
        return "-";
    return arena_printf(arena, "%.2f [%.2f, %.2f]", figure.estimate, figure.low, figure.high);
}

static const char *people_text(int people, struct arena *arena)
{
    if (people == COUNT_UNKNOWN)
        return "? people";
    return arena_printf(arena, "%d %s", people, people == 1 ? "person" : "people");
}

/* The name of a study, and the column after it: what is told of it stands beside, or below. */
static int print_label(const struct terminal *terminal, enum ink ink, const char *label)
{
    bool beside = terminal->width >= STUDY_COLUMNS && terminal_columns(label) < LABEL_COLUMNS;
    terminal_spaces(terminal, 4);
    terminal_cell(terminal, ink, label, beside ? LABEL_COLUMNS : 0);
    if (beside)
        return 4 + LABEL_COLUMNS;
    int column = terminal->width >= STUDY_COLUMNS ? 4 + LABEL_COLUMNS : 6;
    fputc('\n', terminal->out);
    terminal_spaces(terminal, column);
    return column;
}

static void print_url(const struct terminal *terminal, const struct study *study,
                      struct arena *arena)
{
    const char *url = study_url(study, arena);
    if (url == NULL)
        return;
    terminal_spaces(terminal, 6);
    terminal_put(terminal, INK_FAINT, url);
    fputc('\n', terminal->out);
}

static void print_used(const struct terminal *terminal, const struct rating *rating,
                       const struct rated_study *entry, struct arena *arena)
{
    print_label(terminal, INK_PLAIN, entry->label);
    fprintf(terminal->out, "%12s  ", people_text(entry->n, arena));
    terminal_cell(terminal, INK_PLAIN, figure_text(rating, entry, arena), FIGURE_COLUMNS);
    if (isfinite(entry->weight))
        fprintf(terminal->out, "%4.0f%%", entry->weight);
    fputc('\n', terminal->out);
    print_url(terminal, entry->study, arena);
}

/* What a study found by its own account, where it says so. */
static const char *found_words(enum favours favours)
{
    switch (favours) {
    case FAVOURS_INTERVENTION:
        return "; by its own account better";
    case FAVOURS_NEITHER:
        return "; by its own account no different";
    case FAVOURS_COMPARATOR:
        return "; by its own account worse";
    case FAVOURS_UNKNOWN:
        break;
    }
    return "";
}

static void print_unused(const struct terminal *terminal, const struct rated_study *entry,
                         struct arena *arena)
{
    int column = print_label(terminal, INK_FAINT, entry->label);
    const char *why = entry->why_not == NULL ? "no reason is recorded" : entry->why_not;
    terminal_wrap(terminal, column, column,
                  arena_printf(arena, "%s%s", why, found_words(entry->favours)));
    print_url(terminal, entry->study, arena);
}

static const char *scale_words(const struct rating *rating, struct arena *arena)
{
    const char *good = rating->synthesis.scale == BODY_RATIO      ? ""
                       : rating->synthesis.better == BETTER_LOWER ? "; below 0 is better"
                                                                  : "; above 0 is better";
    return arena_printf(arena, "(%s; %s%s)", rating->effect.measure, rating->effect.scale, good);
}

static size_t count_used(const struct body *body)
{
    size_t count = 0;
    for (size_t i = 0; i < body->count; i++)
        count += body->studies[i].used;
    return count;
}

/* "Liu 2015, Ma 2010: figures read once, not confirmed." */
static void print_reading(const struct terminal *terminal, const struct body *body,
                          enum readings reading, struct arena *arena)
{
    struct buffer line = {0};
    const char *words = NULL;
    for (size_t i = 0; i < body->count; i++)
        if (study_reading(body->studies[i].study) == reading) {
            buffer_text(&line, words == NULL ? "" : ", ");
            buffer_text(&line, body->studies[i].label);
            words = study_reading_words(body->studies[i].study);
        }
    if (words != NULL)
        terminal_paragraph(terminal, NULL, 4,
                           arena_printf(arena, "%s: %s.", buffer_string(&line), words));
    buffer_release(&line);
}

static void print_studies(const struct terminal *terminal, const struct rating *rating,
                          struct arena *arena)
{
    const struct body *body = &rating->body;
    size_t used = count_used(body);
    if (used > 0) {
        fputc('\n', terminal->out);
        terminal_paragraph(terminal, "  Studies", 10,
                           rating_has_figure(rating) ? scale_words(rating, arena) : "");
    }
    for (size_t i = 0; i < body->count; i++)
        if (body->studies[i].used)
            print_used(terminal, rating, &body->studies[i], arena);
    if (used < body->count)
        terminal_heading(terminal, "Not used");
    for (size_t i = 0; i < body->count; i++)
        if (!body->studies[i].used)
            print_unused(terminal, &body->studies[i], arena);
    if (body->count > 0)
        fputc('\n', terminal->out);
    print_reading(terminal, body, READING_ONCE, arena);
    print_reading(terminal, body, READING_DIFFERED, arena);
}

/* ---- the plots ---- */

static void print_forest(const struct terminal *terminal, const struct forest *forest, size_t most,
                         struct arena *arena)
{
    struct buffer text = {0};
    const struct forest_paper paper = {
        .width = terminal->width, .bold = terminal->colour, .indent = 2, .most = most};
    const char *what =
        forest->kind == FOREST_YEARS ? "How the answer moved" : "What each study found";
    terminal_heading(
        terminal, forest->unit == NULL ? what : arena_printf(arena, "%s (%s)", what, forest->unit));
    forest_text(forest, &paper, &text);
    fputs(buffer_string(&text), terminal->out);
    buffer_release(&text);
}

/* The heaviest studies of what a headline stands on. */
static void print_small_forest(const struct terminal *terminal, const struct rating *rating,
                               struct arena *arena)
{
    struct forest forest = forest_of(rating, arena);
    if (forest.nothing == NULL)
        print_forest(terminal, &forest, PLOT_ROWS, arena);
}

/* Two trials are no funnel. */
static void print_funnel(const struct terminal *terminal, const struct rating *rating,
                         struct arena *arena)
{
    struct funnel funnel = funnel_of(rating, arena);
    struct buffer text = {0};
    if (funnel.nothing != NULL || funnel.count < FUNNEL_LEAST_TRIALS)
        return;
    terminal_heading(terminal, arena_printf(arena, "Do small trials tell another story? (%s)",
                                            rating->effect.scale));
    funnel_text(&funnel, terminal->width, 2, arena, &text);
    fputs(buffer_string(&text), terminal->out);
    buffer_release(&text);
}

static void print_plots(const struct terminal *terminal, const struct catalog *catalog,
                        const struct rating *rating, struct arena *arena)
{
    struct forest forest = forest_of(rating, arena);
    struct forest years = forest_by_year(rating, catalog_ruleset(catalog), arena);
    if (forest.nothing == NULL)
        print_forest(terminal, &forest, 0, arena);
    if (years.nothing == NULL && years.counted > 1)
        print_forest(terminal, &years, 0, arena);
    print_funnel(terminal, rating, arena);
}

/* ---- the answer ---- */

static const char *harm_text(const struct safety_harm *one, struct arena *arena)
{
    const struct harm *harm = one->harm;
    const char *how_often = safety_how_often(harm, arena);
    bool serious = harm->severity == SEVERITY_SERIOUS && !safety_is_none_found(harm);
    return arena_printf(arena, "%s%s: %s (%s)", harm->event, serious ? ", serious" : "",
                        how_often == NULL ? "how often is not told" : how_often,
                        study_label(one->study, arena));
}

/* The level, and the worst `most` of what is recorded. */
static void print_harms(const struct terminal *terminal, const struct catalog *catalog,
                        const struct intervention *intervention, size_t most, struct arena *arena)
{
    struct safety safety = safety_of(catalog_base(catalog), intervention, arena);
    terminal_paragraph(terminal, "  How safe", INDENT, safety_sentence(&safety, arena));
    for (size_t i = 0; i < safety.count && i < most; i++) {
        terminal_spaces(terminal, INDENT);
        fputs("· ", terminal->out);
        terminal_wrap(terminal, INDENT + 2, INDENT + 2, harm_text(&safety.harms[i], arena));
    }
    if (safety.count > most)
        terminal_paragraph(terminal, NULL, INDENT,
                           arena_printf(arena, "and %zu more: touchstone rate %s",
                                        safety.count - most, intervention->id));
}

void print_safety(const struct terminal *terminal, const struct catalog *catalog,
                  const struct intervention *intervention, struct arena *arena)
{
    print_harms(terminal, catalog, intervention, SIZE_MAX, arena);
}

static void print_as_of(const struct terminal *terminal, const struct catalog *catalog,
                        struct arena *arena)
{
    const struct dataset *dataset = catalog_dataset(catalog);
    const struct ruleset *ruleset = catalog_ruleset(catalog);
    fputc('\n', terminal->out);
    terminal_paragraph(terminal, NULL, 2,
                       arena_printf(arena, "As of base %s (records read up to %s), ruleset %s %s.",
                                    dataset->version, dataset->collected, ruleset->id,
                                    ruleset->version));
}

/* ", in the first three days", where a row was measured at another time than the headline. */
static const char *other_time(const struct headline *headline, const struct rating *row,
                              struct arena *arena)
{
    bool same = row == NULL || row->question.window == headline->rating->question.window;
    return same ? "" : arena_printf(arena, ", %s", window_words(row->question.window));
}

/* Size against each comparator; the two rows that matter say so where they have none. */
static void print_rows(const struct terminal *terminal, const struct headline *headline,
                       struct arena *arena)
{
    const struct rating *mixed = headline->rating == headline->sham ||
                                         headline->rating == headline->nothing || headline->borrowed
                                     ? NULL
                                     : headline->rating;
    const struct rating *rows[] = {mixed, headline->sham, headline->nothing};
    static const char *const names[] = {"Against a mix", "Against a pretend treatment",
                                        "Against doing without"};
    const char *label = "  How big";
    for (size_t i = mixed == NULL; i < 3; i++) {
        struct buffer size = {0};
        if (rows[i] == NULL)
            buffer_text(&size, "no figure here");
        else
            sentence_put_size(rows[i], &size);
        terminal_paragraph(terminal, label, INDENT,
                           arena_printf(arena, "%s%s: %s", names[i],
                                        other_time(headline, rows[i], arena),
                                        buffer_string(&size)));
        buffer_release(&size);
        label = NULL;
    }
}

/* Kin of the condition with answers of their own. */
static void print_besides(const struct terminal *terminal, const struct headline *headline,
                          struct arena *arena)
{
    const char *label = "  See also";
    for (const struct condition *const *other = headline->besides; *other != NULL; other++) {
        terminal_paragraph(terminal, label, INDENT,
                           arena_printf(arena, "%s: touchstone rate %s %s", (*other)->plain,
                                        headline->intervention->id, (*other)->id));
        label = NULL;
    }
}

void print_headline(const struct terminal *terminal, const struct catalog *catalog,
                    const struct headline *headline, struct arena *arena)
{
    const char *title =
        arena_printf(arena, "%s › %s", headline->intervention->name, headline->condition->name);
    terminal_title(terminal, title);
    print_verdict(terminal, headline->verdict, headline->certainty, headline->rating != NULL,
                  arena);
    terminal_paragraph(terminal, NULL, 2, headline->sentence);
    print_override(terminal, headline->rating, arena);
    fputc('\n', terminal->out);
    if (headline->rating != NULL) {
        print_rows(terminal, headline, arena);
        print_certainty(terminal, headline->rating, arena);
    }
    print_harms(terminal, catalog, headline->intervention, HARMS_IN_SHORT, arena);
    print_besides(terminal, headline, arena);
    if (headline->rating != NULL) {
        print_small_forest(terminal, headline->rating, arena);
        print_studies(terminal, headline->rating, arena);
        terminal_heading(terminal, "The whole trace");
        fprintf(terminal->out, "  touchstone rate %s\n", headline->rating->question.id);
    }
    print_as_of(terminal, catalog, arena);
}

void print_headline_line(const struct terminal *terminal, const char *name,
                         const struct headline *headline, struct arena *arena)
{
    const char *from =
        headline->borrowed ? arena_printf(arena, " (from %s)", headline->home->plain) : "";
    print_badge_line(terminal, headline->verdict, headline->certainty,
                     arena_printf(arena, "%s%s", name, from));
}

void print_questions(const struct terminal *terminal, const struct catalog *catalog, size_t from,
                     size_t count, struct arena *arena)
{
    if (count == 0)
        return;
    const struct question *first = &catalog_rating(catalog, from)->question;
    const char *pair = arena_printf(arena, "%s.%s.", first->intervention->id, first->condition->id);
    fputc('\n', terminal->out);
    terminal_paragraph(terminal, "  Every question", 2,
                       arena_printf(arena, "(touchstone rate %s… gives one whole)", pair));
    for (size_t i = 0; i < count; i++) {
        const struct rating *rating = catalog_rating(catalog, from + i);
        print_badge_line(terminal, rating->verdict, rating->certainty.level,
                         rating->question.id + strlen(pair));
    }
}

static void put_number(struct buffer *out, const struct trace_number *number)
{
    buffer_printf(out, "%s ", number->name);
    if (isfinite(number->value))
        buffer_printf(out, "%.4g", number->value);
    else
        buffer_text(out, "unknown");
}

/* " [k 3 gives estimate -1.2, se 0.3]". */
static void put_step_numbers(struct buffer *out, const struct trace_step *step)
{
    if (step->numbers[0].name == NULL)
        return;
    for (size_t i = 0; step->numbers[i].name != NULL; i++) {
        buffer_text(out, i == 0 ? " [" : i == step->inputs ? " " : ", ");
        if (i == step->inputs)
            buffer_text(out, "gives ");
        put_number(out, &step->numbers[i]);
    }
    buffer_byte(out, ']');
}

/* " (inconsistency.i2 50, inconsistency.q_p 0.1; GRADE guidelines 7)". */
static void put_step_source(struct buffer *out, const struct trace *trace,
                            const struct trace_step *step)
{
    struct ruleset_threshold thresholds[RULESET_THRESHOLDS];
    size_t count = ruleset_thresholds(trace->ruleset, step->rule, thresholds);
    const char *source = trace_source_of(trace, step);
    if (count == 0 && source == NULL)
        return;
    buffer_text(out, " (");
    for (size_t i = 0; i < count; i++)
        buffer_printf(out, "%s%s %.4g", i == 0 ? "" : ", ", thresholds[i].key, thresholds[i].value);
    buffer_printf(out, "%s%s)", count > 0 && source != NULL ? "; " : "",
                  source == NULL ? "" : source);
}

/* Where a rule comes from is told at the first of several steps by it. */
static bool tells_source(const struct trace *trace, size_t at)
{
    return at == 0 || trace->steps[at].source != trace->steps[at - 1].source ||
           strcmp(trace->steps[at].rule, trace->steps[at - 1].rule) != 0;
}

static void print_step(const struct terminal *terminal, const struct trace *trace, size_t at,
                       struct arena *arena)
{
    const struct trace_step *step = &trace->steps[at];
    struct buffer line = {0};
    if (step->subject != NULL)
        buffer_printf(&line, "%s: ", step->subject);
    buffer_text(&line, step->text);
    put_step_numbers(&line, step);
    if (tells_source(trace, at))
        put_step_source(&line, trace, step);
    terminal_paragraph(terminal, arena_printf(arena, "  %s", step->rule), 8, buffer_string(&line));
    buffer_release(&line);
}

void print_rating(const struct terminal *terminal, const struct catalog *catalog,
                  const struct rating *rating, struct arena *arena)
{
    terminal_title(terminal, rating->question.id);
    print_verdict(terminal, rating->verdict, rating->certainty.level, rating_has_figure(rating),
                  arena);
    terminal_paragraph(terminal, NULL, 2, rating->sentence);
    print_override(terminal, rating, arena);
    fputc('\n', terminal->out);
    print_certainty(terminal, rating, arena);
    print_harms(terminal, catalog, rating->question.intervention, HARMS_IN_SHORT, arena);
    print_plots(terminal, catalog, rating, arena);
    print_studies(terminal, rating, arena);
    terminal_heading(terminal, "The trace");
    for (size_t i = 0; i < rating->trace.count; i++)
        print_step(terminal, &rating->trace, i, arena);
    print_as_of(terminal, catalog, arena);
}
