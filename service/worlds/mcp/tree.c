#include "service/worlds/mcp/tree.h"

#include <stdio.h>
#include <string.h>

enum { LONGEST_KEY = 80 };

json_t *tree_at(const json_t *tree, const char *path)
{
    json_t *at = (json_t *)tree;
    char key[LONGEST_KEY];
    while (at != NULL && *path != '\0') {
        size_t length = strcspn(path, ".");
        snprintf(key, sizeof key, "%.*s", (int)length, path);
        at = json_object_get(at, key);
        path += length + (path[length] == '.');
    }
    return at;
}

const char *tree_text(const json_t *tree, const char *path)
{
    return json_string_value(tree_at(tree, path));
}

static void cut_one(json_t *parent, const char *key, size_t most)
{
    char beside[LONGEST_KEY];
    json_t *list = json_object_get(parent, key);
    if (most == 0) {
        json_object_del(parent, key);
        return;
    }
    if (!json_is_array(list))
        return;
    size_t count = json_array_size(list);
    for (size_t i = count; i > most; i--)
        json_array_remove(list, i - 1);
    snprintf(beside, sizeof beside, "%s_left_out", key);
    json_object_set_new(parent, beside,
                        json_integer(count > most ? (json_int_t)(count - most) : 0));
}

void tree_cut(json_t *tree, const struct tree_cut *cuts, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        char parent[LONGEST_KEY];
        const char *dot = strrchr(cuts[i].path, '.');
        snprintf(parent, sizeof parent, "%.*s", dot == NULL ? 0 : (int)(dot - cuts[i].path),
                 cuts[i].path);
        json_t *at = tree_at(tree, parent);
        if (json_is_object(at))
            cut_one(at, dot == NULL ? cuts[i].path : dot + 1, cuts[i].most);
    }
}

static void write_members(const json_t *tree, struct json_writer *json)
{
    const char *key;
    json_t *member;
    json_begin_object(json);
    json_object_foreach((json_t *)tree, key, member)
    {
        json_put_key(json, key);
        tree_write(member, json);
    }
    json_end_object(json);
}

static void write_items(const json_t *tree, struct json_writer *json)
{
    size_t i;
    json_t *item;
    json_begin_array(json);
    json_array_foreach((json_t *)tree, i, item) tree_write(item, json);
    json_end_array(json);
}

void tree_write(const json_t *tree, struct json_writer *json)
{
    switch (json_typeof(tree)) {
    case JSON_OBJECT:
        write_members(tree, json);
        break;
    case JSON_ARRAY:
        write_items(tree, json);
        break;
    case JSON_STRING:
        json_put_text_length(json, json_string_value(tree), json_string_length(tree));
        break;
    case JSON_INTEGER:
        json_put_count(json, json_integer_value(tree));
        break;
    case JSON_REAL:
        json_put_real(json, json_real_value(tree));
        break;
    case JSON_TRUE:
    case JSON_FALSE:
        json_put_truth(json, json_is_true(tree));
        break;
    case JSON_NULL:
        json_put_nothing(json);
    }
}
