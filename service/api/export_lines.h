/*
 * Everything rated or curated, a line at a time: newline-delimited JSON with the shapes of /v1, or
 * CSV with the columns of docs/data-dictionary.md. A line is made when it is asked for, so that the
 * memory it takes does not grow with the base.
 */
#ifndef TOUCHSTONE_SERVICE_API_EXPORT_LINES_H
#define TOUCHSTONE_SERVICE_API_EXPORT_LINES_H

#include "evidence/base/buffer.h"
#include "evidence/rating/catalog.h"

enum export_noun { EXPORT_RATINGS, EXPORT_STUDIES, EXPORT_RESULTS };
extern const char *const export_noun_names[]; /* ratings, studies, results; ended by NULL */

enum export_format { EXPORT_NDJSON, EXPORT_CSV };
extern const char *const export_format_names[]; /* ndjson, csv; ended by NULL */

/* Where an export stands. Start it with export_lines; the members are its own. */
struct export_lines {
    const struct catalog *catalog; /* borrowed */
    enum export_noun noun;
    enum export_format format;
    bool begun;
    size_t at;     /* rating or study … */
    size_t result; /* … and which of its results */
};

struct export_lines export_lines(const struct catalog *catalog, enum export_noun noun,
                                 enum export_format format);

/*
 * Adds the next line, with its line break, to `out`: first the header where there is one, then
 * ratings by question id, studies by id, results by study in the order of its file. False, with
 * nothing added, after the last. `scratch` takes strings that are not needed after the call.
 */
bool export_next(struct export_lines *lines, struct arena *scratch, struct buffer *out);

#endif
