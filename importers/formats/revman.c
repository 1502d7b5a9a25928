#include "importers/formats/revman.h"

#include <string.h>

#include "importers/formats/date_text.h"
#include "importers/formats/revman_parts.h"
#include "importers/intake/identifier.h"

/* ---- what is kept ---- */

/* One review holds no more text than a record may. */
static bool within_limit(struct xml *xml, const struct xml_record *review)
{
    if (review->bytes <= FORMAT_RECORD_MOST)
        return true;
    xml_fail(xml, ERROR_LIMIT, "the review holds more than %d bytes of text", FORMAT_RECORD_MOST);
    return false;
}

const char *revman_keep(struct xml *xml, struct revman_reading *reading, const char *text)
{
    const char *kept = xml_record_text(&reading->revman.review, text);
    return within_limit(xml, &reading->revman.review) ? kept : NULL;
}

const char *revman_attribute(struct xml *xml, struct revman_reading *reading, const char *name)
{
    size_t length;
    xml_attribute(xml, name, &length);
    struct xml_record *review = &reading->revman.review;
    review->bytes += length;
    if (length == 0 || !within_limit(xml, review))
        return NULL;
    return xml_attribute_text(xml, name, review->arena);
}

int revman_year(const char *text)
{
    int year = date_read(text, DATE_ORDER_UNKNOWN).year;
    return year == 0 ? COUNT_UNKNOWN : year;
}

void *revman_one_more(struct xml *xml, struct vector *vector, size_t size)
{
    if (vector->count < REVMAN_ROWS_MOST)
        return vector_add(vector, size);
    xml_fail(xml, ERROR_LIMIT, "there are more than %d of these in one review", REVMAN_ROWS_MOST);
    return NULL;
}

void revman_take(struct xml *xml, void *context, const char *text)
{
    struct revman_reading *reading = context;
    *(const char **)(void *)((char *)reading + xml_what(xml)) = revman_keep(xml, reading, text);
}

/* ---- the review ---- */

static void begin_review(struct xml *xml, void *context)
{
    struct revman_reading *reading = context;
    struct revman *revman = &reading->revman;
    struct record *record = &revman->review.record;
    xml_record_begin(&revman->review, "revman");
    revman->begun = true;
    revman->id = revman_attribute(xml, reading, "ID");
    revman->is_protocol = xml_attribute_is(xml, "STAGE", "P");
    const char *doi = revman_attribute(xml, reading, "DOI");
    record->doi = doi == NULL ? NULL : identifier_doi(doi, reading->revman.review.arena);
    xml_record_add(&revman->review, XML_RECORD_PUBLICATION_TYPES,
                   revman->is_protocol ? "Protocol of a review" : "Review");
    if (xml_attribute_is(xml, "STAGE", "R")) {
        record->machine.design_known = true;
        record->machine.design = DESIGN_SYSTEMATIC_REVIEW;
        record->machine.design_from = "a Review Manager file in the stage of a review";
    }
}

static void begin_person(struct xml *xml, void *context)
{
    struct revman_reading *reading = context;
    reading->author = (struct author){0};
    reading->middle = NULL;
    if (!xml_attribute_is(xml, "ROLE", "AUTHOR"))
        xml_skip(xml);
}

static void end_person(struct xml *xml, void *context, const char *text)
{
    (void)xml;
    (void)text;
    struct revman_reading *reading = context;
    struct author *author = &reading->author;
    if (author->given != NULL && reading->middle != NULL)
        author->given =
            arena_printf(reading->revman.review.arena, "%s %s", author->given, reading->middle);
    xml_record_author(&reading->revman.review, author);
}

/* The issue that is cited, else the one it first appeared in. */
static void begin_issue(struct xml *xml, void *context)
{
    struct revman_reading *reading = context;
    struct record *record = &reading->revman.review.record;
    const char *year = revman_attribute(xml, reading, "YEAR");
    struct date date = {.year = revman_year(year)};
    if (date.year == COUNT_UNKNOWN)
        return;
    record->year = date.year;
    record->date = date_write(date, reading->revman.review.arena);
}

/* `what` is the place in these. */
static const char *const sections[] = {
    "BACKGROUND",
    "OBJECTIVES",
    "SEARCH METHODS",
    "SELECTION CRITERIA",
    "DATA COLLECTION AND ANALYSIS",
    "MAIN RESULTS",
    "AUTHORS' CONCLUSIONS",
};

static void take_section(struct xml *xml, void *context, const char *text)
{
    struct revman_reading *reading = context;
    struct buffer *abstract = &reading->abstract;
    if (*text == '\0' || abstract->length > FORMAT_FIELD_MOST)
        return;
    buffer_printf(abstract, "%s%s: ", abstract->length > 0 ? "\n" : "", sections[xml_what(xml)]);
    buffer_text(abstract, text);
}

static void take_keyword(struct xml *xml, void *context, const char *text)
{
    struct revman_reading *reading = context;
    xml_record_add(&reading->revman.review, XML_RECORD_KEYWORDS, revman_keep(xml, reading, text));
}

/* ---- what stands where ---- */

#define PLACE(member)       offsetof(struct revman_reading, member)
#define TEXT(tag, function) .name = (tag), .text = true, .end = (function)

static const struct xml_rule person[] = {
    {TEXT("LAST_NAME", revman_take), .what = PLACE(author.family)},
    {TEXT("FIRST_NAME", revman_take), .what = PLACE(author.given)},
    {TEXT("MIDDLE_INITIALS", revman_take), .what = PLACE(middle)},
    {.name = NULL},
};

static const struct xml_rule creators[] = {
    {.name = "PERSON", .within = person, .begin = begin_person, .end = end_person},
    {.name = NULL},
};

static const struct xml_rule dates[] = {
    {.name = "REVIEW_PUBLISHED", .begin = begin_issue},
    {.name = "LAST_CITATION_ISSUE", .begin = begin_issue},
    {.name = NULL},
};

static const struct xml_rule keywords[] = {
    {TEXT("KEYWORD", take_keyword)},
    {.name = NULL},
};

static const struct xml_rule cover_sheet[] = {
    {TEXT("TITLE", revman_take), .what = PLACE(revman.review.record.title)},
    {.name = "CREATORS", .within = creators},
    {.name = "DATES", .within = dates},
    {.name = "KEYWORDS", .within = keywords},
    {.name = NULL},
};

static const struct xml_rule abstract[] = {
    {TEXT("ABS_BACKGROUND", take_section), .what = 0},
    {TEXT("ABS_OBJECTIVES", take_section), .what = 1},
    {TEXT("ABS_SEARCH_STRATEGY", take_section), .what = 2},
    {TEXT("ABS_SELECTION_CRITERIA", take_section), .what = 3},
    {TEXT("ABS_DATA_COLLECTION", take_section), .what = 4},
    {TEXT("ABS_RESULTS", take_section), .what = 5},
    {TEXT("ABS_CONCLUSIONS", take_section), .what = 6},
    {.name = NULL},
};

static const struct xml_rule main_text[] = {
    {.name = "ABSTRACT", .within = abstract},
    {.name = NULL},
};

static const struct xml_rule review[] = {
    {.name = "COVER_SHEET", .within = cover_sheet},
    {.name = "MAIN_TEXT", .within = main_text},
    {.name = "STUDIES_AND_REFERENCES", .within = revman_studies_rules},
    {.name = "CHARACTERISTICS_OF_STUDIES", .within = revman_characteristics_rules},
    {.name = "QUALITY_ITEMS", .within = revman_items_rules},
    {.name = "ANALYSES_AND_DATA", .within = revman_analyses_rules},
    {.name = NULL},
};

static const struct xml_rule roots[] = {
    {.name = "COCHRANE_REVIEW", .within = review, .begin = begin_review},
    {.name = NULL},
};

/* ---- the format ---- */

static int recognise(const char *head, size_t length)
{
    char name[XML_NAME_SIZE];
    return xml_root(head, length, name) && strcmp(name, "COCHRANE_REVIEW") == 0 ? 100 : 0;
}

static void release(struct revman_reading *reading)
{
    vector_release(&reading->revman.studies);
    vector_release(&reading->revman.references);
    vector_release(&reading->revman.registrations);
    vector_release(&reading->revman.reasons);
    vector_release(&reading->revman.rows);
    vector_release(&reading->revman.judgements);
    xml_record_release(&reading->revman.review);
    buffer_release(&reading->abstract);
}

/* What was whole before a fault is handed on; the fault is told then. */
static bool read(struct input *input, const struct record_sink *sink,
                 const struct format_warnings *warnings, struct format_counts *counts,
                 struct error *err)
{
    struct revman_reading reading = {.revman = {.begun = false}};
    struct revman *revman = &reading.revman;
    struct error fault = {0};
    xml_record_init(&revman->review);
    bool good = xml_read(input, roots, &reading, warnings, &fault);
    if (revman->begun) {
        revman->review.record.abstract =
            xml_record_text(&revman->review, buffer_string(&reading.abstract));
        good = revman_hand_on(revman, input_name(input), sink, warnings, counts, err) && good;
    }
    release(&reading);
    return good || error_set(err, fault.kind, "%s", fault.message);
}

const struct format format_revman = {
    .name = "revman",
    .title = "Review Manager 5 (.rm5)",
    .recognise = recognise,
    .read = read,
};
