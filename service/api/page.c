#include "service/api/page.h"

#include <string.h>

#include "service/api/reading.h"
#include "service/http/query.h"

/* The position after the cursor; `count` + 1 if the cursor is in no item. */
static size_t after_cursor(const struct page_source *source, const char *cursor)
{
    if (cursor == NULL)
        return 0;
    for (size_t i = 0; i < source->count; i++)
        if (strcmp(source->id(source->list, i), cursor) == 0)
            return i + 1;
    return source->count + 1;
}

void page_link_next(const struct request *request, struct answer *answer, const char *cursor)
{
    struct buffer target = {0};
    buffer_printf(&target, "%s?", request->path);
    for (size_t i = 0; i < request->query_count; i++)
        if (strcmp(request->query[i].name, "cursor") != 0)
            buffer_printf(&target, "%s=%s&", percent_encode(request->query[i].name, request->arena),
                          percent_encode(request->query[i].value, request->arena));
    buffer_printf(&target, "cursor=%s", percent_encode(cursor, request->arena));
    answer_link(request, answer, arena_strndup(request->arena, target.bytes, target.length),
                "next");
    buffer_release(&target);
}

bool page_write(const struct request *request, struct answer *answer,
                const struct page_source *source, struct error *err)
{
    int limit;
    if (!query_limit(request, &limit, err))
        return false;
    size_t from = after_cursor(source, query_text(request, "cursor"));
    if (from > source->count)
        return query_problem(request, "cursor", err,
                             "not a cursor of this list; start again without it");
    size_t end = source->count - from > (size_t)limit ? from + (size_t)limit : source->count;
    struct json_writer json;
    reading_json(request, answer, &json);
    json_begin_object(&json);
    json_field_array(&json, "items");
    for (size_t i = from; i < end; i++)
        source->write(source->list, i, &json);
    json_end_array(&json);
    const char *next = end < source->count ? source->id(source->list, end - 1) : NULL;
    json_field_text(&json, "next", next);
    json_end_object(&json);
    if (next != NULL)
        page_link_next(request, answer, next);
    return true;
}
