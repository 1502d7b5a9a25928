#include "evidence/rating/rules.h"

#include <string.h>

static const char *const document_name = "rules";

static void read_rule(const struct json_reader *at, struct rule *out)
{
    json_fields(at, (const char *const[]){"id", "title", "text", "source", NULL});
    *out = (struct rule){.id = json_get_text(at, "id", REQUIRED),
                         .title = json_get_text(at, "title", REQUIRED),
                         .text = json_get_text(at, "text", REQUIRED),
                         .source = json_get_text(at, "source", REQUIRED)};
}

static struct rules read_list(const struct json_reader *root)
{
    struct problems *problems = root->problems;
    json_fields(root, (const char *const[]){"rules", NULL});
    size_t count = json_get_length(root, "rules", REQUIRED);
    struct json_reader list = json_get_list(root, "rules");
    struct rule *items = arena_array(problems->arena, count, sizeof *items);
    for (size_t i = 0; i < count; i++) {
        struct json_reader at = json_get_element(&list, i);
        read_rule(&at, &items[i]);
    }
    struct rules rules = {items, count};
    for (size_t i = 0; i < count; i++)
        if (items[i].id != NULL && rules_find(&rules, items[i].id) != &items[i])
            problems_add(problems, document_name, "/rules", "%s stands twice", items[i].id);
    return rules;
}

struct rules rules_read(const struct base *base, struct problems *problems)
{
    struct rules rules = {NULL, 0};
    const struct document *document = base_document(base, document_name);
    if (document == NULL)
        return rules;
    json_t *value = json_parse(document->text, document->length, document_name, problems);
    if (value == NULL)
        return rules;
    struct json_reader root = json_root(value, document_name, problems);
    rules = read_list(&root);
    json_decref(value);
    return rules;
}

const struct rule *rules_find(const struct rules *rules, const char *id)
{
    for (size_t i = 0; i < rules->count; i++)
        if (rules->items[i].id != NULL && strcmp(rules->items[i].id, id) == 0)
            return &rules->items[i];
    return NULL;
}
