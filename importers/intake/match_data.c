#include "importers/intake/match_data.h"

/* Gathered from the titles of notices, letters and replies in PubMed, Crossref and Web of Science
 * exports. That an article's own title begins with "Correction of …" does no harm: both its records
 * do. */
const struct match_mark match_marks[] = {
    {"editorial expression of concern", true, true, SORT_NOTICE},
    {"expression of concern", true, true, SORT_NOTICE},
    {"notice of retraction", true, true, SORT_NOTICE},
    {"retraction notice", true, true, SORT_NOTICE},
    {"retraction note", true, true, SORT_NOTICE},
    {"withdrawal notice", true, true, SORT_NOTICE},
    {"statement of retraction", true, true, SORT_NOTICE},
    {"publisher correction", true, true, SORT_NOTICE},
    {"author correction", true, true, SORT_NOTICE},
    {"correction to", true, false, SORT_NOTICE},
    {"erratum to", true, false, SORT_NOTICE},
    {"erratum for", true, false, SORT_NOTICE},
    {"corrigendum to", true, false, SORT_NOTICE},
    {"retraction of", true, false, SORT_NOTICE},
    {"correction", true, true, SORT_NOTICE},
    {"corrections", true, true, SORT_NOTICE},
    {"erratum", true, true, SORT_NOTICE},
    {"errata", true, true, SORT_NOTICE},
    {"corrigendum", true, true, SORT_NOTICE},
    {"corrigenda", true, true, SORT_NOTICE},
    {"addendum", true, true, SORT_NOTICE},
    {"retraction", true, true, SORT_NOTICE},
    {"letter to the editor", true, true, SORT_COMMENT},
    {"response to the letter", true, true, SORT_COMMENT},
    {"invited commentary", true, true, SORT_COMMENT},
    {"the authors reply", true, true, SORT_COMMENT},
    {"reply to", true, false, SORT_COMMENT},
    {"response to", true, false, SORT_COMMENT},
    {"authors reply", true, true, SORT_COMMENT},
    {"author reply", true, true, SORT_COMMENT},
    {"authors response", true, true, SORT_COMMENT},
    {"author response", true, true, SORT_COMMENT},
    {"in reply", true, true, SORT_COMMENT},
    {"in response", true, true, SORT_COMMENT},
    {"comments on", true, false, SORT_COMMENT},
    {"comment on", true, false, SORT_COMMENT},
    {"commentary on", true, false, SORT_COMMENT},
    {"letter regarding", true, false, SORT_COMMENT},
    {"concerning", true, false, SORT_COMMENT},
    {"regarding", true, false, SORT_COMMENT},
    {"comment", true, true, SORT_COMMENT},
    {"commentary", true, true, SORT_COMMENT},
    {"correspondence", true, true, SORT_COMMENT},
    {"discussion", true, true, SORT_COMMENT},
    {"editorial", true, true, SORT_COMMENT},
    {"letter", true, true, SORT_COMMENT},
    {"reply", true, true, SORT_COMMENT},
    {"response", true, true, SORT_COMMENT},
    {"re", true, false, SORT_COMMENT},
    {"withdrawn", true, false, SORT_WITHDRAWN},
    {"retracted article", true, true, SORT_ARTICLE},
    {"retracted", true, true, SORT_ARTICLE},
    {NULL, false, false, SORT_ARTICLE},
};

/* PubMed's publication types (https://www.nlm.nih.gov/mesh/pubtypes.html) and Crossref's. */
const struct match_type match_types[] = {
    {"published erratum", SORT_NOTICE},
    {"retraction of publication", SORT_NOTICE},
    {"retraction notice", SORT_NOTICE},
    {"expression of concern", SORT_NOTICE},
    {"preprint", SORT_PREPRINT},
    {"posted content", SORT_PREPRINT},
    {"clinical trial protocol", SORT_PROTOCOL},
    {NULL, SORT_ARTICLE},
};

/* bioRxiv and medRxiv (10.1101 with digits: with letters it is a journal of Cold Spring Harbor),
 * Research Square, SSRN, PsyArXiv, OSF, preprints.org, arXiv, ChemRxiv, TechRxiv, Authorea, JMIR
 * Preprints, SportRxiv: the prefixes that Crossref and DataCite list for them. '#' is any digit. */
const char *const match_preprint_dois[] = {"10.1101/#", "10.21203/",          "10.2139/ssrn",
                                           "10.31234/", "10.31219/",          "10.20944/preprints",
                                           "10.48550/", "10.26434/",          "10.36227/",
                                           "10.22541/", "10.2196/preprints.", "10.51224/",
                                           NULL};

const char *const match_single_sources[] = {"curated", "pubmed", "ctgov", NULL};

const char *const match_stop_words[] = {"a",   "an",   "the",  "of", "in",  "on",
                                        "for", "and",  "with", "by", "to",  "at",
                                        "as",  "from", "its",  "is", "are", NULL};

const char *const match_journal_stop_words[] = {"a",   "an",  "the", "of",  "in", "on",
                                                "for", "and", "et",  "und", "de", "der",
                                                "des", "la",  "le",  "y",   "di", NULL};

const char *const match_particles[] = {"de",  "del", "della", "der", "den", "di",  "da",  "dos",
                                       "du",  "la",  "las",   "le",  "los", "van", "von", "ten",
                                       "ter", "zu",  "el",    "al",  "bin", "jr",  "sr",  NULL};

/* Stems, as text_stem leaves them. Greek letters stay as they are when folded. */
const struct match_spelling match_spellings[] = {
    {"one", "1"},          {"two", "2"},           {"three", "3"},
    {"four", "4"},         {"five", "5"},          {"six", "6"},
    {"seven", "7"},        {"eight", "8"},         {"nine", "9"},
    {"ten", "10"},         {"eleven", "11"},       {"twelv", "12"},
    {"first", "1"},        {"second", "2"},        {"third", "3"},
    {"vs", "versus"},      {"\xCE\xB1", "alpha"},  {"\xCE\xB2", "beta"},
    {"\xCE\xB3", "gamma"}, {"\xCE\xB4", "delta"},  {"\xCE\xB5", "epsilon"},
    {"\xCE\xBA", "kappa"}, {"\xCE\xBB", "lambda"}, {"\xCE\xBC", "mu"},
    {"\xCF\x89", "omega"}, {"\xCE\x91", "alpha"},  {"\xCE\x92", "beta"},
    {"\xCE\x93", "gamma"}, {"\xCE\x94", "delta"},  {NULL, NULL},
};

const struct match_spelling match_numerals[] = {
    {"i", "1"},   {"ii", "2"},   {"iii", "3"}, {"iv", "4"}, {"v", "5"},   {"vi", "6"},
    {"vii", "7"}, {"viii", "8"}, {"ix", "9"},  {"x", "10"}, {NULL, NULL},
};

const char *const match_part_words[] = {
    "part",  "phase",  "study", "studies", "series", "section", "chapter", "report", "paper",
    "stage", "volume", "type",  "grade",   "class",  "level",   "update",  NULL};

/*
 * log2 of how often a level is seen among records of one publication, over how often among records
 * that share a likeness and are two. Counted on 581 and 3661 pairs of two exports of one search
 * (PubMed and Web of Science, labelled by DOI and by hand; docs/de-duplication.md gives the
 * command), half a pair added to each. Chosen, because the set has none of the one kind: TITLE_CUT
 * and YEAR_NEXT, which services that date by the printed issue and readers that drop subtitles
 * make, and -10 for TITLE_UNKNOWN, so that a record without a title is joined by identifiers alone.
 */
const double match_title_bits[] = {
    [TITLE_UNKNOWN] = -10, [TITLE_UNLIKE] = -10,   [TITLE_ALIKE] = -2.4,     [TITLE_LONGER] = -1.7,
    [TITLE_CUT] = 1,       [TITLE_MISSPELT] = 5.8, [TITLE_SAME_SHORT] = 3.4, [TITLE_SAME] = 6};
const double match_author_bits[] = {[AUTHOR_UNKNOWN] = 0,
                                    [AUTHOR_DIFFERENT] = -10,
                                    [AUTHOR_ELSEWHERE] = -5.7,
                                    [AUTHOR_NEAR] = 4.5,
                                    [AUTHOR_SAME] = 4.6};
const double match_year_bits[] = {
    [YEAR_UNKNOWN] = 0, [YEAR_FAR] = -9.8, [YEAR_TWO] = -6.6, [YEAR_NEXT] = -2, [YEAR_SAME] = 4.3};
const double match_journal_bits[] = {
    [PLACE_UNKNOWN] = 0, [PLACE_DIFFERENT] = -7.7, [PLACE_SAME] = 3.4};
const double match_volume_bits[] = {
    [PLACE_UNKNOWN] = 0, [PLACE_DIFFERENT] = -10.1, [PLACE_SAME] = 5.4};
const double match_page_bits[] = {[PLACE_UNKNOWN] = 0, [PLACE_DIFFERENT] = -10, [PLACE_SAME] = 6.5};

/* One pair in seven that share a likeness is a match, which is -2.7 bits before anything is looked
 * at; 7 leave a doubt of one in twenty if the fields were independent, and they are not quite. */
const double match_same_bits = 7;
const double match_possible_bits = 3;
