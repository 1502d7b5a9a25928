/* What a verdict would be with some of its studies left out: a form about the table of studies, and
 * its answer, which is never shown as ours. The choice stands in the address, to be shared. */
#ifndef TOUCHSTONE_SERVICE_WEB_WHAT_IF_VIEW_H
#define TOUCHSTONE_SERVICE_WEB_WHAT_IF_VIEW_H

#include "evidence/rating/catalog.h"
#include "service/http/request.h"
#include "service/web/layout.h"

/* What a request supposes of one comparison. */
struct supposed {
    const struct rating *now;    /* of the page; NULL: nothing is supposed */
    const struct rating *before; /* the same question as it is rated for its own complaint */
    const struct rating *then;   /* NULL: it could not be worked out, see `trouble` */
    const struct study *const *left_out;
    size_t count;
    const char *trouble;
};

/* Reads `of` (a question of the headline's; without it the headline's own) and every `without` (a
 * study of it); what is neither is passed over. */
struct supposed supposed_of(const struct request *request, const struct headline *headline);

/* The form opens about the table of a rating and closes with its answer, if it is `supposed`. */
void what_if_open(const struct page *page, const struct rating *rating);
void what_if_close(const struct page *page, const struct rating *rating,
                   const struct supposed *supposed);

/* True where a table has something to choose: two studies or more with a figure. */
bool what_if_has_choice(const struct rating *rating);

/* The box of one study, named for those who hear it; nothing for a study without a figure. */
void what_if_put_box(const struct page *page, const struct rated_study *entry,
                     const struct supposed *supposed);

#endif
