/* The design that a registration states in its fields. */
#ifndef TOUCHSTONE_IMPORTERS_SOURCES_CTGOV_DESIGN_H
#define TOUCHSTONE_IMPORTERS_SOURCES_CTGOV_DESIGN_H

#include <jansson.h>

#include "evidence/base/arena.h"
#include "evidence/model/record.h"

/*
 * Sets the design of `out` and the fields it was read in, from a `protocolSection`. What the fields
 * leave open (a single group, a cross-section, "other") stays unknown. A cluster trial is told by
 * its words, since the registry has no field for it.
 */
void ctgov_design(const json_t *protocol, struct arena *arena, struct machine_reading *out);

#endif
