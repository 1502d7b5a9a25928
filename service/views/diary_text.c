#include "service/views/diary_text.h"

#include <math.h>
#include <string.h>

#include "evidence/judgement/stop/stop_words.h"
#include "service/views/rating_text.h"

/* In the order of enum link_certainty. */
static const char *const link_certainty_told[] = {"trials with chance deciding who took it",
                                                  "groups of people followed", "its label",
                                                  "single cases"};

enum { ROWS = 11, LABEL = 7, LEAST_COLUMNS = 20, MOST_COLUMNS = 60 };

static const enum ink decided_inks[] = {INK_BAD,    INK_BAD,  INK_BAD, INK_UNSURE,
                                        INK_UNSURE, INK_GOOD, INK_GOOD};

/* ---- the chart ---- */

struct chart {
    const struct diary *diary;
    const struct stopping *stopping;
    char cells[ROWS][MOST_COLUMNS + 1];
    int columns;
    double first_day, last_day;
};

/* The row of a level; scores stand as they were written, so more is higher up. */
static int row_of(const struct chart *chart, double level)
{
    double share = chart->diary->scale->higher_is_better ? 1 - level / 10 : level / 10;
    double row = (ROWS - 1) * (1 - share);
    return (int)round(fmin(ROWS - 1, fmax(0, row)));
}

static int column_of(const struct chart *chart, double day)
{
    double share = (day - chart->first_day) / (chart->last_day - chart->first_day);
    return (int)round((chart->columns - 1) * fmin(1, fmax(0, share)));
}

static void put(struct chart *chart, double day, double level, char sign)
{
    chart->cells[row_of(chart, level)][column_of(chart, day)] = sign;
}

static void draw_curves(struct chart *chart)
{
    const struct stopping *stopping = chart->stopping;
    if (!stopping->known)
        return;
    for (int column = 0; column < chart->columns; column++) {
        double day =
            chart->first_day + (chart->last_day - chart->first_day) * column / (chart->columns - 1);
        put(chart, day, stopping->plan.line, '-');
        if (day < 0)
            continue;
        if (stopping->plan.knows_course)
            put(chart, day, stop_plan_without(&stopping->plan, day), ':');
        put(chart, day, fmin(10, fmax(0, recovery_mean(&stopping->recovery, day))), '.');
    }
}

static void draw(struct chart *chart)
{
    const struct diary *diary = chart->diary;
    chart->last_day = fmax(chart->stopping->plan.trial_days, chart->stopping->now);
    if (!(chart->last_day > 0)) /* nothing was scored that is decided on */
        chart->last_day = 7;
    for (size_t i = 0; i < diary->score_count; i++)
        chart->first_day = fmin(chart->first_day, diary->scores[i].day);
    for (int row = 0; row < ROWS; row++)
        memset(chart->cells[row], ' ', (size_t)chart->columns);
    draw_curves(chart);
    for (size_t i = 0; i < diary->score_count; i++)
        if (diary->scores[i].outcome == diary->outcome)
            put(chart, diary->scores[i].day, diary->scores[i].level, '*');
}

static void print_legend(const struct terminal *terminal, bool knows_course)
{
    fprintf(terminal->out, "%*s   *  your scores\n", LABEL, "");
    fprintf(terminal->out, "%*s   -  the goal\n", LABEL, "");
    fprintf(terminal->out, "%*s   .  expected with these scores\n", LABEL, "");
    if (knows_course)
        fprintf(terminal->out, "%*s   :  expected without this treatment\n", LABEL, "");
}

static void print_chart(const struct terminal *terminal, const struct diary *diary,
                        const struct stopping *stopping, struct arena *arena)
{
    struct chart chart = {.diary = diary, .stopping = stopping};
    int room = terminal->width - LABEL - 4;
    chart.columns = room > MOST_COLUMNS    ? MOST_COLUMNS
                    : room < LEAST_COLUMNS ? LEAST_COLUMNS
                                           : room;
    draw(&chart);
    fputc('\n', terminal->out);
    for (int row = 0; row < ROWS; row++) {
        double share = 1 - (double)row / (ROWS - 1);
        double told = diary->scale->low + share * (diary->scale->high - diary->scale->low);
        fprintf(terminal->out, "%*s |%.*s\n", LABEL,
                row % 5 == 0 ? arena_printf(arena, "%g", told) : "", chart.columns,
                chart.cells[row]);
    }
    fprintf(terminal->out, "%*s +", LABEL, "");
    for (int i = 0; i < chart.columns; i++)
        fputc('-', terminal->out);
    const char *first = diary_day(diary, chart.first_day, arena);
    const char *last = diary_day(diary, chart.last_day, arena);
    fprintf(terminal->out, "\n%*s %s%*s\n", LABEL, "", first,
            chart.columns + 1 - (int)strlen(first), last);
    print_legend(terminal, stopping->plan.knows_course);
}

/* ---- all of it ---- */

static void print_plan(const struct terminal *terminal, const struct stop_plan *plan,
                       struct arena *arena)
{
    terminal_heading(terminal, "What it rests on");
    terminal_paragraph(terminal, NULL, 2,
                       arena_printf(arena, "A trial of %.0f days%s.", plan->trial_days,
                                    plan->trial_is_own         ? ", as you wished"
                                    : plan->trial_rule == NULL ? ", the default"
                                                               : ""));
    if (plan->trial_rule != NULL)
        terminal_paragraph(terminal, NULL, 2, plan->trial_rule->rule);
    if (plan->course != NULL)
        terminal_paragraph(terminal, NULL, 2, plan->course->finding);
    if (plan->rating != NULL)
        terminal_paragraph(
            terminal, NULL, 2,
            arena_printf(arena, "%s (%s)", plan->rating->sentence, plan->rating->question.id));
}

static bool has_link(const struct told_medicine *told, const struct drug_link *link)
{
    for (const struct drug_link *const *one = told->links; *one != NULL; one++)
        if (*one == link)
            return true;
    return false;
}

static const char *name_of(const struct told_medicine *told, struct arena *arena)
{
    const char *name = told->medicine != NULL ? told->medicine->name : told->group->name;
    return told->guessed ? arena_printf(arena, "%s (you wrote %s)", name, told->written) : name;
}

/* The medicines from `from` on that have the link; NULL where an earlier one has told it. */
static const char *names_with(const struct told_medicines *medicines, size_t from,
                              const struct drug_link *link, struct arena *arena)
{
    const char *names = NULL;
    for (size_t i = 0; i < medicines->count; i++) {
        if (!has_link(&medicines->items[i], link))
            continue;
        if (i < from)
            return NULL;
        const char *name = name_of(&medicines->items[i], arena);
        names = names == NULL ? name : arena_printf(arena, "%s, %s", names, name);
    }
    return names;
}

/* Each link once, with all the medicines that it is told of. */
static void print_medicines(const struct terminal *terminal, const struct told_medicines *medicines,
                            struct arena *arena)
{
    bool headed = false;
    for (size_t i = 0; i < medicines->count; i++)
        for (const struct drug_link *const *link = medicines->items[i].links; *link != NULL;
             link++) {
            const char *names = names_with(medicines, i, *link, arena);
            if (names == NULL)
                continue;
            if (!headed)
                terminal_heading(terminal, "Your medicines and your muscles");
            headed = true;
            terminal_paragraph(
                terminal, NULL, 2,
                arena_printf(arena, "%s: %s %s", names, (*link)->effect, (*link)->what_to_do));
            terminal_paragraph(
                terminal, NULL, 4,
                arena_printf(arena, "Known from: %s.%s%s", link_certainty_told[(*link)->certainty],
                             (*link)->backing.doubtful != NULL ? " Doubtful: " : "",
                             (*link)->backing.doubtful != NULL ? (*link)->backing.doubtful : ""));
        }
}

/* To whoever has to do without what was tried. */
static void print_alternatives(const struct terminal *terminal, const struct catalog *catalog,
                               const struct diary *diary, const struct stop_signs *signs,
                               const struct stopping *stopping, struct arena *arena)
{
    size_t count;
    const struct headline *const *better = stop_alternatives(catalog, diary, signs, arena, &count);
    bool ends = stopping->decided == STOP_UNLIKELY || stopping->decided == STOP_FOR_HARM ||
                stopping->decided == STOP_DO_NOT_START;
    if (!ends || count == 0)
        return;
    terminal_heading(terminal, "Rated better for the same");
    for (size_t i = 0; i < count; i++)
        print_headline_line(terminal, better[i]->intervention->name, better[i], arena);
}

void print_stopping(const struct terminal *terminal, const struct catalog *catalog,
                    const struct diary *diary, const struct stop_signs *signs,
                    const struct stopping *stopping, struct arena *arena)
{
    terminal_put(terminal, decided_inks[stopping->decided], stop_headline(diary, stopping));
    fprintf(terminal->out, "  (rule %s)\n", stopping->rule);
    terminal_paragraph(terminal, NULL, 2, stopping->sentence);
    if (diary->scale != NULL && stopping->decided != STOP_SEEK_CARE) {
        print_chart(terminal, diary, stopping, arena);
        print_plan(terminal, &stopping->plan, arena);
    }
    print_alternatives(terminal, catalog, diary, signs, stopping, arena);
    print_medicines(terminal, &signs->medicines, arena);
    const char *const *warnings = stop_warnings(diary, signs, stopping, arena);
    if (*warnings != NULL)
        terminal_heading(terminal, "Mind");
    for (; *warnings != NULL; warnings++)
        terminal_paragraph(terminal, NULL, 2, *warnings);
}
