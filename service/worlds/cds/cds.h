/*
 * CDS Hooks 2.0 (cds-hooks.hl7.org/2.0): what an EHR asks while somebody orders or opens a record,
 * and the cards that it shows.
 *
 * What is sent of a patient is read while the answer is made, and kept, logged and told back
 * nowhere: cards hold our own words only. Doubt says nothing. An order or a problem counts only
 * where all of its words are understood as they are spelt: a wrong card is worse than none.
 */
#ifndef TOUCHSTONE_SERVICE_WORLDS_CDS_CDS_H
#define TOUCHSTONE_SERVICE_WORLDS_CDS_CDS_H

#include <jansson.h>

#include "evidence/base/json_writer.h"
#include "evidence/rating/catalog.h"
#include "evidence/store/reports.h"

enum {
    CDS_CONDITIONS_MOST = 20, /* problems of one patient that are looked at */
    CDS_TREATMENTS_MOST = 20, /* orders likewise */
    CDS_CARDS_MOST = 6,
    CDS_FEEDBACK_MOST = 100,     /* cards that one call tells of */
    CDS_SUMMARY_CHARACTERS = 139 /* "<140-character summary message" */
};

/* ---- words (words.c) ---- */

/* All words of a CodeableConcept or CodeableReference: its text and the displays of its codings,
 * each once, ended by NULL, in `arena`. Anything else has none. */
const char *const *cds_words(const json_t *concept, struct arena *arena);

/* True if the concept, or one of a list of them, has a coding with that code. */
bool cds_has_code(const json_t *concept, const char *const *codes);

/* The condition that the words mean, as spelt and with nothing left over; NULL. */
const struct condition *cds_condition(const struct catalog *catalog, const char *words,
                                      struct arena *arena);

/* The treatment that an order's words mean, likewise; NULL, also where they name several. */
const struct intervention *cds_treatment(const struct catalog *catalog, const char *words,
                                         struct arena *arena);

/* The same of an order of medicine: by generic name or brand, whatever the strength, if the
 * treatment of the base is given by the way that the words tell ("gel", "injection"); NULL. */
const struct intervention *cds_medicine(const struct catalog *catalog, const char *words,
                                        struct arena *arena);

/* ---- what is known of the patient (patient.c) ---- */

struct cds_patient {
    bool known; /* the problems were sent, be it that there are none */
    const struct condition *conditions[CDS_CONDITIONS_MOST]; /* of the base, each once */
    size_t count;
    const char *problems; /* all words of the active ones, a line each */
};

/* From `prefetch`, whose member "conditions" is a searchset of Condition resources. */
void cds_patient_read(const struct catalog *catalog, const json_t *prefetch, struct arena *arena,
                      struct cds_patient *out);

/* ---- what is ordered (orders.c) ---- */

struct cds_order {
    const struct intervention *intervention;
    const struct condition *reason; /* of the base, that the order itself gives; NULL */
    bool reason_told;               /* it gives one, be it none of the base */
};

/* The treatments of the base among the selected draft orders, each once for a reason; gives how
 * many stand in `out`, CDS_TREATMENTS_MOST at most. */
size_t cds_orders_read(const struct catalog *catalog, const json_t *context, struct arena *arena,
                       struct cds_order out[CDS_TREATMENTS_MOST]);

/* ---- cards (cards.c) ---- */

/* What cards are written with. */
struct cds_writing {
    struct json_writer *json;
    const struct catalog *catalog;
    const char *origin;
    const char *service; /* id */
    struct arena *arena;
    size_t written;
};

/* ---- names of cards (card_id.c) ---- */

/* What a card is about; nothing of the patient. */
struct cds_card {
    const struct intervention *intervention; /* NULL: what helps the condition */
    const struct condition *condition;       /* NULL: none that is known */
    size_t against;                          /* how much speaks against it in this patient */
};

/* Its UUID: the same advice from the same base has the same one. In the arena. */
const char *cds_card_id(const struct cds_writing *to, const struct cds_card *card);

/* What a card of this service and this base with that UUID is about; false: there is no such card.
 */
bool cds_card_of(const struct cds_writing *to, const char *uuid, struct cds_card *out);

/* The UUID of the suggestion, in that card, to take `instead`. In the arena. */
const char *cds_suggestion_id(const struct cds_writing *to, const struct intervention *instead,
                              const struct cds_card *card);

/* What the suggestion of that card with that UUID names; NULL where it is none of it. */
const struct intervention *cds_suggested(const struct cds_writing *to, const struct cds_card *card,
                                         const char *uuid);

/* ---- the cards themselves ---- */

/* Writes the cards for an order: what is known of it for the patient's complaint, and what speaks
 * against it in this patient. Nothing where there is nothing to say. */
void cds_put_order_cards(struct cds_writing *to, const struct cds_order *order,
                         const struct cds_patient *patient);

/* The words of one of the reasons that cards offer for not following them; NULL: it is none. */
const char *cds_override_reason(const char *code);

/* Writes the card for a complaint: what helps, best first. */
void cds_put_condition_card(struct cds_writing *to, const struct condition *condition,
                            const struct cds_patient *patient);

/* ---- what became of them (feedback.c) ---- */

/* One element of the feedback, which was checked, as a task: what the card was about and what was
 * done with it, without a word of who did it or to whom. The writer of `to` is not used. */
void cds_feedback_read(const struct cds_writing *to, const json_t *feedback,
                       struct report_task *out);

#endif
