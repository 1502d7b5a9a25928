/* Each world reads refusals in its own form. */
#ifndef TOUCHSTONE_SERVICE_WORLDS_REFUSAL_H
#define TOUCHSTONE_SERVICE_WORLDS_REFUSAL_H

#include "service/http/respond.h"

/* Asks one world after the other, the pages last. */
refusal_form world_refusal;

#endif
