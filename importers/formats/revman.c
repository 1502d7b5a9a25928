#include "importers/formats/revman.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "evidence/base/buffer.h"
#include "importers/formats/date_text.h"
#include "importers/formats/revman_parts.h"
#include "importers/formats/xml.h"
#include "importers/intake/identifier.h"

enum { NUMBER_SIZE = 64, GROUPS_MOST = 64 };

/* What is being read: the review so far, and the parts that are open. */
struct reading {
    struct revman revman;
    struct author author;
    const char *middle;
    struct buffer abstract;
    struct revman_study *study;         /* the last one */
    struct revman_reference *reference; /* NULL outside one: identifiers are the study's */
    const char *char_study;             /* whom the characteristics are about */
    struct revman_judgement judgement;
    const char *item;
    struct {
        const char *id;
        const char *name;
    } groups[GROUPS_MOST]; /* of outcomes, of one item */
    size_t group_count;
    struct revman_outcome outcome;
    struct revman_figures total;    /* of the outcome */
    struct revman_figures subtotal; /* of the subgroup */
    bool shows_total;
    bool shows_subtotals;
};

static struct arena *arena_of(struct reading *reading)
{
    return reading->revman.review.arena;
}

/* One review holds no more text than a record may. */
static bool within_limit(struct xml *xml, const struct xml_record *review)
{
    if (review->bytes <= FORMAT_RECORD_MOST)
        return true;
    xml_fail(xml, ERROR_LIMIT, "the review holds more than %d bytes of text", FORMAT_RECORD_MOST);
    return false;
}

/* A text that stays. */
static const char *keep(struct xml *xml, struct reading *reading, const char *text)
{
    const char *kept = xml_record_text(&reading->revman.review, text);
    return within_limit(xml, &reading->revman.review) ? kept : NULL;
}

static const char *attribute(struct xml *xml, struct reading *reading, const char *name)
{
    size_t length;
    xml_attribute(xml, name, &length);
    struct xml_record *review = &reading->revman.review;
    review->bytes += length;
    if (length == 0 || !within_limit(xml, review))
        return NULL;
    return xml_attribute_text(xml, name, review->arena);
}

/* NAN for an empty cell and for anything that is no number. */
static double number(const struct xml *xml, const char *name)
{
    char text[NUMBER_SIZE];
    size_t length;
    const char *value = xml_attribute(xml, name, &length);
    if (length == 0 || length >= sizeof text)
        return NAN;
    memcpy(text, value, length);
    text[length] = '\0';
    if (strspn(text, "0123456789+-.eE") != length)
        return NAN;
    char *end;
    double result = strtod(text, &end);
    return *end == '\0' && isfinite(result) ? result : NAN;
}

static int year_of(const char *text)
{
    int year = date_read(text, DATE_ORDER_UNKNOWN).year;
    return year == 0 ? COUNT_UNKNOWN : year;
}

/* One more of something that a file has many of; NULL ends the reading. */
static void *one_more(struct xml *xml, struct vector *vector, size_t size)
{
    if (vector->count < REVMAN_ROWS_MOST)
        return vector_add(vector, size);
    xml_fail(xml, ERROR_LIMIT, "there are more than %d of these in one review", REVMAN_ROWS_MOST);
    return NULL;
}

/* ---- fields that are texts: `what` is the place in struct reading ---- */

static void take(struct xml *xml, void *context, const char *text)
{
    struct reading *reading = context;
    *(const char **)(void *)((char *)reading + xml_what(xml)) = keep(xml, reading, text);
}

/* ---- the review ---- */

static void begin_review(struct xml *xml, void *context)
{
    struct reading *reading = context;
    struct revman *revman = &reading->revman;
    struct record *record = &revman->review.record;
    xml_record_begin(&revman->review, "revman");
    revman->begun = true;
    revman->id = attribute(xml, reading, "ID");
    revman->is_protocol = xml_attribute_is(xml, "STAGE", "P");
    const char *doi = attribute(xml, reading, "DOI");
    record->doi = doi == NULL ? NULL : identifier_doi(doi, arena_of(reading));
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
    struct reading *reading = context;
    reading->author = (struct author){0};
    reading->middle = NULL;
    if (!xml_attribute_is(xml, "ROLE", "AUTHOR"))
        xml_skip(xml);
}

static void end_person(struct xml *xml, void *context, const char *text)
{
    (void)xml;
    (void)text;
    struct reading *reading = context;
    struct author *author = &reading->author;
    if (author->given != NULL && reading->middle != NULL)
        author->given = arena_printf(arena_of(reading), "%s %s", author->given, reading->middle);
    xml_record_author(&reading->revman.review, author);
}

/* The issue that is cited, else the one it first appeared in. */
static void begin_issue(struct xml *xml, void *context)
{
    struct reading *reading = context;
    struct record *record = &reading->revman.review.record;
    const char *year = attribute(xml, reading, "YEAR");
    struct date date = {.year = year_of(year)};
    if (date.year == COUNT_UNKNOWN)
        return;
    record->year = date.year;
    record->date = date_write(date, arena_of(reading));
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
    struct reading *reading = context;
    struct buffer *abstract = &reading->abstract;
    if (*text == '\0' || abstract->length > FORMAT_FIELD_MOST)
        return;
    buffer_printf(abstract, "%s%s: ", abstract->length > 0 ? "\n" : "", sections[xml_what(xml)]);
    buffer_text(abstract, text);
}

static void take_keyword(struct xml *xml, void *context, const char *text)
{
    struct reading *reading = context;
    xml_record_add(&reading->revman.review, XML_RECORD_KEYWORDS, keep(xml, reading, text));
}

/* ---- studies and their references ---- */

/* `what` is the decision. */
static void begin_study(struct xml *xml, void *context)
{
    struct reading *reading = context;
    struct revman *revman = &reading->revman;
    struct revman_study *study = one_more(xml, &revman->studies, sizeof *study);
    if (study == NULL)
        return;
    *study = (struct revman_study){
        .id = attribute(xml, reading, "ID"),
        .name = attribute(xml, reading, "NAME"),
        .year = year_of(attribute(xml, reading, "YEAR")),
        .decision = (enum revman_decision)xml_what(xml),
        .first_reference = revman->references.count,
        .first_registration = revman->registrations.count,
    };
    reading->study = study;
    reading->reference = NULL;
}

static void begin_reference(struct xml *xml, void *context)
{
    struct reading *reading = context;
    struct revman_reference *reference =
        one_more(xml, &reading->revman.references, sizeof *reference);
    if (reference == NULL)
        return;
    *reference = (struct revman_reference){.primary = xml_attribute_is(xml, "PRIMARY", "YES")};
    reading->study->reference_count++;
    reading->reference = reference;
}

static void end_reference(struct xml *xml, void *context, const char *text)
{
    (void)xml;
    (void)text;
    struct reading *reading = context;
    reading->reference = NULL;
}

/* `what` is the place in struct revman_reference. */
static void take_of_reference(struct xml *xml, void *context, const char *text)
{
    struct reading *reading = context;
    if (reading->reference != NULL)
        *(const char **)(void *)((char *)reading->reference + xml_what(xml)) =
            keep(xml, reading, text);
}

static void add_registration(struct xml *xml, struct reading *reading, const char *value)
{
    const char *number = identifier_registration(value, arena_of(reading));
    const char **item =
        number == NULL ? NULL : one_more(xml, &reading->revman.registrations, sizeof *item);
    if (item == NULL)
        return;
    *item = number;
    reading->study->registration_count++;
}

/* Of 8 digits it may be one of the numbers that MEDLINE had before there were PMIDs. */
static bool may_be_pmid(struct xml *xml, const char *value)
{
    return xml_attribute_is(xml, "TYPE", "PUBMED") || xml_attribute_is(xml, "TYPE", "PubMed") ||
           (xml_attribute_is(xml, "TYPE", "MEDLINE") && strlen(value) < 8);
}

/* Publications have DOI and PMID; what names the trial is a registration, wherever it stands. */
static void begin_identifier(struct xml *xml, void *context)
{
    struct reading *reading = context;
    struct revman_reference *reference = reading->reference;
    const char *value = attribute(xml, reading, "VALUE");
    if (value == NULL)
        return;
    if (reference != NULL && may_be_pmid(xml, value))
        reference->pmid = identifier_pmid(value, arena_of(reading));
    else if (reference != NULL && xml_attribute_is(xml, "TYPE", "DOI"))
        reference->doi = identifier_doi(value, arena_of(reading));
    else if (reference != NULL && strncasecmp(value, "PMC", 3) == 0)
        reference->pmcid = identifier_pmcid(value, arena_of(reading));
    else
        add_registration(xml, reading, value);
}

static void begin_excluded(struct xml *xml, void *context)
{
    struct reading *reading = context;
    reading->char_study = attribute(xml, reading, "STUDY_ID");
}

static void take_reason(struct xml *xml, void *context, const char *text)
{
    struct reading *reading = context;
    struct revman_reason *reason = reading->char_study == NULL
                                       ? NULL
                                       : one_more(xml, &reading->revman.reasons, sizeof *reason);
    if (reason != NULL)
        *reason = (struct revman_reason){reading->char_study, keep(xml, reading, text)};
}

/* ---- risk of bias ---- */

static void begin_item(struct xml *xml, void *context)
{
    (void)xml;
    struct reading *reading = context;
    reading->item = NULL;
    reading->group_count = 0;
}

static void begin_group(struct xml *xml, void *context)
{
    struct reading *reading = context;
    if (reading->group_count >= GROUPS_MOST) {
        xml_skip(xml);
        return;
    }
    reading->groups[reading->group_count].id = attribute(xml, reading, "ID");
    reading->groups[reading->group_count].name = NULL;
}

static void take_group_name(struct xml *xml, void *context, const char *text)
{
    struct reading *reading = context;
    reading->groups[reading->group_count].name = keep(xml, reading, text);
}

static void end_group(struct xml *xml, void *context, const char *text)
{
    (void)xml;
    (void)text;
    struct reading *reading = context;
    reading->group_count++;
}

static const char *group_named(const struct reading *reading, const char *id)
{
    for (size_t i = 0; id != NULL && i < reading->group_count; i++)
        if (reading->groups[i].id != NULL && strcmp(reading->groups[i].id, id) == 0)
            return reading->groups[i].name;
    return NULL;
}

/* The answer is to "was it done well?": YES is a low risk of bias. */
static const char *judgement_in(const struct xml *xml)
{
    return xml_attribute_is(xml, "RESULT", "YES")       ? "low"
           : xml_attribute_is(xml, "RESULT", "NO")      ? "high"
           : xml_attribute_is(xml, "RESULT", "UNKNOWN") ? "unclear"
                                                        : NULL;
}

static void begin_judgement(struct xml *xml, void *context)
{
    struct reading *reading = context;
    reading->judgement = (struct revman_judgement){
        .study = attribute(xml, reading, "STUDY_ID"),
        .judgement =
            {
                .item = reading->item,
                .outcomes = group_named(reading, attribute(xml, reading, "GROUP_ID")),
                .judgement = judgement_in(xml),
            },
    };
    if (reading->judgement.judgement.judgement == NULL || reading->judgement.study == NULL)
        xml_skip(xml);
}

static void end_judgement(struct xml *xml, void *context, const char *text)
{
    (void)text;
    struct reading *reading = context;
    struct revman_judgement *judgement =
        one_more(xml, &reading->revman.judgements, sizeof *judgement);
    if (judgement != NULL)
        *judgement = reading->judgement;
}

/* ---- analyses ---- */

static struct revman_figures figures_in(const struct xml *xml)
{
    return (struct revman_figures){
        .estimable = !xml_attribute_is(xml, "ESTIMABLE", "NO"),
        .effect = number(xml, "EFFECT_SIZE"),
        .low = number(xml, "CI_START"),
        .high = number(xml, "CI_END"),
        .se = number(xml, "SE"),
        .p = number(xml, "P_Z"),
        .total = {number(xml, "TOTAL_1"), number(xml, "TOTAL_2")},
        .events = {number(xml, "EVENTS_1"), number(xml, "EVENTS_2")},
        .mean = {number(xml, "MEAN_1"), number(xml, "MEAN_2")},
        .sd = {number(xml, "SD_1"), number(xml, "SD_2")},
    };
}

/* `study` NULL: the review's own. */
static void add_row(struct xml *xml, struct reading *reading, const struct revman_figures *figures,
                    const char *study)
{
    const struct revman_outcome *outcome = &reading->outcome;
    double level = study == NULL ? outcome->total_level : outcome->row_level;
    struct record_result result;
    if (!revman_result(outcome, figures, level, arena_of(reading), &result))
        return;
    struct revman_row *row = one_more(xml, &reading->revman.rows, sizeof *row);
    if (row != NULL)
        *row = (struct revman_row){.study = study, .result = result};
}

static void begin_comparison(struct xml *xml, void *context)
{
    (void)xml;
    struct reading *reading = context;
    reading->outcome = (struct revman_outcome){0};
}

/* `what` is the kind of data. */
static void begin_outcome(struct xml *xml, void *context)
{
    struct reading *reading = context;
    reading->outcome = (struct revman_outcome){
        .data = (enum revman_data)xml_what(xml),
        .comparison = reading->outcome.comparison,
        .unit = attribute(xml, reading, "UNITS"),
        .measure = attribute(xml, reading, "EFFECT_MEASURE"),
        .row_level = number(xml, "CI_STUDY"),
        .total_level = number(xml, "CI_TOTAL"),
        .swapped = xml_attribute_is(xml, "SWAP_EVENTS", "YES"),
        .turned_back = xml_attribute_is(xml, "LOG_DATA", "YES"),
    };
    reading->total = figures_in(xml);
    reading->shows_total = xml_attribute_is(xml, "TOTALS", "YES");
    reading->shows_subtotals = reading->shows_total || xml_attribute_is(xml, "TOTALS", "SUB");
}

static void end_outcome(struct xml *xml, void *context, const char *text)
{
    (void)text;
    struct reading *reading = context;
    if (reading->shows_total)
        add_row(xml, reading, &reading->total, NULL);
}

static void begin_subgroup(struct xml *xml, void *context)
{
    struct reading *reading = context;
    reading->subtotal = figures_in(xml);
    reading->outcome.subgroup = NULL;
}

static void end_subgroup(struct xml *xml, void *context, const char *text)
{
    (void)text;
    struct reading *reading = context;
    if (reading->shows_subtotals)
        add_row(xml, reading, &reading->subtotal, NULL);
    reading->outcome.subgroup = NULL;
}

static void begin_row(struct xml *xml, void *context)
{
    struct reading *reading = context;
    const char *study = attribute(xml, reading, "STUDY_ID");
    struct revman_figures figures = figures_in(xml);
    if (study != NULL)
        add_row(xml, reading, &figures, study);
}

/* ---- what stands where ---- */

#define PLACE(member)        offsetof(struct reading, member)
#define OF_REFERENCE(member) offsetof(struct revman_reference, member)
#define TEXT(tag, function)  .name = tag, .text = true, .end = function

static const struct xml_rule person[] = {
    {TEXT("LAST_NAME", take), .what = PLACE(author.family)},
    {TEXT("FIRST_NAME", take), .what = PLACE(author.given)},
    {TEXT("MIDDLE_INITIALS", take), .what = PLACE(middle)},
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
    {TEXT("TITLE", take), .what = PLACE(revman.review.record.title)},
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

static const struct xml_rule identifiers[] = {
    {.name = "IDENTIFIER", .begin = begin_identifier},
    {.name = NULL},
};

static const struct xml_rule reference[] = {
    {TEXT("AU", take_of_reference), .what = OF_REFERENCE(authors)},
    {TEXT("TI", take_of_reference), .what = OF_REFERENCE(title)},
    {TEXT("TO", take_of_reference), .what = OF_REFERENCE(original_title)},
    {TEXT("SO", take_of_reference), .what = OF_REFERENCE(journal)},
    {TEXT("YR", take_of_reference), .what = OF_REFERENCE(year)},
    {TEXT("VL", take_of_reference), .what = OF_REFERENCE(volume)},
    {TEXT("NO", take_of_reference), .what = OF_REFERENCE(issue)},
    {TEXT("PG", take_of_reference), .what = OF_REFERENCE(pages)},
    {.name = "IDENTIFIERS", .within = identifiers},
    {.name = NULL},
};

static const struct xml_rule study[] = {
    {.name = "REFERENCE", .within = reference, .begin = begin_reference, .end = end_reference},
    {.name = "IDENTIFIERS", .within = identifiers},
    {.name = NULL},
};

#define STUDIES(decision)                                                                          \
    {                                                                                              \
        {.name = "STUDY", .within = study, .begin = begin_study, .what = decision},                \
        {                                                                                          \
            .name = NULL                                                                           \
        }                                                                                          \
    }

static const struct xml_rule included[] = STUDIES(REVMAN_INCLUDED);
static const struct xml_rule excluded[] = STUDIES(REVMAN_EXCLUDED);
static const struct xml_rule awaiting[] = STUDIES(REVMAN_AWAITING);
static const struct xml_rule ongoing[] = STUDIES(REVMAN_ONGOING);

static const struct xml_rule studies[] = {
    {.name = "INCLUDED_STUDIES", .within = included},
    {.name = "EXCLUDED_STUDIES", .within = excluded},
    {.name = "AWAITING_STUDIES", .within = awaiting},
    {.name = "ONGOING_STUDIES", .within = ongoing},
    {.name = NULL},
};

static const struct xml_rule studies_and_references[] = {
    {.name = "STUDIES", .within = studies},
    {.name = NULL},
};

static const struct xml_rule excluded_char[] = {
    {TEXT("CHAR_REASON_FOR_EXCLUSION", take_reason)},
    {.name = NULL},
};

static const struct xml_rule excluded_chars[] = {
    {.name = "EXCLUDED_CHAR", .within = excluded_char, .begin = begin_excluded},
    {.name = NULL},
};

static const struct xml_rule characteristics[] = {
    {.name = "CHARACTERISTICS_OF_EXCLUDED_STUDIES", .within = excluded_chars},
    {.name = NULL},
};

static const struct xml_rule judgement[] = {
    {TEXT("DESCRIPTION", take), .what = PLACE(judgement.judgement.support)},
    {.name = NULL},
};

static const struct xml_rule judgements[] = {
    {.name = "QUALITY_ITEM_DATA_ENTRY",
     .within = judgement,
     .begin = begin_judgement,
     .end = end_judgement},
    {.name = NULL},
};

static const struct xml_rule group[] = {
    {TEXT("NAME", take_group_name)},
    {.name = NULL},
};

static const struct xml_rule item[] = {
    {TEXT("NAME", take), .what = PLACE(item)},
    {.name = "QUALITY_ITEM_DATA_ENTRY_GROUP",
     .within = group,
     .begin = begin_group,
     .end = end_group},
    {.name = "QUALITY_ITEM_DATA", .within = judgements},
    {.name = NULL},
};

static const struct xml_rule items[] = {
    {.name = "QUALITY_ITEM", .within = item, .begin = begin_item},
    {.name = NULL},
};

/* The four kinds of data differ in the names of their elements alone. */
#define OUTCOME_RULES(kind, prefix)                                                                \
    static const struct xml_rule kind##_subgroup[] = {                                             \
        {TEXT("NAME", take), .what = PLACE(outcome.subgroup)},                                     \
        {.name = prefix "_DATA", .begin = begin_row},                                              \
        {.name = NULL},                                                                            \
    };                                                                                             \
    static const struct xml_rule kind##_outcome[] = {                                              \
        {TEXT("NAME", take), .what = PLACE(outcome.name)},                                         \
        {TEXT("GROUP_LABEL_1", take), .what = PLACE(outcome.label[0])},                            \
        {TEXT("GROUP_LABEL_2", take), .what = PLACE(outcome.label[1])},                            \
        {TEXT("EFFECT_MEASURE", take), .what = PLACE(outcome.measure)},                            \
        {.name = prefix "_DATA", .begin = begin_row},                                              \
        {.name = prefix "_SUBGROUP",                                                               \
         .within = kind##_subgroup,                                                                \
         .begin = begin_subgroup,                                                                  \
         .end = end_subgroup},                                                                     \
        {.name = NULL},                                                                            \
    }

OUTCOME_RULES(dich, "DICH");
OUTCOME_RULES(cont, "CONT");
OUTCOME_RULES(iv, "IV");
OUTCOME_RULES(ipd, "IPD");

#define OUTCOME(tag, rules, kind)                                                                  \
    .name = tag, .within = rules, .begin = begin_outcome, .end = end_outcome, .what = kind

static const struct xml_rule comparison[] = {
    {TEXT("NAME", take), .what = PLACE(outcome.comparison)},
    {OUTCOME("DICH_OUTCOME", dich_outcome, REVMAN_DICHOTOMOUS)},
    {OUTCOME("CONT_OUTCOME", cont_outcome, REVMAN_CONTINUOUS)},
    {OUTCOME("IV_OUTCOME", iv_outcome, REVMAN_INVERSE_VARIANCE)},
    {OUTCOME("IPD_OUTCOME", ipd_outcome, REVMAN_O_E)},
    {.name = NULL},
};

static const struct xml_rule analyses[] = {
    {.name = "COMPARISON", .within = comparison, .begin = begin_comparison},
    {.name = NULL},
};

static const struct xml_rule review[] = {
    {.name = "COVER_SHEET", .within = cover_sheet},
    {.name = "MAIN_TEXT", .within = main_text},
    {.name = "STUDIES_AND_REFERENCES", .within = studies_and_references},
    {.name = "CHARACTERISTICS_OF_STUDIES", .within = characteristics},
    {.name = "QUALITY_ITEMS", .within = items},
    {.name = "ANALYSES_AND_DATA", .within = analyses},
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

static void release(struct reading *reading)
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
    struct reading reading = {.revman = {.begun = false}};
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
