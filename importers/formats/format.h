/*
 * Files that reference managers, databases and review tools write: which one a file is, found by
 * its content and never by its name, and its records one after the other.
 */
#ifndef TOUCHSTONE_IMPORTERS_FORMATS_FORMAT_H
#define TOUCHSTONE_IMPORTERS_FORMATS_FORMAT_H

#include "evidence/model/record.h"
#include "importers/formats/input.h"

/* What a reader counts while it reads. */
struct format_counts {
    size_t records; /* handed to the sink */
    size_t refused; /* records of the file that could not be used; each had a warning */
};

/* Told of a record that was left out or of a field that was, in one line with its place. */
struct format_warnings {
    void (*warn)(void *context, const char *message);
    void *context;
};

struct format {
    const char *name;  /* "ris" */
    const char *title; /* "RIS (reference managers)" */
    /* How sure the first bytes make it, 0 (not this) to 100. They may be cut anywhere, start with a
     * byte order mark, and be in any encoding. */
    int (*recognise)(const char *head, size_t length);
    /*
     * Reads to the end and hands every record to the sink as soon as it is whole; memory does not
     * grow with the input. False on what makes the rest unreadable, with the line or byte; records
     * before it have been handed on. A single bad record is a warning, not an end.
     */
    bool (*read)(struct input *input, const struct record_sink *sink,
                 const struct format_warnings *warnings, struct format_counts *counts,
                 struct error *err);
};

/* All formats, ended by NULL, the most particular first. */
extern const struct format *const formats[];

/* The format by its name; NULL if there is none. */
const struct format *format_named(const char *name);

/* The one that recognises the input best. NULL with ERROR_INVALID, the message saying what the
 * input looks like and which formats are known. */
MUST_USE const struct format *format_of(struct input *input, struct error *err);

/* The limits on one record, whatever the format. */
enum {
    FORMAT_RECORD_MOST = 16 << 20, /* bytes of one record */
    FORMAT_FIELD_MOST = 4 << 20,   /* bytes of one field */
    FORMAT_LIST_MOST = 20000,      /* authors, keywords */
    FORMAT_DEPTH_MOST = 256        /* elements within elements */
};

#endif
