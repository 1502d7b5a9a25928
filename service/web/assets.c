#include "service/web/assets.h"

#include <string.h>

#include "embedded.h"
#include "service/api/api.h"
#include "service/http/etag.h"
#include "service/http/query.h"

/* Enough of the hash to tell one release from another. */
enum { VERSION_DIGITS = 12 };

#define ASSET(file, symbol, media_type)                                                            \
    {                                                                                              \
        .name = (file), .type = (media_type),                                                      \
        .bytes = (const char *)embedded_service_web_##symbol,                                      \
        .length = embedded_service_web_##symbol##_length                                           \
    }

static const struct asset assets[] = {
    ASSET("style.css", style_css, "text/css; charset=utf-8"),
    ASSET("front.js", front_js, "text/javascript; charset=utf-8"),
    ASSET("map.css", map_css, "text/css; charset=utf-8"),
    ASSET("map.js", map_js, "text/javascript; charset=utf-8"),
    ASSET("tools.css", tools_css, "text/css; charset=utf-8"),
    ASSET("study.css", study_css, "text/css; charset=utf-8"),
    ASSET("where.css", where_css, "text/css; charset=utf-8"),
    ASSET("vet.js", vet_js, "text/javascript; charset=utf-8"),
    ASSET("stop.js", stop_js, "text/javascript; charset=utf-8"),
    ASSET("topic.css", topic_css, "text/css; charset=utf-8"),
    ASSET("topic.js", topic_js, "text/javascript; charset=utf-8"),
    ASSET("answer.js", answer_js, "text/javascript; charset=utf-8"),
    ASSET("curate.css", curate_css, "text/css; charset=utf-8"),
    ASSET("curate.js", curate_js, "text/javascript; charset=utf-8"),
    ASSET("screening.js", screening_js, "text/javascript; charset=utf-8"),
    ASSET("curate-study.js", curate_study_js, "text/javascript; charset=utf-8"),
    ASSET("appraise.js", appraise_js, "text/javascript; charset=utf-8"),
    ASSET("audit.js", audit_js, "text/javascript; charset=utf-8"),
    ASSET("override.js", override_js, "text/javascript; charset=utf-8"),
    ASSET("reports.js", reports_js, "text/javascript; charset=utf-8"),
    ASSET("method.css", method_css, "text/css; charset=utf-8"),
    ASSET("api.css", api_css, "text/css; charset=utf-8"),
    ASSET("api.js", api_js, "text/javascript; charset=utf-8"),
    ASSET("icon.svg", icon_svg, "image/svg+xml"),
};

const struct asset *asset_find(const char *name)
{
    for (size_t i = 0; i < sizeof assets / sizeof *assets; i++)
        if (strcmp(name, assets[i].name) == 0)
            return &assets[i];
    return NULL;
}

static const char *version_of(const struct asset *asset, struct arena *arena)
{
    return arena_strndup(arena, etag_of(asset->bytes, asset->length, arena), VERSION_DIGITS);
}

const char *asset_address(const char *name, struct arena *arena)
{
    return arena_printf(arena, "/assets/%s?v=%s", name, version_of(asset_find(name), arena));
}

/* Only the address with the hash of these very bytes is kept for good: while a new release is
 * rolled out, an old server must not fill caches under the new address. */
bool get_asset(const struct request *request, struct answer *answer, struct error *err)
{
    (void)err;
    const char *name = request_part(request, "name");
    const struct asset *asset = name == NULL ? NULL : asset_find(name);
    if (asset == NULL)
        return answer_refuse(request, answer, REFUSAL_NOT_FOUND, "there is no such file");
    const char *asked = query_text(request, "v");
    answer_borrow(answer, asset->type, asset->bytes, asset->length);
    if (asked != NULL && strcmp(asked, version_of(asset, request->arena)) == 0)
        answer->cache_control = "public, max-age=31536000, immutable";
    return true;
}
