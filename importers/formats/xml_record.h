/*
 * A record while a reader of XML puts it together, in memory that serves the next one again. Texts
 * come as xml.h gives them, plain already, which is what makes it fast.
 */
#ifndef TOUCHSTONE_IMPORTERS_FORMATS_XML_RECORD_H
#define TOUCHSTONE_IMPORTERS_FORMATS_XML_RECORD_H

#include "evidence/base/arena.h"
#include "evidence/model/record.h"
#include "importers/formats/format.h"
#include "importers/formats/vector.h"

enum xml_record_list {
    XML_RECORD_REGISTRATIONS,
    XML_RECORD_OTHER_TITLES,
    XML_RECORD_PUBLICATION_TYPES,
    XML_RECORD_KEYWORDS,
    XML_RECORD_REPORTS,
    XML_RECORD_LIST_COUNT
};

struct xml_record {
    struct record record; /* fields without a function of their own are set by hand */
    struct arena *arena;  /* for what they point to */
    struct vector lists[XML_RECORD_LIST_COUNT];
    struct vector authors;
    struct vector notices;
    struct vector updates;
    size_t bytes; /* of text */
    bool list_cut;
};

/* Whoever initialised it releases it. */
void xml_record_init(struct xml_record *built);
void xml_record_release(struct xml_record *built);

/* Starts a record of this source. What the last one pointed to is gone. */
void xml_record_begin(struct xml_record *built, const char *source);

/* Counts a text that the record is made from. False once there is more than FORMAT_RECORD_MOST of
 * it: the record will be refused, and nothing more need be kept for it. */
bool xml_record_takes(struct xml_record *built, const char *text);

/* A copy of a text that lives as long as the record; NULL if it is empty. */
const char *xml_record_text(struct xml_record *built, const char *text);

/* Copies of the struct; texts as xml_record_text gives them. Beyond FORMAT_LIST_MOST they are left
 * out. Empty ones are passed over, and registrations that were added before; a name that stands
 * alone is the family's. */
void xml_record_add(struct xml_record *built, enum xml_record_list list, const char *text);
void xml_record_author(struct xml_record *built, const struct author *author);
void xml_record_notice(struct xml_record *built, const struct record_notice *notice);
void xml_record_update(struct xml_record *built, const struct record_notice *update);

/*
 * Hands the record on and counts it. One that says nothing by which it could be known (no title,
 * no identifier), or is longer than FORMAT_RECORD_MOST, is refused: `*refused` then says why and
 * nothing is handed on. False if the sink ended the reading, with its error.
 */
MUST_USE bool xml_record_hand_on(struct xml_record *built, const struct record_sink *sink,
                                 struct format_counts *counts, const char **refused,
                                 struct error *err);

#endif
