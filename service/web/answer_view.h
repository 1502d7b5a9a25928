/* An answer as the main part of a page: what was understood, the verdict, how sure, in words, and
 * the rows, lists and tables under it. */
#ifndef TOUCHSTONE_SERVICE_WEB_ANSWER_VIEW_H
#define TOUCHSTONE_SERVICE_WEB_ANSWER_VIEW_H

#include "evidence/judgement/question/check.h"
#include "evidence/store/changes.h"
#include "service/web/layout.h"
#include "service/web/ranking_view.h"
#include "service/web/what_if_view.h"

/* What a page tells beside what the catalog answers. */
struct beside {
    const char *address; /* the whole address of the answer, to cite; NULL: it has none */
    struct supposed supposed;
    struct changes_of changes;
    struct narrowed narrowed;
};

/* The whole, whatever the question came to. */
void answer_put(const struct page *page, const struct checked *checked,
                const struct beside *beside);

/* "May work: dry needling for knots in the neck", in the arena: what stands in the title. */
const char *answer_title(const struct checked *checked, struct arena *arena);

/* The sentence that tells the verdict, of an answer. In the arena. */
const char *answer_lead(const struct checked *checked, struct arena *arena);

#endif
