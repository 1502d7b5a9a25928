/* The page that checks an advert: the form, and what the text comes to. */
#ifndef TOUCHSTONE_SERVICE_WEB_VET_VIEW_H
#define TOUCHSTONE_SERVICE_WEB_VET_VIEW_H

#include "evidence/judgement/claim/claim.h"
#include "evidence/judgement/signs/signs.h"
#include "service/web/layout.h"

/* What the page says before anything was sent. `trouble` (NULL: none) is told above the form. */
void vet_put_start(const struct page *page, const char *trouble);

/* Danger that the text tells of its writer, then the verdict, the text with its parts marked, what
 * could honestly be said beside it, each part, what could not be checked; last the form with the
 * text. `length` bytes of `text`, as they were vetted. */
void vet_put(const struct page *page, const char *text, size_t length, const struct claim *claim,
             const struct raised_flags *flags);

#endif
