/* The evidence map on a page: as a table of signs where there is room, and as a list by condition
 * on a phone or where one condition was chosen. Needs map.css. */
#ifndef TOUCHSTONE_SERVICE_WEB_MAP_VIEW_H
#define TOUCHSTONE_SERVICE_WEB_MAP_VIEW_H

#include "service/views/evidence_map.h"
#include "service/web/layout.h"

/* The section "map": what is shown and how it is chosen, the table, the list, and what nobody has
 * looked at. The catalog must be there. */
void map_put(const struct page *page, const struct map_filter *filter);

/* "/?kind=device&verdict=works#map", in the arena: where the page shows that. */
const char *map_address(const struct map_filter *filter, struct arena *arena);

#endif
