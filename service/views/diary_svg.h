/* A diary as a picture: scores, what the model expects with them and without treatment, the goal
 * line, and the decision in words. */
#ifndef TOUCHSTONE_SERVICE_VIEWS_DIARY_SVG_H
#define TOUCHSTONE_SERVICE_VIEWS_DIARY_SVG_H

#include "evidence/judgement/stop/stop.h"
#include "service/views/svg.h"

/* Appends the whole picture, `width` pixels wide, to `out`. */
void diary_svg(const struct diary *diary, const struct stopping *stopping, int width,
               struct arena *arena, struct buffer *out);

#endif
