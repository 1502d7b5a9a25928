/*
 * How far an import from PubMed is, as the text that remote.h calls a state.
 *
 * PubMed gives at most the first 9,999 records of a search, whatever its documentation says of
 * 10,000, and a page that reaches beyond is cut without a word. A search with more is taken apart:
 * by entry date, the one date that every record has exactly once, so that the parts neither overlap
 * nor miss any (an article can have two publication dates); and should one day alone hold too many,
 * by PMID within that day. Parts are taken newest first, and are as wide as what they hold allows.
 */
#ifndef TOUCHSTONE_IMPORTERS_SOURCES_PUBMED_PLACE_H
#define TOUCHSTONE_IMPORTERS_SOURCES_PUBMED_PLACE_H

#include "evidence/base/arena.h"

enum { PUBMED_SEARCH_MOST = 9999 };

enum pubmed_part {
    PUBMED_WHOLE, /* the search as it is */
    PUBMED_DAYS,  /* what was entered from `first` to `last`, days since 1970-01-01 */
    PUBMED_PMIDS, /* what was entered on `day` with PMIDs from `first` to `last` */
};

struct pubmed_place {
    enum pubmed_part part;
    long first;
    long last;
    long day;
    long total;         /* what the whole search found; COUNT_UNKNOWN before it was searched */
    long before;        /* records of the parts that are behind us */
    long count;         /* what this part's search found; COUNT_UNKNOWN before it was searched */
    long at;            /* records of this part that are behind us */
    const char *newest; /* the PMID at place `at` - 1 of this part; NULL: unknown */
    const char *webenv; /* the search as PubMed keeps it; NULL: it keeps none for us yet */
    long query_key;
    bool listing;    /* it does not keep them long enough to read: pages are listed, then fetched */
    const char *ids; /* while listing: the PMIDs to fetch, with commas; NULL: to be listed yet */
    long repeats;    /* how often this page was asked for again */
    long renewals;   /* how often the search was forgotten before a page of it came */
    long restarts;   /* how often this part was begun again */
};

/* The next request searches; else it fetches records. */
bool pubmed_place_is_search(const struct pubmed_place *place);

/* NULL is the start. ERROR_INVALID for what pubmed_place_write did not write. */
MUST_USE bool pubmed_place_read(const char *state, struct arena *arena, struct pubmed_place *out,
                                struct error *err);
const char *pubmed_place_write(const struct pubmed_place *place, struct arena *arena);

/* Makes the part smaller, its newer half, to be searched next. False where it cannot be. */
MUST_USE bool pubmed_place_narrow(struct pubmed_place *place);

/* Puts this part behind us; the next one is to be searched. False where there is none. */
MUST_USE bool pubmed_place_advance(struct pubmed_place *place);

/* Searches this part again: to go on at the same place, if its list has not moved; or from its
 * start. */
void pubmed_place_renew(struct pubmed_place *place);
void pubmed_place_restart(struct pubmed_place *place);

/* A day as PubMed writes it: 2026/01/31. */
const char *pubmed_place_day(long day, struct arena *arena);

#endif
