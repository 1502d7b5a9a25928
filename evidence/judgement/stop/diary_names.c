#include <string.h>

#include "evidence/base/text.h"
#include "evidence/judgement/stop/diary_parts.h"

enum { NEAREST_TOLD = 3 };

static void complain_of_name(const struct json_reader *at, const char *key, enum meaning meaning,
                             const struct diary_reading *reading, const char *text)
{
    size_t count = 0;
    const struct suggestion *near =
        names_nearest(catalog_lexicon(reading->catalog), meaning, text, strlen(text), NEAREST_TOLD,
                      reading->arena, &count);
    const char *list = "";
    for (size_t i = 0; i < count; i++)
        list =
            arena_printf(reading->arena, "%s%s%s", list, i == 0 ? "; nearest: " : ", ", near[i].id);
    json_problem(at, key, "\"%.200s\" is not known here%s", text, list);
}

static struct understood understand(const struct diary_reading *reading, const char *text)
{
    struct understood understood;
    question_understand(catalog_lexicon(reading->catalog), text, strlen(text), reading->arena,
                        &understood);
    return understood;
}

const struct intervention *diary_intervention(const struct json_reader *at,
                                              const struct diary_reading *reading)
{
    const char *text = json_get_text(at, "intervention", REQUIRED);
    if (text == NULL)
        return NULL;
    reading->out->tried_as = text;
    const struct intervention *found = base_intervention(catalog_base(reading->catalog), text);
    if (found != NULL)
        return found;
    struct understood understood = understand(reading, text);
    if (understood.intervention_count > 0)
        return understood.interventions[0].entry;
    complain_of_name(at, "intervention", MEANING_INTERVENTION, reading, text);
    return NULL;
}

static bool holds(struct text_words words, struct text_words name)
{
    for (size_t from = 0; from + name.count <= words.count; from++) {
        size_t same = 0;
        while (same < name.count &&
               strcmp(words.items[from + same].folded, name.items[same].folded) == 0)
            same++;
        if (same == name.count)
            return true;
    }
    return false;
}

/* Some pain, of which nothing more is understood. */
static bool speaks_of_pain(const struct diary_reading *reading, const char *text)
{
    struct text_words words = text_cut(text, strlen(text), reading->arena);
    for (const char *const *name = reading->model->else_words; *name != NULL; name++)
        if (holds(words, text_cut(*name, strlen(*name), reading->arena)))
            return true;
    return false;
}

static const struct condition *pain_in_general(struct diary_reading *reading, const char *text)
{
    const struct condition *stands_in =
        base_condition(catalog_base(reading->catalog), reading->model->else_condition);
    reading->else_told = text;
    diary_warn(reading,
               arena_printf(reading->arena,
                            "Nothing is known here of \"%.60s\" by itself: it was judged as %s. If "
                            "it is something else, this answer does not hold.",
                            text, stands_in->plain));
    return stands_in;
}

const struct condition *diary_condition(const struct json_reader *at, struct diary_reading *reading)
{
    const char *text = json_get_text(at, "condition", REQUIRED);
    if (text == NULL)
        return NULL;
    const struct condition *found = base_condition(catalog_base(reading->catalog), text);
    if (found != NULL)
        return found;
    struct understood understood = understand(reading, text);
    if (understood.condition_count > 0)
        return understood.conditions[0].entry;
    if (reading->model->else_condition != NULL && speaks_of_pain(reading, text))
        return pain_in_general(reading, text);
    complain_of_name(at, "condition", MEANING_CONDITION, reading, text);
    return NULL;
}

static const struct outcome *outcome_called(const struct diary_reading *reading, const char *text)
{
    const struct outcome *found = base_outcome(catalog_base(reading->catalog), text);
    if (found != NULL)
        return found;
    struct understood understood = understand(reading, text);
    return understood.outcome_count > 0 ? understood.outcomes[0].entry : NULL;
}

const struct outcome *diary_outcome(const struct json_reader *at,
                                    const struct diary_reading *reading,
                                    const struct outcome *otherwise)
{
    const char *text = json_get_text(at, "outcome", OPTIONAL);
    if (text == NULL)
        return otherwise;
    const struct outcome *found = outcome_called(reading, text);
    if (found == NULL)
        complain_of_name(at, "outcome", MEANING_OUTCOME, reading, text);
    else if (stop_model_outcome(reading->model, found->id) == NULL)
        json_problem(at, "outcome",
                     "%s is nothing that a diary scores day by day; score the pain itself, 0 to 10",
                     found->name);
    else
        return found;
    return NULL;
}

/* The first outcome of the condition that a diary can score, and the first that is pain. */
static const struct outcome *outcome_of(const struct diary_reading *reading, bool that_is_pain)
{
    if (reading->out->condition == NULL)
        return NULL;
    for (const char *const *id = reading->out->condition->primary_outcomes; *id != NULL; id++) {
        const struct stop_outcome *row = stop_model_outcome(reading->model, *id);
        if (row != NULL && (row->is_pain || !that_is_pain))
            return base_outcome(catalog_base(reading->catalog), *id);
    }
    return NULL;
}

static bool measures(const struct stop_instrument *instrument, const struct outcome *outcome)
{
    for (const char *const *id = instrument->outcomes; *id != NULL; id++)
        if (outcome != NULL && strcmp(*id, outcome->id) == 0)
            return true;
    return false;
}

const struct outcome *diary_outcome_meant(const struct json_reader *at,
                                          struct diary_reading *reading)
{
    const struct outcome *first = outcome_of(reading, false);
    const struct outcome *pain = outcome_of(reading, true);
    const struct stop_instrument *instrument = diary_instrument(at, reading);
    if (json_has(at, "outcome"))
        return diary_outcome(at, reading, NULL);
    if (instrument != NULL && !measures(instrument, pain))
        return base_outcome(catalog_base(reading->catalog), instrument->outcomes[0]);
    reading->out->outcome_is_guessed = pain != NULL && pain != first;
    return pain != NULL ? pain : first;
}
