#include "service/views/import_text.h"

#include <inttypes.h>
#include <math.h>

enum { LEAST_SECONDS = 1, MINUTE = 60, HOUR = 3600, KEY_WIDTH = 6, STATUS_WIDTH = 10 };

double import_rate(const struct import_pace *pace)
{
    int64_t records = pace->run->position - pace->before;
    if (pace->seconds < LEAST_SECONDS || records <= 0)
        return NAN;
    return (double)records / pace->seconds;
}

static int64_t expected(const struct import_run *run)
{
    int64_t found = run->counts.found;
    if (run->most > 0 && (found < 0 || run->most < found))
        return run->most;
    return found;
}

double import_seconds_left(const struct import_pace *pace)
{
    double rate = import_rate(pace);
    int64_t records = expected(pace->run);
    if (pace->total > 0 && pace->taken > 0 && pace->before == 0 && pace->run->most == 0)
        return pace->seconds * (double)(pace->total - pace->taken) / (double)pace->taken;
    if (isnan(rate) || records < pace->run->position)
        return NAN;
    return (double)(records - pace->run->position) / rate;
}

static void put_duration(struct buffer *out, double seconds)
{
    if (seconds < MINUTE)
        buffer_printf(out, "%.0f s", ceil(seconds));
    else if (seconds < HOUR)
        buffer_printf(out, "%.0f min", ceil(seconds / MINUTE));
    else
        buffer_printf(out, "%.1f h", seconds / HOUR);
}

static void put_fetched(struct buffer *out, const struct import_run *run)
{
    int64_t records = expected(run);
    buffer_printf(out, "%s  %" PRId64, run->source, run->position);
    if (records >= 0)
        buffer_printf(out, " of %" PRId64, records);
    buffer_text(out, " fetched");
}

void import_progress_line(const struct import_pace *pace, struct buffer *out)
{
    const struct import_run *run = pace->run;
    double rate = import_rate(pace);
    double left = import_seconds_left(pace);
    put_fetched(out, run);
    buffer_printf(out, " · %" PRId64 " new · %" PRId64 " merged · %" PRId64 " failed",
                  run->counts.added, run->counts.merged, run->counts.refused);
    if (!isnan(rate))
        buffer_printf(out, " · %.0f/s", rate);
    if (!isnan(left)) {
        buffer_text(out, " · ");
        put_duration(out, left);
        buffer_text(out, " left");
    }
}

/* ---- the summary ---- */

static void put_counts(struct buffer *out, const struct import_pace *pace)
{
    const struct run_counts *counts = &pace->run->counts;
    if (counts->found >= 0)
        buffer_printf(out, "%" PRId64 " found, ", counts->found);
    buffer_printf(out,
                  "%" PRId64 " fetched: %" PRId64 " new, %" PRId64 " merged, %" PRId64
                  " changed, %" PRId64 " as they were, %" PRId64 " failed; ",
                  pace->run->position, counts->added, counts->merged, counts->updated,
                  counts->unchanged, counts->refused);
    put_duration(out, pace->seconds);
}

static void put_how_it_ended(struct buffer *out, const struct import_run *run)
{
    switch (run->status) {
    case RUN_FINISHED:
        break;
    case RUN_STOPPED:
    case RUN_RUNNING:
        buffer_printf(out, "Stopped; go on with: touchstone import --resume %" PRId64, run->key);
        break;
    case RUN_FAILED:
        buffer_printf(out,
                      "Failed; what came before is stored. Go on with: touchstone import "
                      "--resume %" PRId64,
                      run->key);
        break;
    }
}

void print_import(const struct terminal *terminal, const struct import_pace *pace)
{
    struct buffer text = {0};
    const struct import_run *run = pace->run;
    buffer_printf(&text, "%s %s", run->source, run->query);
    if (run->since != NULL)
        buffer_printf(&text, " (since %s)", run->since);
    terminal_title(terminal, buffer_string(&text));
    buffer_clear(&text);
    put_counts(&text, pace);
    terminal_paragraph(terminal, NULL, 2, buffer_string(&text));
    buffer_clear(&text);
    put_how_it_ended(&text, run);
    if (text.length > 0)
        terminal_paragraph(terminal, NULL, 2, buffer_string(&text));
    buffer_release(&text);
}

/* ---- changes ---- */

static void put_rating(struct buffer *out, const char *verdict, const char *certainty)
{
    if (verdict == NULL && certainty == NULL)
        buffer_text(out, "no such question");
    else
        buffer_printf(out, "%s (%s)", verdict == NULL ? "no verdict" : verdict,
                      certainty == NULL ? "-" : certainty);
}

static void put_change(struct buffer *out, const struct verdict_change *change)
{
    buffer_printf(out, "%s: ", change->question);
    put_rating(out, change->before_verdict, change->before_certainty);
    buffer_text(out, " → ");
    put_rating(out, change->after_verdict, change->after_certainty);
    buffer_printf(out, "; %s", change_cause_names[change->cause]);
    for (const char *const *study = change->studies; *study != NULL; study++)
        buffer_printf(out, " %s", *study);
}

void print_changes(const struct terminal *terminal, const struct verdict_change *changes,
                   size_t count)
{
    if (count == 0)
        return;
    terminal_heading(terminal, "Verdicts that changed");
    for (size_t i = 0; i < count; i++) {
        struct buffer text = {0};
        put_change(&text, &changes[i]);
        terminal_paragraph(terminal, NULL, 2, buffer_string(&text));
        buffer_release(&text);
    }
}

/* ---- a list ---- */

void print_imports(const struct terminal *terminal, const struct import_run *runs, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        struct buffer text = {0};
        buffer_printf(&text, "%" PRId64, runs[i].key);
        terminal_cell(terminal, INK_BOLD, buffer_string(&text), KEY_WIDTH);
        terminal_cell(terminal, INK_PLAIN, run_status_names[runs[i].status], STATUS_WIDTH);
        buffer_clear(&text);
        put_fetched(&text, &runs[i]);
        buffer_printf(&text, ": %s", runs[i].query);
        if (runs[i].error != NULL)
            buffer_printf(&text, " (%s)", runs[i].error);
        terminal_wrap(terminal, KEY_WIDTH + STATUS_WIDTH, KEY_WIDTH + STATUS_WIDTH,
                      buffer_string(&text));
        buffer_release(&text);
    }
}
