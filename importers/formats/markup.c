#include "importers/formats/markup.h"

#include <string.h>
#include <strings.h>

#include "evidence/base/buffer.h"
#include "evidence/base/text.h"
#include "importers/formats/entity.h"
#include "importers/formats/tag.h"

enum { MATH_DEPTH = 64, NO_ELEMENT_END = 1 << 7 };

enum gap { GAP_NONE, GAP_BLANK, GAP_LINE };

/* An open element within a formula. */
struct level {
    enum tag_effect effect;
    int children;
    bool bracketed; /* one side of a fraction */
};

struct plainer {
    const char *at;
    const char *end;
    bool paragraphs;
    bool markup;
    struct buffer out;
    enum gap gap;          /* owed before the next character */
    char join;             /* '/', '^' or '_' owed before it; ' ' keeps digits apart; 0: nothing */
    bool after_heading;    /* its paragraph follows on the same line */
    size_t heading;        /* where the open heading started; SIZE_MAX: none is open */
    size_t alternatives;   /* how many are open */
    const char *tex_until; /* a TeX formula that is text ends here */
    unsigned missing;      /* bit i: sections[i] has no further end; bit 7: nor has an element */
    bool in_math;
    bool in_words; /* mtext within a formula, whose blanks count */
    struct level levels[MATH_DEPTH];
    size_t depth; /* may pass MATH_DEPTH; what lies deeper is told apart no more */
};

/* ---- characters out ---- */

static bool is_white(uint32_t code)
{
    return code <= ' ' || (code >= 0x7F && code <= 0xA0) || code == 0x1680 ||
           (code >= 0x2000 && code <= 0x200A) || code == 0x2028 || code == 0x2029 ||
           code == 0x202F || code == 0x205F || code == 0x3000;
}

/* Soft hyphen, zero width space, marks and overrides of direction, byte order mark,
 * non-characters. */
static bool is_unseen(uint32_t code)
{
    return code == 0xAD || code == 0x200B || code == 0x200E || code == 0x200F ||
           (code >= 0x202A && code <= 0x202E) || (code >= 0x2060 && code <= 0x2069) ||
           code == 0xFEFF || (code >= 0xFDD0 && code <= 0xFDEF) || (code & 0xFFFE) == 0xFFFE;
}

static bool is_digit(uint32_t code)
{
    return code >= '0' && code <= '9';
}

static bool is_sign(uint32_t code)
{
    return code == '-' || code == '+' || code == 0x2212 || code == 0x2013;
}

/* A raised or lowered figure that would run together with the one before it: 10, then 3 or -3. What
 * cannot be mistaken stays as people write it: m2, CO2, Ca2+. */
static bool would_run_together(const struct plainer *p, uint32_t code)
{
    if (p->out.length == 0 || !is_digit((unsigned char)p->out.bytes[p->out.length - 1]))
        return false;
    if (is_digit(code))
        return true;
    bool alone = !p->in_math && p->end - p->at >= 2 && memcmp(p->at, "</", 2) == 0;
    return p->join == '^' && is_sign(code) && !alone;
}

static void settle_gap(struct plainer *p)
{
    if (p->out.length > 0 && p->gap != GAP_NONE)
        buffer_byte(&p->out, p->gap == GAP_LINE && p->paragraphs ? '\n' : ' ');
    p->gap = GAP_NONE;
}

/* A blank before it keeps a lowered figure apart, but not a power from its base. */
static void settle_join(struct plainer *p, uint32_t code)
{
    char join = p->join;
    bool wanted = join == '/' ||
                  (join != 0 && (join == '^' || p->gap == GAP_NONE) && would_run_together(p, code));
    settle_gap(p);
    if (wanted)
        buffer_byte(&p->out, join);
    p->join = 0;
}

static void owe(struct plainer *p, enum gap gap)
{
    if (gap > p->gap)
        p->gap = gap;
}

static void put(struct plainer *p, uint32_t code)
{
    bool within_math = p->in_math && !p->in_words;
    if (is_unseen(code))
        return;
    if (is_white(code)) {
        if (!within_math)
            owe(p, !p->markup && p->paragraphs && code == '\n' ? GAP_LINE : GAP_BLANK);
        return;
    }
    settle_join(p, code);
    entity_append(&p->out, code);
    p->after_heading = false;
}

/* ---- what tags do ---- */

static void open_heading(struct plainer *p)
{
    owe(p, GAP_LINE);
    p->heading = p->out.length;
}

static bool is_only_abstract(const char *text)
{
    text += strspn(text, " \n");
    return strcasecmp(text, "abstract") == 0 || strcasecmp(text, "abstract:") == 0 ||
           strcasecmp(text, "abstract.") == 0;
}

static void close_heading(struct plainer *p)
{
    if (p->heading == SIZE_MAX || !p->paragraphs) {
        owe(p, GAP_BLANK);
        return;
    }
    size_t start = p->heading;
    p->heading = SIZE_MAX;
    if (p->out.length <= start)
        return;
    if (is_only_abstract(p->out.bytes + start)) {
        p->out.length = start;
        p->out.bytes[start] = '\0';
        p->gap = start > 0 ? GAP_LINE : GAP_NONE;
        return;
    }
    if (strchr(":.?!", p->out.bytes[p->out.length - 1]) == NULL)
        buffer_byte(&p->out, ':');
    p->gap = GAP_BLANK;
    p->after_heading = true;
}

static void block(struct plainer *p)
{
    owe(p, p->after_heading ? GAP_BLANK : GAP_LINE);
}

/* What stands between the parts of a formula's element, before its next part. */
static char joint_of(const struct level *level)
{
    if (level->effect == EFFECT_FRACTION)
        return level->children == 2 ? '/' : 0;
    if (level->effect == EFFECT_SUP)
        return level->children == 2 ? '^' : ' ';
    if (level->effect == EFFECT_SUB)
        return level->children == 2 ? '_' : ' ';
    if (level->effect == EFFECT_BOTH)
        return level->children == 2 ? '_' : level->children == 3 ? '^' : ' ';
    return ' ';
}

/* A '/' that is owed already is not given up for a weaker joint. */
static void join_with(struct plainer *p, char joint)
{
    if (p->join != '/' && joint != 0)
        p->join = joint;
}

static bool is_row(const char *name)
{
    return strcmp(name, "mrow") == 0;
}

static void open_in_math(struct plainer *p, const struct tag *tag)
{
    bool bracketed = false;
    if (p->depth > 0 && p->depth <= MATH_DEPTH) {
        struct level *parent = &p->levels[p->depth - 1];
        parent->children++;
        join_with(p, joint_of(parent));
        bracketed = parent->effect == EFFECT_FRACTION && is_row(tag->name) && !tag->empty;
    }
    if (bracketed)
        put(p, '(');
    if (strcmp(tag->name, "mtext") == 0)
        p->in_words = !tag->empty;
    if (tag->empty)
        return;
    if (p->depth < MATH_DEPTH)
        p->levels[p->depth] = (struct level){.effect = tag->effect, .bracketed = bracketed};
    p->depth++;
}

static void close_in_math(struct plainer *p, const struct tag *tag)
{
    if (strcmp(tag->name, "mtext") == 0)
        p->in_words = false;
    if (p->depth == 0)
        return;
    p->depth--;
    if (p->depth < MATH_DEPTH && p->levels[p->depth].bracketed)
        put(p, ')');
    join_with(p, ' ');
}

static void math_tag(struct plainer *p, const struct tag *tag)
{
    if (tag->effect == EFFECT_MATH) {
        p->in_math = !tag->closing && !tag->empty;
        p->in_words = false;
        p->depth = 0;
        if (p->in_math)
            p->levels[p->depth++] = (struct level){.effect = EFFECT_MATH};
        join_with(p, ' ');
        return;
    }
    if (tag->effect == EFFECT_BLANK)
        owe(p, GAP_BLANK);
    if (tag->closing)
        close_in_math(p, tag);
    else
        open_in_math(p, tag);
}

/* The end of the element whose start tag lies at p->at; NULL if it has none. */
static const char *element_end(const struct plainer *p, const struct tag *tag)
{
    struct tag close;
    const char *at = p->at + tag->length;
    while ((at = memchr(at, '<', (size_t)(p->end - at))) != NULL) {
        if (tag_read(at, p->end, p->in_math, &close) && close.closing &&
            strcmp(close.name, tag->name) == 0)
            return at + close.length;
        at++;
    }
    return NULL;
}

/* A TeX twin of a formula: a whole document, or beside its MathML. */
static bool is_twin(const struct plainer *p, const struct tag *tag, const char *end)
{
    if (tag->effect != EFFECT_TEX)
        return true;
    return p->alternatives > 0 ||
           memmem(p->at, (size_t)(end - p->at), "\\documentclass", 14) != NULL;
}

/* No end is looked for twice, so that many beginnings cost no more than one. */
static bool skip_element(struct plainer *p, const struct tag *tag)
{
    bool skipped = tag->effect == EFFECT_GONE || tag->effect == EFFECT_TEX;
    if (!skipped || tag->closing || tag->empty || (p->missing & NO_ELEMENT_END) != 0 ||
        p->at < p->tex_until)
        return false;
    const char *end = element_end(p, tag);
    if (end == NULL) {
        p->missing |= NO_ELEMENT_END;
        return false;
    }
    if (!is_twin(p, tag, end)) {
        p->tex_until = end;
        return false;
    }
    p->at = end;
    return true;
}

/* Of two raised figures one after the other the second is no power of the first. */
static void script_tag(struct plainer *p, const struct tag *tag)
{
    if (tag->closing)
        p->join = ' ';
    else if (p->join != ' ')
        p->join = tag->effect == EFFECT_SUP ? '^' : '_';
}

static void count_alternatives(struct plainer *p, const struct tag *tag)
{
    if (!tag->closing && !tag->empty)
        p->alternatives++;
    else if (tag->closing && p->alternatives > 0)
        p->alternatives--;
}

static void obey(struct plainer *p, const struct tag *tag)
{
    if (strcmp(tag->name, "alternatives") == 0)
        count_alternatives(p, tag);
    if (tag->effect == EFFECT_MATH || p->in_math)
        math_tag(p, tag);
    else if (tag->effect == EFFECT_BLANK)
        owe(p, GAP_BLANK);
    else if (tag->effect == EFFECT_BLOCK)
        block(p);
    else if (tag->effect == EFFECT_HEADING && tag->closing)
        close_heading(p);
    else if (tag->effect == EFFECT_HEADING && !tag->empty)
        open_heading(p);
    else if (tag->effect == EFFECT_SUP || tag->effect == EFFECT_SUB)
        script_tag(p, tag);
}

/* ---- the walk ---- */

static void put_bytes(struct plainer *p, const char *end)
{
    while (p->at < end) {
        uint32_t code = 0;
        size_t used = text_decode(p->at, (size_t)(p->end - p->at), &code);
        p->at += used;
        put(p, code);
    }
}

static bool is_ordinary(char byte)
{
    return byte > ' ' && byte < 0x7F && byte != '<' && byte != '&';
}

/* The same as `put` for each of them, in one step: most of any text is such. */
static bool put_ordinary(struct plainer *p)
{
    const char *end = p->at;
    while (end < p->end && is_ordinary(*end))
        end++;
    if (end == p->at || p->join != 0)
        return false;
    settle_gap(p);
    buffer_append(&p->out, p->at, (size_t)(end - p->at));
    p->after_heading = false;
    p->at = end;
    return true;
}

/* Comments and processing instructions go; CDATA is text. */
static const struct {
    const char *open;
    const char *close;
    bool is_text;
} sections[] = {{"<!--", "-->", false}, {"<?", "?>", false}, {"<![CDATA[", "]]>", true}};

static bool take_section_of(struct plainer *p, size_t kind)
{
    size_t left = (size_t)(p->end - p->at);
    size_t opening = strlen(sections[kind].open), closing = strlen(sections[kind].close);
    if ((p->missing & 1u << kind) != 0 || left < opening ||
        memcmp(p->at, sections[kind].open, opening) != 0)
        return false;
    const char *close = memmem(p->at + opening, left - opening, sections[kind].close, closing);
    if (close == NULL) {
        p->missing |= 1u << kind;
        return false;
    }
    p->at += opening;
    if (sections[kind].is_text)
        put_bytes(p, close);
    p->at = close + closing;
    return true;
}

static bool take_section(struct plainer *p)
{
    for (size_t kind = 0; kind < sizeof sections / sizeof *sections; kind++)
        if (take_section_of(p, kind))
            return true;
    return false;
}

static bool take_markup(struct plainer *p)
{
    if (*p->at == '&') {
        uint32_t code = 0;
        size_t used = entity_read(p->at, (size_t)(p->end - p->at), &code);
        p->at += used;
        if (used > 0)
            put(p, code);
        return used > 0;
    }
    if (*p->at != '<')
        return false;
    struct tag tag;
    if (!tag_read(p->at, p->end, p->in_math, &tag))
        return take_section(p);
    if (!skip_element(p, &tag)) {
        p->at += tag.length;
        obey(p, &tag);
    }
    return true;
}

static const char *finish(struct plainer *p, struct arena *arena)
{
    char *text = p->out.length == 0 ? NULL : arena_strndup(arena, p->out.bytes, p->out.length);
    buffer_release(&p->out);
    return text;
}

static const char *walk(const char *text, size_t length, bool markup, bool paragraphs,
                        struct arena *arena)
{
    struct plainer p = {.at = text,
                        .end = text + length,
                        .markup = markup,
                        .paragraphs = paragraphs,
                        .heading = SIZE_MAX};
    while (p.at < p.end)
        if (!put_ordinary(&p) && (!markup || !take_markup(&p)))
            put_bytes(&p, p.at + 1);
    return finish(&p, arena);
}

/* ---- escaped once too often ---- */

/* The escaped tag at `at` ("&lt;sup&gt;") as the tag it would be, appended to `out`. Returns the
 * bytes it takes up, 0 if there is none. */
static size_t escaped_tag(const char *at, size_t length, struct buffer *out)
{
    enum { LONGEST = 300 };
    size_t window = length < LONGEST ? length : LONGEST;
    const char *close = memmem(at, window, "&gt;", 4);
    if (window < 9 || memcmp(at, "&lt;", 4) != 0 || close == NULL)
        return 0;
    struct buffer tag = {0};
    buffer_byte(&tag, '<');
    for (const char *inner = at + 4; inner < close; inner++) {
        uint32_t code = 0;
        size_t used = entity_read(inner, (size_t)(close - inner), &code);
        if (used > 0)
            entity_append(&tag, code);
        else
            buffer_byte(&tag, *inner);
        inner += used > 0 ? used - 1 : 0;
    }
    buffer_byte(&tag, '>');
    struct tag read;
    bool is_tag =
        tag_read(tag.bytes, tag.bytes + tag.length, false, &read) && read.length == tag.length;
    if (is_tag)
        buffer_append(out, tag.bytes, tag.length);
    buffer_release(&tag);
    return is_tag ? (size_t)(close + 4 - at) : 0;
}

/* "&amp;lt;" is "&lt;" for one who escaped twice, and "&lt;i&gt;" was a tag once. */
static size_t escaped_twice(const char *at, size_t length, struct buffer *out)
{
    uint32_t code;
    if (length > 5 && memcmp(at, "&amp;", 5) == 0) {
        char again[ENTITY_LONGEST + 2] = "&";
        size_t rest = length - 5 < ENTITY_LONGEST ? length - 5 : ENTITY_LONGEST;
        memcpy(again + 1, at + 5, rest);
        if (entity_read(again, rest + 1, &code) == 0)
            return 0;
        buffer_byte(out, '&');
        return 5;
    }
    return escaped_tag(at, length, out);
}

static void unescape_once(const char *text, size_t length, struct buffer *out)
{
    for (size_t at = 0; at < length;) {
        size_t used = text[at] == '&' ? escaped_twice(text + at, length - at, out) : 0;
        if (used == 0)
            buffer_byte(out, text[at]);
        at += used > 0 ? used : 1;
    }
}

static const char *without_markup(const char *text, size_t length, bool paragraphs,
                                  struct arena *arena)
{
    if (text == NULL)
        return NULL;
    if (memmem(text, length, "&amp;", 5) == NULL && memmem(text, length, "&lt;", 4) == NULL)
        return walk(text, length, true, paragraphs, arena);
    struct buffer once = {0}, twice = {0};
    unescape_once(text, length, &once);
    unescape_once(buffer_string(&once), once.length, &twice);
    const char *plain = walk(buffer_string(&twice), twice.length, true, paragraphs, arena);
    buffer_release(&once);
    buffer_release(&twice);
    return plain;
}

const char *markup_line(const char *text, size_t length, struct arena *arena)
{
    return without_markup(text, length, false, arena);
}

const char *markup_paragraphs(const char *text, size_t length, struct arena *arena)
{
    return without_markup(text, length, true, arena);
}

const char *plain_line(const char *text, size_t length, struct arena *arena)
{
    return text == NULL ? NULL : walk(text, length, false, false, arena);
}

const char *plain_paragraphs(const char *text, size_t length, struct arena *arena)
{
    return text == NULL ? NULL : walk(text, length, false, true, arena);
}
