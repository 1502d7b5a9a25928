/*
 * The words that publications are found by. The indexes keep no text, so what was put in has to be
 * said again to take it out: always that of the fields as they stand in the row.
 *
 * FTS5 gathers what it is told in memory and writes it out at every savepoint, and SQLite opens
 * savepoints within many statements. So that a page of records does not become as many segments of
 * an index, all of it waits here and is told at once, before the commit.
 */
#ifndef TOUCHSTONE_EVIDENCE_STORE_SQL_WORDS_H
#define TOUCHSTONE_EVIDENCE_STORE_SQL_WORDS_H

#include "evidence/model/record.h"
#include "evidence/store/sql/statement.h"

struct word_queue;

/* Never NULL; freed with the store. */
struct word_queue *word_queue_new(void);
void word_queue_free(struct word_queue *queue);

/* Adds a text as fields hold it: bytes that are no UTF-8 stand there as U+FFFD (json_writer.h). */
void words_clean(struct buffer *out, const char *text);

/* To be told: these words of a publication are, or are no longer, to be found. */
MUST_USE bool words_add(struct store *store, int64_t publication, const struct record *merged,
                        struct error *err);
MUST_USE bool words_remove(struct store *store, int64_t publication, const struct record *merged,
                           struct error *err);

/* True if the last that waits for a publication was to add its words; then they wait no more. */
bool words_take_back(struct store *store, int64_t publication);

/* Tells the indexes; forgets what waits. */
MUST_USE bool words_tell(struct store *store, struct error *err);
void words_forget(struct store *store);

#endif
