#include "importers/sources/openalex_record.h"

#include <string.h>

#include "importers/formats/author_name.h"
#include "importers/intake/identifier.h"
#include "importers/sources/day.h"
#include "importers/sources/field.h"
#include "importers/sources/openalex_abstract.h"

/* Lists of works are cut after so many authors. */
enum { AUTHORS_CUT = 100 };

/* What OpenAlex holds beside publications. */
static const char *const other_types[] = {"grant", "libguides", "paratext",
                                          "supplementary-materials"};

static const char *refuse_other_types(const json_t *item, struct arena *arena)
{
    for (size_t i = 0; i < sizeof other_types / sizeof *other_types; i++)
        if (field_is(item, "type", other_types[i]))
            return arena_printf(arena, "is of type %s, not a publication", other_types[i]);
    return field_true(item, "is_paratext") ? "is paratext, not a publication" : NULL;
}

/* The service can be asked for changed works on a paid plan only; each work says when it did. */
static bool is_unchanged(const json_t *item, const char *since)
{
    const char *updated = field_bytes(item, "updated_date");
    return since != NULL && updated != NULL && strncmp(updated, since, strlen(since)) < 0;
}

/* ---- who it is ---- */

static const char *behind_last_slash(const char *address)
{
    const char *slash = address == NULL ? NULL : strrchr(address, '/');
    return slash == NULL ? address : slash + 1;
}

/* "https://www.ncbi.nlm.nih.gov/pmc/articles/5815332": without its PMC. */
static const char *pmcid_of(const json_t *item, struct arena *arena)
{
    const char *address = field_bytes(item, "ids.pmcid");
    const char *pmcid = identifier_pmcid(address, arena);
    const char *number = behind_last_slash(address);
    if (pmcid != NULL || number == NULL)
        return pmcid;
    return identifier_pmcid(arena_printf(arena, "PMC%s", number), arena);
}

static void read_identity(const json_t *item, struct arena *arena, struct record *out)
{
    out->source = "openalex";
    out->url = field_line(item, "id", arena);
    out->source_id = behind_last_slash(out->url);
    out->doi = identifier_doi(field_bytes(item, "doi"), arena);
    if (out->doi == NULL)
        out->doi = identifier_doi(field_bytes(item, "ids.doi"), arena);
    out->pmid = identifier_pmid(field_bytes(item, "ids.pmid"), arena);
    out->pmcid = pmcid_of(item, arena);
    out->title = field_markup(item, "title", arena);
    if (out->title == NULL)
        out->title = field_markup(item, "display_name", arena);
}

/* As printed on the work: whom OpenAlex takes a name for may be somebody else. */
static bool read_author(const json_t *item, struct arena *arena, struct author *out)
{
    const char *name = field_markup(item, "raw_author_name", arena);
    if (name == NULL)
        name = field_markup(item, "author.display_name", arena);
    return name != NULL && author_name_read(name, NAME_GIVEN_FIRST, arena, out);
}

static void read_authors(const json_t *item, struct arena *arena, struct record *out)
{
    const json_t *list = field_at(item, "authorships");
    size_t count = field_length(list, "");
    struct author *authors = arena_array(arena, count + 1, sizeof *authors);
    for (size_t i = 0; i < count; i++)
        out->author_count +=
            read_author(json_array_get(list, i), arena, &authors[out->author_count]);
    out->authors = authors;
    out->authors_complete = count > 0 && out->author_count == count && count < AUTHORS_CUT &&
                            !field_true(item, "is_authors_truncated");
}

/* ---- when and where it came out ---- */

/* Where only a year or month is known, OpenAlex fills up with the first: 2014-01-01 may be 2014. */
static const char *date_of(const json_t *item, struct arena *arena)
{
    const char *date = field_bytes(item, "publication_date");
    if (date == NULL || !day_is_whole(date))
        return NULL;
    if (strcmp(date + 4, "-01-01") == 0)
        return arena_strndup(arena, date, 4);
    return arena_strndup(arena, date, strcmp(date + 7, "-01") == 0 ? 7 : 10);
}

static const char *pages_of(const json_t *item, struct arena *arena)
{
    const char *first = field_markup(item, "biblio.first_page", arena);
    const char *last = field_markup(item, "biblio.last_page", arena);
    if (first == NULL || last == NULL || strcmp(first, last) == 0)
        return first;
    return arena_printf(arena, "%s-%s", first, last);
}

static void read_place(const json_t *item, struct arena *arena, struct record *out)
{
    out->year = field_count(item, "publication_year", DAY_YEAR_LEAST, DAY_YEAR_MOST);
    out->date = date_of(item, arena);
    out->journal = field_markup(item, "primary_location.source.display_name", arena);
    out->issn = field_issn(item, "primary_location.source.issn_l", arena);
    out->volume = field_markup(item, "biblio.volume", arena);
    out->issue = field_markup(item, "biblio.issue", arena);
    out->pages = pages_of(item, arena);
    out->language = field_line(item, "language", arena);
}

static void read_lists(const json_t *item, struct arena *arena, struct record *out)
{
    struct lines types = {0}, headings = {0};
    lines_add(&types, field_line(item, "type", arena), arena);
    lines_add(&types, field_line(item, "type_crossref", arena), arena);
    lines_add_all(&headings, item, "mesh", "descriptor_name", arena);
    out->publication_types = lines_list(&types, arena);
    out->keywords = lines_list(&headings, arena);
}

const char *openalex_record(const json_t *item, const struct page *page, struct arena *arena,
                            struct record *out)
{
    read_identity(item, arena, out);
    if (is_unchanged(item, page->query->since))
        return page_not_asked_for;
    const char *other = refuse_other_types(item, arena);
    if (other != NULL)
        return other;
    if (out->title == NULL)
        return "has no title";
    read_authors(item, arena, out);
    read_place(item, arena, out);
    read_lists(item, arena, out);
    out->abstract = openalex_abstract(field_at(item, "abstract_inverted_index"), arena);
    /* A notice of a retraction is at times flagged with what it retracts. */
    out->retracted = field_true(item, "is_retracted") && !field_is(item, "type", "retraction");
    return NULL;
}
