/* Plots as SVG: forest, funnel and cumulative of a question, and the evidence map. */
#include "service/api/api.h"
#include "service/api/reading.h"
#include "service/http/query.h"
#include "service/views/forest_svg.h"
#include "service/views/funnel_svg.h"

/* Opened on its own, a picture may use its own style and nothing else. */
static const char content_security[] =
    "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors *; sandbox";

static void start_picture(const struct request *request, struct answer *answer)
{
    answer->content_type = "image/svg+xml";
    answer->last_modified = catalog_stamp(request->catalog)->changed;
    answer_header(answer, "Content-Security-Policy", content_security);
}

static bool read_width(const struct request *request, int *width, struct error *err)
{
    return query_count(request, "width", SVG_LEAST_WIDTH, SVG_MOST_WIDTH, SVG_WIDTH, width, err);
}

/* Where a picture comes from, when it is passed on alone. */
static const char *as_of(const struct request *request, const char *address)
{
    const struct dataset *dataset = catalog_dataset(request->catalog);
    const struct ruleset *ruleset = catalog_ruleset(request->catalog);
    return arena_printf(request->arena, "Touchstone, base %s, rules %s %s. %s", dataset->version,
                        ruleset->id, ruleset->version, address);
}

/* What the three plots of a question start with; NULL after refusing or filling `err`. */
static const struct rating *plotted(const struct request *request, struct answer *answer,
                                    int *width, const char **foot, struct error *err)
{
    static const char *const known[] = {"width", "ruleset", "as_of", NULL};
    if (!query_only(request, known, err) || !reading_edition(request, answer, err) ||
        !read_width(request, width, err))
        return NULL;
    const struct rating *rating = require_rating(request, answer);
    if (rating == NULL)
        return NULL;
    *foot = as_of(request, arena_printf(request->arena, "/v1/ratings/%s", rating->question.id));
    start_picture(request, answer);
    return rating;
}

bool get_forest(const struct request *request, struct answer *answer, struct error *err)
{
    int width;
    const char *foot;
    const struct rating *rating = plotted(request, answer, &width, &foot, err);
    if (rating == NULL)
        return false;
    struct forest forest = forest_of(rating, request->arena);
    forest_svg(&forest, width, foot, request->arena, &answer->body);
    return true;
}

bool get_cumulative(const struct request *request, struct answer *answer, struct error *err)
{
    int width;
    const char *foot;
    const struct rating *rating = plotted(request, answer, &width, &foot, err);
    if (rating == NULL)
        return false;
    struct forest forest =
        forest_by_year(rating, catalog_ruleset(request->catalog), request->arena);
    forest_svg(&forest, width, foot, request->arena, &answer->body);
    return true;
}

bool get_funnel(const struct request *request, struct answer *answer, struct error *err)
{
    int width;
    const char *foot;
    const struct rating *rating = plotted(request, answer, &width, &foot, err);
    if (rating == NULL)
        return false;
    funnel_svg(rating, width, foot, request->arena, &answer->body);
    return true;
}
