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
    KEPT_AUTHOR_TAG,
    KEPT_NONE
};

enum field {
    FIELD_TITLE,
    FIELD_OTHER_TITLE,
    FIELD_AUTHOR,
    FIELD_DATE,
    FIELD_ABSTRACT,
    FIELD_KEYWORD,
    FIELD_DOI,
    FIELD_ADDRESS,
    FIELD_LINK,
    FIELD_ISSN,
    FIELD_VOLUME,
    FIELD_ISSUE,
    FIELD_FIRST_PAGE,
    FIELD_LAST_PAGE,
    FIELD_LANGUAGE,
    FIELD_TYPE,
    FIELD_NOTES,
    FIELD_KEPT,
    FIELD_LEFT_OUT
};

static const struct {
    char tag[TAG_LENGTH + 1];
    enum field field;
    enum kept kept;
} tags[] = {
    {"TY", FIELD_TYPE, KEPT_NONE},
    {"TI", FIELD_TITLE, KEPT_NONE},
    {"T1", FIELD_TITLE, KEPT_NONE},
    {"CT", FIELD_TITLE, KEPT_NONE},
    {"BT", FIELD_KEPT, KEPT_BOOK_TITLE},
    {"ST", FIELD_KEPT, KEPT_SHORT_TITLE},
    {"TT", FIELD_OTHER_TITLE, KEPT_NONE},
    {"AU", FIELD_AUTHOR, KEPT_NONE},
    {"A1", FIELD_AUTHOR, KEPT_NONE},
    {"PY", FIELD_DATE, KEPT_NONE},
    {"Y1", FIELD_DATE, KEPT_NONE},
    {"DA", FIELD_DATE, KEPT_NONE},
    {"AB", FIELD_ABSTRACT, KEPT_NONE},
    {"N2", FIELD_ABSTRACT, KEPT_NONE},
    {"KW", FIELD_KEYWORD, KEPT_NONE},
    {"DO", FIELD_DOI, KEPT_NONE},
    {"DI", FIELD_DOI, KEPT_NONE},
    {"UR", FIELD_ADDRESS, KEPT_NONE},
    {"L1", FIELD_LINK, KEPT_NONE},
    {"L2", FIELD_LINK, KEPT_NONE},
    {"C1", FIELD_NOTES, KEPT_NONE},
    {"C2", FIELD_KEPT, KEPT_CUSTOM_2},
    {"C7", FIELD_KEPT, KEPT_ARTICLE_NUMBER},
    {"C5", FIELD_KEPT, KEPT_MEDLINE_ID},
    {"U2", FIELD_KEPT, KEPT_EMBASE_ID},
    {"SN", FIELD_ISSN, KEPT_NONE},
    {"VL", FIELD_VOLUME, KEPT_NONE},
    {"IS", FIELD_ISSUE, KEPT_NONE},
    {"CP", FIELD_ISSUE, KEPT_NONE},
    {"SP", FIELD_FIRST_PAGE, KEPT_NONE},
    {"EP", FIELD_LAST_PAGE, KEPT_NONE},
    {"LA", FIELD_LANGUAGE, KEPT_NONE},
    {"M3", FIELD_TYPE, KEPT_NONE},
    {"PT", FIELD_TYPE, KEPT_NONE},
    {"N1", FIELD_NOTES, KEPT_NONE},
    {"RN", FIELD_NOTES, KEPT_NONE},
    {"JF", FIELD_KEPT, KEPT_JOURNAL},
    {"T2", FIELD_KEPT, KEPT_SECONDARY_TITLE},
    {"JO", FIELD_KEPT, KEPT_JOURNAL_SHORT},
    {"JA", FIELD_KEPT, KEPT_JOURNAL_SHORTER},
    {"J2", FIELD_KEPT, KEPT_JOURNAL_SHORTER},
    {"J1", FIELD_KEPT, KEPT_JOURNAL_SHORTER},
    {"AN", FIELD_KEPT, KEPT_ACCESSION},
    {"DB", FIELD_KEPT, KEPT_DATABASE},
    {"DP", FIELD_KEPT, KEPT_DATABASE},
};

/* Databases whose accession numbers are PMIDs. */
static const char *const pubmed_names[] = {"pubmed", "medline", "nlm", "pmid", NULL};

/* Accession numbers that no other source gives out, by how they begin. Others are numbers of one
 * database, and the same number may mean two publications. */
static const char *const own_accessions[] = {"rayyan-", "WOS:", "MEDLINE:", "CN-", "2-s2.0-", NULL};

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

/* ---- fields ---- */

static enum field field_of(const char *tag, enum kept *kept)
{
    for (size_t i = 0; i < sizeof tags / sizeof *tags; i++)
        if (strcmp(tags[i].tag, tag) == 0) {
            *kept = tags[i].kept;
            return tags[i].field;
        }
    return FIELD_LEFT_OUT;
}

/* Some programs put the DOI where the kind of work belongs. */
static void take_type(struct draft *draft, const char *value)
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
static void take_link(struct draft *draft, const char *value)
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

static void take_date(struct draft *draft, const char *value)
{
    draft_set_date(draft, date_read(value, DATE_ORDER_UNKNOWN));
}

static void take(struct tagged_record *record, const struct tag_field *field)
{
    struct draft *draft = &record->draft;
    struct record *out = &draft->record;
    const char *value = field->value;
    enum kept kept = KEPT_NONE;
    switch (field_of(field->tag, &kept)) {
    case FIELD_TITLE:
        draft_set(draft, &out->title, value);
        break;
    case FIELD_OTHER_TITLE:
        draft_add_title(draft, value);
        break;
    case FIELD_AUTHOR:
        take_authors(record, field);
        break;
    case FIELD_DATE:
        take_date(draft, value);
        break;
    case FIELD_ABSTRACT:
        draft_add_abstract(draft, value);
        break;
    case FIELD_KEYWORD:
        draft_add_keywords(draft, value, "\n;");
        break;
    case FIELD_DOI:
        draft_set_doi(draft, value);
        break;
    case FIELD_ADDRESS:
        draft_set_address(draft, value);
        break;
    case FIELD_LINK:
        take_link(draft, value);
        break;
    case FIELD_ISSN:
        draft_set_issn(draft, value);
        break;
    case FIELD_VOLUME:
        draft_set(draft, &out->volume, value);
        break;
    case FIELD_ISSUE:
        draft_set(draft, &out->issue, value);
        break;
    case FIELD_FIRST_PAGE:
        draft_set(draft, &draft->first_page, value);
        break;
    case FIELD_LAST_PAGE:
        draft_set(draft, &draft->last_page, value);
        break;
    case FIELD_LANGUAGE:
        draft_set(draft, &out->language, value);
        break;
    case FIELD_TYPE:
        take_type(draft, value);
        break;
    case FIELD_NOTES:
        draft_add_notes(draft, value);
        break;
    case FIELD_KEPT:
        tagged_keep(record, kept, value);
        break;
    case FIELD_LEFT_OUT:
        break;
    }
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
    .take = take,
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
