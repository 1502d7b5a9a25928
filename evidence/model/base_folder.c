#include "evidence/model/base.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "evidence/base/file.h"
#include "evidence/model/rulebooks.h"

enum { LARGEST_FILE_BYTES = 4 << 20 };

/* A file as JSON; `path` lives in the arena because problems keep it. NULL with a problem told. */
static json_t *read_json(const char *path, struct problems *problems, struct document *text)
{
    struct error err = {0};
    size_t length = 0;
    char *bytes = file_read(path, LARGEST_FILE_BYTES, problems->arena, &length, &err);
    if (bytes == NULL) {
        problems_add(problems, path, "", "%s", err.message);
        return NULL;
    }
    if (text != NULL)
        *text = (struct document){.text = bytes, .length = length};
    return json_parse(bytes, length, path, problems);
}

typedef void entry_reader(const struct json_reader *at, void *out);

/* Where each entry is a file, its id is the file's name: no two can have the same. */
static void check_file_name(const struct json_reader *at, const char *expected)
{
    const char *slash = strrchr(at->file, '/');
    if (strcmp(slash == NULL ? at->file : slash + 1, expected) != 0)
        json_problem(at, "id", "the file of this id must be called %s", expected);
}

static void read_intervention(const struct json_reader *at, void *out)
{
    struct intervention *intervention = out;
    intervention_read(at, intervention);
    if (intervention->id != NULL)
        check_file_name(at, arena_printf(at->problems->arena, "%s.json", intervention->id));
}

static void read_condition(const struct json_reader *at, void *out)
{
    condition_read(at, out);
}

static void read_outcome(const struct json_reader *at, void *out)
{
    outcome_read(at, out);
}

static void read_study(const struct json_reader *at, void *out)
{
    struct study *study = out;
    study_read(at, study);
    if (study->id == NULL)
        return;
    check_file_name(at, study_file_name(study->id, at->problems->arena));
    study_check(study, at->file, at->problems);
}

/* Reads every .json file of a folder into an array, one entry a file. */
static void *read_folder(const char *directory, const char *folder, size_t size, entry_reader *read,
                         size_t *count, struct problems *problems)
{
    const char *path = arena_printf(problems->arena, "%s/%s", directory, folder);
    struct error err = {0};
    const char *const *names = folder_list(path, ".json", problems->arena, count, &err);
    if (names == NULL) {
        problems_add(problems, path, "", "%s", err.message);
        *count = 0;
        return NULL;
    }
    char *entries = arena_array(problems->arena, *count, size);
    for (size_t i = 0; i < *count; i++) {
        const char *file = arena_printf(problems->arena, "%s/%s", path, names[i]);
        json_t *value = read_json(file, problems, NULL);
        struct json_reader at = json_root(value, file, problems);
        if (value != NULL)
            read(&at, entries + i * size);
        json_decref(value);
    }
    return entries;
}

/* Reads the list `key` of one file into an array. */
static void *read_list_file(const char *directory, const char *key, size_t size, entry_reader *read,
                            size_t *count, struct problems *problems)
{
    const char *file = arena_printf(problems->arena, "%s/%s.json", directory, key);
    json_t *value = read_json(file, problems, NULL);
    *count = 0;
    if (value == NULL)
        return NULL;
    struct json_reader root = json_root(value, file, problems);
    json_fields(&root, (const char *const[]){key, NULL});
    size_t length = json_get_length(&root, key, REQUIRED);
    struct json_reader list = json_get_list(&root, key);
    char *entries = arena_array(problems->arena, length, size);
    for (size_t i = 0; i < length; i++) {
        struct json_reader at = json_get_element(&list, i);
        read(&at, entries + i * size);
    }
    json_decref(value);
    *count = length;
    return entries;
}

static void read_document(const char *directory, const char *name, struct document *out,
                          struct problems *problems)
{
    const char *file = arena_printf(problems->arena, "%s/%s.json", directory, name);
    json_t *value = read_json(file, problems, out);
    json_decref(value);
    out->name = name;
}

/* A document that may be absent; false if it is. */
static bool read_optional_document(const char *directory, const char *name, struct document *out,
                                   struct problems *problems)
{
    const char *file = arena_printf(problems->arena, "%s/%s.json", directory, name);
    struct error err = {0};
    size_t length = 0;
    if (file_read(file, LARGEST_FILE_BYTES, problems->arena, &length, &err) == NULL &&
        err.kind == ERROR_NOT_FOUND)
        return false;
    read_document(directory, name, out, problems);
    return true;
}

static int by_name(const void *left, const void *right)
{
    return strcmp(((const struct document *)left)->name, ((const struct document *)right)->name);
}

/* Names of a folder's files; a folder of rule books or of claims may be absent. */
static const char *const *list_documents(const char *directory, const char *folder, bool required,
                                         size_t *count, struct problems *problems)
{
    const char *path = arena_printf(problems->arena, "%s/%s", directory, folder);
    struct error err = {0};
    const char *const *names = folder_list(path, ".json", problems->arena, count, &err);
    if (names == NULL)
        *count = 0;
    if (names == NULL && (required || err.kind != ERROR_NOT_FOUND))
        problems_add(problems, path, "", "%s", err.message);
    return names;
}

/* The documents that are kept whole; what they say is checked by those who use them. */
static void read_documents(const char *directory, struct base *out, struct problems *problems)
{
    static const char *const fixed[] = {"dataset", "language", "rules"};
    static const char *const optional[] = {"overrides", "places", "regions"};
    static const char *const folders[] = {"rulesets", "rulebooks", "safe-use", "claims"};
    enum {
        FIXED = sizeof fixed / sizeof *fixed,
        OPTIONALS = sizeof optional / sizeof *optional,
        FOLDERS = sizeof folders / sizeof *folders
    };
    const char *const *names[FOLDERS];
    size_t counts[FOLDERS];
    size_t total = FIXED;
    for (size_t i = 0; i < FOLDERS; i++) {
        names[i] = list_documents(directory, folders[i], i == 0, &counts[i], problems);
        total += counts[i];
    }
    struct document *documents = arena_array(problems->arena, total + OPTIONALS, sizeof *documents);
    size_t count = 0;
    for (; count < FIXED; count++)
        read_document(directory, fixed[count], &documents[count], problems);
    for (size_t i = 0; i < OPTIONALS; i++)
        count += read_optional_document(directory, optional[i], &documents[count], problems);
    for (size_t i = 0; i < FOLDERS; i++)
        for (size_t j = 0; j < counts[i]; j++) {
            int stem = (int)(strlen(names[i][j]) - strlen(".json"));
            const char *name =
                arena_printf(problems->arena, "%s/%.*s", folders[i], stem, names[i][j]);
            read_document(directory, name, &documents[count++], problems);
        }
    qsort(documents, count, sizeof *documents, by_name);
    out->documents = documents;
    out->document_count = count;
}

static int by_study_id(const void *left, const void *right)
{
    return strcmp(((const struct study *)left)->id, ((const struct study *)right)->id);
}

static int by_intervention_id(const void *left, const void *right)
{
    return strcmp(((const struct intervention *)left)->id,
                  ((const struct intervention *)right)->id);
}

static void sort_by_id(struct intervention *interventions, struct study *studies, struct base *out)
{
    qsort(interventions, out->intervention_count, sizeof *interventions, by_intervention_id);
    qsort(studies, out->study_count, sizeof *studies, by_study_id);
}

void base_read_folder(const char *directory, struct base *out, struct problems *problems)
{
    *out = (struct base){0};
    struct intervention *interventions =
        read_folder(directory, "interventions", sizeof *interventions, read_intervention,
                    &out->intervention_count, problems);
    struct study *studies =
        read_folder(directory, "studies", sizeof *studies, read_study, &out->study_count, problems);
    out->interventions = interventions;
    out->studies = studies;
    out->conditions = read_list_file(directory, "conditions", sizeof *out->conditions,
                                     read_condition, &out->condition_count, problems);
    out->outcomes = read_list_file(directory, "outcomes", sizeof *out->outcomes, read_outcome,
                                   &out->outcome_count, problems);
    read_documents(directory, out, problems);
    if (problems->count > 0)
        return; /* entries may lack their ids */
    sort_by_id(interventions, studies, out);
    base_check(out, directory, problems);
    out->rulebooks = rulebooks_read(out, directory, problems);
}
