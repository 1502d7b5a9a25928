/*
 * EndNote's XML, as EndNote, Zotero, Bookends and others export it.
 *
 * A number in accession-num is a PMID only where the record names MEDLINE or PubMed as its
 * database: other databases count in plain numbers too.
 */
#ifndef TOUCHSTONE_IMPORTERS_FORMATS_ENDNOTE_XML_H
#define TOUCHSTONE_IMPORTERS_FORMATS_ENDNOTE_XML_H

#include "importers/formats/format.h"

extern const struct format format_endnote_xml;

#endif
