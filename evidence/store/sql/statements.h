/*
 * Every statement of the store as X(its name here, its file without ".sql").
 *
 * Those that every engine understands stand once, in sql/statements/: standard SQL as far as it
 * goes, parameters as ?1, ?2 …, truths stored as 0 and 1, texts compared byte by byte,
 * json_extract(text,
 * '$.name'), and CROSS JOIN … ON for a join whose tables are best read in the order written. Those
 * that each engine says in its own way stand in a file of the same name in the engine's sql/, with
 * the same parameters and columns.
 */
#ifndef TOUCHSTONE_EVIDENCE_STORE_SQL_STATEMENTS_H
#define TOUCHSTONE_EVIDENCE_STORE_SQL_STATEMENTS_H

/* In sql/statements/. */
#define COMMON_STATEMENTS(X)                                                                       \
    X(ADD_ALL_MERGE_RECORDS, add_all_merge_records)                                                \
    X(ADD_ANSWER, add_answer)                                                                      \
    X(ADD_APPRAISAL, add_appraisal)                                                                \
    X(ADD_APPRAISAL_ITEM, add_appraisal_item)                                                      \
    X(ADD_ARM, add_arm)                                                                            \
    X(ADD_AUDIT, add_audit)                                                                        \
    X(ADD_AUTHOR, add_author)                                                                      \
    X(ADD_CONDITION_ALIAS, add_condition_alias)                                                    \
    X(ADD_CONDITION_PARENT, add_condition_parent)                                                  \
    X(ADD_CONDITION_PRIMARY_OUTCOME, add_condition_primary_outcome)                                \
    X(ADD_EDITION, add_edition)                                                                    \
    X(ADD_FORMER_CONTENT, add_former_content)                                                      \
    X(ADD_FOUND_NOTICE, add_found_notice)                                                          \
    X(ADD_HARM, add_harm)                                                                          \
    X(ADD_IMPORT_WARNING, add_import_warning)                                                      \
    X(ADD_INTERVENTION_ALIAS, add_intervention_alias)                                              \
    X(ADD_INTERVENTION_CLAIM, add_intervention_claim)                                              \
    X(ADD_MERGE_RECORD, add_merge_record)                                                          \
    X(ADD_NOTED_STUDY, add_noted_study)                                                            \
    X(ADD_NOTICE, add_notice)                                                                      \
    X(ADD_OUTCOME_ALIAS, add_outcome_alias)                                                        \
    X(ADD_POOLED_IN, add_pooled_in)                                                                \
    X(ADD_RECORD_IDENTIFIER, add_record_identifier)                                                \
    X(ADD_RECORD_LIKENESS, add_record_likeness)                                                    \
    X(ADD_REGISTRATION, add_registration)                                                          \
    X(ADD_RESULT, add_result)                                                                      \
    X(ADD_SCREENING_TOPIC, add_screening_topic)                                                    \
    X(ADD_SESSION, add_session)                                                                    \
    X(ADD_SOURCE, add_source)                                                                      \
    X(ADD_STUDY, add_study)                                                                        \
    X(ADD_STUDY_ALIAS, add_study_alias)                                                            \
    X(ADD_TOKEN, add_token)                                                                        \
    X(ADD_VERDICT_CHANGE, add_verdict_change)                                                      \
    X(ADD_VERDICT_CHANGE_STUDY, add_verdict_change_study)                                          \
    X(CHANGE_SOURCE_RECORD, change_source_record)                                                  \
    X(CHECK_CURATED_RECORDS, check_curated_records)                                                \
    X(CHECK_DECISIONS, check_decisions)                                                            \
    X(CHECK_IMPORT_RUNS, check_import_runs)                                                        \
    X(CHECK_MERGES, check_merges)                                                                  \
    X(CHECK_MERGE_ROWS, check_merge_rows)                                                          \
    X(CHECK_PUBLICATION_RECORDS, check_publication_records)                                        \
    X(CHECK_PUBLICATION_TITLES, check_publication_titles)                                          \
    X(CHECK_PUBLISHED, check_published)                                                            \
    X(CHECK_RECORD_FIELDS, check_record_fields)                                                    \
    X(CHECK_RECORD_TRACES, check_record_traces)                                                    \
    X(CHECK_SCREENINGS, check_screenings)                                                          \
    X(CHECK_TOLD_CHANGES, check_told_changes)                                                      \
    X(CLEAR_CONDITION_ALIAS, clear_condition_alias)                                                \
    X(CLEAR_CONDITION_PARENT, clear_condition_parent)                                              \
    X(CLEAR_CONDITION_PRIMARY_OUTCOME, clear_condition_primary_outcome)                            \
    X(CLEAR_CURATED_RECORDS, clear_curated_records)                                                \
    X(CLEAR_INTERVENTION_ALIAS, clear_intervention_alias)                                          \
    X(CLEAR_INTERVENTION_CLAIM, clear_intervention_claim)                                          \
    X(CLEAR_NOTED_STUDIES, clear_noted_studies)                                                    \
    X(CLEAR_OUTCOME_ALIAS, clear_outcome_alias)                                                    \
    X(CLOSE_REPORT, close_report)                                                                  \
    X(COMMIT, commit)                                                                              \
    X(COUNT_OPEN_REPORTS, count_open_reports)                                                      \
    X(COUNT_PUBLICATIONS, count_publications)                                                      \
    X(COUNT_STUDIES, count_studies)                                                                \
    X(FIND_ANSWER, find_answer)                                                                    \
    X(FIND_APART, find_apart)                                                                      \
    X(FIND_AUDIT_HASH, find_audit_hash)                                                            \
    X(FIND_BY_IDENTIFIER, find_by_identifier)                                                      \
    X(FIND_BY_LIKENESS, find_by_likeness)                                                          \
    X(FIND_COMPLETE_RUN, find_complete_run)                                                        \
    X(FIND_DOCUMENT, find_document)                                                                \
    X(FIND_EDITIONS_BY_HASH, find_editions_by_hash)                                                \
    X(FIND_EDITIONS_BY_VERSION, find_editions_by_version)                                          \
    X(FIND_EDITION_AT, find_edition_at)                                                            \
    X(FIND_HELD, find_held)                                                                        \
    X(FIND_ID_OF_PUBLICATION, find_id_of_publication)                                              \
    X(FIND_LATER_DECISION, find_later_decision)                                                    \
    X(FIND_MERGED_INTO, find_merged_into)                                                          \
    X(FIND_MERGE_AUDIT, find_merge_audit)                                                          \
    X(FIND_MERGE_CONFLICT, find_merge_conflict)                                                    \
    X(FIND_NOTED_STUDY, find_noted_study)                                                          \
    X(FIND_ORDER, find_order)                                                                      \
    X(FIND_PUBLICATION_ALIAS, find_publication_alias)                                              \
    X(FIND_PUBLICATION_ID, find_publication_id)                                                    \
    X(FIND_PUBLICATION_OF_STUDY, find_publication_of_study)                                        \
    X(FIND_RECORD_STAMP, find_record_stamp)                                                        \
    X(FIND_REPORT, find_report)                                                                    \
    X(FIND_SEARCHABLE, find_searchable)                                                            \
    X(FIND_SESSION, find_session)                                                                  \
    X(FIND_SOURCE_RECORD, find_source_record)                                                      \
    X(FIND_STUDY_OF_PUBLICATION, find_study_of_publication)                                        \
    X(FIND_TOKEN, find_token)                                                                      \
    X(FIND_TOKEN_NAMED, find_token_named)                                                          \
    X(FIND_UNFINISHED_FILE, find_unfinished_file)                                                  \
    X(FIND_UNFINISHED_RUN, find_unfinished_run)                                                    \
    X(FIND_UNKEPT, find_unkept)                                                                    \
    X(FIRST_EDITION, first_edition)                                                                \
    X(FIRST_VERDICT_CHANGE_OF, first_verdict_change_of)                                            \
    X(HASHES_OF_CONDITIONS, hashes_of_conditions)                                                  \
    X(HASHES_OF_DOCUMENTS, hashes_of_documents)                                                    \
    X(HASHES_OF_INTERVENTIONS, hashes_of_interventions)                                            \
    X(HASHES_OF_OUTCOMES, hashes_of_outcomes)                                                      \
    X(HASHES_OF_STUDIES, hashes_of_studies)                                                        \
    X(LAST_AUDIT, last_audit)                                                                      \
    X(LAST_CHANGE_OF_RECORD, last_change_of_record)                                                \
    X(LAST_EDITION, last_edition)                                                                  \
    X(LIST_AUDIT, list_audit)                                                                      \
    X(LIST_AUDIT_NEWEST, list_audit_newest)                                                        \
    X(LIST_CURATED_RECORDS, list_curated_records)                                                  \
    X(LIST_DUE_SEARCHES, list_due_searches)                                                        \
    X(LIST_EDITIONS, list_editions)                                                                \
    X(LIST_FORMER_CONTENTS, list_former_contents)                                                  \
    X(LIST_IMPORT_RUNS, list_import_runs)                                                          \
    X(LIST_IMPORT_WARNINGS, list_import_warnings)                                                  \
    X(LIST_LAST_VERDICT_CHANGES, list_last_verdict_changes)                                        \
    X(LIST_LINKED_PUBLICATIONS, list_linked_publications)                                          \
    X(LIST_MERGED_KEYS, list_merged_keys)                                                          \
    X(LIST_MERGES, list_merges)                                                                    \
    X(LIST_MERGE_RECORDS, list_merge_records)                                                      \
    X(LIST_NEWEST_VERDICT_CHANGES, list_newest_verdict_changes)                                    \
    X(LIST_NOTED_INTAKE, list_noted_intake)                                                        \
    X(LIST_NOTED_STUDIES, list_noted_studies)                                                      \
    X(LIST_NOTICED_PUBLICATIONS, list_noticed_publications)                                        \
    X(LIST_NOTICED_STUDIES, list_noticed_studies)                                                  \
    X(LIST_NOTICES_OF_OTHERS, list_notices_of_others)                                              \
    X(LIST_ORDER, list_order)                                                                      \
    X(LIST_OWN_NOTICES, list_own_notices)                                                          \
    X(LIST_POSSIBLE_DUPLICATES, list_possible_duplicates)                                          \
    X(LIST_PUBLICATIONS, list_publications)                                                        \
    X(LIST_PUBLICATION_RECORDS, list_publication_records)                                          \
    X(LIST_RECORDS_OF_PUBLICATIONS, list_records_of_publications)                                  \
    X(LIST_RECORD_STAMPS, list_record_stamps)                                                      \
    X(LIST_REPORTS, list_reports)                                                                  \
    X(LIST_SAVED_SEARCHES, list_saved_searches)                                                    \
    X(LIST_SCREENING_DECISIONS, list_screening_decisions)                                          \
    X(LIST_SCREENING_TOPICS, list_screening_topics)                                                \
    X(LIST_SEARCHABLE_KEYS, list_searchable_keys)                                                  \
    X(LIST_STUDIES, list_studies)                                                                  \
    X(LIST_STUDY_KEYS, list_study_keys)                                                            \
    X(LIST_TOKENS, list_tokens)                                                                    \
    X(LIST_TOLD_CHANGES, list_told_changes)                                                        \
    X(LIST_UNFINISHED_RUNS, list_unfinished_runs)                                                  \
    X(LIST_VERDICT_CHANGES, list_verdict_changes)                                                  \
    X(LIST_VERDICT_CHANGES_OF, list_verdict_changes_of)                                            \
    X(LIST_VERDICT_CHANGE_STUDIES, list_verdict_change_studies)                                    \
    X(LOAD_APPRAISALS, load_appraisals)                                                            \
    X(LOAD_APPRAISAL_ITEM_JUDGEMENTS, load_appraisal_item_judgements)                              \
    X(LOAD_APPRAISAL_ITEM_NAMES, load_appraisal_item_names)                                        \
    X(LOAD_ARMS, load_arms)                                                                        \
    X(LOAD_AUDIT, load_audit)                                                                      \
    X(LOAD_AUDIT_HEAD, load_audit_head)                                                            \
    X(LOAD_AUTHORS, load_authors)                                                                  \
    X(LOAD_CONDITIONS, load_conditions)                                                            \
    X(LOAD_CONDITION_ALIASES, load_condition_aliases)                                              \
    X(LOAD_CONDITION_PARENTS, load_condition_parents)                                              \
    X(LOAD_CONDITION_PRIMARY_OUTCOMES, load_condition_primary_outcomes)                            \
    X(LOAD_DECISION, load_decision)                                                                \
    X(LOAD_DOCUMENTS, load_documents)                                                              \
    X(LOAD_FORMER_CONTENT, load_former_content)                                                    \
    X(LOAD_HARMS, load_harms)                                                                      \
    X(LOAD_IMPORT_RUN, load_import_run)                                                            \
    X(LOAD_INTAKE_META, load_intake_meta)                                                          \
    X(LOAD_INTERVENTIONS, load_interventions)                                                      \
    X(LOAD_INTERVENTION_ALIASES, load_intervention_aliases)                                        \
    X(LOAD_INTERVENTION_CLAIMS, load_intervention_claims)                                          \
    X(LOAD_MERGE, load_merge)                                                                      \
    X(LOAD_MERGE_LOG, load_merge_log)                                                              \
    X(LOAD_META, load_meta)                                                                        \
    X(LOAD_NOTICES, load_notices)                                                                  \
    X(LOAD_OUTCOMES, load_outcomes)                                                                \
    X(LOAD_OUTCOME_ALIASES, load_outcome_aliases)                                                  \
    X(LOAD_POOLED_IN, load_pooled_in)                                                              \
    X(LOAD_PUBLICATION, load_publication)                                                          \
    X(LOAD_REGISTRATIONS, load_registrations)                                                      \
    X(LOAD_RESULTS, load_results)                                                                  \
    X(LOAD_SOURCES, load_sources)                                                                  \
    X(LOAD_STUDIES, load_studies)                                                                  \
    X(LOAD_STUDY_ALIASES, load_study_aliases)                                                      \
    X(MARK_MERGE_UNDONE, mark_merge_undone)                                                        \
    X(MARK_PUBLICATION_RETRACTED, mark_publication_retracted)                                      \
    X(MARK_PUBLICATION_UNSEARCHABLE, mark_publication_unsearchable)                                \
    X(MARK_PUBLISHED, mark_published)                                                              \
    X(MOVE_ALL_SOURCE_RECORDS, move_all_source_records)                                            \
    X(MOVE_CONDITION, move_condition)                                                              \
    X(MOVE_OUTCOME, move_outcome)                                                                  \
    X(MOVE_SOURCE_RECORD, move_source_record)                                                      \
    X(NEXT_POSITION, next_position)                                                                \
    X(NEXT_STUDY_FROM, next_study_from)                                                            \
    X(NEXT_STUDY_KEY, next_study_key)                                                              \
    X(NEXT_VERDICT_CHANGE, next_verdict_change)                                                    \
    X(NOTE_TOKEN_USE, note_token_use)                                                              \
    X(PUT_APART_PAIRS, put_apart_pairs)                                                            \
    X(PUT_AUDIT_HEAD, put_audit_head)                                                              \
    X(PUT_CONDITION, put_condition)                                                                \
    X(PUT_CURATED_RECORD, put_curated_record)                                                      \
    X(PUT_DOCUMENT, put_document)                                                                  \
    X(PUT_IMPORT_RUN, put_import_run)                                                              \
    X(PUT_INTAKE_META, put_intake_meta)                                                            \
    X(PUT_INTERVENTION, put_intervention)                                                          \
    X(PUT_META, put_meta)                                                                          \
    X(PUT_OUTCOME, put_outcome)                                                                    \
    X(PUT_PUBLICATION_ALIAS, put_publication_alias)                                                \
    X(PUT_RECORD_PAIR, put_record_pair)                                                            \
    X(PUT_SAVED_SEARCH, put_saved_search)                                                          \
    X(REMOVE_CONDITION, remove_condition)                                                          \
    X(REMOVE_DOCUMENT, remove_document)                                                            \
    X(REMOVE_FOUND_NOTICES, remove_found_notices)                                                  \
    X(REMOVE_INTERVENTION, remove_intervention)                                                    \
    X(REMOVE_OLD_ANSWERS, remove_old_answers)                                                      \
    X(REMOVE_OLD_SESSIONS, remove_old_sessions)                                                    \
    X(REMOVE_OUTCOME, remove_outcome)                                                              \
    X(REMOVE_PUBLICATION, remove_publication)                                                      \
    X(REMOVE_RECORD_IDENTIFIERS, remove_record_identifiers)                                        \
    X(REMOVE_RECORD_LIKENESS, remove_record_likeness)                                              \
    X(REMOVE_SAVED_SEARCH, remove_saved_search)                                                    \
    X(REMOVE_SESSION, remove_session)                                                              \
    X(REMOVE_SESSIONS_OF_TOKEN, remove_sessions_of_token)                                          \
    X(REMOVE_SOURCE_RECORD, remove_source_record)                                                  \
    X(REMOVE_STUDY, remove_study)                                                                  \
    X(RENAME_PUBLICATION, rename_publication)                                                      \
    X(RETIRE_PUBLICATION_ID, retire_publication_id)                                                \
    X(REVOKE_TOKEN, revoke_token)                                                                  \
    X(ROLLBACK, rollback)                                                                          \
    X(SETTLE_PUBLICATION, settle_publication)                                                      \
    X(SET_PUBLICATION_SCREENING, set_publication_screening)                                        \
    X(SUMMARISE_RECORDS, summarise_records)                                                        \
    X(TAKE_OVER_SCREENING, take_over_screening)                                                    \
    X(TOUCH_SOURCE_RECORD, touch_source_record)                                                    \
    X(WALK_AUDIT_BACK, walk_audit_back)                                                            \
    X(WALK_EDITIONS, walk_editions)

/* In the folder of each engine: what is asked is the same. */
#define OWN_STATEMENTS(X)                                                                          \
    X(ADD_IMPORT_RUN, add_import_run)                                                              \
    X(ADD_MERGE, add_merge)                                                                        \
    X(ADD_PUBLICATION, add_publication)                                                            \
    X(ADD_REPORT, add_report)                                                                      \
    X(ADD_SCREENING_DECISION, add_screening_decision)                                              \
    X(ADD_SOURCE_RECORD, add_source_record)                                                        \
    X(CHECK_PUBLICATION_WORDS, check_publication_words)                                            \
    X(COUNT_FOUND_PUBLICATIONS, count_found_publications)                                          \
    X(COUNT_FOUND_STUDIES, count_found_studies)                                                    \
    X(LIST_CHANGES_BETWEEN, list_changes_between)                                                  \
    X(SEARCH_NEWEST_PUBLICATIONS, search_newest_publications)                                      \
    X(SEARCH_NEWEST_STUDIES, search_newest_studies)                                                \
    X(SEARCH_PUBLICATIONS, search_publications)                                                    \
    X(SEARCH_STUDIES, search_studies)

/* In the folder of one engine, for its own use alone. */
#define SQLITE_STATEMENTS(X)                                                                       \
    X(ADD_PUBLICATION_SEARCH, add_publication_search)                                              \
    X(ADD_PUBLICATION_WORDS, add_publication_words)                                                \
    X(ADD_STUDY_SEARCH, add_study_search)                                                          \
    X(ADD_STUDY_WORDS, add_study_words)                                                            \
    X(BEGIN_READ, begin_read)                                                                      \
    X(BEGIN_WRITE, begin_write)                                                                    \
    X(CHECK_FOREIGN_KEYS, check_foreign_keys)                                                      \
    X(CHECK_INTEGRITY, check_integrity)                                                            \
    X(CHECK_PUBLICATION_SEARCH, check_publication_search)                                          \
    X(CHECK_PUBLICATION_WORD_INDEX, check_publication_word_index)                                  \
    X(CHECK_STUDY_SEARCH, check_study_search)                                                      \
    X(CHECK_STUDY_WORDS, check_study_words)                                                        \
    X(REMOVE_PUBLICATION_SEARCH, remove_publication_search)                                        \
    X(REMOVE_PUBLICATION_WORDS, remove_publication_words)                                          \
    X(REMOVE_STUDY_SEARCH, remove_study_search)                                                    \
    X(REMOVE_STUDY_WORDS, remove_study_words)

#define POSTGRES_STATEMENTS(X)                                                                     \
    X(CHECK_INDEXED_STUDY, check_indexed_study)                                                    \
    X(FORGET_PUBLICATION, forget_publication)                                                      \
    X(INDEX_PUBLICATION, index_publication)                                                        \
    X(INDEX_STUDY, index_study)                                                                    \
    X(LIST_STUDY_TEXTS, list_study_texts)                                                          \
    X(LIST_TEXTS_OF_STUDIES, list_texts_of_studies)                                                \
    X(LOAD_STUDY_TEXT, load_study_text)                                                            \
    X(LOCK_STORE, lock_store)

enum statement {
#define STATEMENT_NAME(name, file) name,
    COMMON_STATEMENTS(STATEMENT_NAME) COMMON_STATEMENT_COUNT,
    BEFORE_OWN_STATEMENTS = COMMON_STATEMENT_COUNT - 1,
    OWN_STATEMENTS(STATEMENT_NAME) SQLITE_STATEMENTS(STATEMENT_NAME)
        POSTGRES_STATEMENTS(STATEMENT_NAME)
#undef STATEMENT_NAME
            STATEMENT_COUNT
};
enum { OWN_STATEMENT_COUNT = STATEMENT_COUNT - COMMON_STATEMENT_COUNT };

#endif
