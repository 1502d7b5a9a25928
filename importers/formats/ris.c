/*
 * RIS: "TY  - JOUR", a field a line, "ER  -". The tags are those of the specification and what
 * EndNote, Zotero, Mendeley, Ovid, EBSCO, Embase, Rayyan, Lens and CENTRAL make of them. Lines
 * without a tag carry the field before them on; what stands between records is left out.
 */
#include <ctype.h>
#include <string.h>

#include "importers/formats/formats.h"
#include "importers/formats/tagged_records.h"
#include "importers/intake/identifier.h"

enum { TAG_LENGTH = 2 };

/* Values that can be judged only when the record is whole. Of journals the fullest name first. */
enum kept {
    KEPT_JOURNAL,
    KEPT_SECONDARY_TITLE,
    KEPT_JOURNAL_SHORT,
    KEPT_JOURNAL_SHORTER,
    KEPT_ACCESSION,
    KEPT_DATABASE,
    KEPT_BOOK_TITLE,
    KEPT_SHORT_TITLE,
    KEPT_EMBASE_ID,
    KEPT_MEDLINE_ID,
    KEPT_CUSTOM_2,
    KEPT_ARTICLE_NUMBER,
    KEPT_AUTHOR_TAG
};

/* Databases whose accession numbers are PMIDs. */
static const char *const pubmed_names[] = {"pubmed", "medline", "nlm", "pmid", NULL};

/* Accession numbers that no other source gives out, by how they begin. Others are numbers of one
 * database, and the same number may mean two publications. */
static const char *const own_accessions[] = {"rayyan-", "WOS:", "MEDLINE:", "CN-", "2-s2.0-", NULL};

/* ---- fields ---- */

/* Some programs put the DOI where the kind of work belongs. */
static void add_types(struct draft *draft, const char *value)
{
    if (identifier_doi(value, draft->arena) != NULL)
        draft_set_doi(draft, value);
    else
        for (; *value != '\0'; value += strspn(value, ";\n")) {
            size_t length = strcspn(value, ";\n");
            draft_add_type(draft, arena_strndup(draft->arena, value, length));
            value += length;
        }
}

/* A link to the full text identifies what it leads to; the address is UR's. */
static void set_link(struct draft *draft, const char *value)
{
    draft_set_doi(draft, strstr(value, "doi.org/") == NULL ? NULL : value);
    draft_set_pmid(draft, strstr(value, "://") == NULL ? NULL : value);
    draft_set_pmcid(draft, strstr(value, "://") == NULL ? NULL : value);
}

static bool is_told(const struct draft *draft, const struct author *author)
{
    const struct author *authors = draft->authors.items;
    for (size_t i = 0; i < draft->authors.count; i++)
        if (authors[i].family != NULL && author->family != NULL &&
            strcmp(authors[i].family, author->family) == 0 &&
            (authors[i].given == NULL) == (author->given == NULL) &&
            (author->given == NULL || strcmp(authors[i].given, author->given) == 0))
            return true;
    return false;
}

/* Some programs write the same authors twice, as AU and as A1. Two of one name under one tag are
 * two people. */
static void take_authors(struct tagged_record *record, const struct tag_field *field)
{
    struct draft *draft = &record->draft;
    tagged_keep(record, KEPT_AUTHOR_TAG, field->tag);
    bool again = strcmp(record->kept[KEPT_AUTHOR_TAG], field->tag) != 0;
    for (const char *value = field->value; *value != '\0';) {
        size_t length = strcspn(value, "\n;");
        const char *name = arena_strndup(draft->arena, value, length);
        struct author author;
        bool told =
            again &&
            author_name_read(draft_text(draft, name), NAME_FAMILY_FIRST, draft->arena, &author) &&
            is_told(draft, &author);
        if (!told)
            draft_add_author(draft, name, NAME_FAMILY_FIRST);
        value += length + (value[length] != '\0');
    }
}

static void add_keywords(struct draft *draft, const char *value)
{
    draft_add_keywords(draft, value, "\n;");
}

static const struct tag_meaning tags[] = {
    {.tag = "TY", .set = add_types},
    {.tag = "TI", .set = draft_set_title},
    {.tag = "T1", .set = draft_set_title},
    {.tag = "CT", .set = draft_set_title},
    {.tag = "BT", .keep = KEPT_BOOK_TITLE},
    {.tag = "ST", .keep = KEPT_SHORT_TITLE},
    {.tag = "TT", .set = draft_add_title},
    {.tag = "AU", .take = take_authors},
    {.tag = "A1", .take = take_authors},
    {.tag = "PY", .set = draft_set_date_text},
    {.tag = "Y1", .set = draft_set_date_text},
    {.tag = "DA", .set = draft_set_date_text},
    {.tag = "AB", .set = draft_add_abstract},
    {.tag = "N2", .set = draft_add_abstract},
    {.tag = "KW", .set = add_keywords},
    {.tag = "DO", .set = draft_set_doi},
    {.tag = "DI", .set = draft_set_doi},
    {.tag = "UR", .set = draft_set_address},
    {.tag = "L1", .set = set_link},
    {.tag = "L2", .set = set_link},
    {.tag = "C1", .set = draft_add_notes},
    {.tag = "C2", .keep = KEPT_CUSTOM_2},
    {.tag = "C7", .keep = KEPT_ARTICLE_NUMBER},
    {.tag = "C5", .keep = KEPT_MEDLINE_ID},
    {.tag = "U2", .keep = KEPT_EMBASE_ID},
    {.tag = "SN", .set = draft_set_issn},
    {.tag = "VL", .set = draft_set_volume},
    {.tag = "IS", .set = draft_set_issue},
    {.tag = "CP", .set = draft_set_issue},
    {.tag = "SP", .set = draft_set_first_page},
    {.tag = "EP", .set = draft_set_last_page},
    {.tag = "LA", .set = draft_set_language},
    {.tag = "M3", .set = add_types},
    {.tag = "PT", .set = add_types},
    {.tag = "N1", .set = draft_add_notes},
    {.tag = "RN", .set = draft_add_notes},
    {.tag = "JF", .keep = KEPT_JOURNAL},
    {.tag = "T2", .keep = KEPT_SECONDARY_TITLE},
    {.tag = "JO", .keep = KEPT_JOURNAL_SHORT},
    {.tag = "JA", .keep = KEPT_JOURNAL_SHORTER},
    {.tag = "J2", .keep = KEPT_JOURNAL_SHORTER},
    {.tag = "J1", .keep = KEPT_JOURNAL_SHORTER},
    {.tag = "AN", .keep = KEPT_ACCESSION},
    {.tag = "DB", .keep = KEPT_DATABASE},
    {.tag = "DP", .keep = KEPT_DATABASE},
};

/* ---- lines ---- */

static bool is_tag_letter(char c)
{
    return isupper((unsigned char)c) != 0;
}

static bool is_known(const char *tag)
{
    for (size_t i = 0; i < sizeof tags / sizeof *tags; i++)
        if (memcmp(tags[i].tag, tag, TAG_LENGTH) == 0)
            return true;
    return memcmp(tag, "ER", TAG_LENGTH) == 0;
}

/* "AB  - ", and for the tags we know any number of blanks around the hyphen. */
static size_t tag_of_line(const char *line, size_t *value)
{
    if (!is_tag_letter(line[0]) || !isalnum((unsigned char)line[1]) ||
        islower((unsigned char)line[1]))
        return 0;
    size_t blanks = strspn(line + TAG_LENGTH, " \t");
    size_t hyphen = TAG_LENGTH + blanks;
    bool ends = line[hyphen] == '-' &&
                (line[hyphen + 1] == '\0' || isspace((unsigned char)line[hyphen + 1]));
    if (!ends || blanks == 0 || (blanks != 2 && !is_known(line)))
        return 0;
    *value = hyphen + 1;
    return TAG_LENGTH;
}

static bool carries_on(const char *line, const char *tag)
{
    (void)line;
    return tag[0] != '\0' && strcmp(tag, "ER") != 0;
}

/* ---- the record ---- */

static bool begins_with_any(const char *text, const char *const *beginnings)
{
    for (; *beginnings != NULL; beginnings++)
        if (strncasecmp(text, *beginnings, strlen(*beginnings)) == 0)
            return true;
    return false;
}

static bool is_all_digits(const char *text)
{
    return *text != '\0' && text[strspn(text, "0123456789")] == '\0';
}

static void put_accession(struct draft *draft, const char *accession, const char *database)
{
    if (accession == NULL)
        return;
    if (begins_with_any(accession, own_accessions))
        draft_set(draft, &draft->record.source_id, accession);
    bool pubmed = database != NULL && begins_with_any(database, pubmed_names);
    if ((pubmed && is_all_digits(accession)) || begins_with_any(accession, pubmed_names))
        draft_set_pmid(draft, accession);
}

static bool is_from(const char *database, const char *name)
{
    return database != NULL && strncasecmp(database, name, strlen(name)) == 0;
}

/* Embase tells its own number in U2 or AN and, of what Medline holds too, the PMID in C5. */
static void put_embase(struct draft *draft, const char *own, const char *pmid)
{
    if (own != NULL && own[0] == 'L' && is_all_digits(own + 1))
        draft_set(draft, &draft->record.source_id, own);
    if (pmid != NULL && is_all_digits(pmid))
        draft_set_pmid(draft, pmid);
}

/* C2 is EndNote's place for a PMCID and Scopus's for a PMID. */
static void put_custom_2(struct draft *draft, const char *value, const char *database)
{
    if (value != NULL && is_from(database, "scopus") && is_all_digits(value))
        draft_set_pmid(draft, value);
    else
        draft_set_pmcid(draft, value);
}

/* C7 is an article's number, or in CENTRAL a trial's. */
static void put_article_number(struct draft *draft, const char *value)
{
    const char *registration = identifier_registration(value, draft->arena);
    if (registration != NULL)
        draft_add_registrations(draft, registration);
    else if (draft->first_page == NULL)
        draft_set(draft, &draft->first_page, value);
}

static void finish(struct tagged_record *record)
{
    struct draft *draft = &record->draft;
    const char *const *kept = record->kept;
    draft_set(draft, &draft->record.title, kept[KEPT_BOOK_TITLE]);
    draft_set(draft, &draft->record.title, kept[KEPT_SHORT_TITLE]);
    for (size_t i = KEPT_JOURNAL; i <= KEPT_JOURNAL_SHORTER; i++)
        draft_set(draft, &draft->record.journal, kept[i]);
    put_accession(draft, kept[KEPT_ACCESSION], kept[KEPT_DATABASE]);
    if (is_from(kept[KEPT_DATABASE], "embase")) {
        put_embase(draft, kept[KEPT_EMBASE_ID], kept[KEPT_MEDLINE_ID]);
        put_embase(draft, kept[KEPT_ACCESSION], NULL);
    }
    put_custom_2(draft, kept[KEPT_CUSTOM_2], kept[KEPT_DATABASE]);
    put_article_number(draft, kept[KEPT_ARTICLE_NUMBER]);
}

/* ---- the format ---- */

static const struct tagged_format ris = {
    .source = "ris",
    .syntax = {.tag = tag_of_line, .carries_on = carries_on, .joint = '\n'},
    .begins = "TY",
    .ends = "ER",
    .tags = tags,
    .tag_count = sizeof tags / sizeof *tags,
    .finish = finish,
};

/* "TY  -" tells it. Lines with other tags, two of them, may be RIS that lost its beginning; but
 * MEDLINE's look the same, which tells itself by "PMID-". */
static int recognise(const char *head, size_t length)
{
    struct buffer text = {0};
    size_t tagged = 0, begun = 0, medline = 0, value;
    text_stream_head(head, length, &text);
    for (const char *line = buffer_string(&text); line != NULL; line = strchr(line, '\n')) {
        line += *line == '\n';
        size_t size = tag_of_line(line, &value);
        tagged += size > 0;
        begun += size > 0 && memcmp(line, "TY", TAG_LENGTH) == 0;
        medline += strncmp(line, "PMID-", 5) == 0;
    }
    buffer_release(&text);
    if (begun > 0)
        return 90;
    return tagged >= 2 && medline == 0 ? 30 : 0;
}

static bool read_ris(struct input *input, const struct record_sink *sink,
                     const struct format_warnings *warnings, struct format_counts *counts,
                     struct error *err)
{
    return tagged_records_read(&ris, input, sink, warnings, counts, err);
}

const struct format format_ris = {
    .name = "ris",
    .title = "RIS (reference managers, Ovid, EBSCO, Embase, Rayyan)",
    .recognise = recognise,
    .read = read_ris,
};
