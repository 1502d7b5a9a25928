#include "importers/formats/plain.h"

#include <stdint.h>
#include <string.h>

#include "evidence/base/text.h"
#include "importers/formats/entity.h"

/* Windows-1252, 0x80 to 0x9F; 0 where it has nothing. Source: unicode.org, CP1252.TXT. */
static const uint32_t windows[32] = {
    0x20AC, 0,      0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160,
    0x2039, 0x0152, 0,      0x017D, 0,      0,      0x2018, 0x2019, 0x201C, 0x201D, 0x2022,
    0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0,      0x017E, 0x0178,
};

static bool is_blank(uint32_t code)
{
    return code <= ' ' || (code >= 0x7F && code <= 0xA0) || code == 0x1680 ||
           (code >= 0x2000 && code <= 0x200A) || code == 0x2028 || code == 0x2029 ||
           code == 0x202F || code == 0x205F || code == 0x3000;
}

/* Soft hyphen, zero-width characters, marks of direction, the byte order mark and what Unicode sets
 * aside as no character. Joiners stay: some scripts are spelled with them. */
static bool is_unseen(uint32_t code)
{
    return code == 0xAD || code == 0x200B || code == 0x200E || code == 0x200F ||
           (code >= 0x202A && code <= 0x202E) || (code >= 0x2060 && code <= 0x2069) ||
           code == 0xFEFF || (code >= 0xFDD0 && code <= 0xFDEF) || (code & 0xFFFE) == 0xFFFE;
}

/* One character beyond ASCII. Returns how many bytes it took. */
static size_t fold_wide(char *text, size_t at, size_t length, size_t *out, bool *blank)
{
    uint32_t code;
    size_t used = text_decode(text + at, length - at, &code);
    if (is_blank(code)) {
        *blank = true;
    } else if (!is_unseen(code)) {
        if (*blank && *out > 0)
            text[(*out)++] = ' ';
        *blank = false;
        memmove(text + *out, text + at, used);
        if (used == 1)
            text[*out] = '?'; /* no UTF-8 */
        *out += used;
    }
    return used;
}

size_t plain_fold(char *text, size_t length)
{
    size_t out = 0;
    bool blank = false;
    for (size_t at = 0; at < length;) {
        unsigned char byte = (unsigned char)text[at];
        if (byte >= 0x80) {
            at += fold_wide(text, at, length, &out, &blank);
            continue;
        }
        at++;
        if (byte <= ' ' || byte == 0x7F) {
            blank = true;
            continue;
        }
        if (blank && out > 0)
            text[out++] = ' ';
        blank = false;
        text[out++] = (char)byte;
    }
    text[out] = '\0';
    return out;
}

/* In UTF-8 they are 0xC2 and the byte itself. */
static const char *next_windows(const char *at, const char *end)
{
    while ((at = memchr(at, 0xC2, (size_t)(end - at))) != NULL) {
        if (end - at >= 2 && (unsigned char)at[1] < 0xA0)
            return at;
        at++;
    }
    return end;
}

bool plain_has_windows(const char *text, size_t length)
{
    return next_windows(text, text + length) != text + length;
}

void plain_from_windows(struct buffer *out, const char *text, size_t length)
{
    const char *end = text + length;
    while (text < end) {
        const char *found = next_windows(text, end);
        buffer_append(out, text, (size_t)(found - text));
        if (found == end)
            return;
        uint32_t code = windows[(unsigned char)found[1] & 0x1F];
        entity_append(out, code == 0 ? ' ' : code);
        text = found + 2;
    }
}
