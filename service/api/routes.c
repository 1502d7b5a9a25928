#include "service/api/api.h"

const struct route service_routes[] = {
    {METHOD_GET, "/", get_front_page, ROUTE_PAGE},
    {METHOD_GET, "/assets/{name}", get_asset, ROUTE_PAGE},
    {METHOD_GET, "/healthz", get_health, 0},
    {METHOD_GET, "/readyz", get_ready, 0},
    {METHOD_GET, "/v1", get_home, 0},
    {METHOD_GET, "/v1/check", get_check, 0},
    {METHOD_POST, "/v1/check", post_check, 0},
    {METHOD_GET, "/v1/suggest", get_suggest, 0},
    {METHOD_GET, "/v1/interventions", get_interventions, 0},
    {METHOD_GET, "/v1/interventions/{intervention}", get_intervention, 0},
    {METHOD_GET, "/v1/conditions", get_conditions, 0},
    {METHOD_GET, "/v1/conditions/{condition}", get_condition, 0},
    {METHOD_GET, "/v1/outcomes", get_outcomes, 0},
    {METHOD_GET, "/v1/outcomes/{outcome}", get_outcome, 0},
    {METHOD_GET, "/v1/ratings", get_ratings, 0},
    {METHOD_GET, "/v1/ratings/{question}", get_rating, 0},
    {METHOD_GET, "/v1/ratings/{question}/trace", get_rating_trace, 0},
    {METHOD_POST, "/v1/ratings/{question}/what-if", post_what_if, 0},
    {METHOD_GET, "/v1/ratings/{question}/stability", get_stability, 0},
    {METHOD_GET, "/v1/ratings/{question}/forest.svg", get_forest, 0},
    {METHOD_GET, "/v1/ratings/{question}/funnel.svg", get_funnel, 0},
    {METHOD_GET, "/v1/ratings/{question}/cumulative.svg", get_cumulative, 0},
    {METHOD_GET, "/v1/ratings/{intervention}/{condition}", get_headline, 0},
    {METHOD_GET, "/v1/studies", get_studies, 0},
    {METHOD_GET, "/v1/studies/{id...}", get_study, 0},
};

const size_t service_route_count = sizeof service_routes / sizeof *service_routes;
