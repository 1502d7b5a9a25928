#include "evidence/model/base_write.h"

#include <stdlib.h>
#include <string.h>

#include "evidence/base/file.h"

enum entry_kind {
    ENTRY_INTERVENTION,
    ENTRY_STUDY,
    ENTRY_CONDITIONS,
    ENTRY_OUTCOMES,
    ENTRY_DOCUMENT
};

/* One file to be. */
struct entry {
    const char *path; /* within the folder; never NULL */
    const char *id;   /* whose it is */
    enum entry_kind kind;
    size_t index;
};

struct plan {
    struct arena *arena;
    struct entry *entries; /* sorted by path */
    size_t count;
};

/* ---- which files ---- */

/* Segments of a-z, 0-9, '-', '_' and '.' that begin with none of the last: a name from a store must
 * not lead out of the folder. */
static bool is_path(const char *name)
{
    for (;; name++) {
        size_t length = strcspn(name, "/");
        size_t good = strspn(name, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
                                   "0123456789-_.");
        if (length == 0 || good != length || name[0] == '.')
            return false;
        name += length;
        if (*name == '\0')
            return true;
    }
}

static void add(struct plan *plan, enum entry_kind kind, size_t index, const char *id,
                const char *path)
{
    plan->entries[plan->count++] =
        (struct entry){.path = path, .id = id, .kind = kind, .index = index};
}

static int by_path(const void *left, const void *right)
{
    return strcmp(((const struct entry *)left)->path, ((const struct entry *)right)->path);
}

static struct plan plan_of(const struct base *base, struct arena *arena)
{
    size_t most = base->intervention_count + base->study_count + base->document_count + 2;
    struct plan plan = {.arena = arena, .entries = arena_array(arena, most, sizeof *plan.entries)};
    for (size_t i = 0; i < base->intervention_count; i++)
        add(&plan, ENTRY_INTERVENTION, i, base->interventions[i].id,
            arena_printf(arena, "interventions/%s.json", base->interventions[i].id));
    for (size_t i = 0; i < base->study_count; i++)
        add(&plan, ENTRY_STUDY, i, base_study_id(base, i),
            arena_printf(arena, "studies/%s", study_file_name(base_study_id(base, i), arena)));
    for (size_t i = 0; i < base->document_count; i++)
        add(&plan, ENTRY_DOCUMENT, i, base->documents[i].name,
            arena_printf(arena, "%s.json", base->documents[i].name));
    add(&plan, ENTRY_CONDITIONS, 0, "conditions", "conditions.json");
    add(&plan, ENTRY_OUTCOMES, 0, "outcomes", "outcomes.json");
    qsort(plan.entries, plan.count, sizeof *plan.entries, by_path);
    return plan;
}

static bool check_plan(const struct plan *plan, struct error *err)
{
    for (size_t i = 0; i < plan->count; i++) {
        const struct entry *entry = &plan->entries[i];
        /* A study's name is made of its id, with nothing in it that parts folders. */
        if (entry->kind != ENTRY_STUDY && !is_path(entry->path))
            return error_set(err, ERROR_INVALID, "\"%s\" can be no file's name; nothing is written",
                             entry->id);
        if (i > 0 && strcmp(entry->path, plan->entries[i - 1].path) == 0)
            return error_set(err, ERROR_INVALID,
                             "%s and %s would both be written to %s; nothing is written",
                             plan->entries[i - 1].id, entry->id, entry->path);
    }
    return true;
}

/* ---- what stands in them ---- */

static void write_conditions(const struct base *base, struct json_writer *writer)
{
    json_begin_object(writer);
    json_field_array(writer, "conditions");
    for (size_t i = 0; i < base->condition_count; i++)
        condition_write(&base->conditions[i], writer);
    json_end_array(writer);
    json_end_object(writer);
}

static void write_outcomes(const struct base *base, struct json_writer *writer)
{
    json_begin_object(writer);
    json_field_array(writer, "outcomes");
    for (size_t i = 0; i < base->outcome_count; i++)
        outcome_write(&base->outcomes[i], writer);
    json_end_array(writer);
    json_end_object(writer);
}

static void compose(const struct base *base, const struct entry *entry, struct buffer *out)
{
    struct json_writer writer;
    json_writer_init(&writer, out, 2);
    switch (entry->kind) {
    case ENTRY_INTERVENTION:
        intervention_write(&base->interventions[entry->index], &writer);
        break;
    case ENTRY_STUDY:
        study_write(base_study_at(base, entry->index), &writer);
        break;
    case ENTRY_CONDITIONS:
        write_conditions(base, &writer);
        break;
    case ENTRY_OUTCOMES:
        write_outcomes(base, &writer);
        break;
    case ENTRY_DOCUMENT: /* kept whole, its last line break included */
        buffer_append(out, base->documents[entry->index].text,
                      base->documents[entry->index].length);
        return;
    }
    buffer_byte(out, '\n');
}

/* ---- folders ---- */

/* "" of "rules.json", "studies" of "studies/pmid-1.json". */
static const char *folder_of(const struct entry *entry, struct arena *arena)
{
    const char *slash = strrchr(entry->path, '/');
    return slash == NULL ? "" : arena_strndup(arena, entry->path, (size_t)(slash - entry->path));
}

/* The folders of all files, each once, and those that are there even without a file. */
static const char **folders_of(const struct plan *plan)
{
    const char **folders = arena_array(plan->arena, plan->count + 4, sizeof *folders);
    size_t count = 0;
    folders[count++] = "";
    folders[count++] = "interventions";
    folders[count++] = "studies";
    for (size_t i = 0; i < plan->count; i++) {
        const char *folder = folder_of(&plan->entries[i], plan->arena);
        size_t at = count;
        while (at > 0 && strcmp(folders[at - 1], folder) != 0)
            at--;
        if (at == 0)
            folders[count++] = folder;
    }
    return folders;
}

/* Either may be "". */
static const char *join(struct arena *arena, const char *folder, const char *name)
{
    if (*folder == '\0' || *name == '\0')
        return *folder == '\0' ? name : folder;
    return arena_printf(arena, "%s/%s", folder, name);
}

static bool make_folders(const char *directory, const char *const *folders, struct arena *arena,
                         struct error *err)
{
    for (; *folders != NULL; folders++)
        if (!folder_make(join(arena, directory, *folders), err))
            return false;
    return true;
}

static int by_text(const void *left, const void *right)
{
    return strcmp(*(const char *const *)left, *(const char *const *)right);
}

/* What stands in the folders beside the files of the plan. */
static bool find_strangers(const struct plan *plan, const char *directory,
                           const char *const *folders, const char *const **out, struct error *err)
{
    struct arena *arena = plan->arena;
    size_t count = 0;
    const char **strangers = arena_array(arena, 1, sizeof *strangers);
    for (; *folders != NULL; folders++) {
        size_t listed;
        const char *const *names =
            folder_list(join(arena, directory, *folders), ".json", arena, &listed, err);
        if (names == NULL)
            return false;
        const char **more = arena_array(arena, count + listed + 1, sizeof *more);
        memcpy(more, strangers, count * sizeof *more);
        strangers = more;
        for (size_t i = 0; i < listed; i++) {
            struct entry wanted = {.path = join(arena, *folders, names[i])};
            if (bsearch(&wanted, plan->entries, plan->count, sizeof wanted, by_path) == NULL)
                strangers[count++] = join(arena, directory, wanted.path);
        }
    }
    qsort(strangers, count, sizeof *strangers, by_text);
    *out = strangers;
    return true;
}

static bool write_files(const struct base *base, const struct plan *plan, const char *directory,
                        struct error *err)
{
    struct buffer text = {0};
    bool good = true;
    for (size_t i = 0; good && i < plan->count; i++) {
        buffer_clear(&text);
        compose(base, &plan->entries[i], &text);
        good = file_write(join(plan->arena, directory, plan->entries[i].path), buffer_string(&text),
                          text.length, err);
    }
    buffer_release(&text);
    return good;
}

static bool check_folder(const char *directory, bool force, struct error *err)
{
    bool empty;
    if (!folder_is_empty(directory, &empty, err))
        return false;
    return empty || force ||
           error_set(err, ERROR_INVALID, "%s: the folder is not empty; name another, or force it",
                     directory);
}

bool base_write_folder(const struct base *base, const char *directory, bool force,
                       struct arena *arena, struct base_written *out, struct error *err)
{
    struct plan plan = plan_of(base, arena);
    const char *const *folders = folders_of(&plan);
    if (!check_plan(&plan, err) || !check_folder(directory, force, err))
        return false;
    if (!make_folders(directory, folders, arena, err) ||
        !write_files(base, &plan, directory, err) ||
        !find_strangers(&plan, directory, folders, &out->strangers, err))
        return false;
    out->files = plan.count;
    return true;
}
