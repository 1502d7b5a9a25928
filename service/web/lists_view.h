/* Lists that lead on: what is rated for a condition, other conditions, better treatments, what the
 * question may have meant. Every item is a link to its own question. */
#ifndef TOUCHSTONE_SERVICE_WEB_LISTS_VIEW_H
#define TOUCHSTONE_SERVICE_WEB_LISTS_VIEW_H

#include "evidence/judgement/question/check.h"
#include "service/web/layout.h"

/* "<a href=…>words</a>" to the page about them; either may be NULL, not both. */
void put_question_link(const struct page *page, const struct intervention *intervention,
                       const struct condition *condition, const char *words);

/* What is rated for the condition, or what the treatment was studied for. */
void lists_put_ranked(const struct page *page, const struct checked *checked);

/* Rated better for the same condition. */
void lists_put_alternatives(const struct page *page, const struct checked *checked);

/* The question back with its answers as links; nothing if nothing is asked. */
void lists_put_ask(const struct page *page, const struct checked *checked);

/* For an unknown treatment: the nearest names. */
void lists_put_nearest(const struct page *page, const struct checked *checked);

/* From an answer, or from a treatment that is not here, to all that is rated for the same complaint
 * or treatment. */
void lists_put_further(const struct page *page, const struct checked *checked);

/* Questions to start from. */
void lists_put_examples(const struct page *page);

/* Every condition of the base. */
void lists_put_conditions(const struct page *page);

#endif
