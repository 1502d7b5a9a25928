#include "importers/formats/entity.h"

#include <libxml/HTMLparser.h>
#include <stdlib.h>
#include <string.h>

#include "evidence/base/text.h"

/* Numeric references to 0x80 … 0x9F mean what Windows-1252 has there (HTML Living Standard,
 * "numeric character reference end state"). */
static const uint16_t windows_1252[32] = {
    0x20AC, 0x81,   0x201A, 0x192,  0x201E, 0x2026, 0x2020, 0x2021, 0x2C6,  0x2030, 0x160,
    0x2039, 0x152,  0x8D,   0x17D,  0x8F,   0x90,   0x2018, 0x2019, 0x201C, 0x201D, 0x2022,
    0x2013, 0x2014, 0x2DC,  0x2122, 0x161,  0x203A, 0x153,  0x9D,   0x17E,  0x178};

void entity_append(struct buffer *out, uint32_t code)
{
    if (code < 0x80) {
        buffer_byte(out, (char)code);
        return;
    }
    if (code >= 0x10000) {
        buffer_byte(out, (char)(0xF0 | code >> 18));
        buffer_byte(out, (char)(0x80 | (code >> 12 & 0x3F)));
    } else if (code >= 0x800) {
        buffer_byte(out, (char)(0xE0 | code >> 12));
    }
    if (code >= 0x800)
        buffer_byte(out, (char)(0x80 | (code >> 6 & 0x3F)));
    else
        buffer_byte(out, (char)(0xC0 | code >> 6));
    buffer_byte(out, (char)(0x80 | (code & 0x3F)));
}

/* "&#8211;", "&#x2013;" */
static size_t numeric_entity(const char *at, size_t length, uint32_t *code)
{
    bool hex = length > 2 && (at[2] == 'x' || at[2] == 'X');
    size_t start = hex ? 3 : 2;
    size_t used = start;
    uint64_t value = 0;
    for (; used < length && used < start + 8; used++) {
        char digit[2] = {at[used], '\0'};
        char *after;
        unsigned long figure = strtoul(digit, &after, hex ? 16 : 10);
        if (after == digit)
            break;
        value = value * (hex ? 16 : 10) + figure;
    }
    if (used == start || used >= length || at[used] != ';')
        return 0;
    if (value >= 0x80 && value <= 0x9F)
        value = windows_1252[value - 0x80];
    bool possible = value <= 0x10FFFF && (value < 0xD800 || value > 0xDFFF);
    *code = possible ? (uint32_t)value : TEXT_NO_CHARACTER;
    return used + 1;
}

static size_t named_entity(const char *at, size_t length, uint32_t *code)
{
    char name[ENTITY_LONGEST];
    size_t used = 1;
    while (used < length && used < ENTITY_LONGEST &&
           strchr("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789", at[used]) !=
               NULL &&
           at[used] != '\0')
        used++;
    if (used == 1 || used >= length || at[used] != ';')
        return 0;
    memcpy(name, at + 1, used - 1);
    name[used - 1] = '\0';
    const htmlEntityDesc *known = htmlEntityLookup((const xmlChar *)name);
    if (known == NULL && strcmp(name, "apos") != 0)
        return 0;
    *code = known == NULL ? '\'' : known->value;
    return used + 1;
}

size_t entity_read(const char *at, size_t length, uint32_t *code)
{
    if (length < 3 || at[0] != '&')
        return 0;
    return at[1] == '#' ? numeric_entity(at, length, code) : named_entity(at, length, code);
}
