/*
 * The curated interventions, conditions, outcomes and language.json without the studies: all that
 * understanding a question needs, and quick to read. Tests run from the root of the repository.
 */
#ifndef TOUCHSTONE_TESTS_EVIDENCE_JUDGEMENT_CURATED_TOPICS_H
#define TOUCHSTONE_TESTS_EVIDENCE_JUDGEMENT_CURATED_TOPICS_H

#include <stdlib.h>
#include <string.h>

#include "evidence/base/file.h"
#include "evidence/judgement/language/lexicon.h"

enum { CURATED_FILE_BYTES = 4 << 20 };

static json_t *curated_json(const char *path, struct problems *problems, struct document *text)
{
    struct error err = {0};
    size_t length = 0;
    char *bytes = file_read(path, CURATED_FILE_BYTES, problems->arena, &length, &err);
    if (bytes == NULL) {
        problems_add(problems, path, "", "%s", err.message);
        return NULL;
    }
    if (text != NULL)
        *text = (struct document){.name = "language", .text = bytes, .length = length};
    return json_parse(bytes, length, path, problems);
}

static int curated_by_id(const void *left, const void *right)
{
    return strcmp(((const struct intervention *)left)->id,
                  ((const struct intervention *)right)->id);
}

static void curated_interventions(struct base *base, struct problems *problems)
{
    struct error err = {0};
    size_t count = 0;
    const char *const *names =
        folder_list("evidence/data/interventions", ".json", problems->arena, &count, &err);
    if (names == NULL) {
        problems_add(problems, "evidence/data/interventions", "", "%s", err.message);
        return;
    }
    struct intervention *entries = arena_array(problems->arena, count, sizeof *entries);
    for (size_t i = 0; i < count; i++) {
        const char *path =
            arena_printf(problems->arena, "evidence/data/interventions/%s", names[i]);
        json_t *value = curated_json(path, problems, NULL);
        struct json_reader at = json_root(value, path, problems);
        intervention_read(&at, &entries[i]);
        json_decref(value);
    }
    if (problems->count == 0)
        qsort(entries, count, sizeof *entries, curated_by_id);
    base->interventions = entries;
    base->intervention_count = count;
}

static void curated_lists(struct base *base, struct problems *problems)
{
    json_t *value = curated_json("evidence/data/conditions.json", problems, NULL);
    struct json_reader root = json_root(value, "conditions.json", problems);
    struct json_reader list = json_get_list(&root, "conditions");
    base->condition_count = json_get_length(&root, "conditions", REQUIRED);
    struct condition *conditions =
        arena_array(problems->arena, base->condition_count, sizeof *conditions);
    for (size_t i = 0; i < base->condition_count; i++) {
        struct json_reader at = json_get_element(&list, i);
        condition_read(&at, &conditions[i]);
    }
    base->conditions = conditions;
    json_decref(value);

    value = curated_json("evidence/data/outcomes.json", problems, NULL);
    root = json_root(value, "outcomes.json", problems);
    list = json_get_list(&root, "outcomes");
    base->outcome_count = json_get_length(&root, "outcomes", REQUIRED);
    struct outcome *outcomes = arena_array(problems->arena, base->outcome_count, sizeof *outcomes);
    for (size_t i = 0; i < base->outcome_count; i++) {
        struct json_reader at = json_get_element(&list, i);
        outcome_read(&at, &outcomes[i]);
    }
    base->outcomes = outcomes;
    json_decref(value);
}

/* Reads them into the problems' arena. */
static void curated_topics(struct base *base, struct problems *problems)
{
    *base = (struct base){0};
    curated_interventions(base, problems);
    curated_lists(base, problems);
    struct document *language = arena_alloc(problems->arena, sizeof *language);
    json_decref(curated_json("evidence/data/language.json", problems, language));
    base->documents = language;
    base->document_count = 1;
}

#endif
