/* GET /claim/{claim}: what is said of a treatment, judged. */
#include "service/api/api.h"
#include "service/api/application.h"
#include "service/api/curated_claim_shape.h"
#include "service/api/nearest.h"
#include "service/views/claim_sign.h"
#include "service/web/claim_view.h"
#include "service/web/front.h"

static void answer_claim(const struct request *request, const struct curated_claim *claim,
                         const struct claim *vetted, struct answer *answer)
{
    struct arena *arena = request->arena;
    const struct page page = {.out = &answer->body, .arena = arena, .catalog = request->catalog};
    const char *statement = curated_claim_statement(claim, arena);
    const char *badge = claim_badge(claim->verdict);
    const struct page_head head = {
        .title = arena_printf(arena, "%s: “%s” – Touchstone", badge, statement),
        .description = arena_printf(arena, "“%s” %s", statement, claim->summary),
        .canonical = claim_address(claim, arena),
        .json = arena_printf(arena, "/v1/claims/%s", claim->id),
        .embed = layout_oembed(request, claim_address(claim, arena)),
        .question = ""};
    layout_headers(answer, false);
    layout_open(&page, &head);
    claim_put(&page, claim, vetted, request->origin);
    layout_close(&page, &head);
}

static void answer_unknown(const struct request *request, const char *id, struct answer *answer)
{
    const char *const *near = nearest_claims(request->catalog, id, request->arena);
    struct way ways[NEAREST_MOST + 1] = {0};
    for (size_t i = 0; i < NEAREST_MOST && near[i] != NULL; i++) {
        const struct curated_claim *claim = curated_claim_find(request->catalog, near[i]);
        ways[i] = (struct way){claim_address(claim, request->arena),
                               curated_claim_statement(claim, request->arena)};
    }
    front_not_found(request, answer, "There is no such claim here", ways);
}

bool get_claim_page(const struct request *request, struct answer *answer, struct error *err)
{
    struct claim vetted;
    const char *id = request_part(request, "claim");
    if (request->catalog == NULL) {
        front_not_loaded(request, answer, "");
        return true;
    }
    const struct curated_claim *claim = curated_claim_find(request->catalog, id);
    if (claim == NULL) {
        answer_unknown(request, id, answer);
        return true;
    }
    if (!curated_claim_vet(request->catalog, claim, request->arena, &vetted, err))
        return false;
    answer_claim(request, claim, &vetted, answer);
    return true;
}
