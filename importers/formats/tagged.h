/*
 * Files of lines that begin with a tag (RIS, MEDLINE, Web of Science): one field after the other,
 * with the lines that carry it on. What the formats differ in is a struct tag_syntax.
 */
#ifndef TOUCHSTONE_IMPORTERS_FORMATS_TAGGED_H
#define TOUCHSTONE_IMPORTERS_FORMATS_TAGGED_H

#include "importers/formats/text_stream.h"

enum { TAG_SIZE = 8 };

struct tag_syntax {
    /* The length of the tag that the line begins with, and where its value begins; 0 without. */
    size_t (*tag)(const char *line, size_t *value);
    /* True if a line without a tag, which is not blank, carries on the field with this tag ("" at
     * the start of the file). Its blanks in front are left out. */
    bool (*carries_on)(const char *line, const char *tag);
    char joint; /* stands between the lines of a field */
};

/* A field; strings are valid until the next is read. */
struct tag_field {
    char tag[TAG_SIZE]; /* "" for a line that belongs to no field */
    const char *value;  /* without blanks around it */
    size_t line;
    bool after_blank_line;
};

/* Zero-initialise with stream and syntax set; release at the end. */
struct tagged {
    struct text_stream *stream;
    const struct tag_syntax *syntax;
    struct buffer line; /* read ahead */
    bool has_line;
    size_t line_number;
    bool after_blank_line;
    struct buffer value;
    bool line_was_cut; /* it was longer than a field may be */
    char last_tag[TAG_SIZE];
};

enum tagged_read { TAGGED_FIELD, TAGGED_END, TAGGED_FAILED };

/* The next field. TAGGED_FAILED with ERROR_LIMIT for one longer than FORMAT_FIELD_MOST, or the
 * input's error. */
enum tagged_read tagged_next(struct tagged *tagged, struct tag_field *out, struct error *err);

void tagged_release(struct tagged *tagged);

#endif
