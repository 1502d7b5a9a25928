/*
 * GET /sitemap.xml and /robots.txt: which pages there are, for search engines (sitemaps.org, RFC
 * 9309). The base is below the 50,000 addresses that one sitemap may hold.
 */
#include <stdio.h>

#include "evidence/judgement/claim/curated_claim.h"
#include "evidence/model/rulebooks.h"
#include "service/api/api.h"
#include "service/http/query.h"
#include "service/views/html.h"
#include "service/web/address.h"
#include "service/web/claim_view.h"
#include "service/web/figure_view.h"

enum { DATE_SIZE = 16 };

/* The pages that are there whatever the base holds. */
static const char *const fixed_pages[] = {"/",    "/vet",     "/stop",   "/method",
                                          "/api", "/compare", "/studies"};
enum { FIXED_PAGES = sizeof fixed_pages / sizeof *fixed_pages };

/* Of all pages, from the root; made once a catalog, since finding who was studied for what is work.
 */
struct addresses {
    const char **items;
    size_t count;
};

/* A pair that no study stands for has a page, which says so, and is not worth finding. */
static bool is_studied(const struct catalog *catalog, const struct intervention *intervention,
                       const struct condition *condition, struct arena *arena)
{
    const struct headline *headline =
        catalog_headline(catalog, intervention, condition, NULL, arena);
    return headline->studies > 0 || headline->rating != NULL;
}

static void add_treatment(struct addresses *addresses, const struct catalog *catalog,
                          const struct intervention *intervention, struct arena *arena)
{
    const struct base *base = catalog_base(catalog);
    addresses->items[addresses->count++] = address_of_topic(intervention, NULL, arena);
    for (size_t i = 0; i < base->condition_count; i++)
        if (is_studied(catalog, intervention, &base->conditions[i], arena))
            addresses->items[addresses->count++] =
                address_of_topic(intervention, &base->conditions[i], arena);
}

static void add_places(struct addresses *addresses, const struct places *places,
                       struct arena *arena)
{
    if (places->count > 0)
        addresses->items[addresses->count++] = "/where";
    for (size_t i = 0; i < places->count; i++)
        addresses->items[addresses->count++] = address_of_place(&places->items[i], arena);
}

static size_t claims_of(const struct catalog *catalog, const struct intervention *intervention,
                        const struct curated_claim **claims)
{
    size_t count;
    *claims = curated_claims_about(catalog, intervention, &count);
    return count;
}

static void *make_addresses(const struct catalog *catalog, struct arena *arena)
{
    const struct base *base = catalog_base(catalog);
    struct addresses *addresses = arena_alloc(arena, sizeof *addresses);
    const struct places *places = &base_rulebooks(base)->places;
    const struct curated_claim *claims;
    size_t most = FIXED_PAGES + 1 + places->count + base->condition_count * 2 + base->study_count +
                  base->intervention_count * (base->condition_count + 1);
    for (size_t i = 0; i < base->intervention_count; i++)
        most += claims_of(catalog, &base->interventions[i], &claims);
    addresses->items = arena_array(arena, most, sizeof *addresses->items);
    addresses->count = 0;
    for (size_t i = 0; i < FIXED_PAGES; i++)
        addresses->items[addresses->count++] = fixed_pages[i];
    add_places(addresses, places, arena);
    for (size_t i = 0; i < base->intervention_count; i++)
        add_treatment(addresses, catalog, &base->interventions[i], arena);
    for (size_t i = 0; i < base->condition_count; i++) {
        const struct condition *condition = &base->conditions[i];
        addresses->items[addresses->count++] = address_of_topic(NULL, condition, arena);
        addresses->items[addresses->count++] =
            arena_printf(arena, "/compare?condition=%s", percent_encode(condition->id, arena));
    }
    for (size_t i = 0; i < base->intervention_count; i++) {
        size_t count = claims_of(catalog, &base->interventions[i], &claims);
        for (size_t j = 0; j < count; j++)
            addresses->items[addresses->count++] = claim_address(&claims[j], arena);
    }
    for (size_t i = 0; i < base->study_count; i++)
        addresses->items[addresses->count++] = address_of_study(base_study_id(base, i), arena);
    return addresses;
}

static const char *day_of(time_t at, struct arena *arena)
{
    struct tm parts;
    char *text = arena_alloc(arena, DATE_SIZE);
    if (gmtime_r(&at, &parts) == NULL || strftime(text, DATE_SIZE, "%Y-%m-%d", &parts) == 0)
        return "1970-01-01";
    return text;
}

/* Every page may change with any change of the base: a new ranking, another alternative. */
bool get_sitemap(const struct request *request, struct answer *answer, struct error *err)
{
    (void)err;
    const struct addresses *addresses =
        catalog_keep(request->catalog, KEPT_ADDRESSES, make_addresses);
    time_t changed = catalog_stamp(request->catalog)->changed;
    const char *day = day_of(changed, request->arena);
    answer->content_type = "application/xml; charset=utf-8";
    answer->last_modified = changed;
    buffer_text(&answer->body, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<urlset "
                               "xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">\n");
    for (size_t i = 0; i < addresses->count; i++)
        html_put(&answer->body, "<url><loc>%s%s</loc><lastmod>%s</lastmod></url>\n",
                 request->origin, addresses->items[i], day);
    buffer_text(&answer->body, "</urlset>\n");
    return true;
}

/* Questions are people's own words and lead to the pages that the sitemap lists, and so do the
 * filters of the studies, of which there are more than anybody wants to visit. */
bool get_robots(const struct request *request, struct answer *answer, struct error *err)
{
    (void)err;
    answer->content_type = "text/plain; charset=utf-8";
    answer->cache_control = "public, max-age=3600";
    buffer_printf(&answer->body,
                  "User-agent: *\nDisallow: /?q=\nDisallow: /studies?\nDisallow: "
                  "/report\nDisallow: /curate\nDisallow: /mcp\nDisallow: /metrics\n\n"
                  "Sitemap: %s/sitemap.xml\n",
                  request->origin);
    return true;
}
