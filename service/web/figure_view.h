/* The figure of the body, front and back: each place a tile that is a link. */
#ifndef TOUCHSTONE_SERVICE_WEB_FIGURE_VIEW_H
#define TOUCHSTONE_SERVICE_WEB_FIGURE_VIEW_H

#include "evidence/model/place.h"
#include "service/web/layout.h"

/* "/where/chest", in the arena. */
const char *address_of_place(const struct place *place, struct arena *arena);

/* Both views. `here` is marked (NULL: none). A place has one stop of the keyboard, however many
 * tiles it has. */
void figure_put(const struct page *page, const struct places *places, const struct place *here);

/* The same places as a list of links; without `here` with the other names of each. */
void figure_put_list(const struct page *page, const struct places *places,
                     const struct place *here);

#endif
