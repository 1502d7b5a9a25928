/* GET /v1/changes: what changed in which verdict, when and why. */
#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "service/api/api.h"
#include "service/api/application.h"
#include "service/api/import_shape.h"
#include "service/api/page.h"
#include "service/http/query.h"

enum { LARGEST_KEY = 2000000000 };

/* "2026-11-22" or "2026-11-22T10:00:00Z", UTC; both are the form with fewer or more of its end. */
static bool read_time(const char *text, time_t *out)
{
    static const char form[] = "dddd-dd-ddTdd:dd:ddZ";
    size_t length = strlen(text);
    struct tm parts = {0};
    if (length != strlen("dddd-dd-dd") && length != strlen(form))
        return false;
    for (size_t i = 0; i < length; i++)
        if (form[i] == 'd' ? !isdigit((unsigned char)text[i]) : text[i] != form[i])
            return false;
    parts.tm_year = atoi(text) - 1900;
    parts.tm_mon = atoi(text + 5) - 1;
    parts.tm_mday = atoi(text + 8);
    if (length == strlen(form)) {
        parts.tm_hour = atoi(text + 11);
        parts.tm_min = atoi(text + 14);
        parts.tm_sec = atoi(text + 17);
    }
    struct tm given = parts;
    *out = timegm(&parts);
    return parts.tm_mon == given.tm_mon && parts.tm_mday == given.tm_mday &&
           parts.tm_hour == given.tm_hour && parts.tm_min == given.tm_min;
}

static bool read_since(const struct request *request, time_t *out, struct error *err)
{
    const char *text = query_filled(request, "since");
    *out = 0;
    return text == NULL || read_time(text, out) ||
           query_problem(request, "since", err,
                         "must be a day or a time in UTC, such as 2026-11-22 or "
                         "2026-11-22T10:00:00Z");
}

static void write_changes(const struct request *request, struct answer *answer,
                          const struct verdict_change *changes, size_t count, size_t limit)
{
    struct json_writer json;
    bool more = count > limit;
    const char *next =
        more ? arena_printf(request->arena, "%lld", (long long)changes[limit - 1].key) : NULL;
    answer_json(answer, &json);
    json_begin_object(&json);
    json_field_array(&json, "items");
    for (size_t i = 0; i < count && i < limit; i++)
        shape_change(&json, &changes[i]);
    json_end_array(&json);
    json_field_text(&json, "next", next);
    json_end_object(&json);
    if (more)
        page_link_next(request, answer, next);
}

bool get_changes(const struct request *request, struct answer *answer, struct error *err)
{
    static const char *const known[] = {"since", "limit", "cursor", NULL};
    struct verdict_change *changes = NULL;
    size_t count = 0;
    time_t since;
    int limit;
    int after;
    struct lent_store lent;
    if (!query_only(request, known, err) || !query_limit(request, &limit, err) ||
        !query_count(request, "cursor", 0, LARGEST_KEY, 0, &after, err) ||
        !read_since(request, &since, err) || !application_borrow_for(request, &lent, err))
        return false;
    bool good = store_changes_since(lent.store, after, since, (size_t)limit + 1, request->arena,
                                    &changes, &count, err);
    application_return_store(request->context, &lent);
    if (good)
        write_changes(request, answer, changes, count, (size_t)limit);
    return good;
}
