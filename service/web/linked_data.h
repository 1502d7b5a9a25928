/* What a page tells search engines and other readers of schema.org, as JSON-LD in it. */
#ifndef TOUCHSTONE_SERVICE_WEB_LINKED_DATA_H
#define TOUCHSTONE_SERVICE_WEB_LINKED_DATA_H

#include "evidence/judgement/question/check.h"
#include "service/web/layout.h"

/* What schema.org's evidenceLevel is of the studies that a rating counts: "EvidenceLevelA" for a
 * review or several randomised trials, "EvidenceLevelB" for one such trial or studies without
 * randomisation, "EvidenceLevelC" for the rest (cases, opinions); NULL where none counts. It says
 * what kind of studies there are, not how sure their answer is, which is the certainty's to tell.
 * Source: schema.org/MedicalEvidenceLevel. */
const char *linked_evidence_level(const struct rating *rating);

/*
 * A script element with a MedicalWebPage about the treatment and the complaint; where there is a
 * rated answer its main entity is a MedicalGuideline with the evidence level, the certainty in
 * words (evidenceOrigin) and a MedicalStudy for each study in the page's tables. `address` is the
 * page's, from the root; `site` where the service is reached.
 */
void linked_data_put(const struct page *page, const struct checked *checked, const char *address,
                     const char *site);

/*
 * The same of the page of one study: a MedicalWebPage whose main entity is a MedicalTrial (where
 * people were given a treatment), a MedicalObservationalStudy or a MedicalScholarlyArticle
 * (reviews, guidelines) of schema.org, with its design where that has a word for it.
 */
void linked_study_put(const struct page *page, const struct study *study, const char *site);

#endif
