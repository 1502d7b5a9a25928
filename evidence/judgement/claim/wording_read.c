#include "evidence/judgement/claim/wording_parts.h"

#include <string.h>

#include "evidence/model/row.h"

const char *const atom_type_names[] = {
    "efficacy",     "size",   "speed",     "permanence", "mechanism",
    "universality", "safety", "authority", "comparison", NULL};

const char *const claim_verdict_names[] = {"misleading", "contradicted",     "unsupported",
                                           "overstated", "partly-supported", "not-checkable",
                                           "supported",  "no-claim",         NULL};

const char *const sense_names[] = {
    "relieves",     "ends",         "improves", "prevents", "helps",    "fails",
    "unclear",      "adds-nothing", "stand-in", "story",    "share",    "times",
    "wholly",       "points",       "within",   "at-once",  "sessions", "lasts",
    "for-good",     "for-time",     "fades",    "fixed",    "everyone", "suits-everyone",
    "always",       "not-everyone", "harmless", "spares",   "mild",     "harm",
    "serious-rare", "not-for",      "proven",   "approved", "cleared",  "better",
    "equal",        "worse",        "added",    NULL};

static const char *const prefix = "claims/";

/* Readers of rows get at what they need besides their row through this. */
struct reader {
    const struct base *base;
    const struct regulatory_actions *actions;
    struct problems *problems;
    struct wording_source *out;
    size_t entry_room;
};

static json_t *parse(const struct reader *reader, const struct document *document)
{
    return json_parse(document->text, document->length,
                      arena_printf(reader->problems->arena, "%s.json", document->name),
                      reader->problems);
}

static const struct regulatory_action *find_action(const struct regulatory_actions *actions,
                                                   const char *id)
{
    for (size_t i = 0; i < actions->count; i++)
        if (strcmp(actions->items[i].id, id) == 0)
            return &actions->items[i];
    return NULL;
}

/* ---- sources ---- */

static bool starts_with(const char *text, const char *start)
{
    return strncmp(text, start, strlen(start)) == 0;
}

/* An address, "METHOD …", "action:ID" of the base's actions, or the id of a study of the base. */
static bool is_source(const struct reader *reader, const char *source)
{
    if (starts_with(source, "https://") || starts_with(source, "http://") ||
        starts_with(source, "METHOD "))
        return true;
    if (starts_with(source, "action:"))
        return find_action(reader->actions, source + strlen("action:")) != NULL;
    return base_study(reader->base, source) != NULL;
}

static const char *const *read_sources(const struct reader *reader, const struct json_reader *at)
{
    const char *const *sources = row_texts(at, "sources");
    for (const char *const *source = sources; *source != NULL; source++)
        if (!is_source(reader, *source))
            json_problem(at, "sources",
                         "\"%s\" is no address, no study, no action:ID and not METHOD", *source);
    return sources;
}

static enum claim_verdict read_verdict(const struct json_reader *at, enum need need)
{
    int verdict = json_get_choice(at, "verdict", need, claim_verdict_names);
    return verdict < 0 ? CLAIM_NOT_CHECKABLE : (enum claim_verdict)verdict;
}

/* ---- what is known differently for some ---- */

static const struct intervention *const *read_interventions(const struct reader *reader,
                                                            const struct json_reader *at)
{
    const char *const *ids = row_interventions(at, "interventions", reader->base);
    size_t count = 0;
    while (ids[count] != NULL)
        count++;
    const struct intervention **list =
        arena_array(reader->problems->arena, count + 1, sizeof(const struct intervention *));
    for (size_t i = 0; i < count; i++)
        list[i] = base_intervention(reader->base, ids[i]);
    return list;
}

static const struct entry_exception *read_exceptions(const struct reader *reader,
                                                     const struct json_reader *at, size_t *count)
{
    struct json_reader list = json_get_list(at, "exceptions");
    *count = json_get_length(at, "exceptions", OPTIONAL);
    struct entry_exception *items = arena_array(reader->problems->arena, *count, sizeof *items);
    for (size_t i = 0; i < *count; i++) {
        struct json_reader one = json_get_element(&list, i);
        json_fields(&one,
                    (const char *const[]){"interventions", "verdict", "known", "sources", NULL});
        items[i] = (struct entry_exception){.interventions = read_interventions(reader, &one),
                                            .verdict = read_verdict(&one, REQUIRED),
                                            .known = json_get_text(&one, "known", REQUIRED),
                                            .sources = read_sources(reader, &one)};
    }
    return items;
}

/* ---- words.json ---- */

static void read_class(const struct json_reader *at, struct class_source *out)
{
    json_fields(at, (const char *const[]){"id", "in", "words", "phrases", "made_of", NULL});
    *out = (struct class_source){.id = json_get_text(at, "id", REQUIRED),
                                 .words = json_get_texts(at, "words"),
                                 .phrases = json_get_texts(at, "phrases"),
                                 .made_of = json_get_texts(at, "made_of"),
                                 .in = json_get_texts(at, "in")};
}

static void read_number(const struct json_reader *at, struct value_source *out)
{
    json_fields(at, (const char *const[]){"words", "value", NULL});
    *out = (struct value_source){.words = row_texts(at, "words"),
                                 .value = json_get_number(at, "value", REQUIRED)};
}

static void read_unit(const struct json_reader *at, struct value_source *out)
{
    json_fields(at, (const char *const[]){"words", "seconds", NULL});
    *out = (struct value_source){.words = row_texts(at, "words"),
                                 .value = json_get_number(at, "seconds", REQUIRED)};
}

static void read_name(const struct json_reader *at, struct name_source *out)
{
    json_fields(at, (const char *const[]){"id", "names", "signs", "hints", NULL});
    *out = (struct name_source){.id = json_get_text(at, "id", REQUIRED),
                                .names = json_get_texts(at, "names"),
                                .signs = json_get_texts(at, "signs"),
                                .hints = json_get_texts(at, "hints")};
}

static struct name_list read_names(const struct json_reader *at, const char *key)
{
    struct name_list list;
    ROW_LIST(at, key, struct name_source, read_name, list.items, list.count);
    return list;
}

static void read_complaints(const struct json_reader *root, struct wording_source *out)
{
    static const char *const keys[] = {"pain", "knots", "arthritis", "recovery", NULL};
    struct json_reader at = json_get_object(root, "complaints", REQUIRED);
    if (at.value == NULL)
        return;
    json_fields(&at, keys);
    for (size_t i = 0; i < COMPLAINT_NONE; i++)
        out->complaints[i] = row_texts(&at, keys[i]);
}

static void read_words(const struct json_reader *root, struct wording_source *out)
{
    if (!json_fields(root, (const char *const[]){"skipped", "irregular", "past", "numbers", "units",
                                                 "complaints", "interventions", "conditions",
                                                 "outcomes", "other_conditions", "other_treatments",
                                                 "classes", NULL}))
        return;
    out->skipped = row_texts(root, "skipped");
    out->irregular = row_texts(root, "irregular");
    out->past = row_texts(root, "past");
    ROW_LIST(root, "numbers", struct value_source, read_number, out->numbers, out->number_count);
    ROW_LIST(root, "units", struct value_source, read_unit, out->units, out->unit_count);
    read_complaints(root, out);
    out->interventions = read_names(root, "interventions");
    out->conditions = read_names(root, "conditions");
    out->outcomes = read_names(root, "outcomes");
    out->other_conditions = json_get_texts(root, "other_conditions");
    out->other_treatments = json_get_texts(root, "other_treatments");
    ROW_LIST(root, "classes", struct class_source, read_class, out->classes, out->class_count);
}

/* ---- products, matters outside, findings ---- */

static void read_form(const struct json_reader *at, struct form_source *out)
{
    json_fields(at, (const char *const[]){"id", "words", "phrases", NULL});
    *out = (struct form_source){.id = json_get_text(at, "id", REQUIRED),
                                .words = json_get_texts(at, "words"),
                                .phrases = json_get_texts(at, "phrases")};
}

static void read_products(const struct json_reader *root, struct wording_source *out)
{
    if (!json_fields(root, (const char *const[]){"forms", "products", NULL}))
        return;
    ROW_LIST(root, "forms", struct form_source, read_form, out->forms, out->form_count);
    out->products = read_names(root, "products");
}

static void read_outside(const struct reader *reader, const struct json_reader *root)
{
    if (!json_fields(root, (const char *const[]){"outside", NULL}))
        return;
    size_t count = json_get_length(root, "outside", REQUIRED);
    struct json_reader list = json_get_list(root, "outside");
    struct outside_source *items = arena_array(reader->problems->arena, count, sizeof *items);
    for (size_t i = 0; i < count; i++) {
        struct json_reader at = json_get_element(&list, i);
        json_fields(&at, (const char *const[]){"id", "phrases", "verdict", "known", "exceptions",
                                               "sources", NULL});
        items[i] =
            (struct outside_source){.outside = {.id = json_get_text(&at, "id", REQUIRED),
                                                .known = json_get_text(&at, "known", REQUIRED),
                                                .verdict = read_verdict(&at, REQUIRED),
                                                .sources = read_sources(reader, &at)},
                                    .phrases = row_texts(&at, "phrases")};
        items[i].outside.exceptions =
            read_exceptions(reader, &at, &items[i].outside.exception_count);
    }
    reader->out->outside = items;
    reader->out->outside_count = count;
}

static unsigned read_types(const struct json_reader *at)
{
    unsigned types = 0;
    struct json_reader list = json_get_list(at, "types");
    size_t count = json_get_length(at, "types", REQUIRED);
    for (size_t i = 0; i < count; i++) {
        const char *name = json_string_value(json_array_get(list.value, i));
        size_t type = 0;
        while (type < ATOM_TYPE_COUNT && (name == NULL || strcmp(name, atom_type_names[type]) != 0))
            type++;
        if (type == ATOM_TYPE_COUNT)
            json_problem(at, "types", "must be a list of types of claims");
        else
            types |= 1u << type;
    }
    return types;
}

static void read_findings(const struct reader *reader, const struct json_reader *root)
{
    if (!json_fields(root, (const char *const[]){"findings", NULL}))
        return;
    size_t count = json_get_length(root, "findings", REQUIRED);
    struct json_reader list = json_get_list(root, "findings");
    struct finding_against *items = arena_array(reader->problems->arena, count, sizeof *items);
    for (size_t i = 0; i < count; i++) {
        struct json_reader at = json_get_element(&list, i);
        json_fields(&at, (const char *const[]){"action", "types", "verdict", NULL});
        const char *id = json_get_text(&at, "action", REQUIRED);
        items[i] =
            (struct finding_against){.action = id == NULL ? NULL : find_action(reader->actions, id),
                                     .types = read_types(&at),
                                     .verdict = read_verdict(&at, REQUIRED)};
        if (id != NULL && items[i].action == NULL)
            json_problem(&at, "action", "no action \"%s\" in regulatory-actions.json", id);
    }
    reader->out->findings = items;
    reader->out->finding_count = count;
}

/* ---- entries ---- */

static void read_entry(const struct reader *reader, const struct json_reader *at,
                       struct entry_source *out)
{
    json_fields(at, (const char *const[]){"id", "type", "sense", "alone", "verdict", "known",
                                          "exceptions", "patterns", "sources", NULL});
    *out = (struct entry_source){
        .entry = {.id = json_get_text(at, "id", REQUIRED),
                  .type = (enum atom_type)row_choice(at, "type", atom_type_names),
                  .sense = (enum sense)row_choice(at, "sense", sense_names),
                  .alone = json_get_truth(at, "alone"),
                  .verdict = read_verdict(at, OPTIONAL),
                  .known = json_get_text(at, "known", REQUIRED),
                  .sources = read_sources(reader, at)},
        .patterns = row_texts(at, "patterns"),
        .file = at->file};
    out->entry.exceptions = read_exceptions(reader, at, &out->entry.exception_count);
}

static void read_entries(struct reader *reader, const struct json_reader *root)
{
    struct wording_source *out = reader->out;
    if (!json_fields(root, (const char *const[]){"entries", NULL}))
        return;
    size_t count = json_get_length(root, "entries", REQUIRED);
    struct json_reader list = json_get_list(root, "entries");
    struct entry_source *entries =
        arena_array(reader->problems->arena, out->entry_count + count, sizeof *entries);
    if (out->entry_count > 0)
        memcpy(entries, out->entries, out->entry_count * sizeof *entries);
    for (size_t i = 0; i < count; i++) {
        struct json_reader at = json_get_element(&list, i);
        read_entry(reader, &at, &entries[out->entry_count + i]);
    }
    out->entries = entries;
    out->entry_count += count;
}

static void read_document(struct reader *reader, const struct document *document)
{
    const char *name = document->name + strlen(prefix);
    json_t *value = parse(reader, document);
    if (value == NULL)
        return;
    struct json_reader root = json_root(
        value, arena_printf(reader->problems->arena, "%s.json", document->name), reader->problems);
    if (strcmp(name, "words") == 0)
        read_words(&root, reader->out);
    else if (strcmp(name, "products") == 0)
        read_products(&root, reader->out);
    else if (strcmp(name, "outside") == 0)
        read_outside(reader, &root);
    else if (strcmp(name, "regulators") == 0)
        read_findings(reader, &root);
    else
        read_entries(reader, &root);
    json_decref(value);
}

bool wording_read(const struct base *base, const struct regulatory_actions *actions,
                  struct wording_source *out, struct problems *problems)
{
    struct reader reader = {.base = base, .actions = actions, .problems = problems, .out = out};
    *out = (struct wording_source){0};
    if (base_document(base, "claims/words") == NULL)
        return false;
    for (size_t i = 0; i < base->document_count; i++)
        if (starts_with(base->documents[i].name, prefix))
            read_document(&reader, &base->documents[i]);
    return true;
}
