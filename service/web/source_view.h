/* What a sentence of a rule book rests on, told in a few small words behind it. */
#ifndef TOUCHSTONE_SERVICE_WEB_SOURCE_VIEW_H
#define TOUCHSTONE_SERVICE_WEB_SOURCE_VIEW_H

#include "evidence/model/safe_use.h"
#include "service/web/layout.h"

/* " (study, health service)": the kinds of the sources, each a link where it has an address of its
 * own. */
void source_put(const struct page *page, const struct backing *backing);

/* The same for a statement of a document, which rests on some of the document's sources. */
void source_put_statement(const struct page *page, const struct statement *statement,
                          const struct safe_use *use);

/* Why to be careful with a row, as a paragraph; nothing where no reason is known. */
void source_put_doubt(const struct page *page, const struct backing *backing);

#endif
