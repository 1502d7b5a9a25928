#include "importers/sources/page.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "importers/sources/payload.h"

enum { WARNING_SIZE = 600 };

static const double TOTAL_BEYOND = 1e15;

const char *const page_not_asked_for = "not asked for";

void page_warn(const struct page *page, const char *format, ...)
{
    if (page->warnings == NULL || page->warnings->warn == NULL)
        return;
    char line[WARNING_SIZE];
    int start = snprintf(line, sizeof line, "%s: ", page->title);
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(line + start, sizeof line - (size_t)start, format, arguments);
    va_end(arguments);
    page->warnings->warn(page->warnings->context, line);
}

bool page_is_full(const struct page *page)
{
    return page->query->limit > 0 && page->at.handed >= page->query->limit;
}

static void refuse(struct page *page, const struct record *record, size_t position, const char *why)
{
    page->out->refused++;
    page_warn(page, "record %zu%s%.80s %s; left out", position + 1,
              record->source_id == NULL ? "" : ", ",
              record->source_id == NULL ? "" : record->source_id, why);
}

static bool take_one(struct page *page, const json_t *item, size_t position, page_mapper *map,
                     struct arena *arena, struct error *err)
{
    struct record record;
    record_init(&record);
    const char *why = json_is_object(item) ? map(item, page, arena, &record) : "is no object";
    page->at.seen++;
    if (why == page_not_asked_for)
        return true;
    if (why != NULL) {
        refuse(page, &record, position, why);
        return true;
    }
    page->at.handed++;
    page->out->records++;
    return page->sink->take(page->sink->context, &record, err);
}

bool page_take(struct page *page, const json_t *items, page_mapper *map, struct error *err)
{
    struct arena *arena = arena_new();
    size_t count = json_array_size(items);
    bool taken = true;
    for (size_t i = 0; taken && i < count && !page_is_full(page); i++) {
        taken = take_one(page, json_array_get(items, i), i, map, arena, err);
        arena_clear(arena);
    }
    arena_free(arena);
    return taken;
}

bool page_take_one(struct page *page, json_t *item, page_mapper *map, struct error *err)
{
    json_t *items = json_pack("[O]", item);
    page->out->total = 1;
    bool taken = page_take(page, items, map, err);
    json_decref(items);
    return taken;
}

void page_tell_total(struct page *page, double total)
{
    if (total >= 0 && total < TOTAL_BEYOND)
        page->out->total = (long)total;
}

bool page_read(struct page *page, const struct remote_options *options, const char *state,
               const struct remote_answer *answer, page_reader *read, struct arena *arena,
               struct error *err)
{
    *page->out = (struct remote_page){.total = -1};
    if (!paging_read(state, arena, &page->at, err))
        return false;
    json_t *root = payload_json(answer, page->title, err);
    bool good = root != NULL && read(root, options, page, arena, err);
    json_decref(root);
    return good;
}

bool page_go_on(struct page *page, const char *token, struct arena *arena, struct error *err)
{
    if (token == NULL || page_is_full(page))
        return true;
    if (strlen(token) > PAGING_TOKEN_MOST)
        return error_set(err, ERROR_NETWORK, "%s gave a token of %zu bytes for its next page",
                         page->title, strlen(token));
    page->at.token = token;
    page->out->next = paging_write(&page->at, arena);
    return true;
}
