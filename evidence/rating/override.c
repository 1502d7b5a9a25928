#include "evidence/rating/override.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "evidence/rating/verdict.h"

static const char *const document_name = "overrides";

/* ---- reading ---- */

static void read_override(const struct json_reader *at, struct verdict_override *out)
{
    json_fields(at, (const char *const[]){"question", "verdict", "reason", "by", "date", NULL});
    *out = (struct verdict_override){
        .question = json_get_text(at, "question", REQUIRED),
        .verdict = json_get_text(at, "verdict", REQUIRED),
        .reason = json_get_text(at, "reason", REQUIRED),
        .by = json_get_text(at, "by", REQUIRED),
        .date = json_get_text(at, "date", REQUIRED),
    };
}

static int by_question(const void *left, const void *right)
{
    const struct verdict_override *a = left;
    const struct verdict_override *b = right;
    return strcmp(a->question, b->question);
}

static void refuse_doubles(const struct overrides *overrides, struct problems *problems)
{
    for (size_t i = 1; i < overrides->count; i++)
        if (by_question(&overrides->items[i - 1], &overrides->items[i]) == 0)
            problems_add(problems, document_name, "/overrides", "%s stands twice",
                         overrides->items[i].question);
}

static struct overrides read_list(const struct json_reader *root)
{
    struct overrides none = {NULL, 0};
    struct problems *problems = root->problems;
    size_t before = problems->count;
    json_fields(root, (const char *const[]){"overrides", NULL});
    size_t count = json_get_length(root, "overrides", REQUIRED);
    struct json_reader list = json_get_list(root, "overrides");
    struct verdict_override *items = arena_array(problems->arena, count, sizeof *items);
    for (size_t i = 0; i < count; i++) {
        struct json_reader at = json_get_element(&list, i);
        read_override(&at, &items[i]);
    }
    if (problems->count > before)
        return none; /* some may lack their question */
    qsort(items, count, sizeof *items, by_question);
    struct overrides all = {items, count};
    refuse_doubles(&all, problems);
    return all;
}

struct overrides overrides_read(const struct base *base, struct problems *problems)
{
    struct overrides all = {NULL, 0};
    const struct document *document = base_document(base, document_name);
    if (document == NULL)
        return all;
    json_t *value = json_parse(document->text, document->length, document_name, problems);
    if (value == NULL)
        return all;
    struct json_reader root = json_root(value, document_name, problems);
    all = read_list(&root);
    json_decref(value);
    return all;
}

const struct verdict_override *override_of(const struct overrides *overrides, const char *question)
{
    const struct verdict_override key = {.question = question};
    return overrides->count == 0 ? NULL
                                 : bsearch(&key, overrides->items, overrides->count,
                                           sizeof *overrides->items, by_question);
}

const char *override_sentence(const struct verdict_override *override, struct arena *arena)
{
    const char *reason = override->reason;
    size_t length = strlen(reason);
    bool stops =
        reason[length - 1] == '.' || reason[length - 1] == '!' || reason[length - 1] == '?';
    return arena_printf(arena,
                        "A curator judges otherwise: \"%s\" (%s, %s). The reason: %s%s The verdict "
                        "above is what the rules make of the studies, and stands.",
                        verdict_badge(override->verdict), override->by, override->date, reason,
                        stops ? "" : ".");
}

/* ---- checking ---- */

/* True if some class with some certainty reads so against this comparator. */
static bool is_possible(const char *verdict, enum comparator_class comparator)
{
    for (int class = CLASS_BENEFIT; class < CLASS_NONE; class ++)
        for (int level = CERTAINTY_VERY_LOW; level <= CERTAINTY_HIGH; level++)
            if (strcmp(verdict, verdict_word((enum effect_class) class, (enum certainty_level)level,
                                             comparator)) == 0)
                return true;
    return false;
}

static bool is_date(const char *text)
{
    static const char form[] = "dddd-dd-dd";
    size_t i = 0;
    for (; form[i] != '\0'; i++)
        if (form[i] == 'd' ? !isdigit((unsigned char)text[i]) : text[i] != form[i])
            return false;
    return text[i] == '\0';
}

static bool is_blank(const char *text)
{
    return text[strspn(text, " \t\r\n")] == '\0';
}

const char *override_fault(const struct verdict_override *override, const struct question *question,
                           struct arena *arena)
{
    if (question->outcome->kind == OUTCOME_HARM)
        return "a harm gets no verdict, and so none in its place";
    if (!is_possible(override->verdict, question->comparator_class))
        return arena_printf(arena, "\"%s\" is no verdict that a question against %s can have",
                            override->verdict, comparator_class_names[question->comparator_class]);
    if (is_blank(override->reason))
        return "an override needs a reason";
    if (is_blank(override->by))
        return "an override needs somebody who says so";
    if (!is_date(override->date))
        return arena_printf(arena, "\"%s\" is no date such as 2026-11-22", override->date);
    return NULL;
}

static int by_id(const void *left, const void *right)
{
    return strcmp(((const struct open_question *)left)->question.id,
                  ((const struct open_question *)right)->question.id);
}

void overrides_check(const struct overrides *overrides, const struct open_question *questions,
                     size_t count, struct problems *problems)
{
    for (size_t i = 0; i < overrides->count; i++) {
        const struct verdict_override *one = &overrides->items[i];
        const struct open_question key = {.question.id = one->question};
        const struct open_question *found =
            count == 0 ? NULL : bsearch(&key, questions, count, sizeof *questions, by_id);
        const char *pointer = arena_printf(problems->arena, "/overrides: %s", one->question);
        const char *fault = found == NULL ? "nothing in the base speaks to this question"
                                          : override_fault(one, &found->question, problems->arena);
        if (fault != NULL)
            problems_add(problems, document_name, pointer, "%s", fault);
    }
}

/* ---- writing ---- */

void overrides_write(const struct overrides *overrides, struct json_writer *writer)
{
    json_begin_object(writer);
    json_field_array(writer, document_name);
    for (size_t i = 0; i < overrides->count; i++) {
        const struct verdict_override *one = &overrides->items[i];
        json_begin_object(writer);
        json_field_text(writer, "question", one->question);
        json_field_text(writer, "verdict", one->verdict);
        json_field_text(writer, "reason", one->reason);
        json_field_text(writer, "by", one->by);
        json_field_text(writer, "date", one->date);
        json_end_object(writer);
    }
    json_end_array(writer);
    json_end_object(writer);
}
