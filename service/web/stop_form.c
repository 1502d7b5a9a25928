#include "service/web/stop_form.h"

#include <stdlib.h>
#include <string.h>

#include "evidence/model/rulebooks.h"

/* A number where it is one; words stay words, which a diary may hold too. */
static json_t *score_of(const char *text)
{
    char *end;
    double value = strtod(text, &end);
    return *end == '\0' ? json_real(value) : json_string(text);
}

/* A score with its day; what is missing is left out, for the reader to tell. */
static void add_score(json_t *diary, const char *day, const char *score)
{
    if (score == NULL && day == NULL)
        return;
    json_t *entry = json_object();
    if (day != NULL)
        json_object_set_new(entry, "day", json_string(day));
    if (score != NULL)
        json_object_set_new(entry, "score", score_of(score));
    json_array_append_new(diary, entry);
}

/* How bad before and how bad now: a day of theirs without a score says nothing. */
static void add_main_scores(json_t *diary, const struct form *form, const char *today)
{
    const char *before = form_filled(form, "before");
    const char *now = form_filled(form, "now");
    const char *day = form_filled(form, "today");
    if (before != NULL)
        add_score(diary, form_filled(form, "started"), before);
    if (now != NULL)
        add_score(diary, day == NULL ? today : day, now);
}

/* Each day belongs to the score that follows it. */
static void add_further_scores(json_t *diary, const struct form *form)
{
    const char *day = NULL;
    for (size_t i = 0; i < form->count; i++) {
        const struct field *field = &form->fields[i];
        if (strcmp(field->name, "day") == 0)
            day = form_value(field, "day");
        if (strcmp(field->name, "score") == 0) {
            add_score(diary, day, form_value(field, "score"));
            day = NULL;
        }
    }
}

static json_t *texts_of(const struct form *form, const char *name)
{
    json_t *list = json_array();
    for (size_t i = 0; i < form->count; i++) {
        const char *value = form_value(&form->fields[i], name);
        if (value != NULL)
            json_array_append_new(list, json_string(value));
    }
    return list;
}

static const struct red_flag *flag_called(const struct red_flags *flags, const char *id)
{
    for (size_t i = 0; i < flags->count; i++)
        if (strcmp(flags->items[i].id, id) == 0)
            return &flags->items[i];
    return NULL;
}

/* A sign that was ticked is told as the book puts it, a sentence of its own. */
static void add_ticked(json_t *symptoms, const struct form *form, const struct red_flags *flags)
{
    for (size_t i = 0; i < form->count; i++) {
        const char *id = form_value(&form->fields[i], "sign");
        const struct red_flag *flag = id == NULL ? NULL : flag_called(flags, id);
        if (flag != NULL && flag->phrases[0] != NULL)
            json_array_append_new(symptoms, json_string(flag->phrases[0]));
    }
}

static void set_list(json_t *to, const char *key, json_t *list)
{
    if (json_array_size(list) > 0)
        json_object_set(to, key, list);
    json_decref(list);
}

json_t *stop_form_json(const struct form *form, const struct catalog *catalog, const char *today)
{
    static const char *const texts[] = {"intervention", "condition", "started"};
    json_t *out = json_object();
    json_t *diary = json_array();
    json_t *symptoms = texts_of(form, "symptoms");
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        if (form_filled(form, texts[i]) != NULL)
            json_object_set_new(out, texts[i], json_string(form_filled(form, texts[i])));
    add_main_scores(diary, form, today);
    add_further_scores(diary, form);
    add_ticked(symptoms, form, &base_rulebooks(catalog_base(catalog))->red_flags);
    json_object_set_new(out, "scale", json_string("0-10"));
    json_object_set_new(out, "diary", diary);
    set_list(out, "sessions", texts_of(form, "session"));
    set_list(out, "symptoms", symptoms);
    set_list(out, "adverse_events", texts_of(form, "adverse_events"));
    set_list(out, "medicines", texts_of(form, "medicines"));
    return out;
}

const char *stop_form_symptoms(const json_t *diary, struct arena *arena)
{
    const char *all = "";
    size_t index;
    const json_t *one;
    json_array_foreach(json_object_get(diary, "symptoms"), index, one) all =
        arena_printf(arena, "%s%s.\n", all, json_string_value(one));
    json_array_foreach(json_object_get(diary, "adverse_events"), index, one) all =
        arena_printf(arena, "%s%s.\n", all, json_string_value(one));
    return all;
}
