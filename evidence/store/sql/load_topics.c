#include <string.h>

#include "evidence/store/sql/load.h"

static void *no_text(struct cursor *cursor)
{
    cursor_damaged(cursor, "is empty");
    return NULL;
}

static const char *take_required(struct cursor *cursor)
{
    const char *text = take_text(cursor);
    return text != NULL ? text : no_text(cursor);
}

static void read_intervention(struct cursor *cursor, void *item)
{
    struct intervention *out = item;
    out->id = take_required(cursor);
    out->name = take_text(cursor);
    out->plain = take_text(cursor);
    out->kind = (enum kind)take_choice(cursor, kind_names, KIND_TECHNIQUE);
    out->summary = take_text(cursor);
    out->sham = take_text(cursor);
    out->aliases = out->claims = no_texts;
}

static void read_condition(struct cursor *cursor, void *item)
{
    struct condition *out = item;
    out->id = take_required(cursor);
    out->name = take_text(cursor);
    out->plain = take_text(cursor);
    out->primary_window = (enum window)take_choice(cursor, window_names, WINDOW_SHORT);
    out->aliases = out->parents = out->primary_outcomes = no_texts;
}

static void read_outcome(struct cursor *cursor, void *item)
{
    struct outcome *out = item;
    out->id = take_required(cursor);
    out->name = take_text(cursor);
    out->plain = take_text(cursor);
    out->kind = (enum outcome_kind)take_choice(cursor, outcome_kind_names, OUTCOME_BENEFIT);
    out->stand_in_for = take_text(cursor);
    out->mid.value = take_real(cursor);
    out->mid.scale_name = take_text(cursor);
    out->mid.scale_low = take_real(cursor);
    out->mid.scale_high = take_real(cursor);
    out->mid.source_url = take_text(cursor);
    out->mid.source_where = take_text(cursor);
    out->mid.note = take_text(cursor);
    out->aliases = no_texts;
}

static void read_document(struct cursor *cursor, void *item)
{
    struct document *out = item;
    out->name = take_required(cursor);
    out->text = take_bytes(cursor, &out->length);
    if (out->text == NULL)
        no_text(cursor);
}

/* A whole table. NULL on failure. */
static void *load_table(struct store *store, enum statement statement, size_t size,
                        void (*read)(struct cursor *, void *), size_t *count, struct arena *arena,
                        struct error *err)
{
    struct cursor cursor = cursor_begin(store, statement, arena, err);
    void *items = cursor_rows(&cursor, size, read, count);
    return cursor_end(&cursor) ? items : NULL;
}

/* Entries, each with its id as first member. */
struct topics {
    char *items;
    size_t size;
    size_t count;
};

static void *find_topic(struct cursor *cursor, void *owners, size_t *at)
{
    const struct topics *topics = owners;
    const char *id = take_borrowed(cursor);
    for (; id != NULL && *at < topics->count; ++*at) {
        char *topic = topics->items + *at * topics->size;
        const char *topic_id = NULL;
        memcpy(&topic_id, topic, sizeof topic_id);
        if (strcmp(topic_id, id) == 0)
            return topic;
    }
    return NULL;
}

static bool load_lists(struct store *store, struct topics topics, const struct list *lists,
                       size_t count, struct arena *arena, struct error *err)
{
    for (size_t i = 0; i < count; i++)
        if (!load_list(store, &lists[i], NULL, find_topic, &topics, arena, err))
            return false;
    return true;
}

static bool load_interventions(struct store *store, struct arena *arena, struct base *out,
                               struct error *err)
{
    static const struct list lists[] = {
        TEXT_LIST(LOAD_INTERVENTION_ALIASES, struct intervention, aliases),
        TEXT_LIST(LOAD_INTERVENTION_CLAIMS, struct intervention, claims),
    };
    struct intervention *items =
        load_table(store, LOAD_INTERVENTIONS, sizeof *items, read_intervention,
                   &out->intervention_count, arena, err);
    out->interventions = items;
    return items != NULL &&
           load_lists(store, (struct topics){(char *)items, sizeof *items, out->intervention_count},
                      lists, sizeof lists / sizeof *lists, arena, err);
}

static bool load_conditions(struct store *store, struct arena *arena, struct base *out,
                            struct error *err)
{
    static const struct list lists[] = {
        TEXT_LIST(LOAD_CONDITION_ALIASES, struct condition, aliases),
        TEXT_LIST(LOAD_CONDITION_PARENTS, struct condition, parents),
        TEXT_LIST(LOAD_CONDITION_PRIMARY_OUTCOMES, struct condition, primary_outcomes),
    };
    struct condition *items = load_table(store, LOAD_CONDITIONS, sizeof *items, read_condition,
                                         &out->condition_count, arena, err);
    out->conditions = items;
    return items != NULL &&
           load_lists(store, (struct topics){(char *)items, sizeof *items, out->condition_count},
                      lists, sizeof lists / sizeof *lists, arena, err);
}

static bool load_outcomes(struct store *store, struct arena *arena, struct base *out,
                          struct error *err)
{
    static const struct list lists[] = {
        TEXT_LIST(LOAD_OUTCOME_ALIASES, struct outcome, aliases),
    };
    struct outcome *items = load_table(store, LOAD_OUTCOMES, sizeof *items, read_outcome,
                                       &out->outcome_count, arena, err);
    out->outcomes = items;
    return items != NULL &&
           load_lists(store, (struct topics){(char *)items, sizeof *items, out->outcome_count},
                      lists, sizeof lists / sizeof *lists, arena, err);
}

static bool load_documents(struct store *store, struct arena *arena, struct base *out,
                           struct error *err)
{
    out->documents = load_table(store, LOAD_DOCUMENTS, sizeof *out->documents, read_document,
                                &out->document_count, arena, err);
    return out->documents != NULL;
}

bool load_topics(struct store *store, struct arena *arena, struct base *out, struct error *err)
{
    return load_interventions(store, arena, out, err) && load_conditions(store, arena, out, err) &&
           load_outcomes(store, arena, out, err) && load_documents(store, arena, out, err);
}
