/* The report on a base for people at a terminal. */
#ifndef TOUCHSTONE_SERVICE_VIEWS_REPORT_TEXT_H
#define TOUCHSTONE_SERVICE_VIEWS_REPORT_TEXT_H

#include "service/views/report.h"
#include "service/views/terminal.h"

/* Coverage as tables of 80 columns, then what is missing and what looks odd as lists. Long lists of
 * what is missing are cut, and say so; report_write gives them whole. */
void print_report(const struct terminal *terminal, const struct report *report,
                  struct arena *arena);

#endif
