#include "importers/formats/bibtex_queue.h"

#include <ctype.h>
#include <string.h>

#include "importers/formats/format.h"

/* Types whose entries others are part of. */
static const char *const collections[] = {
    "book",         "proceedings", "collection", "periodical", "mvbook",        "mvproceedings",
    "mvcollection", "mvreference", "reference",  "conference", "inproceedings", NULL};

/* What a part has from its whole. */
static const struct {
    const char *part;
    const char *whole;
} inherited[] = {
    {"booktitle", "booktitle"}, {"booktitle", "title"},
    {"journal", "journal"},     {"journaltitle", "journaltitle"},
    {"year", "year"},           {"date", "date"},
    {"month", "month"},         {"volume", "volume"},
    {"issn", "issn"},           {"language", "language"},
};

static bool is_collection(const struct bibtex_entry *entry)
{
    for (const char *const *type = collections; *type != NULL; type++)
        if (strcmp(*type, entry->type) == 0)
            return true;
    return false;
}

/* ---- keys ---- */

/* BibTeX knows keys in any case. */
static const char *lowered(const char *key, struct arena *arena)
{
    char *copy = arena_strdup(arena, key);
    for (char *at = copy; *at != '\0'; at++)
        *at = (char)tolower((unsigned char)*at);
    return copy;
}

static json_int_t count_wanted(const struct bibtex_queue *queue, const char *key)
{
    return json_integer_value(json_object_get(queue->wanted, key));
}

static void change_wanted(struct bibtex_queue *queue, const char *key, json_int_t by)
{
    json_int_t count = count_wanted(queue, key) + by;
    if (count > 0)
        json_object_set_new(queue->wanted, key, json_integer(count));
    else
        json_object_del(queue->wanted, key);
}

static const char *referred_to(const struct bibtex_entry *entry, struct arena *arena)
{
    const struct bibtex_field *field = bibtex_entry_field(entry, "crossref");
    return field == NULL || field->length == 0 ? NULL : lowered(field->value, arena);
}

/* ---- what parts have from their whole ---- */

static struct bibtex_field copied(const char *name, const struct bibtex_field *field,
                                  struct arena *arena)
{
    return (struct bibtex_field){.name = name,
                                 .value = arena_strndup(arena, field->value, field->length),
                                 .length = field->length};
}

static void inherit(struct bibtex_entry *part, const struct bibtex_entry *whole,
                    struct arena *arena)
{
    enum { MOST = sizeof inherited / sizeof *inherited };
    struct bibtex_field *fields = arena_array(arena, part->count + MOST, sizeof *fields);
    if (part->count > 0)
        memcpy(fields, part->fields, part->count * sizeof *fields);
    part->fields = fields;
    for (size_t i = 0; i < MOST; i++) {
        const struct bibtex_field *field = bibtex_entry_field(whole, inherited[i].whole);
        if (field != NULL && bibtex_entry_field(part, inherited[i].part) == NULL)
            fields[part->count++] = copied(inherited[i].part, field, arena);
    }
}

static void give_to_waiting(struct bibtex_queue *queue, const struct bibtex_entry *whole,
                            const char *key)
{
    if (count_wanted(queue, key) == 0)
        return;
    for (struct bibtex_queued *part = queue->first; part != NULL; part = part->next) {
        if (part->missing == NULL || strcmp(part->missing, key) != 0)
            continue;
        inherit(&part->entry, whole, part->arena);
        part->missing = NULL;
        change_wanted(queue, key, -1);
    }
}

/* ---- collections met before their parts ---- */

static void remember(struct bibtex_queue *queue, const struct bibtex_entry *entry, const char *key)
{
    if (!is_collection(entry) || *key == '\0' || queue->whole_bytes > FORMAT_RECORD_MOST ||
        queue->whole_count == BIBTEX_COLLECTIONS_MOST)
        return;
    struct bibtex_entry *whole = &queue->whole[queue->whole_count];
    inherit(whole, entry, queue->arena);
    for (size_t i = 0; i < whole->count; i++)
        queue->whole_bytes += whole->fields[i].length;
    json_object_set_new(queue->places, key, json_integer((json_int_t)queue->whole_count++));
}

static void take_from_remembered(struct bibtex_queue *queue, struct bibtex_queued *part)
{
    const json_t *place =
        part->missing == NULL ? NULL : json_object_get(queue->places, part->missing);
    if (place == NULL)
        return;
    inherit(&part->entry, &queue->whole[json_integer_value(place)], part->arena);
    part->missing = NULL;
}

/* ---- the queue ---- */

void bibtex_queue_init(struct bibtex_queue *queue)
{
    struct arena *arena = arena_new();
    *queue = (struct bibtex_queue){
        .wanted = json_object(),
        .arena = arena,
        .whole = arena_array(arena, BIBTEX_COLLECTIONS_MOST, sizeof *queue->whole),
        .places = json_object(),
    };
    queue->last = &queue->first;
}

void bibtex_queue_release(struct bibtex_queue *queue)
{
    while (queue->first != NULL) {
        struct bibtex_queued *next = queue->first->next;
        arena_free(queue->first->arena);
        queue->first = next;
    }
    json_decref(queue->wanted);
    json_decref(queue->places);
    arena_free(queue->arena);
}

void bibtex_queue_add(struct bibtex_queue *queue, struct bibtex_queued *queued)
{
    const char *key = lowered(queued->entry.key, queued->arena);
    queued->missing = referred_to(&queued->entry, queued->arena);
    take_from_remembered(queue, queued);
    give_to_waiting(queue, &queued->entry, key);
    remember(queue, &queued->entry, key);
    if (queued->missing != NULL)
        change_wanted(queue, queued->missing, 1);
    *queue->last = queued;
    queue->last = &queued->next;
    queue->count++;
    queue->bytes += queued->entry.bytes;
}

struct bibtex_queued *bibtex_queue_take(struct bibtex_queue *queue, bool all)
{
    struct bibtex_queued *first = queue->first;
    bool full = queue->count > BIBTEX_WAITING_MOST || queue->bytes > FORMAT_RECORD_MOST;
    if (first == NULL || (first->missing != NULL && !full && !all))
        return NULL;
    queue->first = first->next;
    if (queue->first == NULL)
        queue->last = &queue->first;
    queue->count--;
    queue->bytes -= first->entry.bytes;
    if (first->missing != NULL)
        change_wanted(queue, first->missing, -1);
    return first;
}
