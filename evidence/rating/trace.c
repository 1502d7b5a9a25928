#include "evidence/rating/trace.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

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

void trace_add(struct trace *trace, const char *rule, const char *subject,
               const struct trace_number *numbers, const char *format, ...)
{
    char text[TEXT_SIZE];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(text, sizeof text, format, arguments);
    va_end(arguments);

    struct trace_step *step = next_step(trace);
    *step = (struct trace_step){
        .rule = rule, .subject = subject, .text = arena_strdup(trace->arena, text)};
    for (size_t i = 0; numbers != NULL && numbers[i].name != NULL && i < TRACE_NUMBERS; i++)
        step->numbers[i] = numbers[i];
}
