#include "service/api/shapes.h"

/* The numbers of a step from `from` on, `to` not among them. */
static void put_numbers(struct json_writer *json, const char *key, const struct trace_step *step,
                        size_t from, size_t to)
{
    json_field_object(json, key);
    for (size_t i = from; i < to && step->numbers[i].name != NULL; i++)
        json_field_real(json, step->numbers[i].name, step->numbers[i].value);
    json_end_object(json);
}

/* Study, thresholds and paper: what a step goes back to. */
static void put_step_source(struct json_writer *json, const struct trace *trace,
                            const struct trace_step *step)
{
    struct ruleset_threshold thresholds[RULESET_THRESHOLDS];
    size_t count = ruleset_thresholds(trace->ruleset, step->rule, thresholds);
    json_field_object(json, "source");
    json_field_text(json, "study", step->subject);
    json_field_object(json, "ruleset");
    for (size_t i = 0; i < count; i++)
        json_field_real(json, thresholds[i].key, thresholds[i].value);
    json_end_object(json);
    json_field_text(json, "paper", trace_source_of(trace, step));
    json_end_object(json);
}

void shape_trace(struct json_writer *json, const struct trace *trace)
{
    json_begin_array(json);
    for (size_t i = 0; i < trace->count; i++) {
        const struct trace_step *step = &trace->steps[i];
        json_begin_object(json);
        json_field_text(json, "rule", step->rule);
        json_field_text(json, "study", step->subject);
        json_field_text(json, "text", step->text);
        put_numbers(json, "inputs", step, 0, step->inputs);
        put_numbers(json, "outputs", step, step->inputs, TRACE_NUMBERS);
        put_numbers(json, "numbers", step, 0, TRACE_NUMBERS);
        put_step_source(json, trace, step);
        json_end_object(json);
    }
    json_end_array(json);
}
