/*
 * GET /v1/badge/…: a verdict to put into somebody else's page, as SVG and as the JSON that
 * shields.io reads (shields.io/badges/endpoint-badge).
 */
#include <string.h>

#include "evidence/rating/verdict.h"
#include "service/api/api.h"
#include "service/api/reading.h"
#include "service/http/query.h"
#include "service/views/html.h"
#include "service/views/sign.h"
#include "service/views/svg.h"

enum { HEIGHT = 20, PADDING = 6, SIGN = 14, BASE_LINE = 14, TEXT_SIZE = 11 };

/* Colours of the light scheme (style.css): a picture in another page cannot know that page's. */
static const struct {
    const char *tone;
    const char *colour;
} colours[] = {
    {"good", "#0b6e69"}, {"little", "#2f7a74"}, {"stone", "#6b6459"},
    {"rust", "#9a3f12"}, {"red", "#b3261e"},
};

static const char *colour_of(const char *tone)
{
    for (size_t i = 0; i < sizeof colours / sizeof *colours; i++)
        if (strcmp(colours[i].tone, tone) == 0)
            return colours[i].colour;
    return "#6b6459";
}

struct badge {
    const char *label;   /* what it is about */
    const char *message; /* what is known of it */
    const char *tone;
};

/* ---- what it says ---- */

static const char *with_certainty(const struct headline *headline, struct arena *arena)
{
    const char *words = verdict_badge(headline->verdict);
    if (headline->rating == NULL)
        return words;
    return arena_printf(arena, "%s (%s certainty)", words,
                        sign_certainty_words(headline->certainty));
}

static struct badge badge_of_pair(const struct request *request,
                                  const struct intervention *intervention,
                                  const struct condition *condition)
{
    const struct headline *headline =
        catalog_headline(request->catalog, intervention, condition, NULL, request->arena);
    return (struct badge){
        .label = arena_printf(request->arena, "%s for %s", intervention->name, condition->plain),
        .message = with_certainty(headline, request->arena),
        .tone = sign_of(headline->verdict).tone};
}

/* One verdict for all complaints would be wrong for most of them: it counts. */
static struct badge badge_of_intervention(const struct request *request,
                                          const struct intervention *intervention)
{
    const struct base *base = catalog_base(request->catalog);
    size_t studied = 0;
    size_t helped = 0;
    for (size_t i = 0; i < base->condition_count; i++) {
        const struct headline *headline = catalog_headline(
            request->catalog, intervention, &base->conditions[i], NULL, request->arena);
        if (headline->rating == NULL || headline->borrowed)
            continue;
        const char *tone = sign_of(headline->verdict).tone;
        studied++;
        helped += strcmp(tone, "good") == 0 || strcmp(tone, "little") == 0;
    }
    const char *message =
        studied == 0 ? "no study rated"
                     : arena_printf(request->arena, "some help shown for %zu of %zu complaints",
                                    helped, studied);
    return (struct badge){
        .label = intervention->name, .message = message, .tone = helped > 0 ? "little" : "stone"};
}

/* ---- in which form ---- */

static void put_half(struct svg *svg, double x, double width, const char *colour, const char *text)
{
    html_put(&svg->body, "<path fill=\"%s\" d=\"M", colour);
    buffer_printf(&svg->body, "%g 0h%gv%dh-%gz\"/>", x, width, HEIGHT, width);
    buffer_printf(&svg->body, "<text x=\"%g\" y=\"%d\" fill=\"#fff\" font-size=\"%d\">",
                  x + PADDING, BASE_LINE, TEXT_SIZE);
    html_text(&svg->body, text);
    buffer_text(&svg->body, "</text>");
}

static void write_picture(const struct badge *badge, struct arena *arena, struct buffer *out)
{
    double left = svg_text_width(badge->label, TEXT_SIZE) + 2 * PADDING;
    double right = svg_text_width(badge->message, TEXT_SIZE) + 2 * PADDING;
    struct svg svg = {0};
    const char *title = arena_printf(arena, "Touchstone on %s: %s", badge->label, badge->message);
    html_put(out, "<svg xmlns=\"http://www.w3.org/2000/svg\" role=\"img\" aria-label=\"%s\" ",
             title);
    buffer_printf(out, "width=\"%g\" height=\"%d\" font-family=\"Verdana,DejaVu Sans,sans-serif\">",
                  left + right, HEIGHT);
    html_put(out, "<title>%s</title>", title);
    put_half(&svg, 0, left, "#44413b", badge->label);
    put_half(&svg, left, right, colour_of(badge->tone), badge->message);
    buffer_append(out, buffer_string(&svg.body), svg.body.length);
    buffer_release(&svg.body);
    buffer_text(out, "</svg>\n");
}

static void write_shield(const struct badge *badge, struct answer *answer)
{
    struct json_writer json;
    answer_json(answer, &json);
    json_begin_object(&json);
    json_field_count(&json, "schemaVersion", 1);
    json_field_text(&json, "label", badge->label);
    json_field_text(&json, "message", badge->message);
    json_field_text(&json, "color", colour_of(badge->tone));
    json_end_object(&json);
}

/* ---- the request ---- */

/* "dry-needling/neck-mtrp.svg" in its parts. */
struct wanted {
    const char *intervention;
    const char *condition; /* NULL: all */
    bool picture;
};

static bool cut_suffix(char *text, const char *suffix)
{
    size_t length = strlen(text);
    size_t cut = strlen(suffix);
    if (length <= cut || strcmp(text + length - cut, suffix) != 0)
        return false;
    text[length - cut] = '\0';
    return true;
}

static bool read_wanted(const struct request *request, struct wanted *out)
{
    char *path = arena_strdup(request->arena, request_part(request, "of"));
    out->picture = cut_suffix(path, ".svg");
    if (!out->picture && !cut_suffix(path, ".json"))
        return false;
    char *slash = strchr(path, '/');
    out->intervention = path;
    out->condition = slash == NULL ? NULL : slash + 1;
    if (slash != NULL)
        *slash = '\0';
    return true;
}

static bool find_badge(const struct request *request, struct answer *answer,
                       const struct wanted *wanted, struct badge *out)
{
    const struct base *base = catalog_base(request->catalog);
    const struct intervention *intervention = base_intervention(base, wanted->intervention);
    const struct condition *condition = NULL;
    if (intervention == NULL)
        return refuse_unknown(request, answer, MEANING_INTERVENTION, "treatment",
                              wanted->intervention);
    if (wanted->condition == NULL) {
        *out = badge_of_intervention(request, intervention);
        return true;
    }
    condition = base_condition(base, wanted->condition);
    if (condition == NULL)
        return refuse_unknown(request, answer, MEANING_CONDITION, "complaint", wanted->condition);
    *out = badge_of_pair(request, intervention, condition);
    return true;
}

bool get_badge(const struct request *request, struct answer *answer, struct error *err)
{
    struct wanted wanted;
    struct badge badge = {0};
    if (!query_only(request, (const char *const[]){NULL}, err))
        return false;
    if (!read_wanted(request, &wanted))
        return answer_refuse(request, answer, REFUSAL_NOT_FOUND,
                             "a badge ends with .svg or .json, as in "
                             "/v1/badge/dry-needling/neck-mtrp.svg");
    if (!find_badge(request, answer, &wanted, &badge))
        return false;
    answer->last_modified = catalog_stamp(request->catalog)->changed;
    answer->cache_control = "public, max-age=3600";
    if (!wanted.picture) {
        write_shield(&badge, answer);
        return true;
    }
    answer->content_type = "image/svg+xml";
    write_picture(&badge, request->arena, &answer->body);
    return true;
}
