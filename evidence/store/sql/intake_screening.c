/* What people decided about publications. */
#include "evidence/store/sql/intake.h"

static bool add_decision(struct store *store, int64_t publication,
                         const struct screening_decision *decision, int64_t *out, struct error *err)
{
    struct binder binder = bind_begin(store, ADD_SCREENING_DECISION);
    bind_integer(&binder, publication);
    bind_text(&binder, screening_names[decision->decision]);
    bind_text(&binder, decision->reason);
    bind_text(&binder, decision->who);
    bind_integer(&binder, (int64_t)decision->at);
    return bind_insert(&binder, out, err);
}

static bool add_topics(struct store *store, int64_t decision_key,
                       const struct screening_decision *decision, struct error *err)
{
    for (size_t i = 0; i < decision->topic_count; i++) {
        struct binder binder = bind_begin(store, ADD_SCREENING_TOPIC);
        bind_integer(&binder, decision_key);
        bind_integer(&binder, (int64_t)i);
        bind_text(&binder, decision->topics[i].intervention);
        bind_text(&binder, decision->topics[i].condition);
        if (!bind_run(&binder, err))
            return false;
    }
    return true;
}

static bool note_decision(struct store *store, const char *publication, int64_t key,
                          const struct screening_decision *decision, struct error *err)
{
    char hash[HASH_SIZE];
    const struct intake_note note = {.action = decision->undoes == 0 ? "screen" : "undo",
                                     .record = publication,
                                     .who = decision->who,
                                     .at = decision->at,
                                     .reason = decision->reason,
                                     .source = decision->source,
                                     .undoes = decision->undoes,
                                     .about = "decision",
                                     .key = key,
                                     .hash = hash};
    return decision_hash(store, key, hash, err) && note_intake(store, &note, err);
}

static bool screen(struct store *store, int64_t publication,
                   const struct screening_decision *decision, struct error *err)
{
    struct arena *arena = arena_new();
    struct publication found;
    int64_t key = 0;
    bool good = store_publication(store, publication, arena, &found, err) &&
                add_decision(store, publication, decision, &key, err) &&
                add_topics(store, key, decision, err) &&
                note_decision(store, found.id, key, decision, err);
    arena_free(arena);
    return good && set_screening(store, publication, decision->decision, err);
}

bool store_screen(struct store *store, int64_t publication,
                  const struct screening_decision *decision, struct error *err)
{
    struct unit unit;
    if (!unit_begin(store, &unit, err))
        return false;
    return unit_end(&unit, screen(store, publication, decision, err), err);
}

static bool list_rows(struct store *store, int64_t publication, struct arena *arena,
                      struct keyed_decision **out, size_t *count, struct error *err)
{
    struct binder binder = bind_begin(store, LIST_SCREENING_DECISIONS);
    bind_integer(&binder, publication);
    struct cursor cursor = cursor_of(&binder, arena, err);
    struct rows rows = {.size = sizeof(struct keyed_decision)};
    while (cursor_step(&cursor)) {
        struct keyed_decision *keyed = rows_add(&rows);
        keyed->key = take_integer(&cursor);
        keyed->decision.decision =
            (enum screening)take_choice(&cursor, screening_names, SCREENING_UNSCREENED);
        keyed->decision.reason = take_text(&cursor);
        keyed->decision.who = take_text(&cursor);
        keyed->decision.at = (time_t)take_integer(&cursor);
    }
    *count = rows.count;
    *out = rows_take(&rows, arena);
    rows_release(&rows);
    return cursor_end(&cursor);
}

static bool list_topics(struct store *store, struct keyed_decision *keyed, struct arena *arena,
                        struct error *err)
{
    struct binder binder = bind_begin(store, LIST_SCREENING_TOPICS);
    bind_integer(&binder, keyed->key);
    struct cursor cursor = cursor_of(&binder, arena, err);
    struct rows rows = {.size = sizeof(struct screening_topic)};
    while (cursor_step(&cursor)) {
        struct screening_topic *topic = rows_add(&rows);
        topic->intervention = take_text(&cursor);
        topic->condition = take_text(&cursor);
    }
    keyed->decision.topic_count = rows.count;
    keyed->decision.topics = rows_take(&rows, arena);
    rows_release(&rows);
    return cursor_end(&cursor);
}

bool list_decisions(struct store *store, int64_t publication, struct arena *arena,
                    struct keyed_decision **out, size_t *count, struct error *err)
{
    if (!list_rows(store, publication, arena, out, count, err))
        return false;
    for (size_t i = 0; i < *count; i++)
        if (!list_topics(store, &(*out)[i], arena, err))
            return false;
    return true;
}

bool store_screenings(struct store *store, int64_t publication, struct arena *arena,
                      struct screening_decision **out, size_t *count, struct error *err)
{
    struct keyed_decision *keyed = NULL;
    if (!list_decisions(store, publication, arena, &keyed, count, err))
        return false;
    *out = arena_array(arena, *count, sizeof **out);
    for (size_t i = 0; i < *count; i++)
        (*out)[i] = keyed[i].decision;
    return true;
}
