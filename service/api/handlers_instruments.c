/* GET /v1/instruments: what each instrument asks of a study, and how it judges the answers. */
#include "evidence/model/rulebooks.h"
#include "service/api/api.h"
#include "service/api/reading.h"
#include "service/api/rulebook_shapes.h"
#include "service/http/query.h"

bool get_instruments(const struct request *request, struct answer *answer, struct error *err)
{
    struct json_writer json;
    if (!query_only(request, (const char *const[]){NULL}, err))
        return false;
    const struct instruments *book = &base_rulebooks(catalog_base(request->catalog))->instruments;
    reading_json(request, answer, &json);
    json_begin_object(&json);
    json_field_array(&json, "items");
    for (size_t i = 0; i < book->count; i++)
        shape_instrument(&json, &book->items[i]);
    json_end_array(&json);
    json_field_text(&json, "next", NULL);
    json_end_object(&json);
    return true;
}
