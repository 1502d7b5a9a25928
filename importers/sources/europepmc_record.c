#include "importers/sources/europepmc_record.h"

#include <string.h>
#include <strings.h>

#include "importers/formats/author_name.h"
#include "importers/formats/date_text.h"
#include "importers/formats/format.h"
#include "importers/intake/identifier.h"
#include "importers/sources/day.h"
#include "importers/sources/field.h"
#include "importers/sources/query.h"

/* ---- who it is ---- */

static void read_identity(const json_t *item, struct arena *arena, struct record *out)
{
    const char *source = field_line(item, "source", arena);
    const char *id = field_line(item, "id", arena);
    out->source = "europepmc";
    if (source != NULL && id != NULL) {
        struct buffer url = {0};
        out->source_id = arena_printf(arena, "%s/%s", source, id);
        buffer_text(&url, "https://europepmc.org/article/");
        query_escape(&url, out->source_id, "/");
        out->url = arena_strdup(arena, buffer_string(&url));
        buffer_release(&url);
    }
    out->pmid = identifier_pmid(field_bytes(item, "pmid"), arena);
    if (out->pmid == NULL && field_is(item, "source", "MED"))
        out->pmid = identifier_pmid(id, arena);
    out->doi = identifier_doi(field_bytes(item, "doi"), arena);
    out->pmcid = identifier_pmcid(field_bytes(item, "pmcid"), arena);
    if (out->pmcid == NULL && field_is(item, "source", "PMC"))
        out->pmcid = identifier_pmcid(id, arena);
    out->title = field_markup(item, "title", arena);
}

/* ---- authors ---- */

static bool read_author(const json_t *item, struct arena *arena, struct author *out)
{
    *out = (struct author){.group = field_markup(item, "collectiveName", arena)};
    if (out->group != NULL)
        return true;
    out->family = field_markup(item, "lastName", arena);
    out->given = field_markup(item, "firstName", arena);
    if (out->given == NULL)
        out->given = field_markup(item, "initials", arena);
    if (out->family != NULL)
        return true;
    const char *name = field_markup(item, "fullName", arena);
    return name != NULL && author_name_read(name, NAME_FAMILY_FIRST, arena, out);
}

/* Lite results have their authors in one string: "Doe JA, Roe B, Knot Study Group." No name has a
 * comma in it. */
static void read_author_string(const json_t *item, struct arena *arena, struct record *out)
{
    const char *names = field_markup(item, "authorString", arena);
    size_t most = 1;
    for (const char *at = names; at != NULL && (at = strchr(at, ',')) != NULL; at++)
        most++;
    struct author *authors = arena_array(arena, most, sizeof *authors);
    while (names != NULL && *names != '\0' && out->author_count < FORMAT_LIST_MOST) {
        size_t length = strcspn(names, ",");
        size_t name = names[length] == '\0' && names[length - 1] == '.' ? length - 1 : length;
        out->author_count += author_name_read(arena_strndup(arena, names, name), NAME_FAMILY_FIRST,
                                              arena, &authors[out->author_count]);
        names += length + (names[length] == ',');
    }
    out->authors = authors;
}

static void read_authors(const json_t *item, struct arena *arena, struct record *out)
{
    const json_t *list = field_at(item, "authorList.author");
    size_t count = field_length(list, "");
    struct author *authors = arena_array(arena, count + 1, sizeof *authors);
    size_t kept = 0;
    for (size_t i = 0; i < count; i++)
        kept += read_author(json_array_get(list, i), arena, &authors[kept]);
    out->authors = authors;
    out->author_count = kept;
    out->authors_complete = kept > 0 && kept == count;
    if (kept == 0)
        read_author_string(item, arena, out);
}

/* ---- where and when it came out ---- */

/* The issue's date, as exact as it is printed: "2025 Dec" stands beside a made-up first of December
 * in printPublicationDate. A day in that month on which it came out on its own makes it exact. */
static const char *date_of(const json_t *item, struct arena *arena)
{
    const char *on_its_own = field_bytes(item, "electronicPublicationDate");
    struct date issue =
        date_read(field_bytes(item, "journalInfo.dateOfPublication"), DATE_ORDER_UNKNOWN);
    struct date day = date_read(on_its_own, DATE_ORDER_UNKNOWN);
    if (day.year == 0)
        day = date_read(field_bytes(item, "firstPublicationDate"), DATE_ORDER_UNKNOWN);
    bool exact = on_its_own != NULL && issue.day == 0 && issue.month != 0 &&
                 issue.year == day.year && issue.month == day.month;
    return date_write(issue.year == 0 || exact ? day : issue, arena);
}

static const char *first_of(const json_t *item, const char *const *paths, struct arena *arena)
{
    for (; *paths != NULL; paths++) {
        const char *text = field_markup(item, *paths, arena);
        if (text != NULL)
            return text;
    }
    return NULL;
}

static void read_publication(const json_t *item, struct arena *arena, struct record *out)
{
    static const char *const journals[] = {"journalInfo.journal.title", "journalTitle",
                                           "bookOrReportDetails.publisher", NULL};
    static const char *const volumes[] = {"journalInfo.volume", "journalVolume", NULL};
    static const char *const issues[] = {"journalInfo.issue", "issue", NULL};
    out->year = field_count(item, "pubYear", DAY_YEAR_LEAST, DAY_YEAR_MOST);
    if (out->year == COUNT_UNKNOWN)
        out->year =
            field_count(item, "journalInfo.yearOfPublication", DAY_YEAR_LEAST, DAY_YEAR_MOST);
    out->date = date_of(item, arena);
    out->journal = first_of(item, journals, arena);
    out->volume = first_of(item, volumes, arena);
    out->issue = first_of(item, issues, arena);
    out->pages = field_markup(item, "pageInfo", arena);
    out->issn = field_issn(item, "journalInfo.journal.issn", arena);
    if (out->issn == NULL)
        out->issn = field_issn(item, "journalInfo.journal.essn", arena);
    if (out->issn == NULL)
        out->issn = field_issn(item, "journalIssn", arena);
    out->language = field_line(item, "language", arena);
    out->abstract = field_paragraphs(item, "abstractText", arena);
}

/* ---- what kind of thing it is ---- */

/* Lite: "review; journal article". */
static void add_parts(struct lines *lines, const char *text, struct arena *arena)
{
    while (text != NULL && *text != '\0') {
        size_t length = strcspn(text, ";");
        if (length > 0)
            lines_add(lines, arena_strndup(arena, text, length), arena);
        text += length;
        text += strspn(text, "; ");
    }
}

static void read_kinds(const json_t *item, struct arena *arena, struct record *out)
{
    struct lines types = {0}, keywords = {0};
    lines_add_all(&types, item, "pubTypeList.pubType", "", arena);
    if (types.count == 0)
        add_parts(&types, field_markup(item, "pubType", arena), arena);
    lines_add_all(&keywords, item, "meshHeadingList.meshHeading", "descriptorName", arena);
    lines_add_all(&keywords, item, "keywordList.keyword", "", arena);
    out->publication_types = lines_list(&types, arena);
    out->keywords = lines_list(&keywords, arena);
}

/* ---- notices ---- */

/* Types that take a publication back. A preprint's server has no notice to link to: its new version
 * is the notice (Europe PMC, "Transparency for preprints", 2021). */
static const struct {
    const char *type;
    const char *reason; /* NULL: a link tells of it */
} taken_back[] = {
    {"Retracted Publication", NULL},
    {"preprint-withdrawal", "preprint withdrawn"},
    {"preprint-removal", "preprint removed"},
};

/* Sets `retracted`, and gives what took it back where no link does. */
static const char *reason_of_type(struct record *out)
{
    const char *reason = NULL;
    for (const char *const *type = out->publication_types; *type != NULL; type++)
        for (size_t i = 0; i < sizeof taken_back / sizeof *taken_back; i++)
            if (strcasecmp(*type, taken_back[i].type) == 0) {
                out->retracted = true;
                reason = taken_back[i].reason == NULL ? reason : taken_back[i].reason;
            }
    return reason;
}

/* The kinds of links that are notices; the rest (comments, updates of reviews, preprints) is none.
 * A partial retraction takes back a part and leaves the publication standing, as a correction does
 * (NLM, "Errata, Retractions, and Other Linked Citations in PubMed"). */
static const struct link {
    const char *type;
    enum notice_type notice;
    bool is_update;     /* what this record does to the other */
    const char *reason; /* where the notice's type alone would not say it */
} links[] = {
    {"Retraction in", NOTICE_RETRACTION, false, NULL},
    {"Retraction of", NOTICE_RETRACTION, true, NULL},
    {"Retracted and republished in", NOTICE_RETRACTION, false, "retracted and republished"},
    {"Retracted and republished from", NOTICE_RETRACTION, true, "retracted and republished"},
    {"Partial retraction in", NOTICE_CORRECTION, false, "partial retraction"},
    {"Partial retraction of", NOTICE_CORRECTION, true, "partial retraction"},
    {"Erratum in", NOTICE_CORRECTION, false, NULL},
    {"Erratum for", NOTICE_CORRECTION, true, NULL},
    {"Corrected and republished in", NOTICE_CORRECTION, false, "corrected and republished"},
    {"Corrected and republished from", NOTICE_CORRECTION, true, "corrected and republished"},
    {"Expression of concern in", NOTICE_CONCERN, false, NULL},
    {"Expression of concern for", NOTICE_CONCERN, true, NULL},
};

static const struct link *link_of(const json_t *item)
{
    for (size_t i = 0; i < sizeof links / sizeof *links; i++)
        if (field_is(item, "type", links[i].type))
            return &links[i];
    return NULL;
}

/* "Lancet. 2010 Feb 6;375(9713):445. doi: 10.1016/…": the words up to the next blank. */
static const char *doi_in(const char *reference, struct arena *arena)
{
    const char *label = reference == NULL ? NULL : strcasestr(reference, "doi:");
    if (label == NULL)
        return NULL;
    label += 4;
    label += strspn(label, " ");
    return identifier_doi(arena_strndup(arena, label, strcspn(label, " ")), arena);
}

static const char *behind_stop(const char *text)
{
    const char *stop = strstr(text, ". ");
    return stop == NULL ? NULL : stop + 2;
}

/* Behind the journal's name and before the volume. */
static const char *date_in(const char *reference, struct arena *arena)
{
    for (const char *at = reference; at != NULL; at = behind_stop(at)) {
        if (strspn(at, "0123456789") != 4 || (at[4] != ' ' && at[4] != ';'))
            continue;
        const char *words = arena_strndup(arena, at, strcspn(at, ";:."));
        return date_write(date_read(words, DATE_ORDER_UNKNOWN), arena);
    }
    return NULL;
}

/* The links of PubMed's records are PubMed's. */
static struct record_notice notice_of(const json_t *item, const struct link *link,
                                      const struct record *record, struct arena *arena)
{
    const char *reference = field_markup(item, "reference", arena);
    struct record_notice notice = {.type = link->notice,
                                   .reason = link->reason,
                                   .doi = doi_in(reference, arena),
                                   .source = record->pmid == NULL ? "europepmc" : "pubmed"};
    if (field_is(item, "source", "MED"))
        notice.pmid = identifier_pmid(field_bytes(item, "id"), arena);
    if (!link->is_update)
        notice.date = date_in(reference, arena);
    return notice;
}

static void read_notices(const json_t *item, struct arena *arena, struct record *out)
{
    const json_t *list = field_at(item, "commentCorrectionList.commentCorrection");
    size_t count = field_length(list, "");
    struct record_notice *notices = arena_array(arena, count + 2, sizeof *notices);
    struct record_notice *updates = arena_array(arena, count + 1, sizeof *updates);
    for (size_t i = 0; i < count; i++) {
        const json_t *one = json_array_get(list, i);
        const struct link *link = link_of(one);
        if (link == NULL)
            continue;
        if (link->is_update)
            updates[out->update_count++] = notice_of(one, link, out, arena);
        else
            notices[out->notice_count++] = notice_of(one, link, out, arena);
        out->retracted = out->retracted || (!link->is_update && link->notice == NOTICE_RETRACTION);
    }
    const char *reason = reason_of_type(out);
    if (reason != NULL)
        notices[out->notice_count++] = (struct record_notice){
            .type = NOTICE_RETRACTION, .source = "europepmc", .reason = reason};
    out->notices = notices;
    out->updates = updates;
}

const char *europepmc_record(const json_t *item, const struct page *page, struct arena *arena,
                             struct record *out)
{
    (void)page;
    read_identity(item, arena, out);
    if (out->title == NULL)
        return "has no title";
    read_authors(item, arena, out);
    read_publication(item, arena, out);
    read_kinds(item, arena, out);
    read_notices(item, arena, out);
    return NULL;
}
