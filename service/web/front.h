/* The front page beyond its handler: refusals of pages, said to people. */
#ifndef TOUCHSTONE_SERVICE_WEB_FRONT_H
#define TOUCHSTONE_SERVICE_WEB_FRONT_H

#include "service/http/respond.h"

/* A refusal of what people ask for, as a page with the form and where to go on. */
refusal_form front_refusal;

#endif
