#include "evidence/judgement/language/language.h"

#include "evidence/base/text.h"

#include <string.h>

bool roles_are_silent(unsigned roles)
{
    const unsigned silent = 1u << WORD_SKIPPED | 1u << WORD_SUBJECT | 1u << WORD_FILLER |
                            1u << WORD_ASKS | 1u << WORD_TRIES | 1u << WORD_HELPS |
                            1u << WORD_COMPARES | 1u << WORD_DEMOTES;
    return (roles & silent) != 0;
}

static const char *const role_keys[] = {
    [WORD_SKIPPED] = "skipped",   [WORD_SUBJECT] = "subjects",  [WORD_FILLER] = "filler",
    [WORD_NEUTRAL] = "neutral",   [WORD_ASKS] = "asks",         [WORD_TRIES] = "tries",
    [WORD_HELPS] = "helps",       [WORD_COMPARES] = "compares", [WORD_DEMOTES] = "demotes",
    [WORD_EVERYDAY] = "everyday", [WORD_ROLE_COUNT] = NULL,
};

static const char *const complaint_keys[] = {
    [COMPLAINT_PAIN] = "pain",           [COMPLAINT_KNOTS] = "knots",
    [COMPLAINT_ARTHRITIS] = "arthritis", [COMPLAINT_RECOVERY] = "recovery",
    [COMPLAINT_NONE] = "alone",          [COMPLAINT_COUNT] = NULL,
};

static const struct condition *get_condition(const struct json_reader *at, const char *key,
                                             enum need need, const struct base *base)
{
    const char *id = json_get_text(at, key, need);
    const struct condition *condition = id == NULL ? NULL : base_condition(base, id);
    if (id != NULL && condition == NULL)
        json_problem(at, key, "no condition \"%s\" in conditions.json", id);
    return condition;
}

static const struct condition *const *get_conditions(const struct json_reader *at, const char *key,
                                                     const struct base *base)
{
    const char *const *ids = json_get_texts(at, key);
    size_t count = 0;
    while (ids[count] != NULL)
        count++;
    const struct condition **conditions =
        arena_array(at->problems->arena, count + 1, sizeof(const struct condition *));
    size_t kept = 0;
    for (size_t i = 0; i < count; i++) {
        const struct condition *condition = base_condition(base, ids[i]);
        if (condition == NULL)
            json_problem(at, key, "no condition \"%s\" in conditions.json", ids[i]);
        else
            conditions[kept++] = condition;
    }
    return conditions;
}

/* A list that must be there and not empty. */
static const char *const *get_phrases(const struct json_reader *at, const char *key)
{
    if (json_get_length(at, key, REQUIRED) == 0 && json_has(at, key))
        json_problem(at, key, "must not be empty");
    return json_get_texts(at, key);
}

/* The stems of all words in a list of lines. */
static const char *const *get_words(const struct json_reader *at, const char *key, enum need need)
{
    struct arena *arena = at->problems->arena;
    const char *const *lines = need == REQUIRED ? get_phrases(at, key) : json_get_texts(at, key);
    size_t room = 1;
    for (const char *const *line = lines; *line != NULL; line++)
        room += strlen(*line) / 2 + 1;
    const char **stems = arena_array(arena, room, sizeof(const char *));
    size_t count = 0;
    for (const char *const *line = lines; *line != NULL; line++) {
        struct text_words words = text_cut(*line, strlen(*line), arena);
        for (size_t i = 0; i < words.count; i++)
            stems[count++] = words.items[i].stem;
    }
    return stems;
}

/* Calls `read` for each element of a list, into an array of entries of `size` bytes. */
typedef void entry_reader(const struct json_reader *at, const struct base *base, void *out);

static void *read_list(const struct json_reader *at, const char *key, const struct base *base,
                       size_t size, entry_reader *read, size_t *count)
{
    *count = json_get_length(at, key, REQUIRED);
    struct json_reader list = json_get_list(at, key);
    char *entries = arena_array(at->problems->arena, *count, size);
    for (size_t i = 0; i < *count; i++) {
        struct json_reader element = json_get_element(&list, i);
        read(&element, base, entries + i * size);
    }
    return entries;
}

static void read_words(const struct json_reader *root, struct language *out)
{
    struct json_reader words = json_get_object(root, "words", REQUIRED);
    if (words.value == NULL)
        return;
    json_fields(&words, role_keys);
    for (size_t i = 0; i < WORD_ROLE_COUNT; i++)
        out->words[i] = get_words(&words, role_keys[i], REQUIRED);
}

/* ---- also ---- */

static void read_also(const struct json_reader *at, const struct base *base, void *out)
{
    (void)base;
    json_fields(at, (const char *const[]){"id", "phrases", NULL});
    *(struct also *)out = (struct also){.id = json_get_text(at, "id", REQUIRED),
                                        .phrases = get_phrases(at, "phrases")};
}

static void *intervention_named(const struct base *base, const char *id)
{
    return (void *)base_intervention(base, id);
}

static void *condition_named(const struct base *base, const char *id)
{
    return (void *)base_condition(base, id);
}

static void *outcome_named(const struct base *base, const char *id)
{
    return (void *)base_outcome(base, id);
}

static struct also_list read_also_list(const struct json_reader *also, const char *key,
                                       const struct base *base,
                                       void *named(const struct base *, const char *))
{
    struct also_list list;
    list.items = read_list(also, key, base, sizeof *list.items, read_also, &list.count);
    for (size_t i = 0; i < list.count; i++)
        if (list.items[i].id != NULL && named(base, list.items[i].id) == NULL)
            json_problem(also, key, "no entry \"%s\" in the base", list.items[i].id);
    return list;
}

static void read_also_lists(const struct json_reader *root, const struct base *base,
                            struct language *out)
{
    struct json_reader also = json_get_object(root, "also", REQUIRED);
    if (also.value == NULL)
        return;
    json_fields(&also, (const char *const[]){"interventions", "conditions", "outcomes", NULL});
    out->also_interventions = read_also_list(&also, "interventions", base, intervention_named);
    out->also_conditions = read_also_list(&also, "conditions", base, condition_named);
    out->also_outcomes = read_also_list(&also, "outcomes", base, outcome_named);
}

/* ---- complaints and body parts ---- */

static void read_complaints(const struct json_reader *root, struct language *out)
{
    struct json_reader complaints = json_get_object(root, "complaints", REQUIRED);
    if (complaints.value == NULL)
        return;
    json_fields(&complaints, (const char *const[]){"pain", "knots", "arthritis", "recovery", NULL});
    for (size_t i = 0; i < COMPLAINT_NONE; i++)
        out->complaints[i] = get_phrases(&complaints, complaint_keys[i]);
}

static void read_body_part(const struct json_reader *at, const struct base *base, void *out)
{
    struct body_part *part = out;
    json_fields(at, (const char *const[]){"phrases", "pain", "knots", "arthritis", "recovery",
                                          "alone", "alone_after", "goes_with", NULL});
    part->phrases = get_phrases(at, "phrases");
    for (size_t i = 0; i < COMPLAINT_COUNT; i++)
        part->conditions[i] = get_condition(at, complaint_keys[i], OPTIONAL, base);
    part->alone_after = get_words(at, "alone_after", OPTIONAL);
    part->goes_with = json_get_texts(at, "goes_with");
    get_conditions(at, "goes_with", base);
}

static void read_general_condition(const struct json_reader *at, const struct base *base, void *out)
{
    json_fields(at, (const char *const[]){"id", "as", NULL});
    int as = json_get_choice(at, "as", REQUIRED, complaint_keys);
    *(struct general_condition *)out =
        (struct general_condition){.condition = get_condition(at, "id", REQUIRED, base),
                                   .as = as < 0 ? COMPLAINT_NONE : (enum complaint)as};
}

static void read_exercise(const struct json_reader *root, const struct base *base,
                          struct language *out)
{
    struct json_reader exercise = json_get_object(root, "after_exercise", REQUIRED);
    if (exercise.value == NULL)
        return;
    json_fields(&exercise, (const char *const[]){"phrases", "after", "condition", NULL});
    out->exercise = get_phrases(&exercise, "phrases");
    out->exercise_after = get_words(&exercise, "after", REQUIRED);
    out->exercise_condition = get_condition(&exercise, "condition", REQUIRED, base);
}

static void read_choice(const struct json_reader *at, const struct base *base, void *out)
{
    json_fields(at, (const char *const[]){"phrases", "conditions", NULL});
    *(struct choice *)out = (struct choice){.phrases = get_phrases(at, "phrases"),
                                            .conditions = get_conditions(at, "conditions", base)};
}

/* ---- duration ---- */

static void read_number(const struct json_reader *at, const struct base *base, void *out)
{
    (void)base;
    json_fields(at, (const char *const[]){"words", "value", NULL});
    *(struct amount *)out = (struct amount){.words = get_words(at, "words", REQUIRED),
                                            .value = json_get_number(at, "value", REQUIRED)};
}

static void read_unit(const struct json_reader *at, const struct base *base, void *out)
{
    (void)base;
    json_fields(at, (const char *const[]){"words", "days", NULL});
    *(struct amount *)out = (struct amount){.words = get_words(at, "words", REQUIRED),
                                            .value = json_get_number(at, "days", REQUIRED)};
}

static void read_split(const struct json_reader *at, const struct base *base, void *out)
{
    json_fields(at, (const char *const[]){"condition", "acute", "chronic", NULL});
    *(struct split_by_duration *)out =
        (struct split_by_duration){.condition = get_condition(at, "condition", REQUIRED, base),
                                   .acute = get_condition(at, "acute", REQUIRED, base),
                                   .chronic = get_condition(at, "chronic", REQUIRED, base)};
}

static void read_duration(const struct json_reader *root, const struct base *base,
                          struct language *out)
{
    struct json_reader at = json_get_object(root, "duration", REQUIRED);
    if (at.value == NULL)
        return;
    json_fields(&at, (const char *const[]){"acute", "chronic", "before", "after", "numbers",
                                           "units", "chronic_from_days", "conditions", NULL});
    out->acute = get_phrases(&at, "acute");
    out->chronic = get_phrases(&at, "chronic");
    out->duration_before = get_words(&at, "before", REQUIRED);
    out->duration_after = get_words(&at, "after", REQUIRED);
    out->numbers =
        read_list(&at, "numbers", base, sizeof *out->numbers, read_number, &out->number_count);
    out->units = read_list(&at, "units", base, sizeof *out->units, read_unit, &out->unit_count);
    out->chronic_from_days = json_get_number(&at, "chronic_from_days", REQUIRED);
    out->splits =
        read_list(&at, "conditions", base, sizeof *out->splits, read_split, &out->split_count);
}

/* ---- ordinary words ---- */

static void read_ordinary_entry(const struct json_reader *at, const struct base *base, void *out)
{
    (void)base;
    json_fields(at, (const char *const[]){"phrases", "sure", "not_after", "not_before", NULL});
    *(struct ordinary *)out =
        (struct ordinary){.phrases = get_phrases(at, "phrases"),
                          .sure = json_get_truth(at, "sure"),
                          .not_after = get_words(at, "not_after", OPTIONAL),
                          .not_before = get_words(at, "not_before", OPTIONAL)};
}

static void read_ordinary(const struct json_reader *root, const struct base *base,
                          struct language *out)
{
    struct json_reader at = json_get_object(root, "ordinary", REQUIRED);
    if (at.value == NULL)
        return;
    json_fields(&at, (const char *const[]){"not_after", "entries", NULL});
    out->ordinary_not_after = get_words(&at, "not_after", REQUIRED);
    out->ordinary = read_list(&at, "entries", base, sizeof *out->ordinary, read_ordinary_entry,
                              &out->ordinary_count);
}

static void read_root(const struct json_reader *root, const struct base *base, struct language *out)
{
    if (!json_fields(root, (const char *const[]){"words", "also", "complaints", "body_parts",
                                                 "general_conditions", "after_exercise", "choices",
                                                 "duration", "ordinary", "other_treatments",
                                                 "other_conditions", NULL}))
        return;
    read_words(root, out);
    read_also_lists(root, base, out);
    read_complaints(root, out);
    out->body_parts = read_list(root, "body_parts", base, sizeof *out->body_parts, read_body_part,
                                &out->body_part_count);
    out->general_conditions =
        read_list(root, "general_conditions", base, sizeof *out->general_conditions,
                  read_general_condition, &out->general_condition_count);
    read_exercise(root, base, out);
    out->choices =
        read_list(root, "choices", base, sizeof *out->choices, read_choice, &out->choice_count);
    read_duration(root, base, out);
    read_ordinary(root, base, out);
    out->other_treatments = get_phrases(root, "other_treatments");
    out->other_conditions = get_phrases(root, "other_conditions");
}

void language_read(const struct base *base, struct language *out, struct problems *problems)
{
    *out = (struct language){0};
    const struct document *document = base_document(base, "language");
    if (document == NULL) {
        problems_add(problems, "language.json", "", "missing; questions cannot be read without it");
        return;
    }
    json_t *value = json_parse(document->text, document->length, "language.json", problems);
    if (value == NULL)
        return;
    struct json_reader root = json_root(value, "language.json", problems);
    read_root(&root, base, out);
    json_decref(value);
}
