/* The studies of the base by words that occur in them. */
#include "embedded.h"
#include "service/api/application.h"
#include "service/api/shapes.h"
#include "service/worlds/mcp/summary.h"
#include "service/worlds/mcp/tool.h"

enum { LIMIT = 10, LIMIT_MOST = 50 };

static void write_found(const struct request *request, const char *const *ids, size_t count,
                        size_t total, struct json_writer *json)
{
    json_begin_object(json);
    json_field_count(json, "total", (long long)total);
    json_field_array(json, "items");
    for (size_t i = 0; i < count; i++) {
        const struct study *study = base_study(catalog_base(request->catalog), ids[i]);
        if (study != NULL) /* stored a moment ago, not yet in this catalog */
            shape_study_short(json, study, request->arena);
    }
    json_end_array(json);
    json_end_object(json);
}

static bool run(const struct request *request, const struct json_reader *arguments,
                struct json_writer *json, struct error *err)
{
    struct lent_store lent;
    const char **ids;
    size_t count;
    size_t total;
    json_fields(arguments, (const char *const[]){"query", "limit", NULL});
    const char *query = json_get_text(arguments, "query", REQUIRED);
    int limit = json_get_count(arguments, "limit", OPTIONAL, 1, LIMIT_MOST);
    if (arguments->problems->count > 0)
        return true;
    if (!application_borrow_for(request, &lent, err))
        return false;
    bool good =
        store_search_studies(lent.store, query, 0, (size_t)(limit == COUNT_UNKNOWN ? LIMIT : limit),
                             request->arena, &ids, &count, &total, err);
    application_return_store(request->context, &lent);
    if (good)
        write_found(request, ids, count, total, json);
    return good;
}

static void tell_study(const json_t *study, struct buffer *out)
{
    const json_t *year = json_object_get(study, "year");
    const json_t *people = json_object_get(study, "participants");
    const char *title = tree_text(study, "title");
    const char *url = tree_text(study, "url");
    bool retracted = json_is_true(json_object_get(study, "retracted"));
    buffer_printf(out, "- %s%s (%s", retracted ? "RETRACTED, not to be relied on: " : "",
                  title != NULL ? title : tree_text(study, "label"), tree_text(study, "design"));
    if (json_is_integer(year))
        buffer_printf(out, ", %lld", (long long)json_integer_value(year));
    if (json_is_integer(people))
        buffer_printf(out, ", %lld people", (long long)json_integer_value(people));
    buffer_printf(out, ")%s%s\n", url == NULL ? "" : ": ", url == NULL ? "" : url);
}

static void tell(const struct request *request, const json_t *tree, struct buffer *out)
{
    size_t i;
    const json_t *study;
    const json_t *items = json_object_get(tree, "items");
    size_t given = json_array_size(items);
    long long total = (long long)json_integer_value(json_object_get(tree, "total"));
    if (total == 0)
        buffer_text(out, "No study in this base holds all of these words. Fewer or other words may "
                         "find some.\n");
    else
        buffer_printf(out, "%s%lld %s all of these words; %zu told here, %s first:\n",
                      total > STORE_RANK_MOST ? "More than " : "",
                      total > STORE_RANK_MOST ? (long long)STORE_RANK_MOST : total,
                      total == 1 ? "study holds" : "studies hold", given,
                      total > STORE_RANK_MOST ? "those entered last" : "best match");
    json_array_foreach((json_t *)items, i, study) tell_study(study, out);
    summary_end(out, request);
}

const struct tool tool_find_studies = {
    .name = "find_studies",
    .definition = embedded_service_worlds_mcp_find_studies_json,
    .length = embedded_service_worlds_mcp_find_studies_json_length,
    .run = run,
    .tell = tell,
};
