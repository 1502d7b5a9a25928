#include "evidence/rating/trace.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "evidence/rating/rules.h"

const char trace_gives[] = "gives";

enum { FIRST_CAPACITY = 16, TEXT_SIZE = 512 };

static struct trace_step *next_step(struct trace *trace)
{
    if (trace->count == trace->capacity) {
        size_t capacity = trace->capacity == 0 ? FIRST_CAPACITY : trace->capacity * 2;
        struct trace_step *steps = arena_array(trace->arena, capacity, sizeof *steps);
        if (trace->count > 0)
            memcpy(steps, trace->steps, trace->count * sizeof *steps);
        trace->steps = steps;
        trace->capacity = capacity;
    }
    return &trace->steps[trace->count++];
}

/* All are looked at until one says that the others are given. */
static void add_numbers(struct trace_step *step, const struct trace_number *numbers,
                        struct arena *arena)
{
    struct trace_number kept[TRACE_NUMBERS + 1] = {0};
    size_t count = 0;
    bool given = false;
    for (; numbers != NULL && numbers->name != NULL && count < TRACE_NUMBERS; numbers++) {
        if (numbers->name == trace_gives) {
            given = true;
            continue;
        }
        kept[count++] = *numbers;
        step->inputs += !given;
    }
    struct trace_number *copy = arena_array(arena, count + 1, sizeof *copy);
    step->numbers = memcpy(copy, kept, (count + 1) * sizeof *copy);
}

void trace_add(struct trace *trace, const char *rule, const char *subject,
               const struct trace_number *numbers, const char *format, ...)
{
    char text[TEXT_SIZE];
    va_list arguments;
    if (trace->untold)
        return;
    va_start(arguments, format);
    vsnprintf(text, sizeof text, format, arguments);
    va_end(arguments);

    struct trace_step *step = next_step(trace);
    *step = (struct trace_step){
        .rule = rule, .subject = subject, .text = arena_strdup(trace->arena, text)};
    add_numbers(step, numbers, trace->arena);
}

void trace_source(struct trace *trace, const char *source)
{
    if (trace->count > 0)
        trace->steps[trace->count - 1].source = source;
}

const char *trace_source_of(const struct trace *trace, const struct trace_step *step)
{
    const struct rule *rule = trace->rules == NULL ? NULL : rules_find(trace->rules, step->rule);
    return step->source != NULL ? step->source : rule == NULL ? NULL : rule->source;
}
