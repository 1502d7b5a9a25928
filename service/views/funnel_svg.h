/* The contour-enhanced funnel: do small trials tell another story than large ones? */
#ifndef TOUCHSTONE_SERVICE_VIEWS_FUNNEL_SVG_H
#define TOUCHSTONE_SERVICE_VIEWS_FUNNEL_SVG_H

#include "evidence/rating/rating.h"
#include "service/views/svg.h"

/*
 * Draws each counted trial by its effect and its standard error, over the regions in which chance
 * alone would give as much (p of .10, .05, .01 for no effect), with the legend in words. A rating
 * without trials of its own gets a picture that says why.
 *
 * Source: Peters 2008, doi:10.1016/j.jclinepi.2007.11.010.
 */
void funnel_svg(const struct rating *rating, int width, const char *as_of, struct arena *arena,
                struct buffer *out);

#endif
