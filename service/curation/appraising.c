#include "service/curation/appraising.h"

#include <string.h>
#include <strings.h>

enum { MOST_QUESTIONS = 32 };

const char *appraiser_named(const char *actor, struct arena *arena)
{
    return arena_printf(arena, "curator:%s", actor);
}

/* ---- answers ---- */

/* What is being read. */
struct reading {
    const struct instrument_form *form;
    const json_t *answers; /* NULL: none were sent */
    const json_t *judged;
    json_t *items; /* of the appraisal being made */
    bool reasoned;
    struct json_reader at;         /* the body */
    struct json_reader at_answers; /* and its members */
    struct json_reader at_items;
};

static const struct signalling_question *question_called(const struct instrument_form *form,
                                                         const char *id)
{
    for (size_t i = 0; i < form->item_count; i++)
        for (size_t j = 0; j < form->items[i].question_count; j++)
            if (strcmp(form->items[i].questions[j].id, id) == 0)
                return &form->items[i].questions[j];
    return NULL;
}

static void check_answers(const struct reading *reading)
{
    const char *key;
    json_t *value;
    json_object_foreach((json_t *)reading->answers, key, value)
    {
        const struct signalling_question *question = question_called(reading->form, key);
        if (question == NULL)
            json_problem(&reading->at_answers, key, "%s has no such question", reading->form->name);
        else if (!json_is_string(value) ||
                 question_answer(question, json_string_value(value)) == NULL)
            json_problem(&reading->at_answers, key,
                         "must be an answer that question %s may have, such as \"%s\"", key,
                         question->answers[0]);
    }
}

/* Fills in the words of the answers to an item; gives how many there are. */
static size_t answers_to(const struct reading *reading, const struct instrument_item *item,
                         const char **words)
{
    size_t count = 0;
    for (size_t i = 0; i < item->question_count; i++) {
        const json_t *given = json_object_get(reading->answers, item->questions[i].id);
        words[i] = json_is_string(given)
                       ? question_answer(&item->questions[i], json_string_value(given))
                       : NULL;
        count += words[i] != NULL;
    }
    return count;
}

static void keep_answers(struct reading *reading, const struct instrument_item *item,
                         const char *const *words)
{
    for (size_t i = 0; i < item->question_count; i++)
        if (words[i] != NULL && question_is_asked(item, i, words))
            json_object_set_new(reading->items, item->questions[i].id, json_string(words[i]));
}

static void judge_item(struct reading *reading, const struct instrument_item *item)
{
    const char *words[MOST_QUESTIONS] = {NULL};
    bool answered = answers_to(reading, item, words) > 0;
    const char *judged = answered ? item_judgement(reading->form, item, words) : NULL;
    const char *own = json_string_value(json_object_get(reading->judged, item->id));
    keep_answers(reading, item, words);
    if (answered && judged == NULL && own == NULL)
        json_problem(&reading->at_answers, NULL, "questions of %s (%s) are still without an answer",
                     item->id, item->name);
    if (judged != NULL && own != NULL && strcmp(judged, own) != 0 && !reading->reasoned)
        json_problem(&reading->at_items, item->id,
                     "the answers give \"%s\"; say in \"reason\" why it is judged otherwise",
                     judged);
    if (own != NULL)
        json_object_set_new(reading->items, item->id, json_string(own));
    else if (judged != NULL)
        json_object_set_new(reading->items, item->id, json_string(judged));
}

/* Items of an instrument without a form are kept as they are sent. */
static void take_items(struct reading *reading)
{
    if (reading->form == NULL) {
        json_object_update(reading->items, (json_t *)reading->judged);
        return;
    }
    check_answers(reading);
    for (size_t i = 0; i < reading->form->item_count; i++)
        judge_item(reading, &reading->form->items[i]);
    const char *key;
    json_t *value;
    json_object_foreach((json_t *)reading->judged, key,
                        value) if (json_object_get(reading->items, key) == NULL)
        json_object_set(reading->items, key, value);
}

/* ---- the whole ---- */

/* "rob-2" and "RoB 2": letters and digits alone tell names apart. */
static bool same_name(const char *one, const char *other)
{
    for (;; one++, other++) {
        one += strspn(one, " -");
        other += strspn(other, " -");
        if (strncasecmp(one, other, 1) != 0)
            return false;
        if (*one == '\0')
            return true;
    }
}

static const char *instrument_of(const char *name)
{
    for (size_t i = 0; instrument_names[i] != NULL; i++)
        if (same_name(instrument_names[i], name))
            return instrument_names[i];
    return NULL;
}

static void copy_members(const json_t *body, json_t *appraisal)
{
    static const char *const members[] = {"overall",   "score",      "out_of",     "scope",
                                          "share_low", "share_high", "applies_to", "as_reported"};
    for (size_t i = 0; i < sizeof members / sizeof *members; i++) {
        json_t *value = json_object_get(body, members[i]);
        if (value != NULL && !json_is_null(value))
            json_object_set(appraisal, members[i], value);
    }
}

json_t *appraisal_of_body(const json_t *body, const struct instruments *book,
                          const char *instrument, const char *rated_by, bool reasoned,
                          struct problems *problems)
{
    const char *name = instrument_of(instrument);
    struct reading reading = {.at = json_root(body, NULL, problems), .reasoned = reasoned};
    size_t before = problems->count;
    if (name == NULL) {
        problems_add(problems, NULL, "", "no instrument \"%s\"; see GET /v1/instruments",
                     instrument);
        return NULL;
    }
    json_fields(&reading.at, (const char *const[]){"answers", "items", "overall", "score", "out_of",
                                                   "scope", "share_low", "share_high", "applies_to",
                                                   "as_reported", NULL});
    reading.form = instrument_form_called(book, name);
    reading.at_answers = json_get_object(&reading.at, "answers", OPTIONAL);
    reading.at_items = json_get_object(&reading.at, "items", OPTIONAL);
    reading.answers = reading.at_answers.value;
    reading.judged = reading.at_items.value;
    reading.items = json_object();
    take_items(&reading);
    json_t *appraisal = json_pack("{s:s, s:s}", "instrument", name, "rated_by", rated_by);
    copy_members(body, appraisal);
    if (json_object_size(reading.items) > 0)
        json_object_set(appraisal, "items", reading.items);
    json_decref(reading.items);
    if (problems->count == before)
        return appraisal;
    json_decref(appraisal);
    return NULL;
}

static bool same_member(const json_t *one, const json_t *other, const char *key)
{
    const json_t *a = json_object_get(one, key);
    const json_t *b = json_object_get(other, key);
    return a == b || (a != NULL && b != NULL && json_equal(a, b));
}

size_t appraisal_place(const json_t *document, const json_t *made)
{
    const json_t *list = json_object_get(document, "appraisals");
    size_t i = 0;
    for (; i < json_array_size(list); i++) {
        const json_t *one = json_array_get(list, i);
        if (same_member(one, made, "instrument") && same_member(one, made, "rated_by") &&
            same_member(one, made, "applies_to") && same_member(one, made, "scope"))
            break;
    }
    return i;
}
