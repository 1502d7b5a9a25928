#include "evidence/model/instrument.h"

#include <string.h>
#include <strings.h>

#include "evidence/model/row.h"

const char *const signalling_answers[] = {"yes", "probably yes",   "probably no",
                                          "no",  "no information", NULL};

static const struct {
    const char *word;
    const char *letters;
    enum answer_class class;
} answer_words[] = {
    {"yes", "Y", ANSWER_YES},
    {"probably yes", "PY", ANSWER_YES},
    {"probably no", "PN", ANSWER_NO},
    {"no", "N", ANSWER_NO},
    {"no information", "NI", ANSWER_UNKNOWN},
};

enum answer_class answer_class_of(const char *word)
{
    for (size_t i = 0; word != NULL && i < sizeof answer_words / sizeof *answer_words; i++)
        if (strcasecmp(word, answer_words[i].word) == 0 ||
            strcasecmp(word, answer_words[i].letters) == 0)
            return answer_words[i].class;
    return ANSWER_NONE;
}

enum { MOST_QUESTIONS = 32 }; /* of one item */

/* The full word for letters, and for a word itself; NULL for what is neither. */
static const char *full_word(const char *given)
{
    for (size_t i = 0; i < sizeof answer_words / sizeof *answer_words; i++)
        if (strcasecmp(given, answer_words[i].word) == 0 ||
            strcasecmp(given, answer_words[i].letters) == 0)
            return answer_words[i].word;
    return NULL;
}

const char *question_answer(const struct signalling_question *question, const char *given)
{
    const char *word = full_word(given);
    for (const char *const *own = question->answers; word != NULL && *own != NULL; own++)
        if (strcasecmp(*own, word) == 0)
            return *own;
    return NULL;
}

/* ---- reading ---- */

static size_t find_question(const struct instrument_item *item, const char *id)
{
    size_t i = 0;
    while (i < item->question_count &&
           (item->questions[i].id == NULL || strcmp(item->questions[i].id, id) != 0))
        i++;
    return i;
}

/* "no|unknown" */
static unsigned read_classes(const struct json_reader *at, const char *key, const char *text)
{
    static const struct {
        const char *name;
        unsigned class;
    } classes[] = {{"yes", ANSWER_YES}, {"no", ANSWER_NO}, {"unknown", ANSWER_UNKNOWN}};
    unsigned found = 0;
    for (const char *part = text; part != NULL && *part != '\0';) {
        size_t length = strcspn(part, "|");
        unsigned one = 0;
        for (size_t i = 0; i < sizeof classes / sizeof *classes; i++)
            if (strlen(classes[i].name) == length && strncmp(part, classes[i].name, length) == 0)
                one = classes[i].class;
        if (one == 0)
            json_problem(at, key, "must be yes, no or unknown, several joined by |");
        found |= one;
        part += length + (part[length] == '|');
    }
    return found;
}

/* An object of question ids and classes; `before`: only questions before this one may be named. */
static struct answered_all read_condition(const struct json_reader *at,
                                          const struct instrument_item *item, size_t before)
{
    struct answered_all all = {0};
    size_t most = at->value == NULL ? 0 : json_object_size(at->value);
    struct answered *items = arena_array(at->problems->arena, most, sizeof *items);
    const char *key;
    json_t *value;
    json_object_foreach((json_t *)at->value, key, value)
    {
        (void)value;
        const char *text = json_get_text(at, key, REQUIRED);
        size_t question = find_question(item, key);
        if (question >= before)
            json_problem(at, key, "names no question of this item that stands before");
        else
            items[all.count++] = (struct answered){question, read_classes(at, key, text)};
    }
    all.items = items;
    return all;
}

static void read_question(const struct json_reader *at, struct instrument_item *item,
                          struct signalling_question *out, size_t place)
{
    json_fields(at, (const char *const[]){"id", "ask", "answers", "asked_if", NULL});
    out->id = json_get_text(at, "id", REQUIRED);
    out->ask = json_get_text(at, "ask", REQUIRED);
    out->answers = json_has(at, "answers") ? json_get_texts(at, "answers") : signalling_answers;
    for (size_t i = 0; out->answers[i] != NULL; i++)
        if (answer_class_of(out->answers[i]) == ANSWER_NONE)
            json_problem(at, "answers", "no answer that is known: \"%s\"", out->answers[i]);
    struct json_reader list = json_get_list(at, "asked_if");
    size_t count = json_get_length(at, "asked_if", OPTIONAL);
    struct answered_all *conditions = arena_array(at->problems->arena, count, sizeof *conditions);
    for (size_t i = 0; i < count; i++) {
        struct json_reader element = json_get_element(&list, i);
        conditions[i] = read_condition(&element, item, place);
    }
    out->asked_if = conditions;
    out->asked_if_count = count;
}

static void read_questions(const struct json_reader *at, struct instrument_item *out)
{
    struct json_reader list = json_get_list(at, "questions");
    size_t count = json_get_length(at, "questions", OPTIONAL);
    struct signalling_question *questions =
        arena_array(at->problems->arena, count, sizeof *questions);
    out->questions = questions;
    out->question_count = count;
    for (size_t i = 0; i < count; i++) {
        struct json_reader element = json_get_element(&list, i);
        read_question(&element, out, &questions[i], i);
        if (questions[i].id != NULL && find_question(out, questions[i].id) != i)
            json_problem(&element, "id", "stands twice");
    }
}

static struct judging_row read_row(const struct json_reader *at, const struct instrument_form *form,
                                   const struct instrument_item *item)
{
    struct judging_row row = {.judgement =
                                  json_get_choice(at, "judgement", REQUIRED, form->judgements)};
    json_fields(at, (const char *const[]){"when", "judgement", NULL});
    struct json_reader when = json_get_object(at, "when", OPTIONAL);
    row.when = read_condition(&when, item, item->question_count);
    return row;
}

static struct judging_part read_part(const struct json_reader *list,
                                     const struct instrument_form *form,
                                     const struct instrument_item *item)
{
    size_t count = json_array_size(list->value);
    struct judging_row *rows = arena_array(list->problems->arena, count, sizeof *rows);
    for (size_t i = 0; i < count; i++) {
        struct json_reader element = json_get_element(list, i);
        rows[i] = read_row(&element, form, item);
    }
    if (count == 0 || rows[count - 1].when.count > 0)
        json_problem(list, NULL, "the last row must hold always: it has no \"when\"");
    return (struct judging_part){rows, count};
}

static void read_item(const struct json_reader *at, const struct instrument_form *form,
                      struct instrument_item *out)
{
    json_fields(at, (const char *const[]){"id", "name", "questions", "judged_by", NULL});
    out->id = json_get_text(at, "id", REQUIRED);
    out->name = json_get_text(at, "name", REQUIRED);
    read_questions(at, out);
    struct json_reader list = json_get_list(at, "judged_by");
    out->part_count = json_get_length(at, "judged_by", OPTIONAL);
    struct judging_part *parts = arena_array(at->problems->arena, out->part_count, sizeof *parts);
    for (size_t i = 0; i < out->part_count; i++) {
        struct json_reader element = json_get_element(&list, i);
        parts[i] = read_part(&element, form, out);
    }
    out->parts = parts;
    if (out->question_count > MOST_QUESTIONS)
        json_problem(at, "questions", "must not be more than %d", MOST_QUESTIONS);
    if ((out->question_count > 0) != (out->part_count > 0))
        json_problem(at, NULL, "questions need judged_by, and judged_by questions");
}

static void read_form(const struct json_reader *at, struct instrument_form *out)
{
    json_fields(at, (const char *const[]){"id", "instrument", "name", "for", "overall",
                                          "judgements", "items", "note", BACKING_FIELDS, NULL});
    *out = (struct instrument_form){
        .id = row_id(at, "id"),
        .instrument = (enum instrument)row_choice(at, "instrument", instrument_names),
        .name = json_get_text(at, "name", REQUIRED),
        .of = json_get_text(at, "for", REQUIRED),
        .overall = json_get_text(at, "overall", REQUIRED),
        .judgements = row_texts(at, "judgements"),
        .note = json_get_text(at, "note", OPTIONAL),
    };
#define READ_ITEM(place, element) read_item(place, out, element)
    ROW_LIST(at, "items", struct instrument_item, READ_ITEM, out->items, out->item_count);
#undef READ_ITEM
    backing_read(at, &out->backing);
}

void instruments_read(const struct json_reader *at, struct instruments *out)
{
    json_fields(at, (const char *const[]){"instruments", NULL});
    ROW_LIST(at, "instruments", struct instrument_form, read_form, out->items, out->count);
}

/* ---- judging ---- */

const struct instrument_form *instrument_form_called(const struct instruments *instruments,
                                                     const char *name)
{
    for (size_t i = 0; i < instruments->count; i++) {
        const struct instrument_form *form = &instruments->items[i];
        if (strcasecmp(form->id, name) == 0 ||
            strcasecmp(instrument_names[form->instrument], name) == 0)
            return form;
    }
    return NULL;
}

static bool holds(const struct answered_all *all, const char *const *answers)
{
    for (size_t i = 0; i < all->count; i++)
        if ((answer_class_of(answers[all->items[i].question]) & all->items[i].classes) == 0)
            return false;
    return true;
}

bool question_is_asked(const struct instrument_item *item, size_t question,
                       const char *const *answers)
{
    const struct signalling_question *asked = &item->questions[question];
    for (size_t i = 0; i < asked->asked_if_count; i++)
        if (holds(&asked->asked_if[i], answers))
            return true;
    return asked->asked_if_count == 0;
}

/* An answer to a question that is not asked says nothing. */
static bool take_answers(const struct instrument_item *item, const char *const *given,
                         const char **taken)
{
    for (size_t i = 0; i < item->question_count; i++) {
        bool asked = question_is_asked(item, i, taken);
        taken[i] = asked ? given[i] : NULL;
        if (asked && answer_class_of(given[i]) == ANSWER_NONE)
            return false;
    }
    return true;
}

static int judge_part(const struct judging_part *part, const char *const *answers)
{
    size_t row = 0;
    while (row + 1 < part->count && !holds(&part->rows[row].when, answers))
        row++;
    return part->rows[row].judgement;
}

const char *item_judgement(const struct instrument_form *form, const struct instrument_item *item,
                           const char *const *answers)
{
    const char *taken[MOST_QUESTIONS] = {NULL};
    int worst = 0;
    if (item->question_count == 0 || !take_answers(item, answers, taken))
        return NULL;
    for (size_t i = 0; i < item->part_count; i++) {
        int judged = judge_part(&item->parts[i], taken);
        worst = judged > worst ? judged : worst;
    }
    return form->judgements[worst];
}
