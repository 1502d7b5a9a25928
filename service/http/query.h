/*
 * The query of an address: decoded strictly, asked for by name and type.
 *
 * The readers below put what is wrong into request->problems (its pointer is "?name") and into
 * `err` as ERROR_INVALID, which becomes a 400 that names the parameter. A handler under /v1 calls
 * query_only() first:
 *
 *     static const char *const known[] = {"q", "limit", "cursor", NULL};
 *     int limit;
 *     if (!query_only(request, known, err) || !query_limit(request, &limit, err))
 *         return false;
 */
#ifndef TOUCHSTONE_SERVICE_HTTP_QUERY_H
#define TOUCHSTONE_SERVICE_HTTP_QUERY_H

#include "service/http/request.h"

/*
 * Percent-decodes `length` bytes into the arena; '+' becomes a space if `plus`. NULL with
 * ERROR_INVALID for an escape that is none, for an encoded NUL and for what is not UTF-8.
 */
MUST_USE char *percent_decode(const char *text, size_t length, bool plus, struct arena *arena,
                              struct error *err);

/* True for what percent_decode would give back as it is, ASCII without escapes. */
bool percent_is_plain(const char *text, size_t length, bool plus);

/* Percent-encodes everything but unreserved characters (RFC 3986), in the arena. */
char *percent_encode(const char *text, struct arena *arena);

/*
 * Cuts a query ("a=1&b=two+words"; NULL or "" has no fields) into decoded fields in the arena.
 * A name without '=' has the value "". Empty pieces ("a=1&&b=2") are passed over. ERROR_INVALID
 * for bad escapes, a field without a name, or more than MAX_PARAMETERS.
 */
MUST_USE bool query_parse(const char *text, struct arena *arena, const struct field **fields,
                          size_t *count, struct error *err);

/* False, with a problem for each, if a parameter is not in `known` (ended by NULL) or comes twice.
 */
MUST_USE bool query_only(const struct request *request, const char *const *known,
                         struct error *err);

/* The first value of that name; NULL if absent. */
const char *query_text(const struct request *request, const char *name);

/* As query_text, but a value of nothing or spaces alone counts as absent. */
const char *query_filled(const struct request *request, const char *name);

/* A whole number in [least, most]; `missing` if absent. */
MUST_USE bool query_count(const struct request *request, const char *name, int least, int most,
                          int missing, int *out, struct error *err);

/* `limit`: 1 to MAX_PAGE_SIZE, DEFAULT_PAGE_SIZE if absent. */
MUST_USE bool query_limit(const struct request *request, int *out, struct error *err);

/* The position of the value in `names` (ended by NULL); -1 if absent. */
MUST_USE bool query_choice(const struct request *request, const char *name,
                           const char *const *names, int *out, struct error *err);

/* "1", "true", "yes" are true, "0", "false", "no" are false; `missing` if absent. */
MUST_USE bool query_truth(const struct request *request, const char *name, bool missing, bool *out,
                          struct error *err);

/* A problem with a parameter, for checks of the handler's own. Always false. */
bool query_problem(const struct request *request, const char *name, struct error *err,
                   const char *format, ...) PRINTF_LIKE(4, 5);

#endif
