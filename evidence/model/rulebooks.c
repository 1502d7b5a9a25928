#include "evidence/model/rulebooks.h"

#include <stdlib.h>
#include <string.h>

#include "evidence/base/text.h"

static const char BOOKS[] = "rulebooks/";
static const char SAFE_USE[] = "safe-use/";
static const char PLACES[] = "places";

struct reading {
    const struct base *base;
    const char *directory;
    struct problems *problems;
};

static const char *file_of(const struct reading *reading, const char *name)
{
    struct arena *arena = reading->problems->arena;
    return reading->directory == NULL ? name
                                      : arena_printf(arena, "%s/%s.json", reading->directory, name);
}

/* A document as JSON, which the caller decrefs; NULL with a problem. */
static json_t *parse(const struct reading *reading, const struct document *document)
{
    return json_parse(document->text, document->length, file_of(reading, document->name),
                      reading->problems);
}

static bool starts_with(const char *text, const char *start)
{
    return strncmp(text, start, strlen(start)) == 0;
}

/* ---- one id, one row ---- */

static int by_text(const void *left, const void *right)
{
    return strcmp(*(const char *const *)left, *(const char *const *)right);
}

/* The id is the first member of every row. */
static void check_ids(const struct json_reader *at, const void *rows, size_t count, size_t size)
{
    const char **ids = arena_array(at->problems->arena, count, sizeof *ids);
    size_t known = 0;
    for (size_t i = 0; i < count; i++) {
        const char *const *id = (const void *)((const char *)rows + i * size);
        if (*id != NULL)
            ids[known++] = *id;
    }
    qsort(ids, known, sizeof *ids, by_text);
    for (size_t i = 1; i < known; i++)
        if (strcmp(ids[i], ids[i - 1]) == 0)
            json_problem(at, NULL, "the id \"%s\" stands twice", ids[i]);
}

#define CHECK_IDS(at, rows, count) check_ids(at, rows, count, sizeof *(rows))

/* ---- the books ---- */

typedef void book_reader(const struct json_reader *at, const struct base *base,
                         struct rulebooks *out);

static void read_red_flags(const struct json_reader *at, const struct base *base,
                           struct rulebooks *out)
{
    red_flags_read(at, base, &out->red_flags);
    CHECK_IDS(at, out->red_flags.items, out->red_flags.count);
}

static void read_stop_rules(const struct json_reader *at, const struct base *base,
                            struct rulebooks *out)
{
    stop_rules_read(at, base, &out->stop_rules);
    CHECK_IDS(at, out->stop_rules.items, out->stop_rules.count);
}

static void read_sign_words(const struct json_reader *at, const struct base *base,
                            struct rulebooks *out)
{
    (void)base;
    sign_words_read(at, &out->red_flags, &out->sign_words);
    CHECK_IDS(at, out->sign_words.concepts, out->sign_words.concept_count);
}

static void read_stop_model(const struct json_reader *at, const struct base *base,
                            struct rulebooks *out)
{
    stop_model_read(at, base, &out->thresholds, &out->stop_model);
}

static void read_drug_links(const struct json_reader *at, const struct base *base,
                            struct rulebooks *out)
{
    drug_links_read(at, base, &out->drug_links);
    CHECK_IDS(at, out->drug_links.items, out->drug_links.count);
}

static void read_medicines(const struct json_reader *at, const struct base *base,
                           struct rulebooks *out)
{
    medicines_read(at, base, &out->drug_links, &out->sign_words, &out->medicines);
    CHECK_IDS(at, out->medicines.items, out->medicines.count);
}

static void read_regulatory_actions(const struct json_reader *at, const struct base *base,
                                    struct rulebooks *out)
{
    regulatory_actions_read(at, base, &out->regulatory_actions);
    CHECK_IDS(at, out->regulatory_actions.items, out->regulatory_actions.count);
}

static void read_thresholds(const struct json_reader *at, const struct base *base,
                            struct rulebooks *out)
{
    thresholds_read(at, base, &out->thresholds);
    CHECK_IDS(at, out->thresholds.items, out->thresholds.count);
}

static void read_courses(const struct json_reader *at, const struct base *base,
                         struct rulebooks *out)
{
    courses_read(at, base, &out->courses);
    CHECK_IDS(at, out->courses.items, out->courses.count);
}

static void read_referral(const struct json_reader *at, const struct base *base,
                          struct rulebooks *out)
{
    (void)base;
    referral_read(at, &out->referral);
    CHECK_IDS(at, out->referral.muscles, out->referral.muscle_count);
    CHECK_IDS(at, out->referral.criteria, out->referral.criterion_count);
    CHECK_IDS(at, out->referral.arguments, out->referral.argument_count);
}

static void read_instruments(const struct json_reader *at, const struct base *base,
                             struct rulebooks *out)
{
    (void)base;
    instruments_read(at, &out->instruments);
    CHECK_IDS(at, out->instruments.items, out->instruments.count);
}

/* A book stands after those that it points into. */
static const struct book {
    const char *name;
    book_reader *read;
} books[] = {
    {"course", read_courses},          {"drug-links", read_drug_links},
    {"instruments", read_instruments}, {"red-flags", read_red_flags},
    {"referral", read_referral},       {"regulatory-actions", read_regulatory_actions},
    {"sign-words", read_sign_words},   {"medicines", read_medicines},
    {"stop-rules", read_stop_rules},   {"thresholds", read_thresholds},
    {"stop-model", read_stop_model},
};
enum { BOOK_COUNT = sizeof books / sizeof *books };

static const struct book *book_called(const char *name)
{
    for (size_t i = 0; i < BOOK_COUNT; i++)
        if (strcmp(books[i].name, name) == 0)
            return &books[i];
    return NULL;
}

static void read_book(const struct reading *reading, const struct book *book, struct rulebooks *out)
{
    const char *name = arena_printf(reading->problems->arena, "%s%s", BOOKS, book->name);
    const struct document *document = base_document(reading->base, name);
    if (document == NULL) {
        problems_add(reading->problems, file_of(reading, name), "",
                     "this rule book is missing beside the others");
        return;
    }
    json_t *value = parse(reading, document);
    struct json_reader at = json_root(value, file_of(reading, document->name), reading->problems);
    if (value != NULL)
        book->read(&at, reading->base, out);
    json_decref(value);
}

static void read_books(const struct reading *reading, struct rulebooks *out)
{
    for (size_t i = 0; i < BOOK_COUNT; i++)
        read_book(reading, &books[i], out);
}

static void refuse_unknown_book(const struct reading *reading, const struct document *document)
{
    if (book_called(document->name + strlen(BOOKS)) == NULL)
        problems_add(reading->problems, file_of(reading, document->name), "",
                     "no rule book has this name");
}

/* ---- the places of the body ---- */

static void read_places(const struct reading *reading, struct rulebooks *out)
{
    const struct document *document = base_document(reading->base, PLACES);
    json_t *value = document == NULL ? NULL : parse(reading, document);
    struct json_reader at = json_root(value, file_of(reading, PLACES), reading->problems);
    if (value == NULL)
        return;
    places_read(&at, reading->base, &out->red_flags, &out->referral, &out->places);
    CHECK_IDS(&at, out->places.items, out->places.count);
    json_decref(value);
}

/* ---- safe use ---- */

static void read_safe_use(const struct reading *reading, const struct document *document,
                          struct safe_use *out)
{
    const char *file = file_of(reading, document->name);
    json_t *value = parse(reading, document);
    struct json_reader at = json_root(value, file, reading->problems);
    if (value != NULL)
        safe_use_read(&at, reading->base, out);
    if (out->intervention != NULL &&
        strcmp(out->intervention, document->name + strlen(SAFE_USE)) != 0)
        json_problem(&at, "intervention", "the file of this intervention must be called %s.json",
                     out->intervention);
    json_decref(value);
}

/* ---- regions ---- */

static void read_regions(const struct reading *reading, struct regions *out)
{
    const struct document *document = base_document(reading->base, "regions");
    if (document == NULL)
        return;
    json_t *value = parse(reading, document);
    struct json_reader at = json_root(value, file_of(reading, document->name), reading->problems);
    if (value != NULL)
        regions_read(&at, reading->base, out);
    json_decref(value);
}

/* ---- all ---- */

static size_t count_documents(const struct base *base, const char *folder)
{
    size_t count = 0;
    for (size_t i = 0; i < base->document_count; i++)
        count += starts_with(base->documents[i].name, folder);
    return count;
}

const struct rulebooks *rulebooks_read(const struct base *base, const char *directory,
                                       struct problems *problems)
{
    struct reading reading = {.base = base, .directory = directory, .problems = problems};
    struct rulebooks *out = arena_alloc(problems->arena, sizeof *out);
    struct safe_use *uses =
        arena_array(problems->arena, count_documents(base, SAFE_USE), sizeof *uses);
    if (count_documents(base, BOOKS) > 0)
        read_books(&reading, out);
    read_places(&reading, out);
    read_regions(&reading, &out->regions);
    for (size_t i = 0; i < base->document_count; i++) {
        const struct document *document = &base->documents[i];
        if (starts_with(document->name, BOOKS))
            refuse_unknown_book(&reading, document);
        else if (starts_with(document->name, SAFE_USE))
            read_safe_use(&reading, document, &uses[out->safe_use_count++]);
    }
    out->safe_uses = uses; /* documents are sorted by name, so these are by intervention */
    return out;
}

const struct rulebooks *base_rulebooks(const struct base *base)
{
    static const struct rulebooks none = {0};
    return base->rulebooks == NULL ? &none : base->rulebooks;
}

const struct safe_use *rulebooks_safe_use(const struct rulebooks *rulebooks,
                                          const char *intervention)
{
    for (size_t i = 0; i < rulebooks->safe_use_count; i++)
        if (text_is(rulebooks->safe_uses[i].intervention, intervention))
            return &rulebooks->safe_uses[i];
    return NULL;
}
