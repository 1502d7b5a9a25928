/*
 * The one door to what is stored. Behind it stands SQLite, which keeps a store in one file, or,
 * where the program was built with libpq, PostgreSQL, which keeps it in a schema of a database;
 * nobody else names a table. A store is used by one thread at a time: every thread that reads opens
 * its own.
 */
#ifndef TOUCHSTONE_EVIDENCE_STORE_STORE_H
#define TOUCHSTONE_EVIDENCE_STORE_STORE_H

#include <time.h>

#include "evidence/model/base.h"

struct store;

enum store_mode {
    STORE_READ,  /* an existing store of this version, read only */
    STORE_WRITE, /* created if there is none, brought up to the present version if it is older */
    STORE_WRITE_BRIEFLY /* an existing store of this version, for a few rows while somebody waits
                           for an answer: given up (ERROR_STORE) after 1 s where others write, not
                           after 5 s */
};

/*
 * Opens the store at `path`: a file, or a connection URL of PostgreSQL, postgresql://… as libpq
 * knows it, with several hosts, sslmode, target_session_attrs and all. NULL with ERROR_NOT_FOUND if
 * there is none (unless STORE_WRITE), ERROR_STORE if it is no store of ours, is newer than this
 * program or cannot be opened; the message says which and what to do. The caller closes it.
 */
MUST_USE struct store *store_open(const char *path, enum store_mode mode, struct error *err);

/* NULL is allowed. */
void store_close(struct store *store);

/* Whether a store of that name is a file; else it is a URL. */
bool store_is_file(const char *path);

/* The name of a store as people may read it: of a URL its hosts and database, without user,
 * password and parameters. In `arena`. */
const char *store_shown(const char *path, struct arena *arena);

/*
 * Several changes as one: what is done between store_begin and store_commit happens whole or not at
 * all, and is on the disk once store_commit has said true. Every function of this door that writes
 * does so in a transaction of its own where none is open; within one, a failure leaves it to the
 * caller to roll back. They do not nest. store_roll_back may be called when none is open.
 */
MUST_USE bool store_begin(struct store *store, struct error *err);
MUST_USE bool store_commit(struct store *store, struct error *err);
void store_roll_back(struct store *store);

/*
 * For many rows at once, within a transaction: what is added between these two may be sent
 * together, where that spares the database a message for each row. Nothing else changes, but that a
 * row which is refused (ERROR_INVALID) is told of later, at the end at the latest, so that the
 * error may name another record. store_gather is false where each row is told of at once, as ever.
 */
bool store_gather(struct store *store);
MUST_USE bool store_gather_end(struct store *store, struct error *err);

/* True between store_begin and its end. */
bool store_is_begun(const struct store *store);

/* What a save did, by studies, entries and documents together. */
struct store_changes {
    size_t added;
    size_t changed;
    size_t removed;
    size_t unchanged;
};

/*
 * Makes the store hold exactly this base: what is new is added, what differs is changed, what is
 * gone is removed, in one transaction with one audit row for each change. On failure nothing is
 * changed: ERROR_INVALID where the base itself is at fault (two records of one id, a slug without
 * an entry; base_check tells all of them before), ERROR_STORE otherwise. `now` is the time the
 * audit rows carry. Another order of conditions or outcomes is kept too, with one audit row for the
 * list; it is no change of any of them.
 *
 * What curators changed here since a base last said the same (curation.h) is not replaced:
 * ERROR_CONFLICT names the records that the base would undo. store_forget_curated lets it.
 *
 * What importers found about a study afterwards (a retraction, a correction; see intake.h) is added
 * to its notices here, whatever the base says, so that no build forgets it.
 */
MUST_USE bool store_save_base(struct store *store, const struct base *base, time_t now,
                              struct store_changes *changes, struct error *err);

/* Reads the whole base, in the order struct base promises; strings live in `arena`. ERROR_NOT_FOUND
 * if nothing was ever saved. */
MUST_USE bool store_load_base(struct store *store, struct arena *arena, struct base *out,
                              struct error *err);

/* The same for who answers from it, the studies of a large base on a shelf: ERROR_STORE too, naming
 * the record, unless all of it still gives the hashes it was saved with. A figure that the disk has
 * changed is told nobody.
 *
 * `told` is called as soon as all but the studies was read, before that check: what needs none of
 * them can be worked out beside the rest. `base` is valid for the call, what it points to as long
 * as `arena`. */
typedef void base_told(const struct base *base, void *context);
MUST_USE bool store_load_base_telling(struct store *store, struct arena *arena, base_told *told,
                                      void *context, struct base *out, struct error *err);

/* When the base was last changed, and a hash (64 hex digits) of all its content: the same content
 * gives the same hash whatever the order in which it came. */
struct store_stamp {
    time_t changed;
    char hash[65];
};
MUST_USE bool store_stamp(struct store *store, struct store_stamp *out, struct error *err);

/*
 * Waits until somebody may have changed the store, until `wake_fd` can be read (-1: nothing wakes
 * it), or for `most_ms`; false where that time has passed. What wakes it is a hint where the engine
 * has one (PostgreSQL's NOTIFY), may come for nothing and may be lost: whoever follows a store
 * compares store_stamp after every wait. No transaction may be open.
 */
bool store_await(struct store *store, int wake_fd, int most_ms);

enum { STORE_SEARCH_MOST = 500, STORE_RANK_MOST = 2000 };

/*
 * Full-text search over title, authors, journal, population and conclusion; best match first, ties
 * in the order of entry. Every word of `query` must occur (the last one may be a beginning); no
 * search syntax is understood, so nothing a person types is an error. Case, accents and the endings
 * of words do not matter. An empty query lists all studies by id, one without a letter or digit
 * none; what stands beyond 64 words or 4096 bytes is not looked at. Where more than STORE_RANK_MOST
 * match, those entered last come first, and `total` stops counting there; where whole words alone
 * match so many, the last is not looked for as a beginning. Skips `offset` and gives at most
 * `limit` (<= STORE_SEARCH_MOST) ids, allocated in `arena`; `total` is how many match in all.
 */
MUST_USE bool store_search_studies(struct store *store, const char *query, size_t offset,
                                   size_t limit, struct arena *arena, const char ***ids,
                                   size_t *count, size_t *total, struct error *err);

/* The ids of all that match, beginnings too, in the order of store_search_studies, however many. */
MUST_USE bool store_find_studies(struct store *store, const char *query, struct arena *arena,
                                 const char ***ids, size_t *count, struct error *err);

/*
 * Copies the store into the file `path`, one moment of it, while others read and write; the copy is
 * checked and takes its name when it is whole. ERROR_INVALID where there is a file already and
 * `replace` is not set, ERROR_IO or ERROR_STORE otherwise; nothing stays behind then.
 */
MUST_USE bool store_backup(struct store *store, const char *path, bool replace, size_t *bytes,
                           struct error *err);

/*
 * Writes a store of its own into the file `path`, which must not be there yet or be empty: what is
 * curated, its audit log and what changed in verdicts, and nothing else (no credentials, jobs,
 * records that importers brought in, abstracts). One moment of it, while others read and write.
 * ERROR_STORE otherwise; nothing stays behind then.
 */
MUST_USE bool store_publish(struct store *store, const char *path, struct error *err);

/* The engine's own integrity and foreign-key checks (PostgreSQL keeps both by itself), the chain of
 * the audit log, and every record against the hash it was saved with, what importers brought in
 * included; with STORE_WRITE the search indexes too. ERROR_STORE says what is broken. */
MUST_USE bool store_verify(struct store *store, struct error *err);

#endif
