/*
 * OperationOutcome: how FHIR says that something is wrong (hl7.org/fhir/R5/operationoutcome.html).
 * Every refusal under /fhir is one, and under /cds-services, whose specification recommends it.
 */
#ifndef TOUCHSTONE_SERVICE_WORLDS_OPERATION_OUTCOME_H
#define TOUCHSTONE_SERVICE_WORLDS_OPERATION_OUTCOME_H

#include "service/http/reply.h"
#include "service/http/respond.h"

/* "application/fhir+json; charset=utf-8" */
extern const char fhir_json_type[];

void operation_outcome_write(const struct refused *refused, struct buffer *out);

/* The refusals of clinical worlds: OperationOutcome under /fhir and /cds-services. */
refusal_form clinical_refusal;

#endif
