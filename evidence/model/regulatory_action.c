#include "evidence/model/regulatory_action.h"

#include "evidence/model/row.h"

enum { FIRST_YEAR = 1900, LAST_YEAR = 2100 };

static void read_row(const struct json_reader *at, const struct base *base,
                     struct regulatory_action *out)
{
    json_fields(at, (const char *const[]){"id", "intervention", "body", "year", "what",
                                          BACKING_FIELDS, NULL});
    *out = (struct regulatory_action){
        .id = row_id(at, "id"),
        .intervention = row_intervention(at, "intervention", base),
        .body = json_get_text(at, "body", REQUIRED),
        .year = json_get_count(at, "year", OPTIONAL, FIRST_YEAR, LAST_YEAR),
        .what = json_get_text(at, "what", REQUIRED),
    };
    backing_read(at, &out->backing);
}

void regulatory_actions_read(const struct json_reader *at, const struct base *base,
                             struct regulatory_actions *out)
{
    json_fields(at, (const char *const[]){"regulatory_actions", NULL});
#define READ_ROW(place, element) read_row(place, base, element)
    ROW_LIST(at, "regulatory_actions", struct regulatory_action, READ_ROW, out->items, out->count);
#undef READ_ROW
}
