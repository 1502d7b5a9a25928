#include "evidence/model/region.h"

#include <string.h>

#include "evidence/model/row.h"

static void read_row(const struct json_reader *at, const struct base *base, struct region *out)
{
    json_fields(at, (const char *const[]){"id", "name", "conditions", NULL});
    *out = (struct region){
        .id = row_id(at, "id"),
        .name = json_get_text(at, "name", REQUIRED),
        .conditions = row_conditions(at, "conditions", base),
    };
}

static bool holds(const struct region *region, const char *condition)
{
    for (const char *const *id = region->conditions; *id != NULL; id++)
        if (strcmp(*id, condition) == 0)
            return true;
    return false;
}

/* Nothing may stand in two columns at once. */
static void check_places(const struct json_reader *at, const struct regions *regions)
{
    for (size_t i = 0; i < regions->count; i++)
        for (const char *const *id = regions->items[i].conditions; *id != NULL; id++)
            if (region_of(regions, *id) != &regions->items[i])
                json_problem(at, "regions", "\"%s\" stands in two regions", *id);
}

void regions_read(const struct json_reader *at, const struct base *base, struct regions *out)
{
    json_fields(at, (const char *const[]){"regions", NULL});
#define READ_ROW(place, element) read_row(place, base, element)
    ROW_LIST(at, "regions", struct region, READ_ROW, out->items, out->count);
#undef READ_ROW
    check_places(at, out);
}

const struct region *region_of(const struct regions *regions, const char *condition)
{
    for (size_t i = 0; i < regions->count; i++)
        if (holds(&regions->items[i], condition))
            return &regions->items[i];
    return NULL;
}
