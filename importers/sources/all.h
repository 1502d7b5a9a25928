/*
 * The remote services by name; `remotes` in remote.c lists them all. A new one is declared here,
 * defined in a file of its own and added to the list.
 */
#ifndef TOUCHSTONE_IMPORTERS_SOURCES_ALL_H
#define TOUCHSTONE_IMPORTERS_SOURCES_ALL_H

#include "importers/sources/remote.h"

extern const struct remote remote_pubmed;
extern const struct remote remote_europepmc;
extern const struct remote remote_crossref;
extern const struct remote remote_openalex;
extern const struct remote remote_ctgov;

#endif
