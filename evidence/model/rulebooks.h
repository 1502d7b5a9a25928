/*
 * The rule books of a base: what is known besides the results of studies. They are kept as
 * documents ("rulebooks/stop-rules", "safe-use/tens") and read into structs once.
 */
#ifndef TOUCHSTONE_EVIDENCE_MODEL_RULEBOOKS_H
#define TOUCHSTONE_EVIDENCE_MODEL_RULEBOOKS_H

#include "evidence/model/base.h"
#include "evidence/model/course.h"
#include "evidence/model/drug_link.h"
#include "evidence/model/instrument.h"
#include "evidence/model/medicine.h"
#include "evidence/model/place.h"
#include "evidence/model/red_flag.h"
#include "evidence/model/referral.h"
#include "evidence/model/region.h"
#include "evidence/model/regulatory_action.h"
#include "evidence/model/safe_use.h"
#include "evidence/model/sign_words.h"
#include "evidence/model/stop_model.h"
#include "evidence/model/stop_rule.h"
#include "evidence/model/threshold.h"

/* Rows stand in the order of their files, safe uses sorted by intervention. */
struct rulebooks {
    struct red_flags red_flags;
    struct sign_words sign_words;
    struct stop_rules stop_rules;
    struct stop_model stop_model;
    struct drug_links drug_links;
    struct medicines medicines;
    struct regulatory_actions regulatory_actions;
    struct thresholds thresholds;
    struct courses courses;
    struct referral referral;
    struct regions regions; /* of the document "regions"; empty where there is none */
    struct instruments instruments;
    struct places places; /* empty where the base has none */
    const struct safe_use *safe_uses;
    size_t safe_use_count;
};

/*
 * Reads the books among the documents of `base`, whose interventions must be sorted. What is wrong
 * goes into `problems`, whose arena holds the result; `directory` (NULL: none) is put before the
 * names of the files. A base without any book has empty ones; a base with one must have all, and
 * no two rows of a book have one id. The places of the body, which point into the books, may be
 * absent.
 */
const struct rulebooks *rulebooks_read(const struct base *base, const char *directory,
                                       struct problems *problems);

/* The books of a base that was read or loaded; empty ones where there are none. Never NULL. */
const struct rulebooks *base_rulebooks(const struct base *base);

/* How the intervention is used safely; NULL if the base does not say. */
const struct safe_use *rulebooks_safe_use(const struct rulebooks *books, const char *intervention);

#endif
