/*
 * Identifiers as people and programs write them, brought to one form. Every reader uses these, so
 * that two sources that mean one publication say so with the same bytes. Each returns NULL for what
 * is not one; results live in the arena.
 */
#ifndef TOUCHSTONE_IMPORTERS_INTAKE_IDENTIFIER_H
#define TOUCHSTONE_IMPORTERS_INTAKE_IDENTIFIER_H

#include "evidence/base/arena.h"

/* "https://doi.org/10.1016/S0140-6736(97)11096-0", "doi:10…", "10.1/ABC." → lower case 10.…;
 * percent-escapes undone, trailing punctuation that is not the DOI's own taken off. */
const char *identifier_doi(const char *text, struct arena *arena);

/* "PMID: 123", "https://pubmed.ncbi.nlm.nih.gov/123/", "MEDLINE:123", "123" → digits, no zeros
 * before. */
const char *identifier_pmid(const char *text, struct arena *arena);

/* "PMC123", "PMC123.1", an address at PMC → PMC123. */
const char *identifier_pmcid(const char *text, struct arena *arena);

/* One registration number (NCT, ISRCTN, ACTRN, ChiCTR, DRKS, EudraCT, UMIN, CTRI, JPRN, NTR, IRCT,
 * PACTR, RBR, TCTR, KCT, SLCTR …) → upper case, its register's own spelling. */
const char *identifier_registration(const char *text, struct arena *arena);

/* Every registration number in running text, in order, each once; ended by NULL, never NULL. */
const char *const *identifier_registrations_in(const char *text, struct arena *arena);

#endif
