/* A vetted text in a page: the text with its parts marked, what each part comes to and why, what
 * could honestly be said, and what could not be checked. */
#ifndef TOUCHSTONE_SERVICE_WEB_PARTS_VIEW_H
#define TOUCHSTONE_SERVICE_WEB_PARTS_VIEW_H

#include "evidence/judgement/claim/claim.h"
#include "service/web/layout.h"

/* The text as it stands, every part a link to where it is told. Where two parts overlap, the first
 * is marked; all are told. `length` bytes of `text`, as they were vetted. */
void parts_put_text(const struct page *page, const char *text, size_t length,
                    const struct claim *claim);

/* Each part with its verdict, reason, ratings, studies and regulators' actions; nothing without
 * any. The worst come first; each keeps the number that it has in the text. */
void parts_put_list(const struct page *page, const char *text, const struct claim *claim);

/* "What could honestly be said"; nothing where nothing of it is about a known treatment. */
void parts_put_supported_wording(const struct page *page, const struct claim *claim);

/* What is outside of what is rated; nothing if there is nothing. */
void parts_put_not_checked(const struct page *page, const struct claim *claim);

#endif
