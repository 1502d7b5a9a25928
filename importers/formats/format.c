#include "importers/formats/format.h"

#include <string.h>
#include <strings.h>

#include "evidence/base/buffer.h"
#include "importers/formats/endnote_xml.h"
#include "importers/formats/formats.h"
#include "importers/formats/pubmed_xml.h"
#include "importers/formats/revman.h"

/* Where two are as sure, the first is taken: a format of its own before the ones of many. */
const struct format *const formats[] = {
    &format_pubmed_xml,
    &format_endnote_xml,
    &format_revman,
    &format_ris,
    &format_nbib,
    &format_web_of_science,
    &format_bibtex,
    &format_csl_json,
    &format_retraction_watch,
    &format_revman_csv,
    &format_effects_csv,
    &format_csv,
    NULL,
};

/* What a file may be that is none of them, by how it begins. */
static const struct {
    const char *begins;
    size_t length;
    const char *what;
} strangers[] = {
    {"%PDF", 4, "a PDF"},
    {"PK\003\004", 4, "a ZIP archive or an office document; unpack it, or save it as CSV"},
    {"\xD0\xCF\x11\xE0", 4, "an old office document; save it as CSV"},
    {"<!DOCTYPE html", 14, "a web page"},
    {"<html", 5, "a web page"},
    {"SQLite format 3", 15, "a SQLite database"},
    {"\x1F\x8B", 2, "gzip within gzip"},
    {"<", 1, "XML of a kind that is not known here"},
    {"{", 1, "JSON of a kind that is not known here"},
    {"[", 1, "JSON of a kind that is not known here"},
};

const struct format *format_named(const char *name)
{
    for (const struct format *const *format = formats; *format != NULL; format++)
        if (strcmp((*format)->name, name) == 0)
            return *format;
    return NULL;
}

static const char *skip_mark_and_blanks(const char *head, size_t length)
{
    const char *end = head + length;
    if (length >= 3 && memcmp(head, "\xEF\xBB\xBF", 3) == 0)
        head += 3;
    while (head < end && (*head == ' ' || *head == '\t' || *head == '\r' || *head == '\n'))
        head++;
    return head;
}

static const char *looks_like(const char *head, size_t length)
{
    const char *start = skip_mark_and_blanks(head, length);
    size_t left = length - (size_t)(start - head);
    if (left == 0)
        return "nothing: it is empty";
    for (size_t i = 0; i < sizeof strangers / sizeof *strangers; i++)
        if (left >= strangers[i].length &&
            strncasecmp(start, strangers[i].begins, strangers[i].length) == 0)
            return strangers[i].what;
    return memchr(start, '\0', left) != NULL ? "binary data"
                                             : "text of a kind that is not known here";
}

static bool fail_unknown(const struct input *input, const char *head, size_t length,
                         struct error *err)
{
    struct buffer names = {0};
    for (const struct format *const *format = formats; *format != NULL; format++)
        buffer_printf(&names, "%s%s", names.length > 0 ? ", " : "", (*format)->title);
    error_set(err, ERROR_INVALID, "%s looks like %s. Known are: %s", input_name(input),
              looks_like(head, length), buffer_string(&names));
    buffer_release(&names);
    return false;
}

const struct format *format_of(struct input *input, struct error *err)
{
    const char *head = NULL;
    size_t length = 0;
    if (!input_peek(input, &head, &length, err))
        return NULL;
    const struct format *best = NULL;
    int most = 0;
    for (const struct format *const *format = formats; *format != NULL; format++) {
        int sure = (*format)->recognise(head, length);
        if (sure > most) {
            best = *format;
            most = sure;
        }
    }
    if (best == NULL)
        fail_unknown(input, head, length, err);
    return best;
}
