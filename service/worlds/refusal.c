#include "service/worlds/refusal.h"

#include "service/web/front.h"
#include "service/worlds/mcp/endpoint.h"
#include "service/worlds/operation_outcome.h"

bool world_refusal(const struct request *request, const struct route *route,
                   const struct refused *refused, struct answer *answer)
{
    static refusal_form *const worlds[] = {mcp_refusal, clinical_refusal, front_refusal};
    for (size_t i = 0; i < sizeof worlds / sizeof *worlds; i++)
        if (worlds[i](request, route, refused, answer))
            return true;
    return false;
}
