/*
 * What a study is: who it is, how it was judged, what it found. Plain data, read from a file, the
 * store or an importer, and never changed after. The fields are those of evidence/data/README.md,
 * which explains each.
 *
 * Unknown: strings are NULL, numbers NAN, counts COUNT_UNKNOWN (-1), lists empty. Strings and lists
 * live in the arena the study was read into; `const char *const *` lists end with NULL.
 */
#ifndef TOUCHSTONE_EVIDENCE_MODEL_STUDY_H
#define TOUCHSTONE_EVIDENCE_MODEL_STUDY_H

#include <stddef.h>

#include "evidence/base/json_reader.h"
#include "evidence/base/json_writer.h"
#include "evidence/model/vocabulary.h"

struct author {
    const char *family; /* of a person … */
    const char *given;
    const char *group; /* … or the name of a group */
};

struct source {
    const char *url;     /* the address of the identifier: shown and linked */
    const char *where;   /* abstract, table 2 */
    const char *read_at; /* a copy where it was read: told, never linked */
};

struct appraisal {
    enum instrument instrument;
    const char *overall; /* one of the instrument's own words */
    double score;
    double out_of;
    const char *const *item_names;  /* in the order of the file, with … */
    const char *const *item_values; /* … their judgements */
    enum scope scope;
    double share_low; /* of the included trials, 0 to 1 */
    double share_high;
    const char *applies_to;
    const char *as_reported;
    const char *rated_by;
};

struct study_arm {
    enum role role;
    const char *name;
    const char *id; /* arms of one study with the same id are the same people */
    int n;
    double mean;
    double sd;
    double baseline_mean;
    double baseline_sd;
    double change_mean;
    double change_sd;
    double median;
    double q1;
    double q3;
    int events;
};

struct scale {
    const char *name;
    double low; /* the ends, NAN where the source does not name them */
    double high;
    const char *unit;
};

struct result {
    const char *intervention;
    const char *comparator; /* sham, nothing, mixed, active:<slug> */
    enum comparator_class comparator_class;
    const char *comparator_detail;
    const char *condition; /* never NULL once read: the study's own where the file gives none */
    const char *outcome;
    struct scale scale; /* name NULL where unknown */
    enum better better; /* which way is good on the scale as stored */
    enum window window;
    double days;
    const char *time;
    enum figure figure;
    double estimate; /* intervention minus comparator, or over it */
    double ci_low;
    double ci_high;
    double ci_level;
    double se; /* of the estimate, of its log for RR and OR */
    double p;
    bool p_bound;
    int k;
    int n;
    double i2;           /* percent */
    double control_risk; /* of the event without the treatment, above 0 and below 1, as printed */
    const char *group;
    const struct study_arm *arms; /* two or none */
    size_t arm_count;
    bool paired;
    enum favours favours;
    const char *main;           /* why this one stands for its review in its question */
    enum certainty_level grade; /* the review's own, CERTAINTY_UNKNOWN without */
    const char *grade_by;
    const char *grade_where;
    const char *dose_response; /* the source found more of it to do more: what it found */
    bool borderline;
    const char *ignored; /* why it is never counted */
    const char *note;
    const char *source_review;
    const char *source_analysis;
    const char *source_subgroup;
};

/* A rate as numbers: 1.01 (0.23 to 2.33) of 10,000 people. */
struct frequency {
    enum harm_unit unit; /* HARM_UNIT_UNKNOWN: there is none, and the rest is NAN */
    double events;       /* of a range over several estimates the highest */
    double of;
    double low, high; /* the interval, or the range, in events */
    double control;   /* events in the group without it */
};

struct harm {
    const char *intervention;
    const char *event;
    enum severity severity;
    const char *rate; /* own words */
    struct frequency per;
    bool reports; /* known from reports of cases: nobody knows among how many treated */
    int numerator;
    int denominator; /* people, unless `per` tells another unit */
};

struct notice {
    enum notice_type type;
    const char *doi;
    const char *date;
    const char *source;
};

struct study {
    const char *id;
    const char *const *aliases;
    const char *pmid;
    const char *doi;
    const char *pmcid;
    const char *const *registrations;
    const char *title;
    const struct author *authors;
    size_t author_count;
    bool authors_complete;
    int year;
    const char *journal;
    enum design design;
    const char *condition;
    const char *population;
    int participants;
    int trials;
    const char *const *pooled_in; /* ids of the reviews that pooled it */
    const struct appraisal *appraisals;
    size_t appraisal_count;
    const struct result *results;
    size_t result_count;
    const struct harm *harms;
    size_t harm_count;
    const char *funding;
    bool retracted;
    const struct notice *notices;
    size_t notice_count;
    const char *conclusion;
    const char *note;
    const struct source *sources;
    size_t source_count;
    bool checked; /* read a second time */
    bool checked_agrees;
    const char *checked_by;
    const char *checked_on;
    const char *checked_note;
};

/* True if `id` is of a form the contract knows: pmid:…, doi:…, pmcid:…, nct:…, ts:<slug>. */
bool study_id_is_valid(const char *id);

/* True if `id` names the study by another of its identifiers: an alias, or its doi or pmcid spelt
 * as an id. */
bool study_is_also(const struct study *study, const char *id);

/* The name of a study's file, without folder: its id with ':' and '/' turned into '-', then
 * ".json". */
char *study_file_name(const char *id, struct arena *arena);

/*
 * Reads one study from a JSON object, strictly; what is wrong goes into the reader's problems and
 * strings into their arena. Shapes only: study_check tells what cannot be true.
 */
void study_read(const struct json_reader *at, struct study *out);

/* Writes it the way the curated files stand: keys in the order of the format, unknown left out. */
void study_write(const struct study *study, struct json_writer *writer);

/* Refuses what cannot be true within one study (the list in evidence/data/README.md). `file` names
 * it in the problems; slugs and other studies are base_check's to look at. */
void study_check(const struct study *study, const char *file, struct problems *problems);

/* True if points of both mean the same: the same ends, or none and the same name. */
bool scale_same_points(const struct scale *a, const struct scale *b);

/* "Navarro-Santana 2020", in the arena. Where no author is known: "Altern Ther Health Med 2023",
 * else "Effects of Kinesio Taping for Chronic … 2023", the first words of its title; the id of a
 * study without any. */
const char *study_label(const struct study *study, struct arena *arena);

/* How its figures were read, and what is said of it wherever they are shown: NULL where two
 * readings agree, which needs no word. */
enum readings study_reading(const struct study *study);
const char *study_reading_words(const struct study *study);

/* The address people are shown: PubMed, else DOI, else PMC, else the first source's. */
const char *study_url(const struct study *study, struct arena *arena);

#endif
