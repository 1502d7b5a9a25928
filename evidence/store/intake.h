/*
 * The store's door for what importers bring in: every source's record as it was given, and the
 * publications that the records tell of. None of it counts in a rating; what befell a study
 * afterwards (notices) is the one thing that reaches the curated base, by store_apply_notices.
 *
 * Which records belong together is decided by the caller (importers/intake); the store keeps what
 * was decided so that it can be undone. Functions that write take part in the caller's transaction
 * (store_begin) and make one of their own where there is none.
 */
#ifndef TOUCHSTONE_EVIDENCE_STORE_INTAKE_H
#define TOUCHSTONE_EVIDENCE_STORE_INTAKE_H

#include <stdint.h>

#include "evidence/base/hash.h"
#include "evidence/model/record.h"
#include "evidence/store/store.h"

/* The source of the records that the base's own studies have here; their source id is the study's.
 */
extern const char *const curated_source;

/* ---- records ---- */

/* A record made ready to be stored. */
struct incoming {
    const struct record *record;
    const char *source_id; /* the record's, or '#' and the hash where the source has none */
    const char *fields;    /* its JSON (record_json.h) … */
    size_t length;
    char hash[HASH_SIZE];    /* … and the hash of that */
    const int64_t *likeness; /* hashes of what alike publications share, `likeness_count` of them */
    size_t likeness_count;
};

/* All but the likeness, which is the caller's to fill in. Strings live in `arena`. */
void incoming_init(struct incoming *incoming, const struct record *record, struct arena *arena);

/* Who stores it and when. */
struct intake_stamp {
    const char *who; /* build, import, or whose credential it was */
    int64_t run;     /* the import run, 0: none */
    time_t now;
    const char *reason; /* for the audit log: a person's own words; NULL: none was given … */
    const char *source; /* … page, api, import, command; NULL: not told … */
    int64_t undoes;     /* … and the row that is taken back; 0: none */
};

/* A record as it stands in the store. */
struct kept_record {
    int64_t key;
    int64_t publication;
    char hash[HASH_SIZE];
    struct record record;
    const char *joined_by;
    double score; /* of the likeness, where it joined by title; NAN */
    time_t first_seen;
    time_t last_seen;
};

/* Whether an incoming record is there already, without reading it: its key (0: it is not), its
 * publication, and whether it is the same to the byte. */
struct known_record {
    int64_t key;
    int64_t publication;
    bool same;
};
MUST_USE bool store_known_record(struct store *store, const struct incoming *incoming,
                                 struct known_record *out, struct error *err);

/* The record of this source and id; `out->key` is 0 if there is none. */
MUST_USE bool store_find_record(struct store *store, const char *source, const char *source_id,
                                struct arena *arena, struct kept_record *out, struct error *err);

/* All records of a publication, the oldest first. */
MUST_USE bool store_records(struct store *store, int64_t publication, struct arena *arena,
                            struct kept_record **out, size_t *count, struct error *err);

/* All records of several publications, by publication and the oldest first. */
MUST_USE bool store_records_of(struct store *store, const int64_t *publications,
                               size_t publication_count, struct arena *arena,
                               struct kept_record **out, size_t *count, struct error *err);

/* Why a record joins a publication. */
struct joining {
    const char *reason; /* new, pmid, doi, pmcid, registration, title, person */
    double score;       /* NAN where none was needed */
};

/* Adds a record to a publication, 0 for one of its own; gives the keys of both. A join is logged.
 * Follow it with store_settle. */
MUST_USE bool store_add_record(struct store *store, const struct incoming *incoming,
                               int64_t publication, const struct joining *joining,
                               const struct intake_stamp *stamp, int64_t *record_key,
                               int64_t *publication_key, struct error *err);

/* Its source says something else now; `before` is what stood there, with its likeness. Follow it
 * with store_settle. */
MUST_USE bool store_change_record(struct store *store, const struct kept_record *kept,
                                  const struct incoming *before, const struct incoming *incoming,
                                  const struct intake_stamp *stamp, struct error *err);

/* It came again as it was. */
MUST_USE bool store_touch_record(struct store *store, int64_t record_key,
                                 const struct intake_stamp *stamp, struct error *err);

/* Takes a record out, and its publication with it if it was the only one; for curated studies that
 * left the base. `before` as above. Says in `publication` what is left, 0 for nothing. */
MUST_USE bool store_remove_record(struct store *store, const struct kept_record *kept,
                                  const struct incoming *before, int64_t *publication,
                                  struct error *err);

/* ---- publications ---- */

enum screening { SCREENING_UNSCREENED, SCREENING_INCLUDED, SCREENING_EXCLUDED };
extern const char *const screening_names[];

struct publication {
    int64_t key;
    const char *id;
    const char *study;    /* the curated study that it is; NULL: none */
    struct record merged; /* the fields that stand for it */
    bool retracted;
    bool withdrawn; /* every source took its record back */
    enum screening screening;
    time_t added;
    time_t changed;
};

/* ERROR_NOT_FOUND if there is none. */
MUST_USE bool store_publication(struct store *store, int64_t key, struct arena *arena,
                                struct publication *out, struct error *err);

/* By its id, one that it once had, or a PMID, DOI or PMCID of one of its records, spelt as an id.
 * ERROR_NOT_FOUND if there is none. */
MUST_USE bool store_find_publication(struct store *store, const char *id, struct arena *arena,
                                     struct publication *out, struct error *err);

/*
 * Publications that a record may belong to: those that share an identifier, then those that share a
 * likeness; each once, in a stable order, without `besides`. A likeness that very many share tells
 * nothing and is passed over.
 */
MUST_USE bool store_candidates(struct store *store, const struct incoming *incoming,
                               int64_t besides, struct arena *arena, int64_t **out, size_t *count,
                               struct error *err);

/* Other publications that share a registration number with this one, or that an entry in a register
 * names as its reports: the reports of a trial and its entry. Linked, never merged. Ids in `arena`,
 * ended by NULL. */
MUST_USE bool store_linked_publications(struct store *store, int64_t publication,
                                        struct arena *arena, const char *const **ids,
                                        struct error *err);

/*
 * Says what stands for a publication, after its records have changed: `merged` holds the fields
 * that its records together give. Sets its id, whether it is retracted or withdrawn or a curated
 * study, and what it is found by. Other publications that its notices name are marked as well.
 */
MUST_USE bool store_settle(struct store *store, int64_t publication, const struct record *merged,
                           const struct intake_stamp *stamp, struct error *err);

/* Moves all records of `from` into `into`; `from` is gone then, but its id still leads here. Where
 * only one of them was screened, that decision stands. Refused with ERROR_INVALID where both are
 * curated studies. Follow it with store_settle of `into`. */
MUST_USE bool store_merge(struct store *store, int64_t into, int64_t from,
                          const struct joining *joining, const struct intake_stamp *stamp,
                          struct error *err);

/* A merge in the log. */
struct merge {
    int64_t key;
    time_t at;
    const char *who;
    int64_t into;
    const char *reason;
    double score;
    int64_t from; /* 0: a new record joined */
    const char *from_id;
    const int64_t *records; /* that moved, `record_count` of them */
    size_t record_count;
    time_t undone; /* 0: it stands */
};

/* Merges into a publication that stand, the newest first. */
MUST_USE bool store_merges(struct store *store, int64_t publication, struct arena *arena,
                           struct merge **out, size_t *count, struct error *err);

/*
 * Undoes a merge: the records that moved stand in a publication of their own again, the former one
 * with its key, id and screening where it had been one. They and those that stay are marked as
 * apart, so that no import joins them again. Gives both publications; settle both. ERROR_NOT_FOUND
 * for a merge that is not there or undone already.
 */
MUST_USE bool store_undo_merge(struct store *store, int64_t merge, const struct intake_stamp *stamp,
                               int64_t *stayed, int64_t *restored, struct error *err);

/* ---- pairs ---- */

enum pair_verdict { PAIR_POSSIBLE, PAIR_APART };

/* Two records that may be one publication (kept for a person to look at), or are not. */
MUST_USE bool store_put_pair(struct store *store, int64_t one, int64_t other,
                             enum pair_verdict verdict, const struct joining *joining,
                             const struct intake_stamp *stamp, struct error *err);

/* True if any two records of these publications are known to be apart. */
MUST_USE bool store_are_apart(struct store *store, int64_t publication, int64_t other, bool *out,
                              struct error *err);

/* Publications that may be the same as this one, as ids in `arena`, ended by NULL. */
MUST_USE bool store_possible_duplicates(struct store *store, int64_t publication,
                                        struct arena *arena, const char *const **ids,
                                        struct error *err);

/* ---- notices ---- */

/* What befell a publication, by all records that say so, those of others included; joined and in
 * the order of date (notices.h), in `arena`. */
MUST_USE bool store_notices(struct store *store, int64_t publication, struct arena *arena,
                            struct record_notice **out, size_t *count, struct error *err);

/* True if what was written since store_begin may have changed what the curated base says: then
 * store_apply_notices belongs before the commit. */
bool store_notices_wait(const struct store *store);

/* Marks the curated studies that notices are about, and takes marks back that no source stands for
 * any longer: audited changes of the base. */
MUST_USE bool store_apply_notices(struct store *store, const struct intake_stamp *stamp,
                                  struct store_changes *changes, struct error *err);

/* ---- screening ---- */

struct screening_topic {
    const char *intervention; /* ids of entries; either may be NULL */
    const char *condition;
};

struct screening_decision {
    enum screening decision;
    const char *reason;
    const char *who;
    time_t at;
    const struct screening_topic *topics;
    size_t topic_count;
    const char *source; /* for the audit log, as in intake_stamp; not read back */
    int64_t undoes;
};

/* Records a person's decision, with its row in the audit log. */
MUST_USE bool store_screen(struct store *store, int64_t publication,
                           const struct screening_decision *decision, struct error *err);

/* All decisions on a publication, the newest first. */
MUST_USE bool store_screenings(struct store *store, int64_t publication, struct arena *arena,
                               struct screening_decision **out, size_t *count, struct error *err);

/* ---- search ---- */

/*
 * Publications that are no curated study, by screening status: those whose title, authors,
 * journal, keywords or abstract hold every word (as store_search_studies does), best first; without
 * a query, or where more than STORE_RANK_MOST match, the newest first. `total` stops counting
 * there.
 */
MUST_USE bool store_search_publications(struct store *store, const char *query,
                                        enum screening screening, size_t offset, size_t limit,
                                        struct arena *arena, struct publication **out,
                                        size_t *count, size_t *total, struct error *err);

/* How many publications there are by screening status, curated ones left out. */
struct publication_counts {
    size_t by_screening[3];
};
MUST_USE bool store_count_publications(struct store *store, struct publication_counts *out,
                                       struct error *err);

/* ---- the base ---- */

/* The hash of the base for which the curated studies were last matched with the publications; ""
 * for never. */
MUST_USE bool store_matched_base(struct store *store, char out[HASH_SIZE], struct error *err);
MUST_USE bool store_set_matched_base(struct store *store, const char hash[HASH_SIZE],
                                     struct error *err);

/* Source ids and hashes of all records of a source, sorted by id; for the curated one. */
struct record_stamp {
    const char *source_id;
    char hash[HASH_SIZE];
};
MUST_USE bool store_record_stamps(struct store *store, const char *source, struct arena *arena,
                                  struct record_stamp **out, size_t *count, struct error *err);

#endif
