/*
 * Everything known, rated, in memory: built in one pass from a base and never changed after.
 * Readers share it without a lock and hold it by counting references.
 */
#ifndef TOUCHSTONE_EVIDENCE_RATING_CATALOG_H
#define TOUCHSTONE_EVIDENCE_RATING_CATALOG_H

#include <time.h>

#include "evidence/rating/rating.h"

struct catalog;
struct lexicon;

/* Name, version and dates of the base, from the document "dataset". */
struct dataset {
    const char *name;
    const char *version;
    const char *collected; /* the day up to which records were read */
    const char *searched;  /* the last systematic search; NULL: there was none */
    const char *note;
};

/* What identifies the content: the same content has the same hash. */
struct catalog_stamp {
    const char *hash; /* hex */
    time_t changed;   /* when the base was last changed */
};

/*
 * Gathers every question of `base`; each is rated when it is first asked for, and its rating kept
 * as long as the catalog. On success the catalog owns `arena` (which must hold the base) and has
 * one reference; on failure NULL and the arena stays the caller's. Fails with ERROR_INVALID where a
 * document of the base (ruleset, rules, dataset) cannot be read.
 */
MUST_USE struct catalog *catalog_new(struct arena *arena, const struct base *base,
                                     const struct catalog_stamp *stamp, struct error *err);

/* Takes back a new catalog that nobody has a reference to yet: its arena is the caller's again.
 * NULL is allowed. */
void catalog_give_up(struct catalog *catalog);

/*
 * The catalog that follows when one study is added or takes the place of the one with its id: the
 * same as catalog_new of the base so changed, but only what the study can move is rated again. All
 * of `before` is rated now, if it was not.
 * `before` stays as it is and is held by the new catalog, which goes on using what did not change:
 * a long row of changes keeps them all in memory until the base is read anew, without what was made
 * for readers (catalog_keep), which goes with the last of these. `arena` holds
 * `study`; it goes to the new catalog, which has one reference. The documents and the other entries
 * are those of `before`.
 */
struct catalog *catalog_with_study(struct catalog *before, const struct study *study,
                                   const struct catalog_stamp *stamp, struct arena *arena);

/* Refuses what only the rated base can tell: overrides (V4) of questions that are not there, or
 * with a verdict that theirs cannot be. Such a one is passed over in the answers, so that a store
 * whose studies changed can still be read. */
void catalog_check(const struct catalog *catalog, struct problems *problems);

/* What each rule does and where it comes from; see rules.h. */
struct rules;
const struct rules *catalog_rules(const struct catalog *catalog);

/* The curators' overrides; see override.h. */
const struct overrides *catalog_overrides(const struct catalog *catalog);

/* One more holder; gives the catalog back. Safe from any thread. */
struct catalog *catalog_retain(struct catalog *catalog);

/* One holder less; the last one frees it. NULL is allowed. */
void catalog_release(struct catalog *catalog);

/* The words of the base and its rule books, with the arena they live in, which the catalog owns
 * from here on: set once, before the catalog is shared. */
void catalog_attach_words(struct catalog *catalog, const struct lexicon *lexicon,
                          const struct rulebooks *books, struct arena *arena);

/* NULL where none is attached. */
const struct lexicon *catalog_lexicon(const struct catalog *catalog);

/* What others work out from a catalog once and share: made when it is first asked for, kept as long
 * as the catalog. */
enum catalog_kept {
    KEPT_SIGNS,
    KEPT_MEDICINES,
    KEPT_RANKINGS,
    KEPT_WORDING,
    KEPT_HARMS,
    KEPT_CLAIMS,
    KEPT_ANSWERS,
    KEPT_ADDRESSES,
    KEPT_FHIR,
    KEPT_REFERENCE,
    KEPT_STABILITIES,
    KEPT_SAFETIES,
    KEPT_HEADLINES,
    KEPT_STANDINGS,
    KEPT_SHORT_HEADLINES,
    CATALOG_KEPT_COUNT
};
typedef void *catalog_maker(const struct catalog *catalog, struct arena *arena);

/* The thing of that kind, never NULL, made by `make` in an arena that the catalog owns; `make` may
 * ask for things of other kinds, which may not ask for this one. Safe from any thread, which waits
 * only while that kind is made. */
void *catalog_keep(const struct catalog *catalog, enum catalog_kept kind, catalog_maker *make);

/* A thing of that kind that was made before the catalog could be asked, and lives as long as it:
 * set before the catalog is shared. */
void catalog_put(struct catalog *catalog, enum catalog_kept kind, void *thing);

const struct base *catalog_base(const struct catalog *catalog);
const struct dataset *catalog_dataset(const struct catalog *catalog);
const struct ruleset *catalog_ruleset(const struct catalog *catalog);
const struct catalog_stamp *catalog_stamp(const struct catalog *catalog);

/* What the base tells beyond one question: the course of pain with no treatment, the spread. */
const struct reference_values *catalog_reference(const struct catalog *catalog);

/*
 * The same base rated by another ruleset ("classic"), made when it is first asked for and kept with
 * the catalog, whose lifetime it shares; the default's id gives the catalog itself. NULL if there
 * is no such ruleset. Safe from any thread.
 */
const struct catalog *catalog_under(const struct catalog *catalog, const char *ruleset);

/*
 * Ratings sorted by question id, and their questions, which need no rating. A rating is made when
 * it is first asked for and lives as long as the catalog; it has no trace (see catalog_trace). Safe
 * from any thread.
 */
size_t catalog_rating_count(const struct catalog *catalog);
const struct rating *catalog_rating(const struct catalog *catalog, size_t index);
const struct question *catalog_question(const struct catalog *catalog, size_t index);

/* Rates all that nobody asked for yet, on every processor: for whoever will ask for all. */
void catalog_rate_all(const struct catalog *catalog);

/* The rating of a question id, NULL if nothing in the base speaks to it. */
const struct rating *catalog_find_rating(const struct catalog *catalog, const char *id);

/* The ratings of one intervention and condition: those at [*from, *from + count). */
size_t catalog_ratings_of(const struct catalog *catalog, const char *intervention,
                          const char *condition, size_t *from);

/* Questions a study's results belong to, as indexes of ratings, ended by SIZE_MAX, in `arena`. */
const size_t *catalog_ratings_fed_by(const struct catalog *catalog, const struct study *study,
                                     struct arena *arena);

/* The places of the studies that say anything of an intervention, benefit or harm, retracted ones
 * too: in a condition, or in any (NULL). Each once, sorted, in a list in `arena`. */
const uint32_t *catalog_places_of(const struct catalog *catalog, const char *intervention,
                                  const char *condition, struct arena *arena, size_t *count);

/* The studies that were retracted, by id. */
size_t catalog_retracted_count(const struct catalog *catalog);
const struct study *catalog_retracted(const struct catalog *catalog, size_t index);

/* By which steps a rating of this catalog came about: it is made again, with its trace, in `arena`.
 * One that is not of this catalog tells its own. */
const struct trace *catalog_trace(const struct catalog *catalog, const struct rating *rating,
                                  struct arena *arena);

/* rate_what_if and stability_of for a rating of this catalog; see what_if.h and stability.h. */
struct what_if;
struct stability;
MUST_USE const struct rating *catalog_what_if(const struct catalog *catalog,
                                              const struct rating *rating,
                                              const struct what_if *changes, struct arena *arena,
                                              struct error *err);
struct stability catalog_stability(const struct catalog *catalog, const struct rating *rating,
                                   struct arena *arena);

/*
 * The headline answer to "does this help that?" (METHOD Q4, V0, V1), in `arena`. Never NULL.
 * `outcome` asks for one outcome; NULL for the primary ones of the condition. Its verdict may be
 * weaker than that of the question it stands on; `rule` and `sentence` say why.
 */
struct headline {
    const struct intervention *intervention;
    const struct condition *condition;
    const struct rating *rating;  /* NULL: no question of it gives a body (untested, V0) */
    const struct condition *home; /* whose evidence it is: the condition, a child or a parent */
    bool borrowed;                /* from a parent */
    const char *verdict;
    const char *rule;
    const char *sentence;
    enum certainty_level certainty;
    /* Both rows, in the headline's outcome and window, else NULL; the one against a sham is of the
     * nearest other window where its own has none. */
    const struct rating *sham;
    const struct rating *nothing;
    struct directions directions;           /* of all trials of the pair, children's included */
    int studies;                            /* of any design, children's included, no retracted */
    const struct condition *const *besides; /* kin with an answer of their own, ended by NULL */
};
const struct headline *catalog_headline(const struct catalog *catalog,
                                        const struct intervention *intervention,
                                        const struct condition *condition,
                                        const struct outcome *outcome, struct arena *arena);

/* Interventions with any study for the condition (one of the base's own) or its kin, best rated
 * first; gives how many. The list is in `arena`, the headlines live as long as the catalog. */
size_t catalog_ranked(const struct catalog *catalog, const struct condition *condition,
                      struct arena *arena, const struct headline ***out);

/* True if `one` says that it helps, and says so better or surer than `other`. */
bool headline_is_better(const struct headline *one, const struct headline *other);

#endif
