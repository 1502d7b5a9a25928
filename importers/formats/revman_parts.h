/* What the files of the RevMan reader share: a review as it is collected. Private to them. */
#ifndef TOUCHSTONE_IMPORTERS_FORMATS_REVMAN_PARTS_H
#define TOUCHSTONE_IMPORTERS_FORMATS_REVMAN_PARTS_H

#include "importers/formats/vector.h"
#include "importers/formats/xml.h"
#include "importers/formats/xml_record.h"

/* Rows of all analyses of one review together, judgements of all studies, references; and groups of
 * outcomes that one item of risk of bias is judged for. */
enum { REVMAN_ROWS_MOST = 200000, REVMAN_GROUPS_MOST = 64 };

enum revman_decision {
    REVMAN_INCLUDED,
    REVMAN_EXCLUDED,
    REVMAN_AWAITING,
    REVMAN_ONGOING,
};

struct revman_study {
    const char *id;
    const char *name; /* "Bennike 1951" */
    int year;
    enum revman_decision decision;
    const char *reason; /* for excluding it */
    size_t first_reference;
    size_t reference_count;
    size_t first_registration;
    size_t registration_count;
    struct record_result *results;
    size_t result_count;
    struct record_judgement *judgements;
    size_t judgement_count;
};

/* One publication of a study. */
struct revman_reference {
    bool primary;
    const char *authors; /* as printed */
    const char *title;
    const char *original_title;
    const char *journal;
    const char *year;
    const char *volume;
    const char *issue;
    const char *pages;
    const char *doi;
    const char *pmid;
    const char *pmcid;
};

/* Why a study was excluded. */
struct revman_reason {
    const char *study;
    const char *reason;
};

/* A row of an analysis; one without a study is the review's own, pooled. */
struct revman_row {
    const char *study;
    struct record_result result;
};

struct revman_judgement {
    const char *study;
    struct record_judgement judgement;
};

/* The kinds of data an outcome can have. */
enum revman_data { REVMAN_DICHOTOMOUS, REVMAN_CONTINUOUS, REVMAN_INVERSE_VARIANCE, REVMAN_O_E };

/* The figures of one row or total as they stand, NAN where nothing does. */
struct revman_figures {
    bool estimable;
    double effect;
    double low;
    double high;
    double se;
    double p;
    double total[2];
    double events[2];
    double mean[2];
    double sd[2];
};

/* The outcome whose rows come, with the comparison and subgroup they stand in. */
struct revman_outcome {
    enum revman_data data;
    const char *comparison;
    const char *name;
    const char *subgroup;
    const char *label[2];
    const char *unit;
    const char *measure; /* RR, PETO_OR … or in words */
    double row_level;    /* percent of the intervals */
    double total_level;
    bool swapped;     /* events with non-events */
    bool turned_back; /* logarithms that were entered stand as ratios */
};

/* Turns figures into a result. `level` is that of the interval. False if there is nothing in them.
 */
bool revman_result(const struct revman_outcome *outcome, const struct revman_figures *figures,
                   double level, struct arena *arena, struct record_result *out);

/* All that was found in a file. */
struct revman {
    struct xml_record review; /* its arena holds everything */
    bool begun;
    bool is_protocol;
    const char *id;
    struct vector studies;       /* struct revman_study */
    struct vector references;    /* struct revman_reference */
    struct vector registrations; /* const char * */
    struct vector reasons;       /* struct revman_reason */
    struct vector rows;          /* struct revman_row */
    struct vector judgements;    /* struct revman_judgement */
};

/* What is being read: the review so far, and the parts that are open. */
struct revman_reading {
    struct revman revman;
    struct author author;
    const char *middle;
    struct buffer abstract;
    struct revman_study *study;         /* the last one */
    struct revman_reference *reference; /* NULL outside one: identifiers are the study's */
    const char *char_study;             /* whom the characteristics are about */
    struct revman_judgement judgement;
    const char *item;
    struct {
        const char *id;
        const char *name;
    } groups[REVMAN_GROUPS_MOST]; /* of outcomes, of one item */
    size_t group_count;
    struct revman_outcome outcome;
    struct revman_figures total;    /* of the outcome */
    struct revman_figures subtotal; /* of the subgroup */
    bool shows_total;
    bool shows_subtotals;
};

/* What the file's outer elements hold; the context of all rules is struct revman_reading. */
extern const struct xml_rule revman_studies_rules[];         /* STUDIES_AND_REFERENCES */
extern const struct xml_rule revman_characteristics_rules[]; /* CHARACTERISTICS_OF_STUDIES */
extern const struct xml_rule revman_items_rules[];           /* QUALITY_ITEMS */
extern const struct xml_rule revman_analyses_rules[];        /* ANALYSES_AND_DATA */

/* A text, or that of an attribute, that lives as long as the review; NULL if it is empty. One
 * review holds no more text than a record may: beyond that the reading ends. */
const char *revman_keep(struct xml *xml, struct revman_reading *reading, const char *text);
const char *revman_attribute(struct xml *xml, struct revman_reading *reading, const char *name);

/* For rules: puts a text where `what` says, a place in struct revman_reading. */
void revman_take(struct xml *xml, void *context, const char *text);

/* COUNT_UNKNOWN for NULL and for anything that is no year. */
int revman_year(const char *text);

/* One more of something that a file has many of; NULL, and the end of the reading, beyond
 * REVMAN_ROWS_MOST. */
void *revman_one_more(struct xml *xml, struct vector *vector, size_t size);

/* Hands all records on. False with the sink's error. Rows about studies that the file does not have
 * are warned about. */
MUST_USE bool revman_hand_on(struct revman *revman, const char *file,
                             const struct record_sink *sink, const struct format_warnings *warnings,
                             struct format_counts *counts, struct error *err);

#endif
