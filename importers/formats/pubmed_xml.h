/*
 * PubMed's XML: what efetch answers, the yearly baseline and the daily update files, the older
 * MedlineCitationSet, single articles and books.
 *
 * A citation that PubMed withdrew (DeleteCitation) comes as a record that is `deleted` and has
 * nothing but its PMID. What others did to an article (RetractionIn, ErratumIn …) is among its
 * notices; what it does to others (RetractionOf, ErratumFor …) among its updates, and never makes
 * it retracted itself.
 *
 * Source: the element descriptions of the National Library of Medicine,
 * https://www.nlm.nih.gov/bsd/licensee/elements_descriptions.html, and pubmed_250101.dtd.
 */
#ifndef TOUCHSTONE_IMPORTERS_FORMATS_PUBMED_XML_H
#define TOUCHSTONE_IMPORTERS_FORMATS_PUBMED_XML_H

#include "importers/formats/format.h"

extern const struct format format_pubmed_xml;

#endif
