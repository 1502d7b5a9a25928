#include <math.h>
#include <stdarg.h>
#include <stdio.h>

#include "evidence/model/study_parts.h"

/* A printed rate is rounded: it may differ from the counts by this share of itself and this much.
 */
static const double RATE_SLACK = 0.02;
static const double RATE_ROUNDING = 0.005;

struct place {
    const struct harm *harm;
    size_t index;
    const char *file;
    struct problems *problems;
};

static void complain(const struct place *at, const char *field, const char *format, ...)
    PRINTF_LIKE(3, 4);

static void complain(const struct place *at, const char *field, const char *format, ...)
{
    const char *pointer = arena_printf(at->problems->arena, "/harms/%zu/%s", at->index, field);
    va_list arguments;
    va_start(arguments, format);
    problems_add_list(at->problems, at->file, pointer, format, arguments);
    va_end(arguments);
}

static void check_counts(const struct place *at)
{
    const struct harm *harm = at->harm;
    if (harm->numerator > harm->denominator && harm->denominator != COUNT_UNKNOWN)
        complain(at, "numerator", "%d events among %d people", harm->numerator, harm->denominator);
}

/* One person may have an event only once, but one treatment several. */
static void check_rate(const struct place *at)
{
    const struct frequency *per = &at->harm->per;
    const char *unit = harm_unit_names[per->unit];
    if (!(per->events >= 0) || !(per->of > 0))
        complain(at, "per", "%g of %g is no rate", per->events, per->of);
    else if (per->events > per->of && per->unit != HARM_TREATMENTS)
        complain(at, "per", "%g of %g %s", per->events, per->of, unit);
    if (per->control < 0)
        complain(at, "per/control", "%g of %g is no rate", per->control, per->of);
    if (per->low < 0 || per->low > per->high)
        complain(at, "per/range", "low end %g and high end %g", per->low, per->high);
    else if (per->events < per->low || per->events > per->high)
        complain(at, "per/range", "%g to %g does not hold its rate %g", per->low, per->high,
                 per->events);
}

static void check_agreement(const struct place *at)
{
    const struct harm *harm = at->harm;
    if (harm->numerator == COUNT_UNKNOWN || harm->denominator == COUNT_UNKNOWN)
        return;
    double counted = (double)harm->numerator / harm->denominator;
    double told = harm->per.events / harm->per.of;
    if (fabs(counted - told) > RATE_ROUNDING + RATE_SLACK * fmax(counted, told))
        complain(at, "per", "%g of %g, but the counts are %d of %d", harm->per.events, harm->per.of,
                 harm->numerator, harm->denominator);
}

static void check_reports(const struct place *at)
{
    const struct harm *harm = at->harm;
    bool counted = harm->denominator != COUNT_UNKNOWN || harm->per.unit == HARM_PEOPLE ||
                   harm->per.unit == HARM_TREATMENTS;
    if (harm->reports && counted)
        complain(at, "reports", "known from reports alone, and yet among so many treated");
}

void harm_check(const struct harm *harm, size_t index, const char *file, struct problems *problems)
{
    const struct place at = {harm, index, file, problems};
    check_counts(&at);
    check_reports(&at);
    if (harm->per.unit == HARM_UNIT_UNKNOWN)
        return;
    check_rate(&at);
    check_agreement(&at);
}
