/* What all pages of curators share: the form to sign in, and the head of those who have. */
#ifndef TOUCHSTONE_SERVICE_WEB_CURATE_VIEW_H
#define TOUCHSTONE_SERVICE_WEB_CURATE_VIEW_H

#include "service/http/credential.h"
#include "service/web/layout.h"

/* Headers of a page that depends on who is signed in: kept nowhere, and its forms tell from where
 * they are sent. */
void curate_headers(struct answer *answer);

/* The whole page with the form. `next` is where to go afterwards, from the root; `trouble` (NULL:
 * none) is told above the form. */
void curate_put_sign_in(const struct page *page, const char *next, const char *trouble);

/* Opens a page of someone who is signed in: head->csrf is set for its scripts, and the links to the
 * other pages stand first. `here` is the address of this one, "/curate/audit". layout_close with
 * the same head ends it. */
void curate_open(const struct page *page, struct page_head *head,
                 const struct credential *credential, const char *here);

/* The hidden field that every form of such a page needs. */
void curate_put_csrf(const struct page *page, const struct credential *credential);

/* What the page at /curate tells: who it is, and what they may do. */
void curate_put_rights(const struct page *page, const struct credential *credential);

#endif
