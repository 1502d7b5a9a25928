#include "service/views/trace_text.h"

#include <math.h>
#include <string.h>

#include "evidence/rating/ruleset.h"

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

void print_trace(const struct terminal *terminal, const struct trace *trace, struct arena *arena)
{
    for (size_t i = 0; i < trace->count; i++)
        print_step(terminal, trace, i, arena);
}
