/*
 * The statements of the store: prepared once when it opens, bound and stepped by the few functions
 * here, reset and with bindings cleared after every use, the failing one too.
 */
#ifndef TOUCHSTONE_EVIDENCE_STORE_SQLITE_STATEMENT_H
#define TOUCHSTONE_EVIDENCE_STORE_SQLITE_STATEMENT_H

#include <sqlite3.h>
#include <stdint.h>

#include "evidence/base/arena.h"
#include "evidence/store/store.h"

/* Every statement as X(its name here, its file in sql/ without ".sql"). */
#define STATEMENTS(X)                                                                              \
    X(ADD_APPRAISAL, add_appraisal)                                                                \
    X(ADD_APPRAISAL_ITEM, add_appraisal_item)                                                      \
    X(ADD_ARM, add_arm)                                                                            \
    X(ADD_AUDIT, add_audit)                                                                        \
    X(ADD_AUTHOR, add_author)                                                                      \
    X(ADD_CONDITION_ALIAS, add_condition_alias)                                                    \
    X(ADD_CONDITION_PARENT, add_condition_parent)                                                  \
    X(ADD_CONDITION_PRIMARY_OUTCOME, add_condition_primary_outcome)                                \
    X(ADD_HARM, add_harm)                                                                          \
    X(ADD_INTERVENTION_ALIAS, add_intervention_alias)                                              \
    X(ADD_INTERVENTION_CLAIM, add_intervention_claim)                                              \
    X(ADD_NOTICE, add_notice)                                                                      \
    X(ADD_OUTCOME_ALIAS, add_outcome_alias)                                                        \
    X(ADD_POOLED_IN, add_pooled_in)                                                                \
    X(ADD_REGISTRATION, add_registration)                                                          \
    X(ADD_RESULT, add_result)                                                                      \
    X(ADD_SOURCE, add_source)                                                                      \
    X(ADD_STUDY, add_study)                                                                        \
    X(ADD_STUDY_ALIAS, add_study_alias)                                                            \
    X(ADD_STUDY_SEARCH, add_study_search)                                                          \
    X(ADD_STUDY_WORDS, add_study_words)                                                            \
    X(BEGIN_READ, begin_read)                                                                      \
    X(BEGIN_WRITE, begin_write)                                                                    \
    X(CHECK_FOREIGN_KEYS, check_foreign_keys)                                                      \
    X(CHECK_INTEGRITY, check_integrity)                                                            \
    X(CHECK_STUDY_SEARCH, check_study_search)                                                      \
    X(CHECK_STUDY_WORDS, check_study_words)                                                        \
    X(CLEAR_CONDITION_ALIAS, clear_condition_alias)                                                \
    X(CLEAR_CONDITION_PARENT, clear_condition_parent)                                              \
    X(CLEAR_CONDITION_PRIMARY_OUTCOME, clear_condition_primary_outcome)                            \
    X(CLEAR_INTERVENTION_ALIAS, clear_intervention_alias)                                          \
    X(CLEAR_INTERVENTION_CLAIM, clear_intervention_claim)                                          \
    X(CLEAR_OUTCOME_ALIAS, clear_outcome_alias)                                                    \
    X(COMMIT, commit)                                                                              \
    X(COUNT_FOUND_STUDIES, count_found_studies)                                                    \
    X(COUNT_STUDIES, count_studies)                                                                \
    X(HASHES_OF_CONDITIONS, hashes_of_conditions)                                                  \
    X(HASHES_OF_DOCUMENTS, hashes_of_documents)                                                    \
    X(HASHES_OF_INTERVENTIONS, hashes_of_interventions)                                            \
    X(HASHES_OF_OUTCOMES, hashes_of_outcomes)                                                      \
    X(HASHES_OF_STUDIES, hashes_of_studies)                                                        \
    X(LAST_AUDIT, last_audit)                                                                      \
    X(LIST_STUDIES, list_studies)                                                                  \
    X(LOAD_APPRAISAL_ITEM_JUDGEMENTS, load_appraisal_item_judgements)                              \
    X(LOAD_APPRAISAL_ITEM_NAMES, load_appraisal_item_names)                                        \
    X(LOAD_APPRAISALS, load_appraisals)                                                            \
    X(LOAD_ARMS, load_arms)                                                                        \
    X(LOAD_AUDIT, load_audit)                                                                      \
    X(LOAD_AUTHORS, load_authors)                                                                  \
    X(LOAD_CONDITION_ALIASES, load_condition_aliases)                                              \
    X(LOAD_CONDITION_PARENTS, load_condition_parents)                                              \
    X(LOAD_CONDITION_PRIMARY_OUTCOMES, load_condition_primary_outcomes)                            \
    X(LOAD_CONDITIONS, load_conditions)                                                            \
    X(LOAD_DOCUMENTS, load_documents)                                                              \
    X(LOAD_HARMS, load_harms)                                                                      \
    X(LOAD_INTERVENTION_ALIASES, load_intervention_aliases)                                        \
    X(LOAD_INTERVENTION_CLAIMS, load_intervention_claims)                                          \
    X(LOAD_INTERVENTIONS, load_interventions)                                                      \
    X(LOAD_META, load_meta)                                                                        \
    X(LOAD_NOTICES, load_notices)                                                                  \
    X(LOAD_OUTCOME_ALIASES, load_outcome_aliases)                                                  \
    X(LOAD_OUTCOMES, load_outcomes)                                                                \
    X(LOAD_POOLED_IN, load_pooled_in)                                                              \
    X(LOAD_REGISTRATIONS, load_registrations)                                                      \
    X(LOAD_RESULTS, load_results)                                                                  \
    X(LOAD_SOURCES, load_sources)                                                                  \
    X(LOAD_STUDIES, load_studies)                                                                  \
    X(LOAD_STUDY_ALIASES, load_study_aliases)                                                      \
    X(MOVE_CONDITION, move_condition)                                                              \
    X(MOVE_OUTCOME, move_outcome)                                                                  \
    X(PUT_CONDITION, put_condition)                                                                \
    X(PUT_DOCUMENT, put_document)                                                                  \
    X(PUT_INTERVENTION, put_intervention)                                                          \
    X(PUT_META, put_meta)                                                                          \
    X(PUT_OUTCOME, put_outcome)                                                                    \
    X(REMOVE_CONDITION, remove_condition)                                                          \
    X(REMOVE_DOCUMENT, remove_document)                                                            \
    X(REMOVE_INTERVENTION, remove_intervention)                                                    \
    X(REMOVE_OUTCOME, remove_outcome)                                                              \
    X(REMOVE_STUDY, remove_study)                                                                  \
    X(REMOVE_STUDY_SEARCH, remove_study_search)                                                    \
    X(REMOVE_STUDY_WORDS, remove_study_words)                                                      \
    X(ROLLBACK, rollback)                                                                          \
    X(SEARCH_STUDIES, search_studies)

enum statement {
#define STATEMENT_NAME(name, file) name,
    STATEMENTS(STATEMENT_NAME)
#undef STATEMENT_NAME
        STATEMENT_COUNT
};

struct store {
    sqlite3 *db;
    char *path;
    enum store_mode mode;
    bool ours; /* the file is known to be a store, so that its settings may be touched */
    sqlite3_stmt *statements[STATEMENT_COUNT];
    sqlite3_stmt *tokenizer_statement; /* keeps FTS5's interface reachable, see search.c */
};

/* What is run at once: before there is a schema to prepare against, or when leaving. */
extern const char *const sql_connection;
extern const char *const sql_connection_read;
extern const char *const sql_connection_write;
extern const char *const sql_connection_close;
extern const char *const sql_identity;
extern const char *const sql_tokenizer;

/* The schema's steps: migration i leads from version i to version i + 1. */
extern const char *const sql_migrations[];
extern const int newest_version;

/* Prepares every statement; finalises them. */
MUST_USE bool statements_prepare(struct store *store, struct error *err);
void statements_finalise(struct store *store);

/*
 * Records what SQLite said last, with the store's path and what to do about it. Bad content (a
 * reference to nothing, a word that is not allowed) is ERROR_INVALID, all else ERROR_STORE. Always
 * false.
 */
bool store_fail(const struct store *store, struct error *err);

/* The same of a result code and SQLite's words for it, where the connection is not to be asked. */
bool store_fail_with(const char *path, int code, const char *said, struct error *err);

/* ---- writing: values go into a statement one after another ---- */

struct binder {
    struct store *store;
    sqlite3_stmt *statement;
    int next;
    int code; /* of the first bind that failed */
};

struct binder bind_begin(struct store *store, enum statement which);

/* Texts are borrowed until bind_run. NULL, NAN and negative counts become NULL. */
void bind_text(struct binder *binder, const char *text);
void bind_bytes(struct binder *binder, const char *text, size_t length);
void bind_real(struct binder *binder, double value);
void bind_count(struct binder *binder, int value);
void bind_truth(struct binder *binder, bool value);
void bind_integer(struct binder *binder, int64_t value);
void bind_nothing(struct binder *binder);

/* Runs a statement that gives no rows. */
MUST_USE bool bind_run(struct binder *binder, struct error *err);

/* A statement without parameters and rows. */
MUST_USE bool statement_run(struct store *store, enum statement which, struct error *err);

/* ---- reading: the columns of a row are taken one after another ---- */

struct cursor {
    struct store *store;
    sqlite3_stmt *statement;
    struct arena *arena; /* where texts go */
    struct error *err;
    int next;
    bool failed;
};

/* A statement whose parameters were bound, or that has none. */
struct cursor cursor_of(struct binder *binder, struct arena *arena, struct error *err);
struct cursor cursor_begin(struct store *store, enum statement which, struct arena *arena,
                           struct error *err);

/* Goes to the next row. False at the end and after a failure. */
MUST_USE bool cursor_step(struct cursor *cursor);

/* NULL columns are NULL, NAN and COUNT_UNKNOWN. */
const char *take_text(struct cursor *cursor);
const char *take_bytes(struct cursor *cursor, size_t *length);
double take_real(struct cursor *cursor);
int take_count(struct cursor *cursor);
bool take_truth(struct cursor *cursor);
int64_t take_integer(struct cursor *cursor);

/* A text that stays valid until the next step, not copied; NULL for NULL. */
const char *take_borrowed(struct cursor *cursor);

/* The position of the word in `names` (ended by NULL); `otherwise` for NULL. An unknown word is a
 * failure. */
int take_choice(struct cursor *cursor, const char *const *names, int otherwise);

/* Records that the row cannot be what this program wrote. */
void cursor_damaged(struct cursor *cursor, const char *format, ...) PRINTF_LIKE(2, 3);

/* Resets the statement. False, with the error told, if anything failed on the way. */
MUST_USE bool cursor_end(struct cursor *cursor);

#endif
