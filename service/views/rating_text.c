#include "service/views/rating_text.h"

#include <stdint.h>
#include <string.h>

#include "evidence/rating/override.h"
#include "evidence/rating/safety_kept.h"
#include "evidence/rating/verdict.h"
#include "service/views/forest_text.h"
#include "service/views/funnel_text.h"
#include "service/views/studies_text.h"
#include "service/views/trace_text.h"

enum {
    INDENT = 14,
    BADGE_COLUMNS = 24,
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

/* "tiredness: 3 of 62 (Cherkin 2009, in people with low back pain)" */
static const char *harm_text(const struct base *base, const struct safety_harm *one,
                             const struct condition *asked, struct arena *arena)
{
    const struct harm *harm = one->harm;
    const struct condition *seen = safety_seen_in(base, one, asked);
    const char *how_often = safety_how_often(harm, arena);
    bool none = safety_is_none_found(harm);
    struct buffer text = {0};
    buffer_printf(&text, "%s%s%s: %s (%s", none ? "looked for and not found: " : "", harm->event,
                  harm->severity == SEVERITY_SERIOUS && !none ? ", serious" : "",
                  how_often == NULL ? "how often is not told" : how_often,
                  study_label(one->study, arena));
    if (seen != NULL) {
        buffer_text(&text, ", in ");
        sentence_put_people_with(seen, &text);
    }
    buffer_byte(&text, ')');
    const char *line = arena_strndup(arena, buffer_string(&text), text.length);
    buffer_release(&text);
    return line;
}

/* The level, and the worst `most` of what is recorded; `asked` NULL: for no condition. */
static void print_harms(const struct terminal *terminal, const struct catalog *catalog,
                        const struct intervention *intervention, const struct condition *asked,
                        size_t most, struct arena *arena)
{
    struct safety safety = *safety_kept(catalog, intervention);
    terminal_paragraph(terminal, "  How safe", INDENT, safety_sentence(&safety, arena));
    for (size_t i = 0; i < safety.count && i < most; i++) {
        terminal_spaces(terminal, INDENT);
        fputs("· ", terminal->out);
        terminal_wrap(terminal, INDENT + 2, INDENT + 2,
                      harm_text(catalog_base(catalog), &safety.harms[i], asked, arena));
    }
    if (safety.count > most)
        terminal_paragraph(terminal, NULL, INDENT,
                           arena_printf(arena, "and %zu more: touchstone rate %s",
                                        safety.count - most, intervention->id));
}

void print_safety(const struct terminal *terminal, const struct catalog *catalog,
                  const struct intervention *intervention, struct arena *arena)
{
    print_harms(terminal, catalog, intervention, NULL, SIZE_MAX, arena);
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

/* "Against a placebo (a tablet), in the first three days: 1.4 points less …" */
static const char *row_text(const struct headline *headline, const struct rating *row,
                            const char *without_figure, struct arena *arena)
{
    struct buffer against = {0};
    struct buffer size = {0};
    if (row == NULL) {
        buffer_text(&against, without_figure);
        buffer_text(&size, "no figure here");
    } else {
        sentence_put_comparator(row, &against);
        sentence_put_size(row, &size);
    }
    const char *text = arena_printf(arena, "Against %s%s: %s", buffer_string(&against),
                                    other_time(headline, row, arena), buffer_string(&size));
    buffer_release(&against);
    buffer_release(&size);
    return text;
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
    const char *const names[] = {NULL, sentence_sham(headline->intervention), "doing without it"};
    const char *label = "  How big";
    for (size_t i = mixed == NULL; i < 3; i++) {
        terminal_paragraph(terminal, label, INDENT, row_text(headline, rows[i], names[i], arena));
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
    print_harms(terminal, catalog, headline->intervention, headline->condition, HARMS_IN_SHORT,
                arena);
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
    const struct question *first = catalog_question(catalog, from);
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
    print_harms(terminal, catalog, rating->question.intervention, rating->question.condition,
                HARMS_IN_SHORT, arena);
    print_plots(terminal, catalog, rating, arena);
    print_studies(terminal, rating, arena);
    terminal_heading(terminal, "The trace");
    print_trace(terminal, catalog_trace(catalog, rating, arena), arena);
    print_as_of(terminal, catalog, arena);
}
