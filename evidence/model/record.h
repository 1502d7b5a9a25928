/*
 * One publication or registration as a source tells it, whatever the source: the only thing that
 * readers of files and remote services hand on. Nothing in it counts in a rating before a person
 * has looked; what a program guessed stands in `machine`, apart from what the source says.
 *
 * Unknown: strings are NULL, numbers NAN, counts COUNT_UNKNOWN (-1), lists empty. Strings are UTF-8
 * without control characters, white space folded to single blanks, markup taken out. A record and
 * all it points to belong to the reader that made it and live until its sink returns.
 */
#ifndef TOUCHSTONE_EVIDENCE_MODEL_RECORD_H
#define TOUCHSTONE_EVIDENCE_MODEL_RECORD_H

#include <stddef.h>

#include "evidence/model/study.h"

/* A notice about a publication: on the publication itself (`record.notices`: what befell it), or in
 * a notice (`record.updates`: what it does to others; `doi` or `pmid` then name the other). */
struct record_notice {
    enum notice_type type;
    const char *doi; /* of the notice; in `updates` of the publication it is about */
    const char *pmid;
    const char *date;   /* YYYY, YYYY-MM or YYYY-MM-DD */
    const char *source; /* who says so: publisher, retraction-watch, pubmed … */
    const char *reason; /* as printed, "; " between several */
};

/* One arm of a proposed result; what of study_arm the source gives. */
struct record_arm {
    const char *label;
    enum role role; /* a guess from labels and types, for a person to confirm */
    bool role_known;
    int n;
    double mean;
    double sd;
    double se;
    double median;
    double q1;
    double q3;
    double low; /* a range or an interval, as `spread` says */
    double high;
    int events;
};

/* A figure that a registry or a review file holds: proposed, never counted before confirmed. */
struct record_result {
    const char *outcome; /* in the source's words */
    const char *time;
    const char *unit;
    const char *spread;     /* what low and high are, in the source's words */
    const char *comparison; /* a review file: the comparison's name */
    const char *subgroup;
    const char *study_label; /* a review file: which trial the row is about */
    const char *parameter;   /* what the arms' figures are, in the source's words: "Mean" … */
    const char *note;        /* population, model, whatever else stands with the figures */
    enum figure figure;      /* of estimate; FIGURE_NONE: arms only */
    double estimate;
    double ci_low;
    double ci_high;
    double se;
    double p;
    const char *p_text; /* "<0.001": a bound is not a number */
    const struct record_arm *arms;
    size_t arm_count;
};

/* What the authors of a review thought of a trial: proposed, never an appraisal before a person
 * took it over. */
struct record_judgement {
    const char *item;      /* in the source's words: "Allocation concealment (selection bias)" */
    const char *outcomes;  /* which of them it is about; NULL: the whole trial */
    const char *judgement; /* low, high, unclear: the risk of bias */
    const char *support;   /* the words it rests on */
};

/* What a program read out of words and fields: each with where it stood. */
struct machine_reading {
    bool design_known;
    enum design design;
    const char *design_from; /* "publication type: Randomized Controlled Trial" */
    int participants;
    const char *participants_from;    /* the words it was read in */
    const char *const *registrations; /* found in running text */
    bool human_known;                 /* MeSH Humans / Animals, registry */
    bool human;
};

/* A screening decision that came along (Rayyan, ASReview), as the tool wrote it. */
struct record_label {
    const char *who;
    const char *decision; /* included, excluded, maybe */
    const char *reason;
};

struct record {
    const char *source;    /* pubmed, europepmc, crossref, openalex, ctgov, ris, bibtex … */
    const char *source_id; /* its id there; NULL where the source has none */
    const char *pmid;      /* digits */
    const char *doi;       /* lower case, without resolver: 10.… */
    const char *pmcid;     /* PMC and digits */
    const char *const *registrations; /* NCT…, ISRCTN…, as fields of the source, upper case */
    const char *title;
    const char *const *other_titles; /* translated, vernacular, acronym */
    const struct author *authors;
    size_t author_count;
    bool authors_complete;
    int year;
    const char *date; /* as exact as known: YYYY, YYYY-MM, YYYY-MM-DD */
    const char *journal;
    const char *issn;
    const char *volume;
    const char *issue;
    const char *pages;
    const char *language; /* as the source writes it */
    const char *abstract; /* "LABEL: text" paragraphs with newlines between them */
    const char *url;
    const char *const *publication_types; /* in the source's words */
    const char *const *keywords;          /* MeSH headings and keywords */
    const char *const *conditions;        /* registry: conditions studied */
    const char *const *treatments;        /* registry: interventions */
    const char *const *reports;           /* registry: PMIDs of what reports this very study */
    bool retracted;                       /* the source flags the publication itself */
    const struct record_notice *notices;
    size_t notice_count;
    const struct record_notice *updates;
    size_t update_count;
    bool deleted; /* the source withdrew the record itself (PubMed DeleteCitation) */
    const struct record_result *results;
    size_t result_count;
    const struct record_judgement *judgements;
    size_t judgement_count;
    const struct record_label *labels;
    size_t label_count;
    struct machine_reading machine;
};

/* All unknown. */
void record_init(struct record *record);
void record_result_init(struct record_result *result);
void record_arm_init(struct record_arm *arm);

/*
 * Where records go, one by one in the order of the source. `take` returns false with `err` set to
 * end the reading; that error comes back from the reader unchanged.
 */
struct record_sink {
    bool (*take)(void *context, const struct record *record, struct error *err);
    void *context;
};

#endif
