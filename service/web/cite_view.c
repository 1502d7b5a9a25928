#include "service/web/cite_view.h"

#include <stdio.h>
#include <string.h>

#include "evidence/base/json_writer.h"
#include "service/views/html.h"

/* "Base 2026.11.22, rules default 2026.11". */
static const char *edition_of(const struct page *page)
{
    return arena_printf(page->arena, "Base %s, rules %s %s",
                        catalog_dataset(page->catalog)->version, catalog_ruleset(page->catalog)->id,
                        catalog_ruleset(page->catalog)->version);
}

struct day {
    int year, month, day; /* 0: not told */
};

static struct day day_of(const struct page *page)
{
    struct day day = {0};
    const char *date = catalog_dataset(page->catalog)->collected;
    if (date == NULL || sscanf(date, "%4d-%2d-%2d", &day.year, &day.month, &day.day) != 3)
        return (struct day){0};
    return day;
}

void cite_put_text(const struct page *page, const struct cited *cited, struct buffer *out)
{
    const char *date = catalog_dataset(page->catalog)->collected;
    buffer_printf(out, "Touchstone. %s. %s, %s. %s", cited->title, edition_of(page),
                  date == NULL ? "without a date" : date_in_words(date, page->arena),
                  cited->address);
}

/* What BibTeX reads as a command is escaped. */
static void put_tex(struct buffer *out, const char *text)
{
    for (; *text != '\0'; text++) {
        if (strchr("&%$#_{}", *text) != NULL)
            buffer_byte(out, '\\');
        if (*text == '\\')
            buffer_text(out, "\\textbackslash{}");
        else if (*text == '~' || *text == '^')
            buffer_printf(out, "\\%c{}", *text);
        else
            buffer_byte(out, *text);
    }
}

void cite_put_bibtex(const struct page *page, const struct cited *cited, struct buffer *out)
{
    const struct day day = day_of(page);
    buffer_printf(out, "@misc{touchstone-%s,\n  author = {{Touchstone}},\n  title = {{", cited->id);
    put_tex(out, cited->title);
    buffer_text(out, "}},\n");
    if (day.year > 0)
        buffer_printf(out, "  year = {%d},\n  month = {%d},\n", day.year, day.month);
    buffer_text(out, "  note = {");
    put_tex(out, edition_of(page));
    buffer_printf(out, "},\n  url = {%s}\n}", cited->address);
}

static void put_issued(struct json_writer *json, struct day day)
{
    if (day.year == 0)
        return;
    json_field_object(json, "issued");
    json_field_array(json, "date-parts");
    json_begin_array(json);
    json_put_count(json, day.year);
    json_put_count(json, day.month);
    json_put_count(json, day.day);
    json_end_array(json);
    json_end_array(json);
    json_end_object(json);
}

void cite_put_csl(const struct page *page, const struct cited *cited, struct buffer *out)
{
    struct json_writer json;
    json_writer_init(&json, out, 2);
    json_begin_object(&json);
    json_field_text(&json, "id", arena_printf(page->arena, "touchstone-%s", cited->id));
    json_field_text(&json, "type", "webpage");
    json_field_text(&json, "title", cited->title);
    json_field_array(&json, "author");
    json_begin_object(&json);
    json_field_text(&json, "literal", "Touchstone");
    json_end_object(&json);
    json_end_array(&json);
    put_issued(&json, day_of(page));
    json_field_text(&json, "version", edition_of(page));
    json_field_text(&json, "URL", cited->address);
    json_end_object(&json);
}

typedef void put_form(const struct page *page, const struct cited *cited, struct buffer *out);

static void put_block(const struct page *page, const struct cited *cited, const char *name,
                      put_form *put)
{
    struct buffer text = {0};
    put(page, cited, &text);
    html_put(page->out,
             "<details><summary>%s</summary><pre tabindex=\"0\" aria-label=\"Citation as %s\">%s"
             "</pre></details>\n",
             name, name, buffer_string(&text));
    buffer_release(&text);
}

void cite_put(const struct page *page, const struct cited *cited)
{
    struct buffer text = {0};
    cite_put_text(page, cited, &text);
    html_put(page->out,
             "<section class=\"row\" id=\"cite\"><h2>To cite this</h2><div>\n<p class=\"citation\">"
             "%s</p>\n",
             buffer_string(&text));
    buffer_release(&text);
    put_block(page, cited, "BibTeX", cite_put_bibtex);
    put_block(page, cited, "CSL JSON", cite_put_csl);
    buffer_text(page->out, "</div></section>\n");
}
