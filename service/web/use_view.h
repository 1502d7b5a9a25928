/* How a treatment is used: what it takes in a line, and how to do it safely, as the book of safe
 * use has it; every sentence with what it rests on. */
#ifndef TOUCHSTONE_SERVICE_WEB_USE_VIEW_H
#define TOUCHSTONE_SERVICE_WEB_USE_VIEW_H

#include "evidence/model/safe_use.h"
#include "service/web/layout.h"

/* How the intervention is used; NULL where the base does not say. */
const struct safe_use *use_of(const struct page *page, const struct intervention *intervention);

/* "You do it yourself.": who does it. */
const char *use_setting_words(enum setting setting);

/* Who does it and the first dose that was tried, in a line; "Not recorded here." where `use` is
 * NULL. */
void use_put_takes(const struct page *page, const struct safe_use *use);

/* The same for a list, of a use that is there. */
void use_put_short(const struct page *page, const struct safe_use *use);

/* The section "How to do it safely"; nothing where the base does not say. */
void use_put(const struct page *page, const struct intervention *intervention);

#endif
