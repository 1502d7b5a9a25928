#include "service/curation/draft.h"

#include <string.h>

json_t *draft_of(const struct study *study)
{
    struct buffer out = {0};
    struct json_writer writer;
    json_writer_init(&writer, &out, 0);
    study_write(study, &writer);
    json_t *document = json_loadb(out.bytes, out.length, 0, NULL);
    buffer_release(&out);
    return document;
}

void draft_merge(json_t *document, const json_t *patch)
{
    const char *key;
    json_t *value;
    json_object_foreach((json_t *)patch, key, value)
    {
        if (json_is_null(value)) {
            json_object_del(document, key);
            continue;
        }
        json_t *there = json_object_get(document, key);
        if (json_is_object(value)) {
            if (!json_is_object(there)) {
                there = json_object();
                json_object_set_new(document, key, there);
            }
            draft_merge(there, value);
        } else {
            json_object_set(document, key, value);
        }
    }
}

size_t draft_append(json_t *document, const char *key, json_t *value)
{
    json_t *list = json_object_get(document, key);
    if (!json_is_array(list)) {
        list = json_array();
        json_object_set_new(document, key, list);
    }
    json_array_append(list, value);
    return json_array_size(list) - 1;
}

json_t *draft_element(const json_t *document, const char *key, size_t index)
{
    return json_array_get(json_object_get(document, key), index);
}

bool draft_replace(json_t *document, const char *key, size_t index, json_t *value)
{
    json_t *list = json_object_get(document, key);
    if (index >= json_array_size(list))
        return false;
    if (value != NULL)
        return json_array_set(list, index, value) == 0;
    json_array_remove(list, index);
    if (json_array_size(list) == 0)
        json_object_del(document, key); /* as the file would stand without it */
    return true;
}

/* "/results/3/se" of the study is "/se" of a body that is its fourth result. */
static const char *pointer_in_body(const char *pointer, const char *part, struct arena *arena)
{
    size_t length = strlen(part);
    bool inside =
        strncmp(pointer, part, length) == 0 && (pointer[length] == '\0' || pointer[length] == '/');
    return inside ? pointer + length : arena_printf(arena, "/study%s", pointer);
}

/* What was found in the study, told as problems of the request. */
static void hand_on(const struct problems *found, const char *part, struct problems *problems)
{
    for (size_t i = 0; i < found->kept; i++)
        problems_add(problems, NULL,
                     pointer_in_body(found->items[i]->pointer, part, problems->arena), "%s",
                     found->items[i]->detail);
}

bool draft_read(const json_t *document, const char *part, const struct base *base,
                struct problems *problems, struct study *out, struct error *err)
{
    struct problems found = {.arena = problems->arena};
    struct json_reader at = json_root(document, NULL, &found);
    study_read(&at, out);
    if (found.count == 0)
        study_check(out, NULL, &found);
    if (found.count == 0)
        base_check_study(base, out, NULL, &found);
    hand_on(&found, part, problems);
    return problems_none(problems, err);
}
