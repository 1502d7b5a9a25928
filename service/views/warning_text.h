/* The warning that stands above every other answer, for a terminal. */
#ifndef TOUCHSTONE_SERVICE_VIEWS_WARNING_TEXT_H
#define TOUCHSTONE_SERVICE_VIEWS_WARNING_TEXT_H

#include "evidence/judgement/signs/signs.h"
#include "service/views/terminal.h"

/* What to do, why, and where that is said; nothing where no flag was raised. */
void warning_text_put(const struct terminal *terminal, const struct raised_flags *flags);

#endif
