/* Treatments for one complaint side by side. */
#ifndef TOUCHSTONE_SERVICE_WEB_COMPARE_VIEW_H
#define TOUCHSTONE_SERVICE_WEB_COMPARE_VIEW_H

#include "service/api/comparison.h"
#include "service/web/layout.h"

/* What is shown. */
struct compare_asking {
    struct comparison comparison;         /* condition NULL: none is chosen yet */
    bool named;                           /* some were picked; false: all that are rated */
    const struct headline *const *ranked; /* all that are rated for it, best first */
    size_t ranked_count;
    const char *const *unknown; /* names that nothing here has, ended by NULL */
    const char *address;        /* of this very comparison, from the root */
};

void compare_put(const struct page *page, const struct compare_asking *asking, const char *site);

#endif
