/* A diary at a terminal: the decision, a small chart, what it rests on. */
#ifndef TOUCHSTONE_SERVICE_VIEWS_DIARY_TEXT_H
#define TOUCHSTONE_SERVICE_VIEWS_DIARY_TEXT_H

#include "evidence/judgement/stop/stop.h"
#include "service/views/terminal.h"

void print_stopping(const struct terminal *terminal, const struct catalog *catalog,
                    const struct diary *diary, const struct stop_signs *signs,
                    const struct stopping *stopping, struct arena *arena);

#endif
