#include "service/views/claim_sign.h"

static const struct {
    const char *badge;
    struct sign sign;
} signs[] = {
    [CLAIM_MISLEADING] = {"Misleading", {"harm", "red"}},
    [CLAIM_CONTRADICTED] = {"Contradicted", {"no", "rust"}},
    [CLAIM_UNSUPPORTED] = {"Not supported", {"unknown", "stone"}},
    [CLAIM_OVERSTATED] = {"Overstated", {"over", "rust"}},
    [CLAIM_PARTLY_SUPPORTED] = {"Partly supported", {"little", "little"}},
    [CLAIM_NOT_CHECKABLE] = {"Can't be checked here", {"untested", "stone"}},
    [CLAIM_SUPPORTED] = {"Supported", {"helps", "good"}},
    [CLAIM_NONE] = {"Not judged", {"untested", "stone"}},
};

const char *claim_badge(enum claim_verdict verdict)
{
    return signs[verdict].badge;
}

struct sign claim_sign(enum claim_verdict verdict)
{
    return signs[verdict].sign;
}
