/*
 * A record while a reader puts it together, field by field, whatever the format: text is brought to
 * its plain form, identifiers to theirs, and of a field that is given twice the first counts.
 * Setters pass over NULL, empty text and what is not what the field holds.
 */
#ifndef TOUCHSTONE_IMPORTERS_FORMATS_DRAFT_H
#define TOUCHSTONE_IMPORTERS_FORMATS_DRAFT_H

#include "evidence/model/record.h"
#include "importers/formats/author_name.h"
#include "importers/formats/date_text.h"
#include "importers/formats/text_stream.h"

/* A list that grows in the draft's arena. */
struct draft_list {
    void *items;
    size_t count;
    size_t capacity;
};

/* Zero-initialise, start before each record, release at the end. */
struct draft {
    struct record record; /* plain fields may be set as they are */
    struct arena *arena;  /* of this record and all it points to */
    struct draft_list registrations, other_titles, publication_types, keywords;
    struct draft_list authors, notices, updates, labels, results;
    struct buffer abstract;
    const char *first_page;
    const char *last_page;
    struct date date;
    bool authors_cut; /* the source says that there are more */
    bool too_many;    /* a list went over FORMAT_LIST_MOST */
};

/* Forgets what stood there; `source` is a name that lives as long as the program. */
void draft_start(struct draft *draft, const char *source);
void draft_release(struct draft *draft);

/* Text on one line, in the arena; NULL if nothing is left of it. */
const char *draft_text(struct draft *draft, const char *text);

/* The same, put into `*field` if nothing stands there yet. */
void draft_set(struct draft *draft, const char **field, const char *text);

void draft_set_doi(struct draft *draft, const char *text);
void draft_set_pmid(struct draft *draft, const char *text);
void draft_set_pmcid(struct draft *draft, const char *text);
void draft_add_registrations(struct draft *draft, const char *text);

/* The address of the publication itself: what it identifies (DOI, PMID, PMCID) is taken too. */
void draft_set_address(struct draft *draft, const char *text);

/* Takes what is more exact than what stands there, of the same year or month. */
void draft_set_date(struct draft *draft, struct date date);

/* Another paragraph of the abstract. Labels within ("… found. METHODS: We …") begin paragraphs. */
void draft_add_abstract(struct draft *draft, const char *text);

/* A whole range ("121-8", "134--137"), or its ends. */
void draft_set_pages(struct draft *draft, const char *text);

/* The first ISSN in a text that may hold several, as NNNN-NNNX. An ISBN is none. */
void draft_set_issn(struct draft *draft, const char *text);

void draft_add_title(struct draft *draft, const char *text); /* other than the title */
void draft_add_type(struct draft *draft, const char *text);
void draft_add_keyword(struct draft *draft, const char *text);

/* Keywords in one field with any of `separators` between them. */
void draft_add_keywords(struct draft *draft, const char *text, const char *separators);

void draft_add_author(struct draft *draft, const char *text, enum name_order order);
void draft_add_person(struct draft *draft, const char *family, const char *given);
void draft_add_group(struct draft *draft, const char *text);

/* Several in one field (author_names_split). */
void draft_add_authors(struct draft *draft, const char *text, enum name_order order);

/* Screening decisions in notes, and lines "PMID: …", "PMCID: …" that stand alone in them. */
void draft_add_notes(struct draft *draft, const char *text);

void draft_add_label(struct draft *draft, const struct record_label *label);
void draft_add_notice(struct draft *draft, const struct record_notice *notice);
void draft_add_update(struct draft *draft, const struct record_notice *notice);

/* One with all unknown, to be filled in before the next is added. */
struct record_result *draft_add_result(struct draft *draft);

/* The record as it is handed on; valid until the next start. */
const struct record *draft_finish(struct draft *draft);

/*
 * Finishes it, hands it on and counts it. What could not be known again, for it has no title and no
 * identifier, is refused with a warning for `line`.
 * False with ERROR_LIMIT for a record with too long a list, or the sink's error.
 */
MUST_USE bool draft_hand_on(struct draft *draft, const struct text_stream *stream, size_t line,
                            const struct record_sink *sink, struct format_counts *counts,
                            struct error *err);

#endif
