/* Every format there is; format.c lists them for all others. */
#ifndef TOUCHSTONE_IMPORTERS_FORMATS_FORMATS_H
#define TOUCHSTONE_IMPORTERS_FORMATS_FORMATS_H

#include "importers/formats/format.h"

extern const struct format format_ris;
extern const struct format format_nbib;
extern const struct format format_web_of_science;
extern const struct format format_bibtex;
extern const struct format format_csl_json;
extern const struct format format_retraction_watch;
extern const struct format format_revman_csv;
extern const struct format format_effects_csv;
extern const struct format format_csv;

#endif
