/*
 * Plain JSON, which nearly all documents are, read at a third of the cost of jansson's own reader,
 * which takes every byte through a callback. What is not plain, valid or not, is left to jansson.
 */
#ifndef TOUCHSTONE_EVIDENCE_BASE_JSON_PLAIN_H
#define TOUCHSTONE_EVIDENCE_BASE_JSON_PLAIN_H

#include <jansson.h>

/*
 * The document, the same that json_loadb gives with JSON_REJECT_DUPLICATES (a new reference), or
 * NULL where it holds anything but plain JSON: a fault of any kind, an escape \u, a number of more
 * than 18 digits, lists and objects in one another deeper than 64.
 */
json_t *json_plain(const char *text, size_t length);

#endif
