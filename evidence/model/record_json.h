/*
 * A record as the store keeps it and as it is written out: one JSON object, keys in the order of
 * struct record, unknown left out. The same record gives the same bytes, so that a hash of them
 * tells whether a source has changed its mind.
 */
#ifndef TOUCHSTONE_EVIDENCE_MODEL_RECORD_JSON_H
#define TOUCHSTONE_EVIDENCE_MODEL_RECORD_JSON_H

#include "evidence/base/json_reader.h"
#include "evidence/base/json_writer.h"
#include "evidence/model/record.h"

/* Empty strings, years after 9999 and counts above 10^8 are written as unknown. */
void record_write(const struct record *record, struct json_writer *writer);

/* One of its proposed results, as an object. */
void record_result_write(const struct record_result *result, struct json_writer *writer);

/* Reads it back, strictly; what is wrong goes into the reader's problems and strings into their
 * arena. */
void record_read(const struct json_reader *at, struct record *out);

/* The same from text. ERROR_INVALID, with the place, for what record_write did not write; `name`
 * says there what it was. */
MUST_USE bool record_parse(const char *text, size_t length, const char *name, struct arena *arena,
                           struct record *out, struct error *err);

#endif
