#include "importers/formats/xml_text.h"

#include <ctype.h>
#include <string.h>

#include "importers/formats/markup.h"
#include "importers/formats/plain.h"
#include "importers/formats/tag.h"

void xml_text_init(struct xml_text *text)
{
    *text = (struct xml_text){.arena = arena_new()};
}

void xml_text_release(struct xml_text *text)
{
    buffer_release(&text->bytes);
    arena_free(text->arena);
}

void xml_text_begin(struct xml_text *text)
{
    buffer_clear(&text->bytes);
    arena_clear(text->arena);
    text->too_long = false;
    text->has_tags = false;
    text->depth = 0;
}

void xml_text_add(struct xml_text *text, const char *bytes, size_t length)
{
    if (text->bytes.length + length > FORMAT_FIELD_MOST)
        text->too_long = true;
    if (!text->too_long)
        buffer_append(&text->bytes, bytes, length);
}

/* ---- elements within ---- */

static bool is_formula(const char *prefix, const char *uri)
{
    return (prefix != NULL && strcmp(prefix, "mml") == 0) ||
           (uri != NULL && strcmp(uri, "http://www.w3.org/1998/Math/MathML") == 0);
}

/* EndNote writes what stands high and low as <style face="superscript">. */
static const char *name_of_style(const char *face, size_t length)
{
    if (face == NULL)
        return NULL;
    return memmem(face, length, "superscript", 11) != NULL ? "sup"
           : memmem(face, length, "subscript", 9) != NULL  ? "sub"
                                                           : NULL;
}

/* Puts a tag that means something to the text around it back into it, for markup_line. */
static void add_tag(struct xml_text *text, const struct xml_text_inner *inner, bool closing)
{
    char bytes[TAG_NAME_SIZE + 8] = "<";
    struct tag tag;
    if (inner->name == NULL || strlen(inner->name) >= TAG_NAME_SIZE)
        return;
    char *end = stpcpy(bytes + 1, closing ? "/" : "");
    end = stpcpy(end, inner->formula ? "mml:" : "");
    end = stpcpy(stpcpy(end, inner->name), ">");
    if (tag_read(bytes, end, false, &tag)) {
        xml_text_add(text, bytes, (size_t)(end - bytes));
        text->has_tags = true;
    }
}

void xml_text_open(struct xml_text *text, const char *name, const char *prefix, const char *uri,
                   const char *face, size_t length)
{
    struct xml_text_inner *inner = &text->inner[text->depth++];
    *inner = (struct xml_text_inner){
        .name = strcmp(name, "style") == 0 ? name_of_style(face, length) : name,
        .formula = is_formula(prefix, uri),
    };
    add_tag(text, inner, false);
}

void xml_text_close(struct xml_text *text)
{
    add_tag(text, &text->inner[--text->depth], true);
}

/* ---- what comes out ---- */

/* "p < 0.05" and "R & D" hold none for sure, and most texts that have these signs are such. */
static bool may_hold_markup(const char *text, size_t length)
{
    const char *end = text + length;
    for (const char *at = text; (at = memchr(at, '<', (size_t)(end - at))) != NULL; at++)
        if (end - at > 1 && (isalpha((unsigned char)at[1]) || strchr("/!?", at[1]) != NULL))
            return true;
    for (const char *at = text; (at = memchr(at, '&', (size_t)(end - at))) != NULL; at++)
        if (end - at > 1 && (isalpha((unsigned char)at[1]) || at[1] == '#'))
            return true;
    return false;
}

/* NULL if nothing is left; in the buffer itself or in the arena. Text that was escaped may hold
 * markup of its own. */
static const char *plain(struct buffer *bytes, bool has_tags, struct arena *arena)
{
    if (bytes->length == 0)
        return NULL;
    if (plain_has_windows(bytes->bytes, bytes->length)) {
        struct buffer repaired = {0};
        plain_from_windows(&repaired, bytes->bytes, bytes->length);
        buffer_release(bytes);
        *bytes = repaired;
    }
    if (has_tags || may_hold_markup(bytes->bytes, bytes->length))
        return markup_line(bytes->bytes, bytes->length, arena);
    bytes->length = plain_fold(bytes->bytes, bytes->length);
    return bytes->length == 0 ? NULL : bytes->bytes;
}

const char *xml_text_line(struct xml_text *text)
{
    return plain(&text->bytes, text->has_tags, text->arena);
}

const char *xml_text_lines(struct xml_text *text)
{
    struct buffer lines = {0};
    struct buffer line = {0};
    const char *end = buffer_string(&text->bytes) + text->bytes.length;
    for (const char *at = buffer_string(&text->bytes); at < end;) {
        const char *stop = memchr(at, '\r', (size_t)(end - at));
        if (stop == NULL)
            stop = end;
        buffer_clear(&line);
        buffer_append(&line, at, (size_t)(stop - at));
        const char *folded = plain(&line, text->has_tags, text->arena);
        if (folded != NULL) {
            buffer_text(&lines, lines.length > 0 ? "\n" : "");
            buffer_text(&lines, folded);
        }
        at = stop + 1;
    }
    const char *copy =
        lines.length == 0 ? NULL : arena_strndup(text->arena, lines.bytes, lines.length);
    buffer_release(&lines);
    buffer_release(&line);
    return copy;
}

const char *xml_text_plain(const char *bytes, size_t length, struct arena *arena)
{
    struct buffer buffer = {0};
    buffer_append(&buffer, bytes, length);
    const char *text = plain(&buffer, false, arena);
    text = text == buffer.bytes ? arena_strdup(arena, text) : text;
    buffer_release(&buffer);
    return text;
}
