/*
 * A record of PubMed while its elements come, and what each of them does to it: the functions that
 * the rules of pubmed_xml.c name. Private to the two.
 */
#ifndef TOUCHSTONE_IMPORTERS_FORMATS_PUBMED_RECORD_H
#define TOUCHSTONE_IMPORTERS_FORMATS_PUBMED_RECORD_H

#include "evidence/base/buffer.h"
#include "importers/formats/pubmed_notice.h"
#include "importers/formats/xml.h"
#include "importers/formats/xml_record.h"

enum pubmed_id { PUBMED_ID_OTHER, PUBMED_ID_PUBMED, PUBMED_ID_DOI, PUBMED_ID_PMC };

/* A date in the parts that PubMed gives it in. */
struct pubmed_date {
    const char *year;
    const char *month;
    const char *day;
    const char *words; /* MedlineDate: whatever else is printed */
};

struct pubmed {
    const struct record_sink *sink;
    struct format_counts *counts;
    struct xml_record built;
    struct author author;
    const char *initials;
    const char *suffix;
    struct pubmed_date issue;      /* or of the book */
    struct pubmed_date electronic; /* of what appeared before its issue, or without one */
    enum pubmed_id id_type;
    const char *first_page;
    const char *last_page;
    struct buffer abstract;
    struct buffer languages;
    const char *label; /* of the paragraph that comes */
    struct pubmed_notice notice;
    bool is_notice;      /* it is a notice itself: only its own type says that it was retracted */
    bool retraction_in;  /* someone else says that it was */
    const char *chapter; /* of a book */
    const char *book;
};

/* Texts: `what` is their place in struct pubmed, or the list they go into (enum xml_record_list).
 * The first of several stays in pubmed_take_first. */
void pubmed_take(struct xml *xml, void *context, const char *text);
void pubmed_take_first(struct xml *xml, void *context, const char *text);
void pubmed_take_listed(struct xml *xml, void *context, const char *text);

/* The whole record; it is handed on at its end. One that PubMed withdrew is its PMID alone. */
void pubmed_begin_record(struct xml *xml, void *context);
void pubmed_end_record(struct xml *xml, void *context, const char *text);
void pubmed_take_deleted(struct xml *xml, void *context, const char *text);

/* Identifiers. */
void pubmed_take_pmid(struct xml *xml, void *context, const char *text);
void pubmed_begin_article_id(struct xml *xml, void *context);
void pubmed_take_article_id(struct xml *xml, void *context, const char *text);
void pubmed_begin_location(struct xml *xml, void *context);
void pubmed_take_location(struct xml *xml, void *context, const char *text);
void pubmed_take_accession(struct xml *xml, void *context, const char *text);

/* The abstract, paragraph by paragraph; languages and publication types. */
void pubmed_begin_paragraph(struct xml *xml, void *context);
void pubmed_take_paragraph(struct xml *xml, void *context, const char *text);
void pubmed_take_language(struct xml *xml, void *context, const char *text);
void pubmed_take_type(struct xml *xml, void *context, const char *text);

/* Authors. */
void pubmed_begin_authors(struct xml *xml, void *context);
void pubmed_begin_author(struct xml *xml, void *context);
void pubmed_end_author(struct xml *xml, void *context, const char *text);

/* CommentsCorrections. */
void pubmed_begin_comment(struct xml *xml, void *context);
void pubmed_end_comment(struct xml *xml, void *context, const char *text);
void pubmed_take_comment_pmid(struct xml *xml, void *context, const char *text);

#endif
