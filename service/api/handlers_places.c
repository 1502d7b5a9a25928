/* /v1/places: where it hurts, and what is known of that place. */
#include "service/api/api.h"
#include "service/api/kept_answer.h"
#include "service/api/page.h"
#include "service/api/place_shape.h"
#include "service/api/reading.h"
#include "service/http/query.h"

static const struct places *places_of(const struct request *request)
{
    return &base_rulebooks(catalog_base(request->catalog))->places;
}

static const char *place_id(const void *list, size_t index)
{
    return ((const struct places *)list)->items[index].id;
}

static void write_place(const void *list, size_t index, struct json_writer *json)
{
    const struct places *places = list;
    shape_place_short(json, places, &places->items[index]);
}

static bool list_places(const struct request *request, struct answer *answer, struct error *err)
{
    static const char *const known[] = {"limit", "cursor", NULL};
    const struct places *places = places_of(request);
    struct page_source source = {places->count, place_id, write_place, places};
    return query_only(request, known, err) && page_write(request, answer, &source, err);
}

bool get_places(const struct request *request, struct answer *answer, struct error *err)
{
    return kept_answer(request, answer, err, ANSWER_PLACES, list_places);
}

/* There are so few that all are named. */
static bool refuse_place(const struct request *request, struct answer *answer, const char *id)
{
    const struct places *places = places_of(request);
    const char *names = "";
    for (size_t i = 0; i < places->count; i++)
        names =
            arena_printf(request->arena, "%s%s%s", names, i == 0 ? "" : ", ", places->items[i].id);
    return answer_refuse(request, answer, REFUSAL_NOT_FOUND, "no place \"%s\"; there are: %s", id,
                         places->count == 0 ? "none in this base" : names);
}

bool get_place(const struct request *request, struct answer *answer, struct error *err)
{
    struct json_writer json;
    struct place_answer told;
    if (!query_only(request, (const char *const[]){NULL}, err))
        return false;
    const char *id = request_part(request, "place");
    const struct place *place = places_find(places_of(request), id);
    if (place == NULL)
        return refuse_place(request, answer, id);
    place_answer(request->catalog, place, request->arena, &told);
    reading_json(request, answer, &json);
    shape_place(&json, request->catalog, &told);
    return true;
}
