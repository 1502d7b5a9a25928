/*
 * GET /oembed: what a page that is given one of our addresses puts in its place (oembed.com): an
 * iframe with the card of service/web/embed.c.
 */
#include <string.h>
#include <strings.h>

#include "evidence/judgement/claim/curated_claim.h"
#include "service/api/api.h"
#include "service/api/curated_claim_shape.h"
#include "service/http/query.h"
#include "service/views/claim_sign.h"
#include "service/views/html.h"
#include "service/web/answer_view.h"

/* In CSS pixels: what holds nearly every card, and one that is NARROW. More than that scrolls. */
enum {
    WIDTH = 480,
    HEIGHT = 300,
    NARROW = 420,
    NARROW_HEIGHT = 420,
    LARGEST = 10000,
    CACHE_SECONDS = 3600,
    SEGMENTS_MOST = 3
};

/* Which page of ours an address is. */
struct embedded {
    const char *card;  /* its address, from the root */
    const char *title; /* what it says, in short */
};

/* ---- the address ---- */

/* What follows the address of this service in `url`, from its '/' on; NULL: it is not ours. The
 * same service answers under http and https, and hosts have no case. */
static const char *path_of_ours(const char *url, const char *origin)
{
    const char *ours = strstr(origin, "://") + 3;
    const char *at = strncasecmp(url, "https://", 8) == 0  ? url + 8
                     : strncasecmp(url, "http://", 7) == 0 ? url + 7
                                                           : NULL;
    size_t length = strlen(ours);
    size_t host = strcspn(ours, "/");
    if (at == NULL || strlen(at) < length || strncasecmp(at, ours, host) != 0 ||
        strncmp(at + host, ours + host, length - host) != 0)
        return NULL;
    return at[length] == '/' ? at + length : NULL;
}

/* Cuts a path into its decoded segments, query and fragment left off, one '/' at the end allowed;
 * gives how many, 0 where there are none or too many. */
static size_t segments_of(const char *path, struct arena *arena,
                          const char *segments[SEGMENTS_MOST])
{
    struct error err = {0};
    size_t count = 0;
    while (*path == '/' && strchr("?#", path[1]) == NULL) {
        size_t length = strcspn(++path, "/?#");
        if (length == 0 || count == SEGMENTS_MOST)
            return 0;
        segments[count] = percent_decode(path, length, false, arena, &err);
        if (segments[count++] == NULL)
            return 0;
        path += length;
    }
    return count;
}

static bool embed_topic(const struct request *request, const char *intervention_id,
                        const char *condition_id, struct embedded *out)
{
    const struct base *base = catalog_base(request->catalog);
    struct arena *arena = request->arena;
    const struct intervention *intervention = base_intervention(base, intervention_id);
    const struct condition *condition =
        condition_id == NULL ? NULL : base_condition(base, condition_id);
    if (intervention == NULL || (condition_id != NULL && condition == NULL))
        return false;
    out->card = arena_printf(arena, "/embed/%s%s%s", percent_encode(intervention->id, arena),
                             condition == NULL ? "" : "/",
                             condition == NULL ? "" : percent_encode(condition->id, arena));
    out->title = intervention->name;
    if (condition != NULL) {
        struct checked checked;
        check_about(request->catalog, intervention, condition, arena, &checked);
        out->title = answer_title(&checked, arena);
    }
    return true;
}

static bool embed_claim(const struct request *request, const char *id, struct embedded *out)
{
    const struct curated_claim *claim = curated_claim_find(request->catalog, id);
    if (claim == NULL)
        return false;
    out->card =
        arena_printf(request->arena, "/embed/claim/%s", percent_encode(claim->id, request->arena));
    out->title = arena_printf(request->arena, "%s: “%s”", claim_badge(claim->verdict),
                              curated_claim_statement(claim, request->arena));
    return true;
}

static bool find_embedded(const struct request *request, const char *url, struct embedded *out)
{
    const char *segments[SEGMENTS_MOST];
    const char *path = path_of_ours(url, request->origin);
    size_t count = path == NULL ? 0 : segments_of(path, request->arena, segments);
    if (count == 2 && strcmp(segments[0], "claim") == 0)
        return embed_claim(request, segments[1], out);
    if ((count == 2 || count == 3) && strcmp(segments[0], "t") == 0)
        return embed_topic(request, segments[1], count == 3 ? segments[2] : NULL, out);
    return false;
}

/* ---- the answer ---- */

static const char *frame_of(const struct request *request, const struct embedded *embedded,
                            int width, int height)
{
    struct buffer html = {0};
    html_put(&html,
             "<iframe src=\"%s%s\" title=\"Touchstone: %s\" width=\"%d\" height=\"%d\" "
             "style=\"border:0;max-width:100%%\" loading=\"lazy\"></iframe>",
             request->origin, embedded->card, embedded->title, width, height);
    const char *kept = arena_strndup(request->arena, buffer_string(&html), html.length);
    buffer_release(&html);
    return kept;
}

static void write_answer(const struct request *request, const struct embedded *embedded, int width,
                         int height, struct answer *answer)
{
    struct json_writer json;
    answer_json(answer, &json);
    answer->last_modified = catalog_stamp(request->catalog)->changed;
    json_begin_object(&json);
    json_field_text(&json, "version", "1.0");
    json_field_text(&json, "type", "rich");
    json_field_text(&json, "title", embedded->title);
    json_field_text(&json, "provider_name", "Touchstone");
    json_field_text(&json, "provider_url", arena_printf(request->arena, "%s/", request->origin));
    json_field_count(&json, "cache_age", CACHE_SECONDS);
    json_field_text(&json, "html", frame_of(request, embedded, width, height));
    json_field_count(&json, "width", width);
    json_field_count(&json, "height", height);
    json_end_object(&json);
}

bool get_oembed(const struct request *request, struct answer *answer, struct error *err)
{
    const char *url = query_filled(request, "url");
    const char *format = query_filled(request, "format");
    struct embedded embedded;
    int width;
    int height;
    int room;
    if (format != NULL && strcmp(format, "json") != 0)
        return answer_refuse(request, answer, REFUSAL_NOT_IMPLEMENTED,
                             "this is told in JSON alone: format=json");
    if (url == NULL)
        return query_problem(request, "url", err, "must be the address of a page of this service");
    if (!query_count(request, "maxwidth", 1, LARGEST, WIDTH, &width, err) ||
        !query_count(request, "maxheight", 1, LARGEST, LARGEST, &room, err))
        return false;
    width = width < WIDTH ? width : WIDTH;
    height = width < NARROW ? NARROW_HEIGHT : HEIGHT;
    if (!find_embedded(request, url, &embedded))
        return answer_refuse(request, answer, REFUSAL_NOT_FOUND,
                             "no card stands for that address: it must be one of %s/t/… or "
                             "%s/claim/…",
                             request->origin, request->origin);
    write_answer(request, &embedded, width, height < room ? height : room, answer);
    return true;
}
