/*
 * Fields of JSON that others wrote and may change any day: a value of another type than expected
 * counts as absent, and nothing fails. A path names members within members ("journalInfo.volume");
 * "" is the value itself. Strings come back in the arena, made plain (formats/markup.h).
 */
#ifndef TOUCHSTONE_IMPORTERS_SOURCES_FIELD_H
#define TOUCHSTONE_IMPORTERS_SOURCES_FIELD_H

#include <jansson.h>

#include "evidence/base/arena.h"

/* Borrowed; NULL where there is nothing, or null. */
const json_t *field_at(const json_t *at, const char *path);

/* NULL where there is no text. With and without markup, on one line and in paragraphs. */
const char *field_line(const json_t *at, const char *path, struct arena *arena);
const char *field_markup(const json_t *at, const char *path, struct arena *arena);
const char *field_paragraphs(const json_t *at, const char *path, struct arena *arena);

/* As it stands, borrowed, cut at a NUL character; NULL where it is no string or an empty one. */
const char *field_bytes(const json_t *at, const char *path);

/* True where the text is there and is `word`, in any case. */
bool field_is(const json_t *at, const char *path, const char *word);

/*
 * A number, or a string that is one and nothing else ("19.63", "-.5", "1e3", not "NA", "<0.001",
 * "1,234" or "0x10"); NAN where it is none or not finite.
 */
double field_number(const json_t *at, const char *path);
double field_number_in(const char *text);

/* The same for a whole number in [least, most]; COUNT_UNKNOWN where it is none. */
int field_count(const json_t *at, const char *path, int least, int most);

/* The ISSN a text starts with, its last letter in upper case: 1474-547X. */
const char *field_issn(const json_t *at, const char *path, struct arena *arena);

bool field_true(const json_t *at, const char *path);

/* A list of texts that grows. Zero-initialise. */
struct lines {
    const char **items;
    size_t count;
    size_t capacity;
};

/* NULL is not added, nor is what stands there already; nor anything past FORMAT_LIST_MOST. */
void lines_add(struct lines *lines, const char *text, struct arena *arena);

/* Ended by NULL, never NULL. */
const char *const *lines_list(const struct lines *lines, struct arena *arena);

/* The members `key` of the elements of a list ("": the elements), markup taken out. */
void lines_add_all(struct lines *lines, const json_t *at, const char *path, const char *key,
                   struct arena *arena);

/* How many elements a list has, FORMAT_LIST_MOST at most; 0 where it is none. */
size_t field_length(const json_t *at, const char *path);

#endif
