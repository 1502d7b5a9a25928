/* What every page has: head, header with the question form, the emergency line and the foot. */
#ifndef TOUCHSTONE_SERVICE_WEB_LAYOUT_H
#define TOUCHSTONE_SERVICE_WEB_LAYOUT_H

#include "evidence/rating/catalog.h"
#include "service/http/answer.h"

/* A page being written. All borrowed. */
struct page {
    struct buffer *out;
    struct arena *arena;
    const struct catalog *catalog; /* NULL before the first load */
};

/* What a page's head tells of it. */
struct page_head {
    const char *title;       /* "May work: dry needling for knots in the neck" */
    const char *description; /* one or two sentences */
    const char *canonical;   /* the one address of this content, from the root; NULL: not indexed */
    const char *json;        /* where the same stands as JSON; NULL */
    const char *embed;       /* layout_oembed of it; NULL: it has no card */
    const char *question;    /* as typed, for the form; "" */
    const char *module;      /* an asset: the page's own script; NULL */
    const char *sheet;       /* an asset: its own style beside the common one; NULL */
    const char *csrf;        /* for scripts of who is signed in, see curate_view.h; NULL */
};

/* From the doctype to the form; `main` is open afterwards. */
void layout_open(const struct page *page, const struct page_head *head);

/* The emergency line, the foot and the end. */
void layout_close(const struct page *page, const struct page_head *head);

/* Around what stands below the first screen, on 1280 by 900 points and on a phone: it is drawn in
 * the frame after the first, so that the first screen is there sooner. Should be a screen high or
 * more, for what follows it is first drawn a screen lower. */
void layout_open_below(struct buffer *out);
void layout_close_below(struct buffer *out);

/* The whole address under which /oembed tells of the page at `address` (from the root). */
const char *layout_oembed(const struct request *request, const char *address);

/* "22 November 2026" for "2026-11-22"; what is no such date stays as it is. */
const char *date_in_words(const char *date, struct arena *arena);

/* Content type, security headers and caching of a page. A question is about somebody's health, so
 * no cache but the reader's own keeps an answer. */
void layout_headers(struct answer *answer, bool personal);

/* The same for the answer to what somebody sent of themselves: no copy is kept anywhere. */
void layout_headers_kept_nowhere(struct answer *answer);

#endif
