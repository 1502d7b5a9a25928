#include "service/api/reporting.h"

#include <stdio.h>
#include <string.h>

#include "evidence/base/text.h"
#include "service/api/application.h"

const char *reporting_fault(const char *text, size_t most, struct arena *arena)
{
    if (text == NULL || text[strspn(text, " \t\r\n")] == '\0')
        return "is needed";
    if (text_code_points(text, strlen(text)) > most)
        return arena_printf(arena, "must not be longer than %zu characters", most);
    return NULL;
}

static bool refuse_now(const struct request *request, struct answer *answer, unsigned seconds,
                       enum refusal refusal, const char *detail)
{
    answer_header(answer, "Retry-After", arena_printf(request->arena, "%u", seconds));
    return answer_refuse(request, answer, refusal, "%s", detail);
}

static bool add_all(struct store *store, struct report_task *reports, size_t count, time_t now,
                    struct error *err)
{
    bool good = store_begin(store, err);
    for (size_t i = 0; good && i < count; i++) {
        reports[i].at = now;
        good = store_add_report(store, &reports[i], err);
    }
    if (good && store_commit(store, err))
        return true;
    store_roll_back(store);
    return false;
}

/* Why it could not be stored is for the operator; that it was not, for the sender. */
static bool refuse_unstored(const struct request *request, struct answer *answer,
                            const struct error *why)
{
    enum { SECONDS_BUSY = 5, SECONDS_FULL = 86400 };
    if (why->kind == ERROR_LIMIT)
        return refuse_now(request, answer, SECONDS_FULL, REFUSAL_UNAVAILABLE,
                          "so many reports wait to be looked at that no more are taken; yours was "
                          "not kept: send it again in some days");
    fprintf(stderr, "touchstone: a report was not stored: %s\n", why->message);
    if (why->kind == ERROR_DOUBT)
        return refuse_now(request, answer, SECONDS_BUSY, REFUSAL_UNAVAILABLE,
                          "whether the report was kept is not known: the database did not say; "
                          "send it again in a moment, twice does no harm");
    return refuse_now(request, answer, SECONDS_BUSY, REFUSAL_UNAVAILABLE,
                      "the report could not be stored, and was not kept: the store is being "
                      "written to, or may only be read here; send it again in a moment, or tell "
                      "who runs this service");
}

bool reporting_add(const struct request *request, struct answer *answer,
                   struct report_task *reports, size_t count)
{
    struct error err = {0};
    struct limiter *limiter = application_report_limit(request->context, reports[0].kind);
    const char *address = limiter_address(request->remote, request->arena);
    unsigned wait = limiter_take(limiter, address, (int64_t)request->now * 1000);
    if (wait > 0)
        return refuse_now(request, answer, wait, REFUSAL_TOO_MANY,
                          "too many reports came at once; this one was not kept: send it again "
                          "after the time that Retry-After tells, in seconds");
    struct store *store = NULL;
    if (application_may_ask(request->context, &err))
        store = store_open(application_store_path(request->context), STORE_WRITE_BRIEFLY, &err);
    bool good = store != NULL && add_all(store, reports, count, request->now, &err);
    store_close(store);
    return good || refuse_unstored(request, answer, &err);
}
