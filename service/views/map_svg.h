/* The evidence map as a picture. */
#ifndef TOUCHSTONE_SERVICE_VIEWS_MAP_SVG_H
#define TOUCHSTONE_SERVICE_VIEWS_MAP_SVG_H

#include "service/views/evidence_map.h"
#include "service/views/svg.h"

/*
 * Interventions down, conditions across, a sign in each cell: verdict by colour and shape, its size
 * by the square root of the people, its strength by how sure it is. Where the columns do not fit
 * they go on in a further block below; under SVG_NARROW it is a list by condition, best rated
 * first. Each cell is a group with its names, verdict and sentence.
 */
void map_svg(const struct evidence_map *map, int width, const char *as_of, struct arena *arena,
             struct buffer *out);

#endif
