#include "importers/intake/identifier.h"

#include <ctype.h>
#include <stdbool.h>
#include <string.h>
#include <strings.h>

#include "evidence/base/text.h"

enum {
    DOI_MOST = 1024,        /* bytes; the longest that were ever given out have some 300 */
    PMID_DIGITS_MOST = 9,   /* eight today */
    PMCID_DIGITS_MOST = 10, /* eight today */
    ASSIGNED_DIGITS = 4     /* registrants have four digits or more: 10.1000 was the first */
};

/* ---- bytes ---- */

static bool is_space(char c)
{
    return isspace((unsigned char)c) != 0;
}

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static bool is_alphanumeric(char c)
{
    return isalnum((unsigned char)c) != 0;
}

/* A no-break space is a space that was typed. */
static const char *skip_spaces(const char *text)
{
    while (is_space(*text) || strncmp(text, "\xC2\xA0", 2) == 0)
        text += is_space(*text) ? 1 : 2;
    return text;
}

static const char *skip_digits(const char *text)
{
    while (is_digit(*text))
        text++;
    return text;
}

static bool starts_with(const char *text, const char *start)
{
    return strncasecmp(text, start, strlen(start)) == 0;
}

/* Past the first of `starts` (ended by NULL) that the text begins with; the text itself if it
 * begins with none. */
static const char *skip_start(const char *text, const char *const *starts)
{
    for (; *starts != NULL; starts++)
        if (starts_with(text, *starts))
            return text + strlen(*starts);
    return text;
}

/* What people write before an identifier, more than once at times ("PMID: PMID 12"). */
static const char *skip_labels(const char *text, const char *const *labels)
{
    for (;;) {
        const char *after = skip_start(text, labels);
        if (after == text)
            return text;
        text = after;
        while (is_space(*text) || *text == ':' || *text == '=' || *text == '#')
            text++;
    }
}

static const char *skip_scheme(const char *text)
{
    static const char *const schemes[] = {"https://", "http://", "//", NULL};
    return skip_start(text, schemes);
}

/* Past the host of an address that leads to what is identified; NULL if there is none. */
static const char *after_address(const char *text, const char *const *addresses)
{
    const char *host = skip_scheme(text);
    const char *after = skip_start(host, addresses);
    return after == host ? NULL : after;
}

/* Past labels and a resolver's address, in either order: "doi: https://doi.org/10…". */
static const char *skip_to_value(const char *text, const char *const *labels,
                                 const char *const *addresses, bool *in_address)
{
    const char *after = after_address(text, addresses);
    if (after == NULL)
        after = after_address(skip_labels(text, labels), addresses);
    *in_address = after != NULL;
    return skip_labels(*in_address ? after : text, labels);
}

/* ---- DOI ---- */

static const char *const doi_labels[] = {"doi",     "digital object identifier", "info:doi/",
                                         "urn:doi", "info:lanl-repo/doi",        NULL};

static const char *const doi_resolvers[] = {"doi.org/", "dx.doi.org/", "www.doi.org/",
                                            "doi.crossref.org/", NULL};

/* What may stand behind a DOI in one field without making it doubtful that the DOI is whole. */
static const char *const doi_followers[] = {"[",   "(",    "http", "doi",   "10.", "pmid",
                                            "pmc", "epub", "|",    "e-pub", "//",  NULL};

static int hex_value(char c)
{
    const char *digits = "0123456789abcdef";
    const char *at = c == '\0' ? NULL : strchr(digits, tolower((unsigned char)c));
    return at == NULL ? -1 : (int)(at - digits);
}

static const struct {
    const char *written;
    char meant;
} entities[] = {{"&lt;", '<'}, {"&gt;", '>'}, {"&amp;", '&'}, {"&#60;", '<'}, {"&#62;", '>'}};

/* The byte that an escape at `text` stands for, and the escape's length; 0 if there is none. */
static size_t escape_at(const char *text, char *meant)
{
    if (text[0] == '%' && hex_value(text[1]) >= 0 && hex_value(text[2]) >= 0) {
        int value = hex_value(text[1]) * 16 + hex_value(text[2]);
        if (value <= ' ' || value == 0x7F)
            return 0;
        *meant = (char)value;
        return 3;
    }
    for (size_t i = 0; i < sizeof entities / sizeof *entities; i++)
        if (starts_with(text, entities[i].written)) {
            *meant = entities[i].meant;
            return strlen(entities[i].written);
        }
    return 0;
}

static void undo_escapes(char *text)
{
    char *out = text;
    while (*text != '\0') {
        char meant = *text;
        size_t length = escape_at(text, &meant);
        text += length == 0 ? 1 : length;
        *out++ = meant;
    }
    *out = '\0';
}

static size_t count_of(const char *text, size_t length, char c)
{
    size_t count = 0;
    for (size_t i = 0; i < length; i++)
        count += text[i] == c;
    return count;
}

/* A closing bracket is the DOI's own if it was opened in it: 10.1016/S0140-6736(97)11096-0. */
static bool is_own_closing(const char *doi, size_t length)
{
    static const char *const pairs[] = {"()", "[]", "{}", "<>"};
    char last = doi[length - 1];
    for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++)
        if (last == pairs[i][1])
            return count_of(doi, length, pairs[i][0]) >= count_of(doi, length, last);
    return false;
}

/* Bytes of the DOI's end that are the sentence's: full stops, quotes, brackets never opened. */
static size_t foreign_end(const char *doi, size_t length)
{
    static const char *const quotes[] = {"\xE2\x80\x9D", "\xE2\x80\x99", "\xC2\xBB",
                                         "\xE2\x80\xA6"};
    if (strchr(".,;:!?'\"/\\|`", doi[length - 1]) != NULL)
        return 1;
    if (strchr(")]}>", doi[length - 1]) != NULL)
        return is_own_closing(doi, length) ? 0 : 1;
    for (size_t i = 0; i < sizeof quotes / sizeof *quotes; i++) {
        size_t size = strlen(quotes[i]);
        if (length > size && memcmp(doi + length - size, quotes[i], size) == 0)
            return size;
    }
    return 0;
}

static size_t without_foreign_end(const char *doi, size_t length)
{
    size_t more;
    while (length > 0 && (more = foreign_end(doi, length)) > 0)
        length -= more;
    return length;
}

/* 10, a registrant of digits and full stops, a slash; gives the suffix, NULL if it is no DOI.
 * A number that was never given out is believed only with a letter behind it: 10.5/12 is a score.
 */
static const char *doi_suffix(const char *text)
{
    if (!starts_with(text, "10."))
        return NULL;
    const char *registrant = text + 3;
    const char *end = skip_digits(registrant);
    bool assigned = end - registrant >= ASSIGNED_DIGITS;
    if (end == registrant)
        return NULL;
    while (*end == '.' && is_digit(end[1]))
        end = skip_digits(end + 1);
    if (*end != '/' || end[1] == '\0')
        return NULL;
    if (!assigned && strpbrk(end, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ") == NULL)
        return NULL;
    return end + 1;
}

static bool begins_another(const char *text)
{
    return *text != '\0' && strchr(";,|", *text) != NULL && starts_with(text + 1, "10.");
}

/* A space within a DOI cuts it short, and a short one may be another's: what follows a space must
 * be known to begin something else. */
static bool is_doubtful(const char *text, size_t length)
{
    const char *rest = text + length;
    if (length > 0 && strchr(";,|", text[length - 1]) != NULL)
        return false;
    if (*rest == '?' || *rest == '#' || begins_another(rest))
        return false;
    rest = skip_spaces(strncmp(rest, "%20", 3) == 0 ? rest + 3 : rest);
    return *rest != '\0' && skip_start(rest, doi_followers) == rest;
}

/* In an address a bare "?" or "#" begins what is no longer the DOI. */
static size_t length_of_doi(const char *text, bool in_address)
{
    const char *ends = in_address ? "?#" : "";
    size_t length = 0;
    while (text[length] != '\0' && !is_space(text[length]) &&
           strncmp(text + length, "\xC2\xA0", 2) != 0 && strncmp(text + length, "%20", 3) != 0 &&
           strchr(ends, text[length]) == NULL && !begins_another(text + length))
        length++;
    return length;
}

static bool is_printable(const char *text)
{
    uint32_t code = 0;
    for (size_t length = strlen(text); length > 0;) {
        size_t used = text_decode(text, length, &code);
        if (code <= ' ' || code == 0x7F || code == TEXT_NO_CHARACTER)
            return false;
        text += used;
        length -= used;
    }
    return true;
}

const char *identifier_doi(const char *text, struct arena *arena)
{
    if (text == NULL)
        return NULL;
    bool in_address = false;
    text = skip_spaces(text);
    while (*text == '<' || *text == '(' || *text == '[' || *text == '"')
        text++;
    text = skip_to_value(text, doi_labels, doi_resolvers, &in_address);
    size_t length = length_of_doi(text, in_address);
    if (length > DOI_MOST || is_doubtful(text, length))
        return NULL;

    char *doi = arena_strndup(arena, text, length);
    undo_escapes(doi);
    doi[without_foreign_end(doi, strlen(doi))] = '\0';
    if (doi_suffix(doi) == NULL || !is_printable(doi))
        return NULL;
    for (char *at = doi; *at != '\0'; at++)
        *at = (char)(*at >= 'A' && *at <= 'Z' ? *at + 'a' - 'A' : *at);
    return doi;
}

/* ---- PubMed ---- */

static const char *const pmid_labels[] = {"pmid", "pubmed id",  "pubmed", "medline",
                                          "nlm",  "info:pmid/", NULL};

static const char *const pmid_addresses[] = {"pubmed.ncbi.nlm.nih.gov/",
                                             "www.ncbi.nlm.nih.gov/pubmed/",
                                             "ncbi.nlm.nih.gov/pubmed/",
                                             "www.ncbi.nlm.nih.gov/m/pubmed/",
                                             "m.pubmed.gov/",
                                             "www.pubmed.gov/",
                                             "pubmed.gov/",
                                             "europepmc.org/article/MED/",
                                             "europepmc.org/abstract/MED/",
                                             "europepmc.org/med/",
                                             "identifiers.org/pubmed:",
                                             "identifiers.org/pubmed/",
                                             NULL};

static const char *const pmcid_addresses[] = {"www.ncbi.nlm.nih.gov/pmc/articles/",
                                              "ncbi.nlm.nih.gov/pmc/articles/",
                                              "pmc.ncbi.nlm.nih.gov/articles/",
                                              "europepmc.org/article/PMC/",
                                              "europepmc.org/articles/",
                                              "europepmc.org/pmc/articles/",
                                              "identifiers.org/pmc/",
                                              NULL};

/* Spreadsheets make 123.0 of 123. */
static const char *skip_empty_fraction(const char *text)
{
    return starts_with(text, ".0") && skip_digits(text + 2) == text + 2 ? text + 2 : text;
}

/* Nothing but space, closing punctuation, words in brackets ("[pmid]") or the other number. */
static bool is_end_of_field(const char *text)
{
    while (is_space(*text) || (*text != '\0' && strchr(".,;)]", *text) != NULL))
        text++;
    return *text == '\0' || *text == '[' || *text == '(' || starts_with(text, "PMC");
}

const char *identifier_pmid(const char *text, struct arena *arena)
{
    if (text == NULL)
        return NULL;
    bool in_address = false;
    const char *digits = skip_to_value(skip_spaces(text), pmid_labels, pmid_addresses, &in_address);
    while (*digits == '0')
        digits++;
    const char *end = skip_digits(digits);
    size_t length = (size_t)(end - digits);
    bool ended = in_address ? !is_alphanumeric(*end) : is_end_of_field(skip_empty_fraction(end));
    if (length == 0 || length > PMID_DIGITS_MOST || !ended)
        return NULL;
    return arena_strndup(arena, digits, length);
}

const char *identifier_pmcid(const char *text, struct arena *arena)
{
    static const char *const labels[] = {"pmcid", "pmc id", NULL};
    if (text == NULL)
        return NULL;
    bool in_address = false;
    text = skip_spaces(text);
    const char *number = skip_to_value(text, labels, pmcid_addresses, &in_address);
    bool prefixed = starts_with(number, "PMC");
    if (!prefixed && (in_address || number == text))
        return NULL;
    if (prefixed)
        number = skip_spaces(number + 3);
    while (*number == '0')
        number++;
    const char *end = skip_digits(number);
    size_t length = (size_t)(end - number);
    if (length == 0 || length > PMCID_DIGITS_MOST || is_alphanumeric(*end))
        return NULL;
    return arena_printf(arena, "PMC%.*s", (int)length, number);
}
