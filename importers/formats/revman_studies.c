#include <string.h>
#include <strings.h>

#include "importers/formats/revman_parts.h"
#include "importers/intake/identifier.h"

/* ---- studies and their references ---- */

/* `what` is the decision. */
static void begin_study(struct xml *xml, void *context)
{
    struct revman_reading *reading = context;
    struct revman *revman = &reading->revman;
    struct revman_study *study = revman_one_more(xml, &revman->studies, sizeof *study);
    if (study == NULL)
        return;
    *study = (struct revman_study){
        .id = revman_attribute(xml, reading, "ID"),
        .name = revman_attribute(xml, reading, "NAME"),
        .year = revman_year(revman_attribute(xml, reading, "YEAR")),
        .decision = (enum revman_decision)xml_what(xml),
        .first_reference = revman->references.count,
        .first_registration = revman->registrations.count,
    };
    reading->study = study;
    reading->reference = NULL;
}

static void begin_reference(struct xml *xml, void *context)
{
    struct revman_reading *reading = context;
    struct revman_reference *reference =
        revman_one_more(xml, &reading->revman.references, sizeof *reference);
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
    struct revman_reading *reading = context;
    reading->reference = NULL;
}

/* `what` is the place in struct revman_reference. */
static void take_of_reference(struct xml *xml, void *context, const char *text)
{
    struct revman_reading *reading = context;
    if (reading->reference != NULL)
        *(const char **)(void *)((char *)reading->reference + xml_what(xml)) =
            revman_keep(xml, reading, text);
}

static void add_registration(struct xml *xml, struct revman_reading *reading, const char *value)
{
    const char *number = identifier_registration(value, reading->revman.review.arena);
    const char **item =
        number == NULL ? NULL : revman_one_more(xml, &reading->revman.registrations, sizeof *item);
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
    struct revman_reading *reading = context;
    struct revman_reference *reference = reading->reference;
    const char *value = revman_attribute(xml, reading, "VALUE");
    if (value == NULL)
        return;
    if (reference != NULL && may_be_pmid(xml, value))
        reference->pmid = identifier_pmid(value, reading->revman.review.arena);
    else if (reference != NULL && xml_attribute_is(xml, "TYPE", "DOI"))
        reference->doi = identifier_doi(value, reading->revman.review.arena);
    else if (reference != NULL && strncasecmp(value, "PMC", 3) == 0)
        reference->pmcid = identifier_pmcid(value, reading->revman.review.arena);
    else
        add_registration(xml, reading, value);
}

static void begin_excluded(struct xml *xml, void *context)
{
    struct revman_reading *reading = context;
    reading->char_study = revman_attribute(xml, reading, "STUDY_ID");
}

static void take_reason(struct xml *xml, void *context, const char *text)
{
    struct revman_reading *reading = context;
    struct revman_reason *reason =
        reading->char_study == NULL
            ? NULL
            : revman_one_more(xml, &reading->revman.reasons, sizeof *reason);
    if (reason != NULL)
        *reason = (struct revman_reason){reading->char_study, revman_keep(xml, reading, text)};
}

/* ---- what stands where ---- */

#define OF_REFERENCE(member) offsetof(struct revman_reference, member)
#define TEXT(tag, function)  .name = (tag), .text = true, .end = (function)

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

static const struct xml_rule included[] = {
    {.name = "STUDY", .within = study, .begin = begin_study, .what = REVMAN_INCLUDED},
    {.name = NULL},
};

static const struct xml_rule excluded[] = {
    {.name = "STUDY", .within = study, .begin = begin_study, .what = REVMAN_EXCLUDED},
    {.name = NULL},
};

static const struct xml_rule awaiting[] = {
    {.name = "STUDY", .within = study, .begin = begin_study, .what = REVMAN_AWAITING},
    {.name = NULL},
};

static const struct xml_rule ongoing[] = {
    {.name = "STUDY", .within = study, .begin = begin_study, .what = REVMAN_ONGOING},
    {.name = NULL},
};

static const struct xml_rule studies[] = {
    {.name = "INCLUDED_STUDIES", .within = included},
    {.name = "EXCLUDED_STUDIES", .within = excluded},
    {.name = "AWAITING_STUDIES", .within = awaiting},
    {.name = "ONGOING_STUDIES", .within = ongoing},
    {.name = NULL},
};

const struct xml_rule revman_studies_rules[] = {
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

const struct xml_rule revman_characteristics_rules[] = {
    {.name = "CHARACTERISTICS_OF_EXCLUDED_STUDIES", .within = excluded_chars},
    {.name = NULL},
};
