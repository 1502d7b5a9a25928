/*
 * The handlers of /v1, one file a noun, and the table of their routes. A handler reads the catalog
 * that the request carries and fills an answer; it sends nothing.
 */
#ifndef TOUCHSTONE_SERVICE_API_API_H
#define TOUCHSTONE_SERVICE_API_API_H

#include "service/http/route.h"

handler get_home;
handler get_interventions, get_intervention;
handler get_conditions, get_condition, get_outcomes, get_outcome;
handler get_ratings, get_rating, get_rating_trace, get_headline;
handler post_what_if, get_stability;
handler get_forest, get_funnel, get_cumulative;
handler get_map, get_map_picture, get_compare;
handler get_check, post_check, get_suggest;
handler get_rules, get_rule;
handler get_places, get_place;
handler get_stop_rules, get_red_flags, get_drug_links, get_regulatory_actions;
handler post_claim, get_claims, get_claim;
handler post_stop, post_stop_picture, post_red_flags_check;
handler get_studies, get_study;
handler get_changes;
handler post_report;
handler get_export;
handler get_imports, post_imports, get_import, get_import_events;
handler get_health, get_ready;

/* For curators (service/curation). */
handler edit_study;
handler get_screening, patch_screening;
handler get_duplicates, post_duplicates, post_merge, delete_merge;
handler change_override;
handler get_audit, post_undo;
handler get_reports, get_report, patch_report;
handler get_instruments;

/* For other worlds (service/worlds). */
handler get_badge, get_changes_feed, get_oembed, get_openapi;
handler get_sitemap, get_robots, get_metrics;
handler post_mcp;
handler get_cds_services, post_cds_service, post_cds_feedback;
handler get_fhir_metadata, get_fhir_search, post_fhir_search, get_fhir_resource;

/* The pages (service/web). */
handler get_front_page, get_topic_page, get_claim_page, get_asset;
handler get_embed_card;
handler get_method_page, get_api_page;
handler get_where_page, get_place_page;
handler get_vet_page, post_vet_page, get_stop_page, post_stop_page;
handler get_curate_page, post_sign_in, post_sign_out;
handler get_screening_page, get_curate_study_page, get_override_page, get_audit_page;
handler get_reports_page;
handler get_studies_page, get_study_page, get_compare_page;
handler get_report_page, post_report_page;

extern const struct route service_routes[];
extern const size_t service_route_count;

#endif
