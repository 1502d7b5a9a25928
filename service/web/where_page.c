/* GET /where, /where/{place}: a place of the body is chosen, and what is known of it is told. */
#include "service/api/api.h"
#include "service/web/figure_view.h"
#include "service/web/front.h"
#include "service/web/where_view.h"

static const struct places *places_of(const struct request *request)
{
    return &base_rulebooks(catalog_base(request->catalog))->places;
}

static struct page page_of(const struct request *request, struct answer *answer)
{
    return (struct page){
        .out = &answer->body, .arena = request->arena, .catalog = request->catalog};
}

/* All there are lead on. */
static void refuse_place(const struct request *request, const struct places *places,
                         struct answer *answer)
{
    struct way *ways = arena_array(request->arena, places->count + 1, sizeof *ways);
    for (size_t i = 0; i < places->count; i++)
        ways[i] = (struct way){address_of_place(&places->items[i], request->arena),
                               places->items[i].name};
    front_not_found(request, answer, "There is no such place of the body here", ways);
}

bool get_where_page(const struct request *request, struct answer *answer, struct error *err)
{
    static const struct page_head head = {
        .title = "Where does it hurt? – Touchstone",
        .description = "Choose the place: what would be dangerous there first, then what helps "
                       "and what doesn't, and the muscles said to be felt there.",
        .canonical = "/where",
        .json = "/v1/places",
        .question = "",
        .sheet = "where.css"};
    (void)err;
    const struct page page = page_of(request, answer);
    if (request->catalog == NULL) {
        front_not_loaded(request, answer, "");
        return true;
    }
    if (places_of(request)->count == 0) {
        refuse_place(request, places_of(request), answer);
        return true;
    }
    layout_headers(answer, false);
    layout_open(&page, &head);
    where_put_choice(&page, places_of(request));
    layout_close(&page, &head);
    return true;
}

static void put_place(const struct request *request, const struct place *place,
                      struct answer *answer)
{
    struct place_answer told;
    struct arena *arena = request->arena;
    const struct page page = page_of(request, answer);
    const struct page_head head = {
        .title = arena_printf(arena, "Pain in %s: danger signs, then what helps – Touchstone",
                              place->plain),
        .description = arena_printf(arena,
                                    "Pain in %s: what would be dangerous, what has been tested "
                                    "and how sure that is, and the muscles said to be felt there.",
                                    place->plain),
        .canonical = address_of_place(place, arena),
        .json = arena_printf(arena, "/v1/places/%s", place->id),
        .question = "",
        .sheet = "where.css"};
    place_answer(request->catalog, place, arena, &told);
    layout_headers(answer, false);
    layout_open(&page, &head);
    where_put_place(&page, places_of(request), &told);
    layout_close(&page, &head);
}

bool get_place_page(const struct request *request, struct answer *answer, struct error *err)
{
    (void)err;
    if (request->catalog == NULL) {
        front_not_loaded(request, answer, "");
        return true;
    }
    const struct place *place = places_find(places_of(request), request_part(request, "place"));
    if (place == NULL)
        refuse_place(request, places_of(request), answer);
    else
        put_place(request, place, answer);
    return true;
}
