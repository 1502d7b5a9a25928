/*
 * FHIR searches (hl7.org/fhir/R5/search.html) over one type: parameters are ANDed, values between
 * commas ORed.
 */
#ifndef TOUCHSTONE_SERVICE_WORLDS_FHIR_SEARCH_H
#define TOUCHSTONE_SERVICE_WORLDS_FHIR_SEARCH_H

#include "service/http/request.h"
#include "service/worlds/fhir/fhir.h"

enum fhir_parameter_kind { FHIR_TOKEN, FHIR_URI, FHIR_STRING, FHIR_DATE };
extern const char *const fhir_parameter_kinds[]; /* token, uri, string, date */

enum fhir_criterion_of {
    FHIR_BY_ID,
    FHIR_BY_UPDATED,
    FHIR_BY_DATE,
    FHIR_BY_IDENTIFIER,
    FHIR_BY_STATUS,
    FHIR_BY_TITLE,
    FHIR_BY_URL
};

/* A parameter that is understood. */
struct fhir_parameter {
    const char *name;
    enum fhir_parameter_kind kind;
    enum fhir_criterion_of of;
    bool all; /* of every type; the others are not of ArtifactAssessment */
    const char *meaning;
};

/* Values between commas in one search: more than a page can hold. */
enum { FHIR_VALUES_MOST = 500 };

enum { FHIR_PARAMETERS = 7 };
extern const struct fhir_parameter fhir_parameters[FHIR_PARAMETERS];

bool fhir_parameter_is_of(const struct fhir_parameter *parameter, enum fhir_type type);

/* A page of a search: what to look for, and where to go on. */
struct fhir_search;

/*
 * Reads `count` parameters for a search of `type`; all of it lives in `arena`. `strict` refuses
 * unknown parameters, which are passed over otherwise. ERROR_INVALID says what is wrong with which
 * parameter: a modifier that it does not have, a value that is none of its kind; ERROR_LIMIT that
 * there are more values than FHIR_VALUES_MOST.
 */
MUST_USE struct fhir_search *fhir_search_read(enum fhir_type type, const struct field *parameters,
                                              size_t count, bool strict, struct arena *arena,
                                              struct error *err);

/* Writes the searchset Bundle. ERROR_INVALID: the cursor belongs to no such search. */
MUST_USE bool fhir_search_write(const struct fhir_search *search, const struct catalog *catalog,
                                const char *origin, struct arena *arena, struct json_writer *json,
                                struct error *err);

#endif
