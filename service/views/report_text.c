#include "service/views/report_text.h"

#include <string.h>

#include "evidence/base/text.h"

/* Columns of the tables: 80 in all. */
enum { NAME_COLUMNS = 32, NUMBER_COLUMNS = 7, PEOPLE_COLUMNS = 8, ANSWER_COLUMNS = 8 };

/* So many of a long list, and of a long note, are printed. */
enum { NAMES_SHOWN = 8, LONGEST_DETAIL = 200 };

/* ---- coverage ---- */

static void put_right(const struct terminal *terminal, const char *text, int columns)
{
    terminal_spaces(terminal, columns - terminal_columns(text));
    terminal_put(terminal, INK_PLAIN, text);
}

static const char *number(int value, struct arena *arena)
{
    return value == COUNT_UNKNOWN || value == 0 ? "-" : arena_printf(arena, "%d", value);
}

/* A name that is too long for its column ends in an ellipsis. */
static const char *fitted(const char *name, int columns, struct arena *arena)
{
    if (terminal_columns(name) <= columns)
        return name;
    size_t kept = text_bytes_of(name, strlen(name), (size_t)columns - 1);
    return arena_printf(arena, "%.*s…", (int)kept, name);
}

static void print_table_head(const struct terminal *terminal)
{
    static const char *const heads[] = {"trials", "reviews"};
    terminal_spaces(terminal, NAME_COLUMNS);
    for (size_t i = 0; i < sizeof heads / sizeof *heads; i++)
        put_right(terminal, heads[i], NUMBER_COLUMNS + (int)i);
    put_right(terminal, "people", PEOPLE_COLUMNS);
    put_right(terminal, "newest", NUMBER_COLUMNS);
    put_right(terminal, "figures", ANSWER_COLUMNS);
    terminal_put(terminal, INK_PLAIN, "  surest");
    fputc('\n', terminal->out);
}

static void print_coverage(const struct terminal *terminal, const char *name, int indent,
                           const struct coverage *row, struct arena *arena)
{
    int columns = NAME_COLUMNS - indent;
    const char *people = row->people == 0 ? "-" : arena_printf(arena, "%lld", row->people);
    if (row->people_unknown > 0)
        people = arena_printf(arena, "%lld+", row->people);
    terminal_spaces(terminal, indent);
    terminal_cell(terminal, indent > 2 ? INK_PLAIN : INK_BOLD, fitted(name, columns - 1, arena),
                  columns);
    put_right(terminal, number(row->trials, arena), NUMBER_COLUMNS);
    put_right(terminal, number(row->reviews, arena), NUMBER_COLUMNS + 1);
    put_right(terminal, people, PEOPLE_COLUMNS);
    put_right(terminal, number(row->newest_year, arena), NUMBER_COLUMNS);
    put_right(terminal, arena_printf(arena, "%d/%d", row->bodies, row->questions), ANSWER_COLUMNS);
    fprintf(terminal->out, "  %s\n",
            row->certainty == CERTAINTY_UNKNOWN ? "-" : certainty_names[row->certainty]);
}

/* Each intervention with the conditions it was studied in beneath it. */
static void print_interventions(const struct terminal *terminal,
                                const struct coverage_report *coverage, struct arena *arena)
{
    size_t pair = 0;
    terminal_heading(terminal, "What is covered, by intervention");
    print_table_head(terminal);
    for (size_t i = 0; i < coverage->intervention_count; i++) {
        const struct coverage *row = &coverage->interventions[i];
        if (row->trials + row->reviews + row->others == 0)
            continue;
        print_coverage(terminal, row->intervention->name, 2, row, arena);
        while (pair < coverage->pair_count &&
               strcmp(coverage->pairs[pair].intervention->id, row->intervention->id) < 0)
            pair++;
        for (;
             pair < coverage->pair_count && coverage->pairs[pair].intervention == row->intervention;
             pair++)
            print_coverage(terminal, coverage->pairs[pair].condition->name, 4,
                           &coverage->pairs[pair], arena);
    }
}

static void print_conditions(const struct terminal *terminal,
                             const struct coverage_report *coverage, struct arena *arena)
{
    terminal_heading(terminal, "The same by condition");
    print_table_head(terminal);
    for (size_t i = 0; i < coverage->condition_count; i++)
        print_coverage(terminal, coverage->conditions[i].condition->name, 2,
                       &coverage->conditions[i], arena);
}

static void print_totals(const struct terminal *terminal, const struct report *report,
                         struct arena *arena)
{
    const struct coverage_report *coverage = &report->coverage;
    const struct coverage *all = &coverage->all;
    const struct dataset *dataset = catalog_dataset(report->catalog);
    terminal_title(terminal,
                   arena_printf(arena, "%s, version %s", dataset->name, dataset->version));
    terminal_paragraph(
        terminal, NULL, 2,
        arena_printf(arena,
                     "%d trials of %lld people (%d of unknown size), %d reviews, %d other studies. "
                     "Retracted, and counted nowhere: %d. %zu results speak to %d questions, %d of "
                     "them with a figure.",
                     all->trials, all->people, all->people_unknown, all->reviews, all->others,
                     coverage->retracted, coverage->results, all->questions, all->bodies));
}

/* ---- what is missing ---- */

static const char *gap_words(enum gap_kind kind)
{
    switch (kind) {
    case GAP_UNTESTED:
        return "Interventions without any study";
    case GAP_UNSTUDIED:
        return "Conditions without any study";
    case GAP_UNIDENTIFIED:
        return "Studies with neither PMID nor DOI";
    case GAP_UNAPPRAISED:
        return "Trials and reviews that nobody appraised";
    case GAP_UNCHECKED:
        return "Studies read once";
    case GAP_FUNDING:
        return "Trials whose funding is unknown";
    case GAP_WITHOUT_FIGURE:
        return "Results without a figure";
    case GAP_WITHOUT_ENDS:
        return "Results on a scale whose ends are not named";
    }
    return "";
}

/* Interventions and conditions are few enough to name all of them. */
static const char *some_ids(const struct gap *gap, bool all, struct arena *arena)
{
    const char *words = "";
    size_t shown = all || gap->count <= NAMES_SHOWN + 2 ? gap->count : NAMES_SHOWN;
    for (size_t i = 0; i < shown; i++)
        words = arena_printf(arena, "%s%s%s", words, i == 0 ? "" : ", ", gap->ids[i]);
    if (shown < gap->count)
        words =
            arena_printf(arena, "%s … and %zu more (--json names them)", words, gap->count - shown);
    return words;
}

static void print_gaps(const struct terminal *terminal, const struct coverage_report *coverage,
                       struct arena *arena)
{
    terminal_heading(terminal, "What is missing");
    for (size_t i = 0; i < GAP_KIND_COUNT; i++) {
        const struct gap *gap = &coverage->gaps[i];
        terminal_paragraph(terminal, NULL, 2,
                           arena_printf(arena, "%s: %zu of %zu", gap_words((enum gap_kind)i),
                                        gap->count, gap->of));
        if (gap->count > 0)
            terminal_paragraph(terminal, NULL, 6, some_ids(gap, i <= GAP_UNSTUDIED, arena));
    }
}

/* ---- what looks odd ---- */

static const char *oddity_words(enum oddity_kind kind)
{
    switch (kind) {
    case ODDITY_SD_IMPOSSIBLE:
        return "More spread than the scale allows";
    case ODDITY_SD_SMALL:
        return "An SD under a third of the others' (perhaps a standard error)";
    case ODDITY_SD_LARGE:
        return "An SD over three times the others'";
    case ODDITY_INTERVAL:
        return "An interval that is not around its estimate";
    case ODDITY_TEN_TIMES:
        return "An effect ten times that of the others";
    case ODDITY_HUGE:
        return "Groups more than 2.5 standard deviations apart";
    case ODDITY_DISAGREE:
        return "Two figures for one measurement";
    case ODDITY_TIME:
        return "One time in two windows";
    case ODDITY_SECOND_READING:
        return "The second reading did not agree";
    case ODDITY_IMPUTED:
        return "An answer that hangs on an error nobody printed";
    }
    return "";
}

static void print_count(const struct terminal *terminal, const char *what, size_t count)
{
    fputs("\n  ", terminal->out);
    terminal_put(terminal, INK_BOLD, what);
    fprintf(terminal->out, ": %zu\n", count);
}

/* The id of a question is one long word: it is broken after a dot where it does not fit. */
static void print_question(const struct terminal *terminal, const char *id, struct arena *arena)
{
    size_t room = (size_t)terminal->width - 6;
    size_t at = strlen(id);
    if (at > room)
        for (at = room; at > 0 && id[at - 1] != '.'; at--)
            ;
    terminal_paragraph(terminal, NULL, 6, arena_printf(arena, "%.*s %s", (int)at, id, id + at));
}

static void print_oddity(const struct terminal *terminal, const struct oddity *oddity,
                         struct arena *arena)
{
    const char *where =
        oddity->result == ODDITY_WHOLE_STUDY
            ? oddity->study->id
            : arena_printf(arena, "%s/results/%d", oddity->study->id, oddity->result);
    terminal_paragraph(terminal, NULL, 4,
                       arena_printf(arena, "%s (%s)", where, study_label(oddity->study, arena)));
    if (oddity->question != NULL)
        print_question(terminal, oddity->question, arena);
    terminal_paragraph(terminal, NULL, 6, fitted(oddity->detail, LONGEST_DETAIL, arena));
}

static void print_oddities(const struct terminal *terminal, const struct report *report,
                           struct arena *arena)
{
    for (size_t from = 0, to = 0; from < report->oddity_count; from = to) {
        enum oddity_kind kind = report->oddities[from].kind;
        while (to < report->oddity_count && report->oddities[to].kind == kind)
            to++;
        print_count(terminal, oddity_words(kind), to - from);
        for (size_t i = from; i < to; i++)
            print_oddity(terminal, &report->oddities[i], arena);
    }
}

static void print_lookalikes(const struct terminal *terminal, const struct report *report,
                             struct arena *arena)
{
    if (report->lookalike_count > 0)
        print_count(terminal, "Perhaps one study under two ids", report->lookalike_count);
    for (size_t i = 0; i < report->lookalike_count; i++) {
        const struct lookalike *pair = &report->lookalikes[i];
        terminal_paragraph(terminal, NULL, 4,
                           arena_printf(arena, "%s and %s", pair->one->id, pair->other->id));
        terminal_paragraph(
            terminal, NULL, 6,
            arena_printf(arena, "%s%s", pair->detail, pair->told ? " (their notes say so)" : ""));
    }
}

static void print_missing_reviews(const struct terminal *terminal, const struct report *report,
                                  struct arena *arena)
{
    if (report->missing_review_count > 0)
        print_count(terminal, "Reviews that trials name and the base does not hold",
                    report->missing_review_count);
    for (size_t i = 0; i < report->missing_review_count; i++) {
        const struct missing_review *missing = &report->missing_reviews[i];
        const char *perhaps =
            missing->perhaps == NULL
                ? ""
                : arena_printf(arena, "; perhaps %s is meant", missing->perhaps->id);
        terminal_paragraph(terminal, NULL, 4,
                           arena_printf(arena, "%s, by %s%s%s", missing->id, missing->trial->id,
                                        missing->trials == 1 ? ""
                                                             : arena_printf(arena, " and %zu more",
                                                                            missing->trials - 1),
                                        perhaps));
    }
}

void print_report(const struct terminal *terminal, const struct report *report, struct arena *arena)
{
    print_totals(terminal, report, arena);
    print_interventions(terminal, &report->coverage, arena);
    print_conditions(terminal, &report->coverage, arena);
    print_gaps(terminal, &report->coverage, arena);
    terminal_heading(terminal, "What looks odd");
    if (report->oddity_count + report->lookalike_count + report->missing_review_count == 0)
        terminal_paragraph(terminal, NULL, 2, "Nothing.");
    print_oddities(terminal, report, arena);
    print_lookalikes(terminal, report, arena);
    print_missing_reviews(terminal, report, arena);
}
