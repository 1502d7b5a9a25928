/*
 * What regulators and courts did about sellers' claims. Fields as in evidence/data/README.md.
 */
#ifndef TOUCHSTONE_EVIDENCE_MODEL_REGULATORY_ACTION_H
#define TOUCHSTONE_EVIDENCE_MODEL_REGULATORY_ACTION_H

#include "evidence/model/backing.h"
#include "evidence/model/base.h"

struct regulatory_action {
    const char *id;
    const char *intervention; /* id of what was sold */
    const char *body;         /* who acted: FTC, ASA, a court */
    int year;                 /* COUNT_UNKNOWN where the text read does not say */
    const char *what;
    struct backing backing;
};

struct regulatory_actions {
    const struct regulatory_action *items;
    size_t count;
};

/* Reads the whole document, strictly; ids of interventions must stand in `base`. */
void regulatory_actions_read(const struct json_reader *at, const struct base *base,
                             struct regulatory_actions *out);

#endif
