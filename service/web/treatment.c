/* GET /t/{intervention}: all that is known of a treatment, under an address that stays. */
#include "service/api/api.h"
#include "service/api/nearest.h"
#include "service/web/front.h"

static void answer_unknown(const struct request *request, const char *id, struct answer *answer)
{
    const struct base *base = catalog_base(request->catalog);
    const char *const *near =
        nearest_entries(request->catalog, MEANING_INTERVENTION, id, request->arena);
    struct way ways[NEAREST_MOST + 1] = {0};
    for (size_t i = 0; i < NEAREST_MOST && near[i] != NULL; i++)
        ways[i] = (struct way){arena_printf(request->arena, "/t/%s", near[i]),
                               base_intervention(base, near[i])->name};
    front_not_found(request, answer, "There is no such treatment here", ways);
}

bool get_treatment_page(const struct request *request, struct answer *answer, struct error *err)
{
    (void)err;
    const char *id = request_part(request, "intervention");
    if (request->catalog == NULL) {
        front_not_loaded(request, answer, "");
        return true;
    }
    const struct intervention *intervention = base_intervention(catalog_base(request->catalog), id);
    if (intervention == NULL)
        answer_unknown(request, id, answer);
    else
        front_answer(request, intervention->name, answer);
    return true;
}
