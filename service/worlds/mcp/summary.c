#include "service/worlds/mcp/summary.h"

#include <string.h>

#include "evidence/rating/catalog.h"
#include "service/worlds/mcp/tree.h"

void summary_line(struct buffer *out, const char *text)
{
    summary_around(out, "", text, "");
}

void summary_around(struct buffer *out, const char *before, const char *text, const char *after)
{
    if (text != NULL && text[0] != '\0')
        buffer_printf(out, "%s%s%s\n", before, text, after);
}

/* "very-low" as people read it. */
static void put_words(struct buffer *out, const char *name)
{
    for (; name != NULL && *name != '\0'; name++)
        buffer_byte(out, *name == '-' ? ' ' : *name);
}

static void put_headline(struct buffer *out, const json_t *headline, const char *named)
{
    buffer_printf(out, "- %s: %s", tree_text(json_object_get(headline, named), "name"),
                  tree_text(headline, "badge"));
    const char *level = tree_text(headline, "certainty.level");
    bool sized = level != NULL && strcmp(tree_text(headline, "verdict"), "untested") != 0;
    if (sized) {
        buffer_text(out, " (");
        put_words(out, level);
        buffer_text(out, " certainty)");
    }
    buffer_byte(out, '\n');
}

void summary_headlines(struct buffer *out, const char *title, const json_t *list, const char *named,
                       size_t most)
{
    size_t count = json_array_size(list);
    if (count == 0)
        return;
    summary_line(out, title);
    for (size_t i = 0; i < count && i < most; i++)
        put_headline(out, json_array_get(list, i), named);
    if (count > most)
        buffer_printf(out, "- and %zu more\n", count - most);
}

static void put_study(struct buffer *out, const json_t *study)
{
    const char *url = tree_text(study, "url");
    buffer_printf(out, "- %s%s%s%s\n", tree_text(study, "label"),
                  json_is_true(json_object_get(study, "retracted")) ? " (RETRACTED)" : "",
                  url == NULL ? "" : ": ", url == NULL ? "" : url);
}

void summary_studies(struct buffer *out, const json_t *list, size_t most)
{
    size_t count = json_array_size(list);
    size_t given = 0;
    if (count == 0)
        return;
    buffer_text(out, "Studies behind it:\n");
    for (int used = 1; used >= 0; used--)
        for (size_t i = 0; i < count && given < most; i++) {
            const json_t *study = json_array_get(list, i);
            if (json_is_true(json_object_get(study, "used")) != used)
                continue;
            put_study(out, study);
            given++;
        }
    if (count > given)
        buffer_printf(out, "- and %zu more\n", count - given);
}

void summary_end(struct buffer *out, const struct request *request)
{
    buffer_printf(
        out,
        "Touchstone rates published evidence, as read up to %s; it is no diagnosis and no "
        "substitute for a clinician.\n",
        catalog_dataset(request->catalog)->collected);
}
