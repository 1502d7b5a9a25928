/*
 * Bytes into the readers of `touchstone pool`, JSON and CSV, and what they give into the statistics
 * and both writers. Nothing may crash, hang or leak, and what is written as JSON must be JSON.
 * `make fuzz` builds and runs it.
 */
#include <jansson.h>
#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include "service/command/pool_answer.h"
#include "service/command/pool_input.h"
#include "service/command/pool_json.h"
#include "service/command/pool_text.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* Refitting without each of many studies would make a slow input, not a wrong one. */
enum { MOST_STUDIES = 60, MOST_ANALYSES = 20 };

static void must_be_json(const struct buffer *out)
{
    json_error_t fault;
    json_t *value = json_loadb(out->bytes, out->length, JSON_REJECT_DUPLICATES, &fault);
    if (value == NULL) {
        fprintf(stderr, "wrote what is not JSON: %s\n%s\n", fault.text, out->bytes);
        abort();
    }
    json_decref(value);
}

/* A mean lies among what it is the mean of; a variance is not below 0. */
static void must_be_possible(const struct pool_answer *answer)
{
    const struct pooled *p = &answer->pooled;
    double least = INFINITY, most = -INFINITY;
    for (size_t i = 0; i < answer->k; i++) {
        least = fmin(least, answer->effects[i].yi);
        most = fmax(most, answer->effects[i].yi);
    }
    double rounding = 1e-9 * fmax(fabs(least), fabs(most));
    if (!(p->b >= least - rounding && p->b <= most + rounding) || !(p->se >= 0) ||
        !isfinite(p->se) || !(p->tau2 >= 0) || !isfinite(p->tau2) ||
        !(p->i2 >= 0 && p->i2 <= 100)) {
        fprintf(stderr, "b %g in %g..%g, se %g, tau2 %g, I2 %g\n", p->b, least, most, p->se,
                p->tau2, p->i2);
        abort();
    }
}

static void answer_both_ways(const struct pool_analysis *analysis, struct arena *arena)
{
    struct pool_answer answer;
    struct error err = {0};
    if (analysis->count > MOST_STUDIES || !pool_answer(analysis, arena, &answer, &err))
        return;
    must_be_possible(&answer);
    const struct pool_terminal terminal = {.width = (int)(30 + answer.k % 90)};
    struct buffer out = {0};
    struct json_writer writer;
    json_writer_init(&writer, &out, 0);
    pool_json(&answer, arena, &writer);
    must_be_json(&out);
    buffer_clear(&out);
    pool_text(&answer, arena, &terminal, &out);
    pool_text_row(&answer, 0, &terminal, &out);
    buffer_release(&out);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const struct pool_analysis defaults = {
        .measure = MEASURE_SMD, .options = pool_default, .correction = correction_default};
    struct error err = {0};
    if (size == 0)
        return 0;
    FILE *file = fmemopen((void *)(uintptr_t)data, size, "r");
    struct pool_reader *reader = pool_reader_open(file, "fuzz", &defaults, &err);
    enum pool_read read = reader == NULL ? POOL_READ_STOP : POOL_READ_ONE;
    for (int i = 0; i < MOST_ANALYSES && read != POOL_READ_END && read != POOL_READ_STOP; i++) {
        struct arena *arena = arena_new();
        struct pool_analysis analysis;
        struct error here = {0};
        read = pool_reader_next(reader, arena, &analysis, &here);
        if (read == POOL_READ_ONE)
            answer_both_ways(&analysis, arena);
        arena_free(arena);
    }
    pool_reader_close(reader);
    fclose(file);
    return 0;
}
