/*
 * Registration numbers: the registers' own patterns as a table, and one small matcher for them.
 *
 * The forms are those that the registers of WHO's platform document and give out: a number of fixed
 * length behind a name, at times with a year or a kind between them.
 */
#include "importers/intake/identifier.h"

#include <ctype.h>
#include <stdbool.h>
#include <stddef.h>
#include <string.h>

enum {
    NUMBER_SIZE = 48,   /* the longest has some 30 */
    NUMBERS_MOST = 500, /* in one text; a review of all trials of a field lists some hundred */
    SEPARATORS_MOST = 3 /* between name and number: "NCT: 01234567" */
};

/*
 * In a pattern
 *     #      a digit          @  a letter          *  either; each may be followed by {n} or {m,n}
 *     -      a hyphen of any kind                  /  a slash or hyphen
 *     ~      nothing, or up to three spaces, colons and hyphens, left out of the result
 *     ( )    read, but left out of the result
 *     =      first of all: letters count in their case
 * and the rest is letters in any case, which come out in upper case.
 */
static const char *const patterns[] = {
    "NCT~#{8}",
    "ISRCTN~#{8}",
    "ACTRN~#{14}",
    "DRKS~#{8}",
    "ChiCTR-@{2,6}-#{8}",
    "ChiCTR~#{10}",
    "ITMCTR~#{10}",
    "CTRI/20##/#{2,3}/#{6}",
    "IRCT~#{10,14}N#{1,3}",
    "UMIN(~CTR)~#{9}",
    "UMIN~#{9}",
    "jRCTs~#{9}",
    "jRCT~#{10}",
    "JapicCTI-#{6}",
    "JMA-IIA#{5}",
    "KCT~#{7}",
    "TCTR~#{11}",
    "PACTR~#{15,16}",
    "=RBR-*{6,8}",
    "RPCEC~#{8}",
    "SLCTR/20##/#{3}",
    "LBCTR~#{10}",
    "=PER-#{3}-#{2}",
    "=NTR~#{3,5}",
    "NL-OMON#{4,6}",
    "SNCTP~#{9}",
    "PHRR~#{6}-#{6}",
    "U1111-####-####",
    "(EudraCT~)20##-#{6}-##",
    "(EUCTR~)20##-#{6}-##",
    "(CTIS~)20##-#{6}-##",
    "20##-#{6}-##",
    "CRD~42#{9,11}",
};

struct number {
    char text[NUMBER_SIZE];
    size_t length;
    bool left_out;
};

static void add(struct number *number, char c)
{
    if (!number->left_out && number->length + 1 < sizeof number->text)
        number->text[number->length++] = (char)toupper((unsigned char)c);
}

/* ASCII, and the Unicode hyphens U+2010 to U+2015 and U+2212; 0 if there is none. */
static size_t hyphen_length(const char *text)
{
    unsigned char last = strnlen(text, 3) == 3 ? (unsigned char)text[2] : 0;
    if (*text == '-')
        return 1;
    if (strncmp(text, "\xE2\x80", 2) == 0 && last >= 0x90 && last <= 0x95)
        return 3;
    return strncmp(text, "\xE2\x88\x92", 3) == 0 ? 3 : 0;
}

static size_t separator_length(const char *text)
{
    if (*text == ' ' || *text == ':' || *text == '#' || *text == '\n')
        return 1;
    return strncmp(text, "\xC2\xA0", 2) == 0 ? 2 : hyphen_length(text);
}

static const char *skip_separators(const char *text)
{
    for (int i = 0; i < SEPARATORS_MOST; i++)
        text += separator_length(text);
    return text;
}

static bool is_of_class(char c, char wanted)
{
    unsigned char byte = (unsigned char)c;
    if (byte >= 0x80)
        return false;
    return (wanted != '@' && isdigit(byte)) || (wanted != '#' && isalpha(byte));
}

/* "{n}" or "{m,n}" at `pattern`; 1 and 1 without. Gives the pattern behind it. */
static const char *read_count(const char *pattern, size_t *least, size_t *most)
{
    *least = *most = 1;
    if (*pattern != '{')
        return pattern;
    *least = 0;
    for (pattern++; isdigit((unsigned char)*pattern); pattern++)
        *least = *least * 10 + (size_t)(*pattern - '0');
    *most = *least;
    if (*pattern != ',')
        return pattern + 1;
    *most = 0;
    for (pattern++; isdigit((unsigned char)*pattern); pattern++)
        *most = *most * 10 + (size_t)(*pattern - '0');
    return pattern + 1;
}

/* As many of a class as the pattern allows; NULL if too few stand there. */
static const char *match_class(const char **pattern, const char *text, struct number *out)
{
    size_t least, most, count = 0;
    char wanted = **pattern;
    *pattern = read_count(*pattern + 1, &least, &most);
    for (; count < most && is_of_class(*text, wanted); count++)
        add(out, *text++);
    return count < least ? NULL : text;
}

static const char *match_one(const char **pattern, const char *text, bool exact, struct number *out)
{
    char wanted = **pattern;
    if (strchr("#@*", wanted) != NULL)
        return match_class(pattern, text, out);
    ++*pattern;
    if (wanted == '(' || wanted == ')') {
        out->left_out = wanted == '(';
        return text;
    }
    if (wanted == '~')
        return skip_separators(text);
    if (wanted == '-' || wanted == '/') {
        size_t length = wanted == '/' && *text == '/' ? 1 : hyphen_length(text);
        add(out, wanted);
        return length == 0 ? NULL : text + length;
    }
    bool same =
        exact ? *text == wanted : toupper((unsigned char)*text) == toupper((unsigned char)wanted);
    add(out, wanted);
    return same ? text + 1 : NULL;
}

/* Where the number ends that begins at `text`, NULL if none does. */
static const char *match(const char *pattern, const char *text, struct number *out)
{
    bool exact = *pattern == '=';
    *out = (struct number){0};
    if (exact)
        pattern++;
    while (text != NULL && *pattern != '\0')
        text = match_one(&pattern, text, exact, out);
    if (text == NULL || is_of_class(*text, '*'))
        return NULL;
    out->text[out->length] = '\0';
    /* "RBR-positive" has the letters of a number, and none is all letters but a few old ones. */
    return strpbrk(out->text, "0123456789") == NULL ? NULL : text;
}

/* A number does not begin within a longer one. A name may be stuck to the word before it, as in
 * "ClinicalTrials.govNCT01234567". */
static bool may_begin(const char *text, const char *at)
{
    if (!is_of_class(*at, '*'))
        return false;
    if (at == text || !is_of_class(at[-1], '*'))
        return true;
    return islower((unsigned char)at[-1]) && isupper((unsigned char)*at);
}

/* A look at the first letter spares most texts the rest. */
static bool may_match(const char *pattern, char first)
{
    while (*pattern == '=' || *pattern == '(')
        pattern++;
    return toupper((unsigned char)*pattern) == toupper((unsigned char)first);
}

static const char *match_any(const char *text, struct number *out)
{
    for (size_t i = 0; i < sizeof patterns / sizeof *patterns; i++) {
        if (!may_match(patterns[i], *text))
            continue;
        const char *end = match(patterns[i], text, out);
        if (end != NULL)
            return end;
    }
    return NULL;
}

static bool has(const char *const *list, size_t count, const char *text)
{
    for (size_t i = 0; i < count; i++)
        if (strcmp(list[i], text) == 0)
            return true;
    return false;
}

const char *const *identifier_registrations_in(const char *text, struct arena *arena)
{
    const char *found[NUMBERS_MOST + 1];
    size_t count = 0;
    struct number number;
    for (const char *at = text; at != NULL && *at != '\0' && count < NUMBERS_MOST;) {
        const char *end = may_begin(text, at) ? match_any(at, &number) : NULL;
        if (end != NULL && !has(found, count, number.text))
            found[count++] = arena_strndup(arena, number.text, number.length);
        at = end == NULL ? at + 1 : end;
    }
    const char **list = arena_array(arena, count + 1, sizeof *list);
    if (count > 0)
        memcpy(list, found, count * sizeof *list);
    return list;
}

const char *identifier_registration(const char *text, struct arena *arena)
{
    const char *const *found = identifier_registrations_in(text, arena);
    return found[0] != NULL && found[1] == NULL ? found[0] : NULL;
}
