/* Rules in pages: the link from wherever the id of one is printed, and the rule itself. */
#ifndef TOUCHSTONE_SERVICE_WEB_RULE_VIEW_H
#define TOUCHSTONE_SERVICE_WEB_RULE_VIEW_H

#include "evidence/rating/rules.h"
#include "service/web/layout.h"

/* "C1 (From a rating to a claim)", which leads to /method#C1; an id that stands in no table is
 * printed as it is. */
void rule_put_link(const struct page *page, const char *id);

/* The id alone, with the rule's title for those who ask: where room is scarce. */
void rule_put_id(const struct page *page, const char *id);

/* The rule: what it does for everybody, exactly, by which numbers, and from where. */
void rule_put(const struct page *page, const struct rule *rule);

#endif
