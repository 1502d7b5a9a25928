/*
 * The base as HL7 FHIR R5 (5.0.0) resources, for reading: hl7.org/fhir/R5.
 *
 *     Evidence            one a rating                               q-…
 *     ArtifactAssessment  the certainty and verdict of a rating      v-…
 *                         an appraisal of a study                    a-…
 *     Citation            one a study                                s-…
 *     EvidenceVariable    one an intervention, condition, outcome    i-… c-… o-…
 *                         and kind of comparison                     k-…
 *
 * An id is that letter, '-' and the first 32 hex digits of the SHA-256 of our own id, which stands
 * in `identifier`. Numbers are those of the rating; what is not known is left out, since FHIR has
 * neither null nor empty lists.
 */
#ifndef TOUCHSTONE_SERVICE_WORLDS_FHIR_FHIR_H
#define TOUCHSTONE_SERVICE_WORLDS_FHIR_FHIR_H

#include "evidence/base/json_writer.h"
#include "evidence/rating/catalog.h"

enum fhir_type {
    FHIR_ARTIFACT_ASSESSMENT,
    FHIR_CITATION,
    FHIR_EVIDENCE,
    FHIR_EVIDENCE_VARIABLE,
    FHIR_TYPE_COUNT
};

/* "Evidence" …, ended by NULL. */
extern const char *const fhir_type_names[];

/* What a resource tells of. */
enum fhir_subject {
    FHIR_OF_RATING,
    FHIR_OF_VERDICT,
    FHIR_OF_STUDY,
    FHIR_OF_APPRAISAL,
    FHIR_OF_INTERVENTION,
    FHIR_OF_CONDITION,
    FHIR_OF_OUTCOME,
    FHIR_OF_COMPARATOR,
    FHIR_SUBJECT_COUNT
};

/* A letter, '-', 32 digits and a NUL. */
enum { FHIR_ID_SIZE = 35 };

struct fhir_id {
    char text[FHIR_ID_SIZE];
};

/* The id of the resource for what has `own` as id with us. */
struct fhir_id fhir_id_of(enum fhir_subject subject, const char *own);

/* Kinds of comparison that are no treatment of the base. */
struct fhir_comparator {
    const char *own; /* sham, nothing, mixed, active:other */
    const char *title;
    const char *description;
};
enum { FHIR_COMPARATORS = 4 };
extern const struct fhir_comparator fhir_comparators[FHIR_COMPARATORS];

/* One resource that there is. */
struct fhir_entry {
    struct fhir_id id;
    enum fhir_subject subject;
    const char *own;   /* our id of it */
    const char *title; /* NULL: it has none */
    union {
        const struct rating *rating; /* and of a verdict */
        const struct study *study;   /* and of an appraisal */
        const struct intervention *intervention;
        const struct condition *condition;
        const struct outcome *outcome;
    } of;
    const struct appraisal *appraisal;
};

/* All resources of one type, in the order of our own lists. */
struct fhir_list {
    const struct fhir_entry *items;
    size_t count;
};

/* Made when it is first asked for and kept with the catalog. */
struct fhir_list fhir_list_of(const struct catalog *catalog, enum fhir_type type);

/* NULL if the catalog has no such resource. */
const struct fhir_entry *fhir_find(const struct catalog *catalog, enum fhir_type type,
                                   const char *id);

/* What a resource is written with. */
struct fhir_writing {
    struct json_writer json;
    const struct catalog *catalog;
    const char *origin; /* "https://example.org" */
    struct arena *arena;
};

/* A whole resource as JSON, in the arena, and its version: a tag of what it says. */
struct fhir_resource {
    const char *json;
    size_t length;
    const char *version;
};

struct fhir_resource fhir_resource_write(const struct catalog *catalog, const char *origin,
                                         enum fhir_type type, const struct fhir_entry *entry,
                                         struct arena *arena);

/* The members after `meta`, into an object that is open. */
void fhir_write_evidence(struct fhir_writing *to, const struct fhir_entry *entry);
void fhir_write_citation(struct fhir_writing *to, const struct fhir_entry *entry);
void fhir_write_variable(struct fhir_writing *to, const struct fhir_entry *entry);
void fhir_write_assessment(struct fhir_writing *to, const struct fhir_entry *entry);

/* What this service can do: a whole CapabilityStatement. */
void fhir_write_capability(struct json_writer *json, const struct catalog *catalog,
                           const char *origin, struct arena *arena);

/* ---- names ---- */

/* An identifier of what a resource is about. */
struct fhir_identifier {
    const char *system;
    const char *value;
};

/* Our own first; of a study those of other registers after it. Gives how many, in `arena`. */
size_t fhir_identifiers(const struct fhir_entry *entry, const char *origin, struct arena *arena,
                        const struct fhir_identifier **out);

/* "https://example.org/fhir/Evidence/q-…": what `url` and `fullUrl` say. */
const char *fhir_url(const char *origin, enum fhir_type type, const char *id, struct arena *arena);

/* "Dry needling for knots in the neck: pain, compared with a pretend needle, in the first 12
 * weeks". */
const char *fhir_rating_title(const struct rating *rating, struct arena *arena);

/* A moment as `instant`: "2026-11-22T10:00:00Z". */
const char *fhir_instant(time_t at, struct arena *arena);

#endif
