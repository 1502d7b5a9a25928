/*
 * Records of tagged lines (tagged.h): where one begins and ends, what to do with what stands
 * outside of them, and how each is handed on. A format says what its tags are and what their fields
 * mean.
 */
#ifndef TOUCHSTONE_IMPORTERS_FORMATS_TAGGED_RECORDS_H
#define TOUCHSTONE_IMPORTERS_FORMATS_TAGGED_RECORDS_H

#include "importers/formats/draft_fields.h"
#include "importers/formats/tagged.h"

enum { TAGGED_KEPT = 16 };

/* The record that is being read. */
struct tagged_record {
    struct draft draft;
    size_t line;
    size_t bytes;
    const char *kept[TAGGED_KEPT]; /* the format's own, in the draft's arena */
};

/* What a tag's value becomes: `set` or `take` if there is one, else it is kept for the end. */
struct tag_meaning {
    const char *tag;
    draft_setter *set;
    void (*take)(struct tagged_record *record, const struct tag_field *field);
    size_t keep;
};

struct tagged_format {
    const char *source;
    struct tag_syntax syntax;
    const char *begins; /* the tag that every record begins with */
    const char *ends;   /* NULL: a record ends where the next begins */
    const char *around; /* tags that may stand outside of records, with blanks around each */
    const struct tag_meaning *tags; /* others are left out */
    size_t tag_count;
    void (*finish)(struct tagged_record *record);
    /* For a format without an ending: false if the file ends within this record. */
    bool (*is_whole)(const struct tagged_record *record);
};

/*
 * struct format's read. A record without its ending, when the next begins, is handed on with a
 * warning; at the end of the file it is refused, since nobody knows what is missing. Fields outside
 * of records are left out with a warning; a file that holds nothing else is refused.
 */
bool tagged_records_read(const struct tagged_format *format, struct input *input,
                         const struct record_sink *sink, const struct format_warnings *warnings,
                         struct format_counts *counts, struct error *err);

/* Keeps a copy of a value, if it is the first of its kind. */
void tagged_keep(struct tagged_record *record, size_t kind, const char *value);

#endif
