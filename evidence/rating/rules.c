#include "evidence/rating/rules.h"

#include <string.h>

#include "evidence/base/json_reader.h"

static const char *const document_name = "rules";

/* More steps than anybody would read. */
enum { STEPS_MOST = 20 };

/* ---- the parts of the document ---- */

static void read_rule(const struct json_reader *at, void *out)
{
    json_fields(at,
                (const char *const[]){"id", "chapter", "title", "plain", "text", "source", NULL});
    *(struct rule *)out = (struct rule){.id = json_get_text(at, "id", REQUIRED),
                                        .chapter = json_get_text(at, "chapter", OPTIONAL),
                                        .title = json_get_text(at, "title", REQUIRED),
                                        .plain = json_get_text(at, "plain", OPTIONAL),
                                        .text = json_get_text(at, "text", REQUIRED),
                                        .source = json_get_text(at, "source", REQUIRED)};
}

static void read_chapter(const struct json_reader *at, void *out)
{
    json_fields(at, (const char *const[]){"id", "step", "title", "plain", NULL});
    *(struct rule_chapter *)out =
        (struct rule_chapter){.id = json_get_text(at, "id", REQUIRED),
                              .step = json_get_count(at, "step", OPTIONAL, 1, STEPS_MOST),
                              .title = json_get_text(at, "title", REQUIRED),
                              .plain = json_get_text(at, "plain", REQUIRED)};
}

static void read_threshold(const struct json_reader *at, void *out)
{
    json_fields(at, (const char *const[]){"key", "words", "unit", NULL});
    *(struct threshold_words *)out =
        (struct threshold_words){.key = json_get_text(at, "key", REQUIRED),
                                 .words = json_get_text(at, "words", REQUIRED),
                                 .unit = json_get_text(at, "unit", OPTIONAL)};
}

static void read_limit(const struct json_reader *at, void *out)
{
    json_fields(at, (const char *const[]){"title", "text", "source", NULL});
    *(struct rule_limit *)out =
        (struct rule_limit){.title = json_get_text(at, "title", REQUIRED),
                            .text = json_get_text(at, "text", REQUIRED),
                            .source = json_get_text(at, "source", REQUIRED)};
}

/* The list of that name, each element by `read` into `size` bytes; gives it and its length. */
static const void *read_list(const struct json_reader *root, const char *key, enum need need,
                             void (*read)(const struct json_reader *at, void *out), size_t size,
                             size_t *count)
{
    *count = json_get_length(root, key, need);
    struct json_reader list = json_get_list(root, key);
    char *items = arena_array(root->problems->arena, *count, size);
    for (size_t i = 0; i < *count; i++) {
        struct json_reader at = json_get_element(&list, i);
        read(&at, items + i * size);
    }
    return items;
}

/* ---- the whole ---- */

static void check(const struct rules *rules, struct problems *problems)
{
    for (size_t i = 0; i < rules->count; i++) {
        const struct rule *rule = &rules->items[i];
        if (rule->id != NULL && rules_find(rules, rule->id) != rule)
            problems_add(problems, document_name, "/rules", "%s stands twice", rule->id);
        if (rule->chapter != NULL && rules_chapter(rules, rule->chapter) == NULL)
            problems_add(problems, document_name, "/rules", "there is no chapter %s",
                         rule->chapter);
    }
}

static struct rules read_document(const struct json_reader *root)
{
    struct rules rules;
    json_fields(root, (const char *const[]){"chapters", "rules", "thresholds", "limits", NULL});
    rules.chapters = read_list(root, "chapters", OPTIONAL, read_chapter, sizeof *rules.chapters,
                               &rules.chapter_count);
    rules.items = read_list(root, "rules", REQUIRED, read_rule, sizeof *rules.items, &rules.count);
    rules.thresholds = read_list(root, "thresholds", OPTIONAL, read_threshold,
                                 sizeof *rules.thresholds, &rules.threshold_count);
    rules.limits =
        read_list(root, "limits", OPTIONAL, read_limit, sizeof *rules.limits, &rules.limit_count);
    check(&rules, root->problems);
    return rules;
}

struct rules rules_read(const struct base *base, struct problems *problems)
{
    const struct document *document = base_document(base, document_name);
    if (document == NULL)
        return (struct rules){0};
    json_t *value = json_parse(document->text, document->length, document_name, problems);
    if (value == NULL)
        return (struct rules){0};
    struct json_reader root = json_root(value, document_name, problems);
    struct rules rules = read_document(&root);
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

const struct rule_chapter *rules_chapter(const struct rules *rules, const char *id)
{
    for (size_t i = 0; i < rules->chapter_count; i++)
        if (rules->chapters[i].id != NULL && strcmp(rules->chapters[i].id, id) == 0)
            return &rules->chapters[i];
    return NULL;
}

const struct threshold_words *rules_threshold(const struct rules *rules, const char *key)
{
    for (size_t i = 0; i < rules->threshold_count; i++)
        if (rules->thresholds[i].key != NULL && strcmp(rules->thresholds[i].key, key) == 0)
            return &rules->thresholds[i];
    return NULL;
}
