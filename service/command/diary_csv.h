/* A diary as a spreadsheet writes it, made into the JSON that POST /v1/stop takes. */
#ifndef TOUCHSTONE_SERVICE_COMMAND_DIARY_CSV_H
#define TOUCHSTONE_SERVICE_COMMAND_DIARY_CSV_H

#include "evidence/base/json_reader.h"

struct diary_csv {
    json_t *value;       /* {"diary", "sessions", "symptoms", "scale"}; the caller decrefs it */
    const size_t *lines; /* of the file, by the place in "diary" */
    const char *unread;  /* names of columns that were passed over, or NULL */
};

/* True if the bytes begin as JSON does. */
bool diary_is_json(const char *text, size_t length);

/*
 * Reads a header line and a row a day: `day` or `date`, `score` (or two, such as morning and
 * evening), and as far as there are any `outcome`, `scale`, `session` (yes or no), `note`; under
 * these names or others that people give them ("When", "Pain (0-10)", "Schmerz", "How I felt"). A
 * heading that tells a scale tells it for all. Commas, semicolons or tabs part the fields; byte
 * order marks, other encodings, decimal commas and empty lines are taken as spreadsheets write
 * them. A row without a score is a day that was missed, or a session alone. `name` stands in
 * errors; what is made lives in `arena`.
 *
 * Fails with ERROR_INVALID and the line for a day such as 03.04.2026 where no other date of the
 * file tells which month it is in, for a row with more fields than the header, and for what is no
 * CSV.
 */
MUST_USE bool diary_csv_read(const char *text, size_t length, const char *name, struct arena *arena,
                             struct diary_csv *out, struct error *err);

#endif
