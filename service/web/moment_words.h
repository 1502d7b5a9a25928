/* A time as pages of curators tell it. */
#ifndef TOUCHSTONE_SERVICE_WEB_MOMENT_WORDS_H
#define TOUCHSTONE_SERVICE_WEB_MOMENT_WORDS_H

#include <time.h>

#include "evidence/base/arena.h"

/* "23 November 2026, 04:29 UTC", in the arena. */
const char *moment_in_words(time_t at, struct arena *arena);

#endif
