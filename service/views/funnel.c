#include "service/views/funnel.h"

#include <math.h>

#include "evidence/statistics/distribution.h"

enum { FEW = 10 };

static struct axis axis_of(const struct funnel *funnel, struct arena *arena)
{
    const struct pooled *pooled = &funnel->rating->synthesis.pooled;
    struct axis_item *items = arena_array(arena, funnel->count, sizeof *items);
    /* The inner cone is seen whole, and a little beyond the outermost trial. */
    double reach = 1.05 * normal_critical(0.90) * funnel->widest;
    for (size_t i = 0; i < funnel->count; i++) {
        double yi = funnel->trials[i]->effect.yi;
        items[i] = (struct axis_item){yi, yi - funnel->widest / 4, yi + funnel->widest / 4};
    }
    return axis_covering(items, funnel->count,
                         (struct axis){fmin(pooled->b, -reach), fmax(pooled->b, reach)}, arena);
}

struct funnel funnel_of(const struct rating *rating, struct arena *arena)
{
    struct funnel funnel = {.rating = rating, .nothing = plot_needs_trials(rating)};
    funnel.trials = plot_counted(rating, &funnel.count, arena);
    if (funnel.nothing != NULL)
        return funnel;
    plot_sides(rating, &funnel.low, &funnel.high, arena);
    for (size_t i = 0; i < funnel.count; i++)
        funnel.widest = fmax(funnel.widest, sqrt(funnel.trials[i]->effect.vi));
    funnel.widest *= 1.08;
    funnel.axis = axis_of(&funnel, arena);
    return funnel;
}

enum funnel_region funnel_region_of(double effect, double se)
{
    double z = fabs(effect) / se;
    if (z < normal_critical(0.90))
        return FUNNEL_P10;
    if (z < normal_critical(0.95))
        return FUNNEL_P05;
    return z < normal_critical(0.99) ? FUNNEL_P01 : FUNNEL_RARE;
}

size_t funnel_advice(const struct funnel *funnel, struct arena *arena,
                     const char *out[FUNNEL_ADVICE])
{
    const struct domain_judgement *judged = &funnel->rating->certainty.domains[DOMAIN_PUBLICATION];
    size_t count = 0;
    out[count++] =
        "Dots spread evenly around the line of the pool: nothing looks missing. One lower "
        "corner empty: small trials that found little may never have been printed, or "
        "small trials differ in other ways.";
    if (funnel->count < FEW)
        out[count++] = "With fewer than 10 trials a lopsided picture shows little.";
    if (judged->rule != NULL && judged->change != 0)
        out[count++] = arena_printf(arena, "How it was judged: %s.", judged->reason);
    return count;
}
