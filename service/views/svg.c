#include "service/views/svg.h"

#include <math.h>
#include <string.h>

#include "evidence/base/text.h"
#include "service/views/html.h"
#include "service/views/sign.h"

/* The colours of style.css. In print everything is black on white: shapes and patterns tell what
 * colours tell elsewhere. */
static const char style[] =
    "svg{--paper:#fffdf9;--panel:#f5f1e8;--ink:#22211e;--quiet:#5c564c;--line:#d6cfc0;"
    "--edge:#857c6c;--good:#0b6e69;--little:#2f7a74;--stone:#6b6459;--rust:#9a3f12;--red:#b3261e;"
    "--stripe:#d9d1bf;max-width:100%;height:auto;background:var(--paper)}\n"
    "@media screen and (prefers-color-scheme:dark){svg{--paper:#161716;--panel:#212321;"
    "--ink:#eceae4;--quiet:#b9b4a8;--line:#3c3f3b;--edge:#87857c;--good:#5fd0c5;--little:#8fd9d1;"
    "--stone:#b9b1a4;--rust:#f0a277;--red:#ff9c93;--stripe:#45483f}}\n"
    "@media print{svg{--paper:#fff;--panel:#fff;--ink:#000;--quiet:#333;--line:#999;--edge:#555;"
    "--good:#000;--little:#000;--stone:#000;--rust:#000;--red:#000;--stripe:#bbb}}\n"
    "text{font:13px system-ui,-apple-system,\"Segoe UI\",Roboto,sans-serif;fill:var(--ink);"
    "font-variant-numeric:tabular-nums}\n"
    "text.small{font-size:12px}text.quiet,.aside text{fill:var(--quiet)}text.b{font-weight:700}\n"
    ".paper{fill:var(--paper)}.grid{stroke:var(--line)}.none{stroke:var(--edge);stroke-width:1.5}\n"
    ".axis{stroke:var(--edge)}.band{fill:url(#too-small)}.stripe{stroke:var(--stripe);"
    "stroke-width:3}.edge{stroke:var(--edge);stroke-dasharray:2 3}\n"
    ".range{stroke:var(--ink);stroke-width:1.5}.mark{fill:var(--ink)}\n"
    ".aside .range{stroke:var(--edge);stroke-dasharray:3 2}.aside .mark{fill:var(--paper);"
    "stroke:var(--edge);stroke-width:1.5}.aside .arrow{fill:var(--edge)}\n"
    ".arrow{fill:var(--ink)}.pool{fill:currentColor;stroke:currentColor}.pooled{stroke:"
    "currentColor;"
    "stroke-width:1.5;stroke-dasharray:5 3}.predicted{stroke:currentColor;stroke-width:1.5}\n"
    ".path{stroke:currentColor;stroke-width:2.5;fill:none}\n"
    ".likely{fill:url(#too-small);stroke:var(--line)}.without{stroke:var(--ink);stroke-width:1.5;"
    "stroke-dasharray:8 4;fill:none}.goal{stroke:var(--ink);stroke-width:2.5;stroke-dasharray:.1 6;"
    "stroke-linecap:round}text.over{stroke:var(--paper);stroke-width:4px;stroke-linejoin:round;"
    "paint-order:stroke}\n"
    ".row text{stroke:var(--paper);stroke-width:3px;stroke-linejoin:round;paint-order:stroke}\n"
    ".dot{stroke:var(--edge)}"
    ".cone{fill:var(--paper);stroke:var(--edge);stroke-dasharray:4 3}"
    ".cone.c10{fill:url(#c10)}.cone.c05{fill:url(#c05)}.swatch{stroke:var(--edge)}\n"
    ".circle{fill:var(--ink);fill-opacity:.75;stroke:var(--paper)}.cut{stroke:var(--paper);"
    "fill:none}.good{color:var(--good)}.little{color:var(--little)}.stone{color:var(--stone)}"
    ".rust{color:var(--rust)}.red{color:var(--red)}\n";

/* Hatching of what is too small to notice, and dots that grow denser with rarer chance. */
static const char patterns[] =
    "<defs><pattern id=\"too-small\" width=\"8\" height=\"8\" patternUnits=\"userSpaceOnUse\" "
    "patternTransform=\"rotate(45)\"><path class=\"stripe\" d=\"M1.5 0v8\"/></pattern>"
    "<pattern id=\"c10\" width=\"8\" height=\"8\" patternUnits=\"userSpaceOnUse\"><path "
    "class=\"dot\" d=\"M0 4h8\" stroke-width=\".6\"/></pattern>"
    "<pattern id=\"c05\" width=\"5\" height=\"5\" patternUnits=\"userSpaceOnUse\"><path "
    "class=\"dot\" d=\"M0 2.5h5M2.5 0v5\" stroke-width=\".6\"/></pattern></defs>\n";

struct svg svg_new(int width)
{
    return (struct svg){.width = width};
}

/* ---- numbers and attributes ---- */

/* A tenth of a pixel is enough, and keeps the bytes few and the same everywhere. */
static void put_length(struct buffer *out, double value)
{
    double tenths = isfinite(value) ? round(value * 10) : 0;
    if (fabs(tenths) > 1e7)
        tenths = copysign(1e7, tenths);
    buffer_number(out, tenths == 0 ? 0 : tenths / 10);
}

static void put_attribute(struct svg *svg, const char *name, double value)
{
    buffer_printf(&svg->body, " %s=\"", name);
    put_length(&svg->body, value);
    buffer_byte(&svg->body, '"');
}

static void put_class(struct svg *svg, const char *element, const char *class)
{
    html_put(&svg->body, "<%s class=\"%s\"", element, class);
}

static void put_end(struct svg *svg)
{
    buffer_text(&svg->body, "/>\n");
}

/* XML has no use for two characters that HTML takes. */
static void put_text(struct buffer *out, const char *text)
{
    size_t length = strlen(text), used;
    for (size_t at = 0; at < length; at += used) {
        uint32_t code;
        used = text_decode(text + at, length - at, &code);
        if (code == 0xFFFE || code == 0xFFFF)
            buffer_text(out, "\xEF\xBF\xBD");
        else
            html_text_length(out, text + at, used);
    }
}

/* ---- the whole ---- */

void svg_finish(struct svg *svg, const char *title, const char *desc, struct buffer *out)
{
    buffer_text(out, "<svg xmlns=\"http://www.w3.org/2000/svg\" role=\"img\" lang=\"en\" "
                     "aria-labelledby=\"title desc\" viewBox=\"0 0 ");
    buffer_printf(out, "%d ", svg->width);
    put_length(out, ceil(svg->height));
    buffer_printf(out, "\" width=\"%d\" height=\"", svg->width);
    put_length(out, ceil(svg->height));
    buffer_text(out, "\">\n<title id=\"title\">");
    put_text(out, title);
    buffer_text(out, "</title>\n<desc id=\"desc\">");
    put_text(out, desc);
    buffer_printf(out, "</desc>\n<style>\n%s</style>\n%s", style, patterns);
    buffer_text(out, "<rect class=\"paper\" width=\"100%\" height=\"100%\"/>\n");
    buffer_append(out, buffer_string(&svg->body), svg->body.length);
    buffer_text(out, "</svg>\n");
    buffer_release(&svg->body);
}

const char *svg_style(void)
{
    return style;
}

/* ---- shapes ---- */

void svg_line(struct svg *svg, const char *class, double x1, double y1, double x2, double y2)
{
    put_class(svg, "line", class);
    put_attribute(svg, "x1", x1);
    put_attribute(svg, "y1", y1);
    put_attribute(svg, "x2", x2);
    put_attribute(svg, "y2", y2);
    put_end(svg);
}

void svg_rect(struct svg *svg, const char *class, double x, double y, double width, double height)
{
    put_class(svg, "rect", class);
    put_attribute(svg, "x", x);
    put_attribute(svg, "y", y);
    put_attribute(svg, "width", fmax(0, width));
    put_attribute(svg, "height", fmax(0, height));
    put_end(svg);
}

void svg_circle(struct svg *svg, const char *class, double x, double y, double radius)
{
    put_class(svg, "circle", class);
    put_attribute(svg, "cx", x);
    put_attribute(svg, "cy", y);
    put_attribute(svg, "r", fmax(0, radius));
    put_end(svg);
}

static void put_points(struct svg *svg, const double *points, size_t count)
{
    buffer_text(&svg->body, " points=\"");
    for (size_t i = 0; i < 2 * count; i++) {
        if (i > 0)
            buffer_byte(&svg->body, i % 2 == 0 ? ' ' : ',');
        put_length(&svg->body, points[i]);
    }
    buffer_byte(&svg->body, '"');
    put_end(svg);
}

void svg_polygon(struct svg *svg, const char *class, const double *points, size_t count)
{
    put_class(svg, "polygon", class);
    put_points(svg, points, count);
}

void svg_polyline(struct svg *svg, const char *class, const double *points, size_t count)
{
    put_class(svg, "polyline", class);
    put_points(svg, points, count);
}

void svg_lozenge(struct svg *svg, const char *class, double left, double middle, double right,
                 double y, double half)
{
    const double points[] = {left, y, middle, y - half, right, y, middle, y + half};
    svg_polygon(svg, class, points, 4);
}

void svg_arrow(struct svg *svg, const char *class, double x, double y, int direction)
{
    double back = direction < 0 ? x + 7 : x - 7;
    const double points[] = {x, y, back, y - 4, back, y + 4};
    svg_polygon(svg, class, points, 3);
}

void svg_put_signs(struct svg *svg)
{
    sign_put_symbols(&svg->body);
}

void svg_sign(struct svg *svg, const char *tone, const char *symbol, double x, double y,
              double size, double strength)
{
    html_put(&svg->body, "<use class=\"%s\" href=\"#sign-%s\"", tone, symbol);
    put_attribute(svg, "x", x - size / 2);
    put_attribute(svg, "y", y - size / 2);
    put_attribute(svg, "width", size);
    put_attribute(svg, "height", size);
    if (strength < 1)
        put_attribute(svg, "opacity", strength);
    put_end(svg);
}

/* ---- groups ---- */

void svg_open(struct svg *svg, const char *class)
{
    put_class(svg, "g", class);
}

void svg_data(struct svg *svg, const char *name, double value)
{
    if (!isfinite(value))
        return;
    html_put(&svg->body, " data-%s=\"", name);
    buffer_number(&svg->body, value);
    buffer_byte(&svg->body, '"');
}

void svg_data_text(struct svg *svg, const char *name, const char *value)
{
    if (value == NULL)
        return;
    html_put(&svg->body, " data-%s=\"", name);
    put_text(&svg->body, value);
    buffer_byte(&svg->body, '"');
}

void svg_said(struct svg *svg, const char *sentence)
{
    buffer_byte(&svg->body, '>');
    if (sentence != NULL) {
        buffer_text(&svg->body, "<title>");
        put_text(&svg->body, sentence);
        buffer_text(&svg->body, "</title>");
    }
    buffer_byte(&svg->body, '\n');
}

void svg_close(struct svg *svg)
{
    buffer_text(&svg->body, "</g>\n");
}

/* ---- text ---- */

static void open_text(struct svg *svg, const char *class, enum svg_anchor anchor, double x,
                      double y)
{
    static const char *const anchors[] = {[SVG_START] = "",
                                          [SVG_MIDDLE] = " text-anchor=\"middle\"",
                                          [SVG_END] = " text-anchor=\"end\""};
    put_class(svg, "text", class);
    buffer_text(&svg->body, anchors[anchor]);
    put_attribute(svg, "x", x);
    put_attribute(svg, "y", y);
}

static void close_text(struct svg *svg, const char *text)
{
    buffer_byte(&svg->body, '>');
    put_text(&svg->body, text);
    buffer_text(&svg->body, "</text>\n");
}

void svg_text(struct svg *svg, const char *class, enum svg_anchor anchor, double x, double y,
              const char *text)
{
    open_text(svg, class, anchor, x, y);
    close_text(svg, text);
}

void svg_text_turned(struct svg *svg, const char *class, double x, double y, double degrees,
                     const char *text)
{
    open_text(svg, class, SVG_START, x, y);
    buffer_text(&svg->body, " transform=\"rotate(");
    put_length(&svg->body, degrees);
    buffer_byte(&svg->body, ' ');
    put_length(&svg->body, x);
    buffer_byte(&svg->body, ' ');
    put_length(&svg->body, y);
    buffer_text(&svg->body, ")\"");
    close_text(svg, text);
}

/* A character's share of the size, as the wider of the common sans-serif faces have it. */
static double share_of(uint32_t code)
{
    bool narrow = code < 0x80 && strchr("iljft.,:;'|![]() ", (int)code) != NULL;
    bool wide = code < 0x80 && strchr("mwMW%@", (int)code) != NULL;
    bool ideograph = code >= 0x1100 && (code < 0x2000 || code > 0x2BFF);
    if (narrow)
        return 0.37;
    return wide || ideograph ? 1.0 : code >= 'A' && code <= 'Z' ? 0.72 : 0.63;
}

static double width_of(const char *text, size_t length, double size)
{
    double width = 0;
    size_t used;
    for (size_t at = 0; at < length; at += used) {
        uint32_t code;
        used = text_decode(text + at, length - at, &code);
        width += size * share_of(code);
    }
    return width;
}

double svg_text_width(const char *text, double size)
{
    return width_of(text, strlen(text), size);
}

const char *svg_fit(const char *text, double size, double width, struct arena *arena)
{
    size_t length = strlen(text), fits = 0, used;
    if (width_of(text, length, size) <= width)
        return text;
    for (size_t at = 0; at < length; at += used) {
        uint32_t code;
        used = text_decode(text + at, length - at, &code);
        if (width_of(text, at + used, size) > width - size)
            break;
        fits = at + used;
    }
    while (fits > 0 && text[fits - 1] == ' ')
        fits--;
    return arena_printf(arena, "%.*s…", (int)fits, text);
}

/* Bytes of the first word that fit, at least one character: for addresses, which break best after
 * a dot or a slash. */
static size_t part_of_word(const char *text, size_t length, double size, double width)
{
    size_t fits = 0;
    uint32_t code;
    while (fits < length) {
        size_t used = text_decode(text + fits, length - fits, &code);
        if (fits > 0 && width_of(text, fits + used, size) > width)
            break;
        fits += used;
    }
    for (size_t at = fits; at > fits / 2; at--)
        if (text[at - 1] == '.' || text[at - 1] == '/')
            return at;
    return fits;
}

/* Bytes of the next line: up to the last space that fits. */
static size_t line_of(const char *text, double size, double width)
{
    size_t fits = 0, length = strlen(text);
    size_t word = strcspn(text, " ");
    if (width_of(text, word, size) > width)
        return part_of_word(text, word, size, width);
    for (size_t at = strcspn(text, " "); at <= length; at += 1 + strcspn(text + at + 1, " ")) {
        if (fits > 0 && width_of(text, at, size) > width)
            break;
        fits = at;
        if (text[at] == '\0')
            break;
    }
    return fits;
}

int svg_paragraph(struct svg *svg, const char *class, enum svg_anchor anchor, double x, double y,
                  double width, const char *text)
{
    double size = strstr(class, "small") != NULL ? SVG_SMALL_SIZE : SVG_TEXT_SIZE;
    if (class[0] == 'b' || strstr(class, " b") != NULL)
        size *= 1.12; /* bold runs wider */
    int lines = 0;
    struct buffer line = {0};
    for (text += strspn(text, " "); *text != '\0'; text += strspn(text, " ")) {
        size_t length = line_of(text, size, width);
        buffer_clear(&line);
        buffer_append(&line, text, length);
        svg_text(svg, class, anchor, x, y + lines * SVG_LINE, buffer_string(&line));
        lines++;
        text += length;
    }
    buffer_release(&line);
    return lines;
}
