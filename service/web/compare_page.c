/* GET /compare: treatments for one complaint side by side, under an address that can be shared. */
#include <string.h>

#include "service/api/api.h"
#include "service/http/query.h"
#include "service/web/compare_view.h"
#include "service/web/front.h"

enum { UNKNOWN_MOST = 5 };

struct reading {
    struct compare_asking asking;
    const char *unknown[UNKNOWN_MOST + 1];
    size_t unknown_count;
};

static void leave_out(struct reading *reading, const char *name)
{
    if (reading->unknown_count < UNKNOWN_MOST)
        reading->unknown[reading->unknown_count++] = name;
}

static void add_named(const struct request *request, const char *name, struct reading *out)
{
    struct comparison *comparison = &out->asking.comparison;
    const struct intervention *intervention =
        base_intervention(catalog_base(request->catalog), name);
    if (intervention == NULL)
        leave_out(out, name);
    else if (!comparison_has(comparison, intervention) && comparison->count < COMPARISON_MOST)
        comparison_add(comparison, request->catalog, intervention, request->arena);
}

/* Ids with commas between them, as /v1/compare has it, or one a parameter, as a form sends ticks.
 */
static void read_named(const struct request *request, struct reading *out)
{
    for (size_t i = 0; i < request->query_count; i++) {
        if (strcmp(request->query[i].name, "interventions") != 0)
            continue;
        for (const char *at = request->query[i].value; *at != '\0';) {
            size_t length = strcspn(at, ",");
            if (length > 0)
                add_named(request, arena_strndup(request->arena, at, length), out);
            at += length + (at[length] == ',');
        }
    }
}

static const char *address_of(const struct compare_asking *asking, struct arena *arena)
{
    const struct comparison *comparison = &asking->comparison;
    const char *address = "/compare";
    if (comparison->condition != NULL)
        address = arena_printf(arena, "/compare?condition=%s",
                               percent_encode(comparison->condition->id, arena));
    for (size_t i = 0; asking->named && i < comparison->count; i++)
        address = arena_printf(arena, "%s%s%s", address, i == 0 ? "&interventions=" : ",",
                               percent_encode(comparison->items[i]->intervention->id, arena));
    return address;
}

static void read_comparison(const struct request *request, struct reading *out)
{
    struct comparison *comparison = &out->asking.comparison;
    const char *condition = query_filled(request, "condition");
    const struct headline **ranked = NULL;
    *out = (struct reading){.unknown_count = 0};
    if (condition != NULL)
        comparison->condition = base_condition(catalog_base(request->catalog), condition);
    if (condition != NULL && comparison->condition == NULL)
        leave_out(out, condition);
    if (comparison->condition != NULL) {
        out->asking.ranked_count =
            catalog_ranked(request->catalog, comparison->condition, request->arena, &ranked);
        comparison->items = arena_array(request->arena, COMPARISON_MOST, sizeof *comparison->items);
        read_named(request, out);
    }
    out->asking.ranked = ranked;
    out->asking.named = comparison->count > 0;
    if (!out->asking.named) {
        comparison->items = ranked;
        comparison->count = out->asking.ranked_count;
    }
    out->asking.unknown = out->unknown;
    out->asking.address = address_of(&out->asking, request->arena);
}

static struct page_head head_of(const struct request *request, const struct compare_asking *asking)
{
    const struct condition *condition = asking->comparison.condition;
    return (struct page_head){
        .title = condition == NULL
                     ? "Compare treatments – Touchstone"
                     : arena_printf(request->arena, "Treatments for %s, side by side – Touchstone",
                                    condition->plain),
        .description = "Does it work, how sure, how big, how safe, what it takes and when to stop: "
                       "treatments for one complaint beside each other.",
        .canonical = asking->address,
        .json = condition == NULL ? NULL : arena_printf(request->arena, "/v1%s", asking->address),
        .question = "",
        .sheet = "study.css"};
}

bool get_compare_page(const struct request *request, struct answer *answer, struct error *err)
{
    (void)err;
    const struct page page = {
        .out = &answer->body, .arena = request->arena, .catalog = request->catalog};
    struct reading reading;
    if (request->catalog == NULL) {
        front_not_loaded(request, answer, "");
        return true;
    }
    read_comparison(request, &reading);
    const struct page_head head = head_of(request, &reading.asking);
    layout_headers(answer, false);
    layout_open(&page, &head);
    compare_put(&page, &reading.asking, request->origin);
    layout_close(&page, &head);
    return true;
}
