/*
 * Entries of a BibTeX file in their order, held back while one of them waits for the entry that its
 * cross reference names. BibTeX itself asks for that to come later; a bounded number of entries
 * waits for it, so that memory does not grow with the file.
 */
#ifndef TOUCHSTONE_IMPORTERS_FORMATS_BIBTEX_QUEUE_H
#define TOUCHSTONE_IMPORTERS_FORMATS_BIBTEX_QUEUE_H

#include "importers/formats/bibtex_entry.h"

/* Entries that wait at once, and collections that are remembered for what comes after them. */
enum { BIBTEX_WAITING_MOST = 5000, BIBTEX_COLLECTIONS_MOST = 5000 };

struct bibtex_queued {
    struct bibtex_queued *next;
    struct arena *arena; /* of the entry and of this */
    struct bibtex_entry entry;
    size_t line;
    const char *missing; /* the key that its cross reference names, as long as that was not met */
};

/* Init before use, release after. */
struct bibtex_queue {
    struct bibtex_queued *first;
    struct bibtex_queued **last;
    size_t count;
    size_t bytes;
    json_t *wanted;             /* how many wait for a key, by that key */
    struct arena *arena;        /* of the collections */
    struct bibtex_entry *whole; /* what parts may have from them, */
    size_t whole_count;
    size_t whole_bytes;
    json_t *places; /* and where each stands, by its key */
};

void bibtex_queue_init(struct bibtex_queue *queue);
void bibtex_queue_release(struct bibtex_queue *queue);

/* Takes over an entry with its arena, gives it what it has from the entry it refers to, and gives
 * from it to those that wait for it. */
void bibtex_queue_add(struct bibtex_queue *queue, struct bibtex_queued *queued);

/* The first entry, if it need not wait any more or (`all`) cannot; else NULL. It is the caller's to
 * free, by its arena. */
struct bibtex_queued *bibtex_queue_take(struct bibtex_queue *queue, bool all);

#endif
