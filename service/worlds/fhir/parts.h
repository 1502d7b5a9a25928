/* The data types of which FHIR resources are made. Each writes nothing for what is not known. */
#ifndef TOUCHSTONE_SERVICE_WORLDS_FHIR_PARTS_H
#define TOUCHSTONE_SERVICE_WORLDS_FHIR_PARTS_H

#include "service/worlds/fhir/fhir.h"

/* Nothing for NULL and "". */
void fhir_text(struct json_writer *json, const char *key, const char *text);

/* Nothing for NAN; nothing for a negative count. */
void fhir_real(struct json_writer *json, const char *key, double value);
void fhir_count(struct json_writer *json, const char *key, long long value);

/* A code of a system, and what it is called there. */
struct fhir_code {
    const char *system;
    const char *code;
    const char *display;
};

/* A CodeableConcept: the codes, ended by one without a system, and in words (NULL: none). The
 * first form writes it as the member `key`. */
void fhir_concept(struct json_writer *json, const char *key, const struct fhir_code *codes,
                  const char *text);
void fhir_put_concept(struct json_writer *json, const struct fhir_code *codes, const char *text);

/* The same with words alone. */
void fhir_concept_text(struct json_writer *json, const char *key, const char *text);

/* A Reference to another resource of this service. */
void fhir_reference(struct json_writer *json, const char *key, enum fhir_type type,
                    enum fhir_subject subject, const char *own, const char *display,
                    struct arena *arena);

/* [{"text": …}] as the member "note": those that are not NULL. */
void fhir_notes(struct json_writer *json, const char *const *texts, size_t count);

/* "identifier": the first `most` of an entry's. */
void fhir_put_identifiers(struct fhir_writing *to, const char *key, const struct fhir_entry *entry,
                          size_t from, size_t most);

/* What Evidence, Citation and EvidenceVariable begin with: url, identifier, version, title, status,
 * date, publisher. */
void fhir_put_head(struct fhir_writing *to, enum fhir_type type, const struct fhir_entry *entry,
                   const char *title);

/* GRADE's types and ratings of certainty, each under HL7's terminology and as the R5 specification
 * itself names it: readers of either find theirs. The lists are in `arena`. */
const struct fhir_code *fhir_certainty_type(const char *code, const char *display,
                                            struct arena *arena);
const struct fhir_code *fhir_certainty_rating(const char *code, const char *display,
                                              struct arena *arena);
const struct fhir_code *fhir_certainty_level(enum certainty_level level, struct arena *arena);

/* The type of a domain and what its change comes to; `words` where there is no code. */
struct fhir_domain {
    const struct fhir_code *type;
    const char *type_words; /* NULL: the type has a code */
    const struct fhir_code *rating;
};
struct fhir_domain fhir_domain_of(const struct certainty *certainty, enum domain domain,
                                  struct arena *arena);

/* "there is no figure to be sure of", or what the level means. */
const char *fhir_certainty_meaning(const struct certainty *certainty);

#endif
