#include "importers/sources/ctgov_design.h"

#include <string.h>

#include "importers/sources/ctgov_text.h"
#include "importers/sources/field.h"

static const struct design_row {
    const char *study_type;
    const char *allocation; /* of observational studies: the time perspective */
    const char *model;
    enum design design;
} rows[] = {
    {"INTERVENTIONAL", "RANDOMIZED", "PARALLEL", DESIGN_RCT},
    {"INTERVENTIONAL", "RANDOMIZED", "FACTORIAL", DESIGN_RCT},
    {"INTERVENTIONAL", "RANDOMIZED", "SEQUENTIAL", DESIGN_RCT},
    {"INTERVENTIONAL", "RANDOMIZED", "CROSSOVER", DESIGN_CROSSOVER_RCT},
    {"INTERVENTIONAL", "NON_RANDOMIZED", "PARALLEL", DESIGN_NON_RANDOMISED},
    {"INTERVENTIONAL", "NON_RANDOMIZED", "FACTORIAL", DESIGN_NON_RANDOMISED},
    {"INTERVENTIONAL", "NON_RANDOMIZED", "SEQUENTIAL", DESIGN_NON_RANDOMISED},
    {"INTERVENTIONAL", "NON_RANDOMIZED", "CROSSOVER", DESIGN_NON_RANDOMISED},
    {"OBSERVATIONAL", "PROSPECTIVE", "COHORT", DESIGN_COHORT},
    {"OBSERVATIONAL", "RETROSPECTIVE", "COHORT", DESIGN_COHORT},
    {"OBSERVATIONAL", "PROSPECTIVE", "CASE_CONTROL", DESIGN_CASE_CONTROL},
    {"OBSERVATIONAL", "RETROSPECTIVE", "CASE_CONTROL", DESIGN_CASE_CONTROL},
    {"OBSERVATIONAL", "PROSPECTIVE", "CASE_ONLY", DESIGN_CASE_SERIES},
    {"OBSERVATIONAL", "RETROSPECTIVE", "CASE_ONLY", DESIGN_CASE_SERIES},
};

/* "Cluster headache" is no cluster. */
static const char *const cluster_words[] = {"cluster random", "cluster-random", "cluster rct",
                                            "cluster-rct",    "stepped wedge",  "stepped-wedge"};

static const struct design_row *row_of(const json_t *protocol)
{
    const json_t *info = field_at(protocol, "designModule.designInfo");
    bool observed = field_is(protocol, "designModule.studyType", "OBSERVATIONAL");
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        if (field_is(protocol, "designModule.studyType", rows[i].study_type) &&
            field_is(info, observed ? "timePerspective" : "allocation", rows[i].allocation) &&
            field_is(info, observed ? "observationalModel" : "interventionModel", rows[i].model))
            return &rows[i];
    return NULL;
}

/* The words that make it a cluster trial; NULL if there are none. */
static const char *cluster_in(const json_t *protocol, struct arena *arena)
{
    static const char *const paths[] = {"identificationModule.officialTitle",
                                        "identificationModule.briefTitle",
                                        "designModule.designInfo.interventionModelDescription"};
    for (size_t i = 0; i < sizeof paths / sizeof *paths; i++) {
        const char *text = ctgov_line(protocol, paths[i], arena);
        for (size_t k = 0; text != NULL && k < sizeof cluster_words / sizeof *cluster_words; k++)
            if (strcasestr(text, cluster_words[k]) != NULL)
                return cluster_words[k];
    }
    return NULL;
}

void ctgov_design(const json_t *protocol, struct arena *arena, struct machine_reading *out)
{
    const struct design_row *row = row_of(protocol);
    if (row == NULL)
        return;
    out->design_known = true;
    out->design = row->design;
    out->design_from =
        arena_printf(arena, "registry: %s, %s, %s", ctgov_words(row->study_type, arena),
                     ctgov_words(row->allocation, arena), ctgov_words(row->model, arena));
    const char *cluster = row->design == DESIGN_RCT ? cluster_in(protocol, arena) : NULL;
    if (cluster != NULL) {
        out->design = DESIGN_CLUSTER_RCT;
        out->design_from = arena_printf(arena, "%s; \"%s\"", out->design_from, cluster);
    }
}
