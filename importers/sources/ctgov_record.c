#include "importers/sources/ctgov_record.h"

#include <limits.h>
#include <string.h>

#include "importers/formats/date_text.h"
#include "importers/intake/identifier.h"
#include "importers/sources/ctgov_design.h"
#include "importers/sources/ctgov_result.h"
#include "importers/sources/ctgov_text.h"
#include "importers/sources/field.h"

/* Numbers of money, not of registers. */
static const char *const grant_types[] = {"AHRQ", "FDA", "NIH", "OTHER_GRANT", "SAMHSA", "VA"};

static void add_number(struct lines *lines, const json_t *info, struct arena *arena)
{
    for (size_t i = 0; i < sizeof grant_types / sizeof *grant_types; i++)
        if (field_is(info, "type", grant_types[i]))
            return;
    lines_add(lines, identifier_registration(field_bytes(info, "id"), arena), arena);
}

static void read_registrations(const json_t *module, struct arena *arena, struct record *out)
{
    struct lines lines = {0};
    const json_t *aliases = field_at(module, "nctIdAliases");
    const json_t *others = field_at(module, "secondaryIdInfos");
    lines_add(&lines, out->source_id, arena);
    for (size_t i = 0; i < field_length(aliases, ""); i++)
        lines_add(&lines,
                  identifier_registration(field_bytes(json_array_get(aliases, i), ""), arena),
                  arena);
    add_number(&lines, field_at(module, "orgStudyIdInfo"), arena);
    for (size_t i = 0; i < field_length(others, ""); i++)
        add_number(&lines, json_array_get(others, i), arena);
    out->registrations = lines_list(&lines, arena);
}

/* The official title says more; it is not always there. */
static void read_titles(const json_t *module, struct arena *arena, struct record *out)
{
    struct lines others = {0};
    const char *brief = ctgov_line(module, "briefTitle", arena);
    out->title = ctgov_line(module, "officialTitle", arena);
    if (out->title == NULL)
        out->title = brief;
    if (brief != NULL && strcmp(brief, out->title) != 0)
        lines_add(&others, brief, arena);
    lines_add(&others, ctgov_line(module, "acronym", arena), arena);
    out->other_titles = lines_list(&others, arena);
}

/* The day the registration came out; when the study began is another thing. */
static void read_date(const json_t *module, struct arena *arena, struct record *out)
{
    const char *posted = field_bytes(module, "studyFirstPostDateStruct.date");
    if (posted == NULL)
        posted = field_bytes(module, "studyFirstSubmitDate");
    struct date date = date_read(posted, DATE_ORDER_UNKNOWN);
    out->date = date_write(date, arena);
    out->year = date.year == 0 ? COUNT_UNKNOWN : date.year;
}

static void read_abstract(const json_t *module, struct arena *arena, struct record *out)
{
    const char *summary = ctgov_paragraphs(module, "briefSummary", arena);
    const char *details = ctgov_paragraphs(module, "detailedDescription", arena);
    out->abstract = summary == NULL ? details : summary;
    if (summary != NULL && details != NULL)
        out->abstract = arena_printf(arena, "%s\n%s", summary, details);
}

static void add_lines(struct lines *lines, const json_t *at, const char *path, const char *key,
                      struct arena *arena)
{
    const json_t *list = field_at(at, path);
    for (size_t i = 0; i < field_length(list, ""); i++)
        lines_add(lines, ctgov_line(json_array_get(list, i), key, arena), arena);
}

/* "NA" is no phase. */
static void read_kinds(const json_t *module, struct arena *arena, struct record *out)
{
    struct lines types = {0};
    const json_t *phases = field_at(module, "phases");
    lines_add(&types, field_line(module, "studyType", arena), arena);
    for (size_t i = 0; i < field_length(phases, ""); i++)
        if (!field_is(json_array_get(phases, i), "", "NA"))
            lines_add(&types, field_line(json_array_get(phases, i), "", arena), arena);
    out->publication_types = lines_list(&types, arena);
}

/* RESULT is the sponsor's word, DERIVED the register's own link by the NCT number in PubMed;
 * BACKGROUND reports other studies. */
static void read_reports(const json_t *module, struct arena *arena, struct record *out)
{
    struct lines reports = {0};
    const json_t *list = field_at(module, "references");
    for (size_t i = 0; i < field_length(list, ""); i++) {
        const json_t *reference = json_array_get(list, i);
        if (field_is(reference, "type", "RESULT") || field_is(reference, "type", "DERIVED"))
            lines_add(&reports, identifier_pmid(field_bytes(reference, "pmid"), arena), arena);
    }
    out->reports = lines_list(&reports, arena);
}

static void read_lists(const json_t *protocol, struct arena *arena, struct record *out)
{
    struct lines keywords = {0}, conditions = {0}, treatments = {0};
    add_lines(&keywords, protocol, "conditionsModule.keywords", "", arena);
    add_lines(&conditions, protocol, "conditionsModule.conditions", "", arena);
    add_lines(&treatments, protocol, "armsInterventionsModule.interventions", "name", arena);
    out->keywords = lines_list(&keywords, arena);
    out->conditions = lines_list(&conditions, arena);
    out->treatments = lines_list(&treatments, arena);
    read_kinds(field_at(protocol, "designModule"), arena, out);
    read_reports(field_at(protocol, "referencesModule"), arena, out);
}

/* How many took part, or are meant to: the field says which. */
static void read_machine(const json_t *protocol, struct arena *arena, struct record *out)
{
    const json_t *enrollment = field_at(protocol, "designModule.enrollmentInfo");
    struct machine_reading *machine = &out->machine;
    machine->human_known = machine->human = true;
    machine->participants = field_count(enrollment, "count", 0, INT_MAX);
    if (machine->participants != COUNT_UNKNOWN) {
        const char *type = ctgov_words(field_line(enrollment, "type", arena), arena);
        machine->participants_from = type == NULL
                                         ? "registry: enrollment"
                                         : arena_printf(arena, "registry: enrollment (%s)", type);
    }
    ctgov_design(protocol, arena, machine);
}

const char *ctgov_record(const json_t *item, const struct page *page, struct arena *arena,
                         struct record *out)
{
    const json_t *protocol = field_at(item, "protocolSection");
    const json_t *identification = field_at(protocol, "identificationModule");
    const char *number = identifier_registration(field_bytes(identification, "nctId"), arena);
    out->source = "ctgov";
    if (number == NULL || strncmp(number, "NCT", 3) != 0)
        return "has no NCT number";
    out->source_id = number;
    out->url = arena_printf(arena, "https://clinicaltrials.gov/study/%s", number);
    read_titles(identification, arena, out);
    if (out->title == NULL)
        return "has no title";
    read_registrations(identification, arena, out);
    read_date(field_at(protocol, "statusModule"), arena, out);
    read_abstract(field_at(protocol, "descriptionModule"), arena, out);
    read_lists(protocol, arena, out);
    read_machine(protocol, arena, out);
    ctgov_results(item, page, arena, out);
    return NULL;
}
