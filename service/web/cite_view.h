/* To cite an answer: as text, as BibTeX and as CSL JSON, with the base and the rules it comes from.
 */
#ifndef TOUCHSTONE_SERVICE_WEB_CITE_VIEW_H
#define TOUCHSTONE_SERVICE_WEB_CITE_VIEW_H

#include "service/web/layout.h"

/* What is cited. */
struct cited {
    const char *id;      /* of letters, digits and '-': "dry-needling-neck-mtrp" */
    const char *title;   /* "May work: dry needling for knots in the neck" */
    const char *address; /* whole */
};

void cite_put(const struct page *page, const struct cited *cited);

/* The same citation alone. */
void cite_put_text(const struct page *page, const struct cited *cited, struct buffer *out);
void cite_put_bibtex(const struct page *page, const struct cited *cited, struct buffer *out);
void cite_put_csl(const struct page *page, const struct cited *cited, struct buffer *out);

#endif
