#include "service/api/rulebook_shapes.h"
#include "service/api/shapes.h"

static void put_classes(struct json_writer *json, const char *key, unsigned classes)
{
    json_field_array(json, key);
    if (classes & ANSWER_YES)
        json_put_text(json, "yes");
    if (classes & ANSWER_NO)
        json_put_text(json, "no");
    if (classes & ANSWER_UNKNOWN)
        json_put_text(json, "unknown");
    json_end_array(json);
}

static void put_condition(struct json_writer *json, const struct instrument_item *item,
                          const struct answered_all *all)
{
    json_begin_object(json);
    for (size_t i = 0; i < all->count; i++)
        put_classes(json, item->questions[all->items[i].question].id, all->items[i].classes);
    json_end_object(json);
}

static void put_question(struct json_writer *json, const struct instrument_item *item,
                         const struct signalling_question *question)
{
    json_begin_object(json);
    json_field_text(json, "id", question->id);
    json_field_text(json, "ask", question->ask);
    shape_texts(json, "answers", question->answers);
    json_field_array(json, "asked_if");
    for (size_t i = 0; i < question->asked_if_count; i++)
        put_condition(json, item, &question->asked_if[i]);
    json_end_array(json);
    json_end_object(json);
}

static void put_part(struct json_writer *json, const struct instrument_form *form,
                     const struct instrument_item *item, const struct judging_part *part)
{
    json_begin_array(json);
    for (size_t i = 0; i < part->count; i++) {
        json_begin_object(json);
        json_put_key(json, "when");
        put_condition(json, item, &part->rows[i].when);
        json_field_text(json, "judgement", form->judgements[part->rows[i].judgement]);
        json_end_object(json);
    }
    json_end_array(json);
}

static void put_item(struct json_writer *json, const struct instrument_form *form,
                     const struct instrument_item *item)
{
    json_begin_object(json);
    json_field_text(json, "id", item->id);
    json_field_text(json, "name", item->name);
    json_field_array(json, "questions");
    for (size_t i = 0; i < item->question_count; i++)
        put_question(json, item, &item->questions[i]);
    json_end_array(json);
    json_field_array(json, "judged_by");
    for (size_t i = 0; i < item->part_count; i++)
        put_part(json, form, item, &item->parts[i]);
    json_end_array(json);
    json_end_object(json);
}

void shape_instrument(struct json_writer *json, const struct instrument_form *form)
{
    json_begin_object(json);
    json_field_text(json, "id", form->id);
    json_field_text(json, "instrument", instrument_names[form->instrument]);
    json_field_text(json, "name", form->name);
    json_field_text(json, "for", form->of);
    json_field_text(json, "overall", form->overall);
    shape_texts(json, "judgements", form->judgements);
    json_field_array(json, "items");
    for (size_t i = 0; i < form->item_count; i++)
        put_item(json, form, &form->items[i]);
    json_end_array(json);
    json_field_text(json, "note", form->note);
    shape_backing(json, &form->backing);
    json_end_object(json);
}
