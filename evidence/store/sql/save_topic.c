#include "evidence/store/sql/save.h"

/* One of an entry's lists: the statements that empty it and add to it. */
struct topic_list {
    enum statement clear;
    enum statement add;
    const char *const *texts;
};

static bool clear_list(struct store *store, enum statement clear, const char *id, struct error *err)
{
    struct binder binder = bind_begin(store, clear);
    bind_text(&binder, id);
    return bind_run(&binder, err);
}

static bool save_lists(struct store *store, const char *id, const struct topic_list *lists,
                       size_t count, struct error *err)
{
    for (size_t list = 0; list < count; list++) {
        if (!clear_list(store, lists[list].clear, id, err))
            return false;
        const char *const *texts = lists[list].texts;
        for (int64_t i = 0; texts != NULL && texts[i] != NULL; i++) {
            struct binder binder = bind_begin(store, lists[list].add);
            bind_text(&binder, id);
            bind_integer(&binder, i);
            bind_text(&binder, texts[i]);
            if (!bind_run(&binder, err))
                return false;
        }
    }
    return true;
}

bool save_intervention(struct store *store, const struct intervention *intervention,
                       const char *hash, struct error *err)
{
    const struct topic_list lists[] = {
        {CLEAR_INTERVENTION_ALIAS, ADD_INTERVENTION_ALIAS, intervention->aliases},
        {CLEAR_INTERVENTION_CLAIM, ADD_INTERVENTION_CLAIM, intervention->claims},
    };
    struct binder binder = bind_begin(store, PUT_INTERVENTION);
    bind_text(&binder, intervention->id);
    bind_text(&binder, intervention->name);
    bind_text(&binder, intervention->plain);
    bind_text(&binder, kind_names[intervention->kind]);
    bind_text(&binder, intervention->summary);
    bind_text(&binder, intervention->sham);
    bind_text(&binder, hash);
    return bind_run(&binder, err) &&
           save_lists(store, intervention->id, lists, sizeof lists / sizeof *lists, err);
}

bool save_condition(struct store *store, const struct condition *condition, int64_t position,
                    const char *hash, struct error *err)
{
    const struct topic_list lists[] = {
        {CLEAR_CONDITION_ALIAS, ADD_CONDITION_ALIAS, condition->aliases},
        {CLEAR_CONDITION_PARENT, ADD_CONDITION_PARENT, condition->parents},
        {CLEAR_CONDITION_PRIMARY_OUTCOME, ADD_CONDITION_PRIMARY_OUTCOME,
         condition->primary_outcomes},
    };
    struct binder binder = bind_begin(store, PUT_CONDITION);
    bind_text(&binder, condition->id);
    bind_integer(&binder, position);
    bind_text(&binder, condition->name);
    bind_text(&binder, condition->plain);
    bind_text(&binder, window_names[condition->primary_window]);
    bind_text(&binder, hash);
    return bind_run(&binder, err) &&
           save_lists(store, condition->id, lists, sizeof lists / sizeof *lists, err);
}

bool save_outcome(struct store *store, const struct outcome *outcome, int64_t position,
                  const char *hash, struct error *err)
{
    const struct topic_list lists[] = {{CLEAR_OUTCOME_ALIAS, ADD_OUTCOME_ALIAS, outcome->aliases}};
    struct binder binder = bind_begin(store, PUT_OUTCOME);
    bind_text(&binder, outcome->id);
    bind_integer(&binder, position);
    bind_text(&binder, outcome->name);
    bind_text(&binder, outcome->plain);
    bind_text(&binder, outcome_kind_names[outcome->kind]);
    bind_text(&binder, outcome->stand_in_for);
    bind_real(&binder, outcome->mid.value);
    bind_text(&binder, outcome->mid.scale_name);
    bind_real(&binder, outcome->mid.scale_low);
    bind_real(&binder, outcome->mid.scale_high);
    bind_text(&binder, outcome->mid.source_url);
    bind_text(&binder, outcome->mid.source_where);
    bind_text(&binder, outcome->mid.note);
    bind_text(&binder, hash);
    return bind_run(&binder, err) &&
           save_lists(store, outcome->id, lists, sizeof lists / sizeof *lists, err);
}

bool save_document(struct store *store, const struct document *document, const char *hash,
                   struct error *err)
{
    struct binder binder = bind_begin(store, PUT_DOCUMENT);
    bind_text(&binder, document->name);
    bind_exact(&binder, document->text, document->length); /* its hash is over every byte */
    bind_text(&binder, hash);
    return bind_run(&binder, err);
}
