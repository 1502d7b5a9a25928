#include "importers/sources/crossref_record.h"

#include <string.h>

#include "importers/formats/date_text.h"
#include "importers/intake/identifier.h"
#include "importers/sources/crossref_notice.h"
#include "importers/sources/day.h"
#include "importers/sources/field.h"

/* `language`, `subtype` and `institution` cannot be asked for in a list: the service refuses the
 * whole request. A work asked for by its DOI comes with them. */
const char crossref_fields[] =
    "DOI,type,title,subtitle,original-title,author,issued,published-print,published-online,posted,"
    "container-title,ISSN,volume,issue,page,article-number,abstract,subject,URL,"
    "update-to,updated-by,clinical-trial-number";

/* What Crossref registers beside publications. */
static const char *const other_types[] = {
    "book-series",   "book-set",       "component",          "grant",         "journal",
    "journal-issue", "journal-volume", "proceedings-series", "report-series", "standard-series",
};

static const char *refuse_other_types(const json_t *item, struct arena *arena)
{
    for (size_t i = 0; i < sizeof other_types / sizeof *other_types; i++)
        if (field_is(item, "type", other_types[i]))
            return arena_printf(arena, "is a %s, not a publication", other_types[i]);
    return NULL;
}

/* ---- words ---- */

static const char *first_of(const json_t *item, const char *path, struct arena *arena)
{
    return field_markup(json_array_get(field_at(item, path), 0), "", arena);
}

/* Publishers that keep the subtitle apart leave it out of the title, most of them. */
static const char *with_subtitle(const char *title, const char *subtitle, struct arena *arena)
{
    if (title == NULL || subtitle == NULL || strcasestr(title, subtitle) != NULL)
        return title;
    char last = title[strlen(title) - 1];
    return arena_printf(arena, "%s%s %s", title, last == ':' || last == '?' ? "" : ":", subtitle);
}

static void read_titles(const json_t *item, struct arena *arena, struct record *out)
{
    struct lines all = {0}, others = {0};
    lines_add_all(&all, item, "title", "", arena);
    out->title = with_subtitle(all.count == 0 ? NULL : all.items[0],
                               first_of(item, "subtitle", arena), arena);
    for (size_t i = 1; i < all.count; i++)
        lines_add(&others, all.items[i], arena);
    lines_add_all(&others, item, "original-title", "", arena);
    out->other_titles = lines_list(&others, arena);
}

static bool read_author(const json_t *item, struct arena *arena, struct author *out)
{
    const char *suffix = field_markup(item, "suffix", arena);
    *out = (struct author){.family = field_markup(item, "family", arena),
                           .given = field_markup(item, "given", arena)};
    if (out->family == NULL)
        out->group = field_markup(item, "name", arena);
    if (out->family != NULL && suffix != NULL)
        out->given = out->given == NULL ? suffix : arena_printf(arena, "%s %s", out->given, suffix);
    if (out->family == NULL && out->group == NULL && out->given != NULL) {
        out->family = out->given; /* one name only, written into the wrong field */
        out->given = NULL;
    }
    return out->family != NULL || out->group != NULL;
}

static void read_authors(const json_t *item, struct arena *arena, struct record *out)
{
    const json_t *list = field_at(item, "author");
    size_t count = field_length(list, "");
    struct author *authors = arena_array(arena, count + 1, sizeof *authors);
    for (size_t i = 0; i < count; i++)
        out->author_count +=
            read_author(json_array_get(list, i), arena, &authors[out->author_count]);
    out->authors = authors;
    out->authors_complete = out->author_count > 0 && out->author_count == count;
}

/* ---- dates ---- */

const char *crossref_date(const json_t *at, const char *path, struct arena *arena)
{
    const json_t *parts = json_array_get(field_at(field_at(at, path), "date-parts"), 0);
    int year = field_count(json_array_get(parts, 0), "", DAY_YEAR_LEAST, DAY_YEAR_MOST);
    int month = field_count(json_array_get(parts, 1), "", 1, 12);
    int day = field_count(json_array_get(parts, 2), "", 1, 31);
    return day_write(year, month, day, arena);
}

/* When it came out; when it was registered tells nothing of that. */
static void read_date(const json_t *item, struct arena *arena, struct record *out)
{
    static const char *const paths[] = {"issued",           "published", "published-print",
                                        "published-online", "posted",    NULL};
    for (const char *const *path = paths; *path != NULL && out->date == NULL; path++)
        out->date = crossref_date(item, *path, arena);
    out->year = date_read(out->date, DATE_ORDER_UNKNOWN).year;
    if (out->year == 0)
        out->year = COUNT_UNKNOWN;
}

/* ---- the rest ---- */

static void read_place(const json_t *item, struct arena *arena, struct record *out)
{
    out->journal = first_of(item, "container-title", arena);
    if (out->journal == NULL)
        out->journal =
            field_markup(json_array_get(field_at(item, "institution"), 0), "name", arena);
    out->issn = field_issn(json_array_get(field_at(item, "ISSN"), 0), "", arena);
    out->volume = field_markup(item, "volume", arena);
    out->issue = field_markup(item, "issue", arena);
    out->pages = field_markup(item, "page", arena);
    if (out->pages == NULL)
        out->pages = field_markup(item, "article-number", arena);
    out->language = field_line(item, "language", arena);
    out->url = field_line(item, "URL", arena);
}

static void read_lists(const json_t *item, struct arena *arena, struct record *out)
{
    struct lines types = {0}, subjects = {0}, trials = {0};
    const json_t *numbers = field_at(item, "clinical-trial-number");
    lines_add(&types, field_line(item, "type", arena), arena);
    lines_add(&types, field_line(item, "subtype", arena), arena);
    lines_add_all(&subjects, item, "subject", "", arena);
    for (size_t i = 0; i < field_length(numbers, ""); i++)
        lines_add(&trials,
                  identifier_registration(
                      field_bytes(json_array_get(numbers, i), "clinical-trial-number"), arena),
                  arena);
    out->publication_types = lines_list(&types, arena);
    out->keywords = lines_list(&subjects, arena);
    out->registrations = lines_list(&trials, arena);
}

const char *crossref_record(const json_t *item, const struct page *page, struct arena *arena,
                            struct record *out)
{
    out->source = "crossref";
    out->doi = identifier_doi(field_bytes(item, "DOI"), arena);
    out->source_id = out->doi;
    const char *other = refuse_other_types(item, arena);
    if (other != NULL)
        return other;
    read_titles(item, arena, out);
    if (out->title == NULL)
        return "has no title";
    read_authors(item, arena, out);
    read_date(item, arena, out);
    read_place(item, arena, out);
    read_lists(item, arena, out);
    out->abstract = field_paragraphs(item, "abstract", arena);
    crossref_notices(item, page, arena, out);
    return NULL;
}
