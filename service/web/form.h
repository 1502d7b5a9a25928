/* A form sent by a page, as browsers send it: application/x-www-form-urlencoded in the body. */
#ifndef TOUCHSTONE_SERVICE_WEB_FORM_H
#define TOUCHSTONE_SERVICE_WEB_FORM_H

#include "service/http/answer.h"

/* What forms hold: two boxes for each day of a diary, and more. */
enum { FORM_FIELDS = 2000 };

struct form {
    const struct field *fields; /* decoded, in the order sent, repeated names included */
    size_t count;
};

/*
 * Reads the body into the request's arena; lines end with "\n" alone, where forms send "\r\n".
 * False after refusing with 415, or with ERROR_INVALID for what does not decode and for more than
 * FORM_FIELDS. No message repeats what was typed.
 */
MUST_USE bool form_read(const struct request *request, struct answer *answer, struct form *out,
                        struct error *err);

/* The first value of that name that is more than white space; NULL where there is none. */
const char *form_filled(const struct form *form, const char *name);

/* The value of the field if it has that name and is more than white space, else NULL. */
const char *form_value(const struct field *field, const char *name);

#endif
