/* A CommentsCorrections element of PubMed: what became of an article, or what it does to another.
 */
#ifndef TOUCHSTONE_IMPORTERS_FORMATS_PUBMED_NOTICE_H
#define TOUCHSTONE_IMPORTERS_FORMATS_PUBMED_NOTICE_H

#include "evidence/base/arena.h"
#include "evidence/model/record.h"

struct pubmed_notice {
    struct record_notice notice;
    const char *reference; /* RefSource: "Lancet. 2010 Feb 6;375(9713):445. doi: 10.1016/…" */
    bool is_update;        /* it names another article that something befell */
    bool is_all_there_is;  /* the article is nothing but the notice of that */
    bool retracts;         /* the whole of whichever article it is about */
};

/* Starts one of this RefType. False for those that say nothing about whether to trust an article
 * (CommentOn, Cites, UpdateIn …). */
bool pubmed_notice_begin(struct pubmed_notice *notice, const char *type, size_t length);

/* Reads date and DOI out of the reference. */
void pubmed_notice_end(struct pubmed_notice *notice, struct arena *arena);

#endif
