#include "service/views/studies_text.h"

#include <math.h>
#include <string.h>

#include "service/views/study_figure.h"

enum {
    LABEL_COLUMNS = 30,
    FIGURE_COLUMNS = 22,
    STUDY_COLUMNS = 76 /* that a study's row takes; a narrower terminal gets two lines */
};

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

void print_studies(const struct terminal *terminal, const struct rating *rating,
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
