#include "service/views/rating_text.h"

#include <math.h>
#include <string.h>

#include "evidence/rating/safety.h"
#include "evidence/rating/verdict.h"

enum { INDENT = 14, LABEL_COLUMNS = 26 };

static enum ink ink_of(const char *verdict)
{
    if (verdict == NULL || strcmp(verdict, "unproven") == 0 || strcmp(verdict, "untested") == 0)
        return INK_UNSURE;
    bool against = strstr(verdict, "not") != NULL || strstr(verdict, "harm") != NULL ||
                   strstr(verdict, "worse") != NULL || strstr(verdict, "no-different") != NULL;
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

static void put_padded(const struct terminal *terminal, enum ink ink, const char *text, int columns)
{
    terminal_put(terminal, ink, text);
    for (int used = terminal_columns(text); used < columns; used++)
        fputc(' ', terminal->out);
}

static void print_verdict(const struct terminal *terminal, const char *verdict,
                          enum certainty_level level)
{
    fputs("  ", terminal->out);
    put_padded(terminal, ink_of(verdict), verdict_badge(verdict), LABEL_COLUMNS);
    fprintf(terminal->out, "%s %s: %s\n\n", circles(level), level_words(level),
            certainty_meaning(level));
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
    if (label != NULL)
        terminal_paragraph(terminal, label, INDENT,
                           rating->certainty.authors_own ? "As graded by the review's authors."
                                                         : "Nothing was held against it.");
}

/* ---- studies ---- */

static const char *figure_text(const struct rating *rating, const struct rated_study *entry,
                               struct arena *arena)
{
    if (rating->synthesis.basis == BASIS_ADOPTED && entry->used)
        return arena_printf(arena, "%.2f [%.2f, %.2f]", rating->effect.estimate,
                            rating->effect.ci_low, rating->effect.ci_high);
    if (!entry->used || isnan(entry->effect.yi))
        return "-";
    double reach = 1.959963984540054 * sqrt(entry->effect.vi);
    double low = entry->effect.yi - reach;
    double high = entry->effect.yi + reach;
    if (rating->body.scale == BODY_RATIO)
        return arena_printf(arena, "%.2f [%.2f, %.2f]", exp(entry->effect.yi), exp(low), exp(high));
    return arena_printf(arena, "%.2f [%.2f, %.2f]", entry->effect.yi, low, high);
}

static const char *people_text(int people, struct arena *arena)
{
    return people == COUNT_UNKNOWN ? "?" : arena_printf(arena, "%d", people);
}

static void print_study(const struct terminal *terminal, const struct rating *rating,
                        const struct rated_study *entry, struct arena *arena)
{
    FILE *out = terminal->out;
    fputs("    ", out);
    put_padded(terminal, entry->used ? INK_PLAIN : INK_FAINT, entry->label, LABEL_COLUMNS);
    if (entry->used)
        fprintf(out, "%6s people  %-22s %4.0f%%\n", people_text(entry->n, arena),
                figure_text(rating, entry, arena), entry->weight);
    else
        terminal_paragraph(terminal, NULL, 4 + LABEL_COLUMNS - (4 + LABEL_COLUMNS),
                           entry->why_not == NULL ? "not used" : entry->why_not);
    const char *url = study_url(entry->study, arena);
    if (url != NULL)
        fprintf(out, "      %s\n", url);
}

static void print_studies(const struct terminal *terminal, const struct rating *rating,
                          struct arena *arena)
{
    if (rating->body.count == 0)
        return;
    terminal_put(terminal, INK_BOLD, "\n  Studies");
    if (rating->synthesis.basis >= BASIS_TRIALS)
        fprintf(terminal->out, " (%s; %s%s)", rating->effect.measure, rating->effect.scale,
                rating->synthesis.scale == BODY_RATIO      ? ""
                : rating->synthesis.better == BETTER_LOWER ? "; below 0 is better"
                                                           : "; above 0 is better");
    fputc('\n', terminal->out);
    for (size_t i = 0; i < rating->body.count; i++)
        print_study(terminal, rating, &rating->body.studies[i], arena);
}

/* ---- the answer ---- */

static void print_safety(const struct terminal *terminal, const struct catalog *catalog,
                         const struct intervention *intervention, struct arena *arena)
{
    struct safety safety = safety_of(catalog_base(catalog), intervention, arena);
    terminal_paragraph(terminal, "  How safe", INDENT, safety_words(safety.level));
    for (size_t i = 0; i < safety.count && i < 3; i++)
        terminal_paragraph(terminal, NULL, INDENT,
                           arena_printf(arena, "%s: %s (%s)", safety.harms[i].harm->event,
                                        safety.harms[i].harm->rate == NULL
                                            ? "how often is not told"
                                            : safety.harms[i].harm->rate,
                                        safety.harms[i].study->id));
}

static void print_as_of(const struct terminal *terminal, const struct catalog *catalog)
{
    const struct dataset *dataset = catalog_dataset(catalog);
    fprintf(terminal->out, "\n  As of base %s (records read up to %s), ruleset %s %s.\n",
            dataset->version, dataset->collected, catalog_ruleset(catalog)->id,
            catalog_ruleset(catalog)->version);
}

static void print_rows(const struct terminal *terminal, const struct headline *headline,
                       struct arena *arena)
{
    const struct rating *rows[] = {headline->sham, headline->nothing};
    static const char *const names[] = {"Against a pretend treatment", "Against doing without"};
    for (size_t i = 0; i < 2; i++) {
        struct buffer size = {0};
        if (rows[i] == NULL)
            continue;
        sentence_put_size(rows[i], &size);
        terminal_paragraph(terminal, i == 0 || rows[0] == NULL ? "  How big" : NULL, INDENT,
                           arena_printf(arena, "%s: %s", names[i], buffer_string(&size)));
        buffer_release(&size);
    }
}

void print_headline(const struct terminal *terminal, const struct catalog *catalog,
                    const struct headline *headline, struct arena *arena)
{
    terminal_put(
        terminal, INK_BOLD,
        arena_printf(arena, "%s › %s\n", headline->intervention->name, headline->condition->name));
    print_verdict(terminal, headline->verdict, headline->certainty);
    terminal_paragraph(terminal, NULL, 2, headline->sentence);
    fputc('\n', terminal->out);
    print_rows(terminal, headline, arena);
    if (headline->rating != NULL)
        print_certainty(terminal, headline->rating, arena);
    print_safety(terminal, catalog, headline->intervention, arena);
    if (headline->rating != NULL) {
        print_studies(terminal, headline->rating, arena);
        fprintf(terminal->out, "\n  The whole trace: touchstone rate %s\n",
                headline->rating->question.id);
    }
    print_as_of(terminal, catalog);
}

void print_headline_line(const struct terminal *terminal, const char *name,
                         const struct headline *headline)
{
    fputs("  ", terminal->out);
    put_padded(terminal, ink_of(headline->verdict), verdict_badge(headline->verdict),
               LABEL_COLUMNS);
    fprintf(terminal->out, "%s  %s\n", circles(headline->certainty), name);
}

void print_rating_line(const struct terminal *terminal, const struct rating *rating)
{
    fputs("  ", terminal->out);
    put_padded(terminal, ink_of(rating->verdict), verdict_badge(rating->verdict), LABEL_COLUMNS);
    fprintf(terminal->out, "%s  %s\n", circles(rating->certainty.level), rating->question.id);
}

static void print_step(const struct terminal *terminal, const struct trace_step *step,
                       struct arena *arena)
{
    struct buffer line = {0};
    if (step->subject != NULL)
        buffer_printf(&line, "%s: ", step->subject);
    buffer_text(&line, step->text);
    for (size_t i = 0; step->numbers[i].name != NULL; i++) {
        buffer_printf(&line, "%s%s ", i == 0 ? " [" : ", ", step->numbers[i].name);
        if (isfinite(step->numbers[i].value))
            buffer_printf(&line, "%.4g", step->numbers[i].value);
        else
            buffer_text(&line, "unknown");
    }
    if (step->numbers[0].name != NULL)
        buffer_byte(&line, ']');
    terminal_paragraph(terminal, arena_printf(arena, "  %s", step->rule), 8, buffer_string(&line));
    buffer_release(&line);
}

void print_rating(const struct terminal *terminal, const struct catalog *catalog,
                  const struct rating *rating, struct arena *arena)
{
    terminal_put(terminal, INK_BOLD, arena_printf(arena, "%s\n", rating->question.id));
    print_verdict(terminal, rating->verdict, rating->certainty.level);
    terminal_paragraph(terminal, NULL, 2, rating->sentence);
    fputc('\n', terminal->out);
    print_certainty(terminal, rating, arena);
    print_studies(terminal, rating, arena);
    terminal_put(terminal, INK_BOLD, "\n  The trace\n");
    for (size_t i = 0; i < rating->trace.count; i++)
        print_step(terminal, &rating->trace.steps[i], arena);
    print_as_of(terminal, catalog);
}
