/*
 * JSON of any length, one value at a time: the elements of an array, or the members of an object,
 * each parsed by itself and forgotten before the next. Values may also stand one after the other
 * (NDJSON).
 */
#ifndef TOUCHSTONE_IMPORTERS_FORMATS_JSON_VALUES_H
#define TOUCHSTONE_IMPORTERS_FORMATS_JSON_VALUES_H

#include <jansson.h>

#include "importers/formats/text_stream.h"

/* Where in the document a value stands. */
enum json_place {
    JSON_ELEMENT,   /* of the outermost array */
    JSON_MEMBER,    /* of the outermost object, with its key */
    JSON_OBJECT_END /* the outermost object is over; no value */
};

/* Zero-initialise with the stream and counts set; release at the end. */
struct json_values {
    struct text_stream *stream;
    struct format_counts *counts; /* of values that are refused here */
    struct buffer text;
    struct buffer key;
    char within;  /* '[' or '{' while in one, else 0 */
    bool is_next; /* a comma was read: another value has to come */
    enum json_place place;
    json_t *value; /* of the last one read; borrowed */
    size_t line;   /* that it begins on */
};

enum json_values_read { JSON_VALUES_ONE, JSON_VALUES_END, JSON_VALUES_FAILED };

/*
 * The next value. One that is no JSON, though its brackets and quotes match, is refused with a
 * warning, and reading goes on. JSON_VALUES_FAILED with ERROR_INVALID where the rest cannot be
 * read, ERROR_LIMIT for a value over FORMAT_RECORD_MOST or FORMAT_DEPTH_MOST, or the input's error.
 */
enum json_values_read json_values_next(struct json_values *values, struct error *err);

void json_values_release(struct json_values *values);

#endif
