/*
 * Strict reading of JSON: every field is asked for by name and type, what nobody knows is an error,
 * and every complaint names its place. Readers go on after a problem with a neutral value (NULL,
 * NAN, -1, 0), so that one run tells all that is wrong; look at problems_none() before using the
 * result.
 */
#ifndef TOUCHSTONE_EVIDENCE_BASE_JSON_READER_H
#define TOUCHSTONE_EVIDENCE_BASE_JSON_READER_H

#include <jansson.h>

#include "evidence/base/problems.h"

/* A place in a document. Children keep a pointer to their parent, which must outlive them. */
struct json_reader {
    const json_t *value; /* borrowed; NULL where a child was absent */
    const struct json_reader *parent;
    const char *key; /* in the parent, or NULL for an array element */
    size_t index;
    const char *file;
    struct problems *problems;
};

enum need { OPTIONAL, REQUIRED };

/* A count that the source does not tell. */
enum { COUNT_UNKNOWN = -1 };

/* Parses text into a document (a new reference, which the caller decrefs), duplicate keys refused.
 * On failure NULL, with the line and column in a problem. */
json_t *json_parse(const char *text, size_t length, const char *file, struct problems *problems);

struct json_reader json_root(const json_t *value, const char *file, struct problems *problems);

/* A problem at this place, or at its member `key` (NULL: the place itself). */
void json_problem(const struct json_reader *at, const char *key, const char *format, ...)
    PRINTF_LIKE(3, 4);

/* Says so unless the place is an object whose keys all stand in `known` (ended by NULL). */
bool json_fields(const struct json_reader *at, const char *const *known);

/* The same, and puts each member to its place in `known`, so that it is looked up once: NULL where
 * it is absent or null. All are NULL where it is no object. */
void json_members(const struct json_reader *at, const char *const *known, const json_t **members);

/* True if the member is there and not null. */
bool json_has(const struct json_reader *at, const char *key);

/* A string copied into the problems' arena; NULL if absent. Empty strings and NULs are refused. */
const char *json_get_text(const struct json_reader *at, const char *key, enum need need);

/* A finite number; NAN if absent. */
double json_get_number(const struct json_reader *at, const char *key, enum need need);

/* A whole number in [least, most]; COUNT_UNKNOWN if absent. */
int json_get_count(const struct json_reader *at, const char *key, enum need need, int least,
                   int most);

/* False if absent. */
bool json_get_truth(const struct json_reader *at, const char *key);

/* The position of the string in `names` (ended by NULL); -1 if absent or not one of them. */
int json_get_choice(const struct json_reader *at, const char *key, enum need need,
                    const char *const *names);

/* The member as a place of its own; `value` is NULL if it is absent or not an object. */
struct json_reader json_get_object(const struct json_reader *at, const char *key, enum need need);

/* How many elements the array has; 0 if absent. */
size_t json_get_length(const struct json_reader *at, const char *key, enum need need);

/* A list as a place, and its elements as places within it. */
struct json_reader json_get_element(const struct json_reader *list, size_t index);
struct json_reader json_get_list(const struct json_reader *at, const char *key);

/* A list of strings, ended by NULL, in the arena; an absent one is an empty list. */
const char *const *json_get_texts(const struct json_reader *at, const char *key);

#endif
