/*
 * Are two records about one publication? Asked of every record that comes in, against those that
 * share something with it. A wrong yes hides a study, a wrong no shows one twice: where the two
 * sides leave it open the answer is "possible", and a person looks.
 *
 * Identifiers come first: the same PMID, DOI or PMCID is the same publication unless all else
 * speaks against it, and different ones are different publications whatever the titles say. A
 * registration number alone joins nothing: a trial has several reports. Without identifiers the
 * title decides together with author, year, journal, volume and first page, by weights that are
 * logarithms of how much likelier an agreement is between two records of one publication than
 * between two that look alike and are not (Fellegi & Sunter 1969,
 * doi:10.1080/01621459.1969.10501049); match_data.c holds them and says where they come from.
 */
#ifndef TOUCHSTONE_IMPORTERS_INTAKE_MATCH_H
#define TOUCHSTONE_IMPORTERS_INTAKE_MATCH_H

#include <stdint.h>

#include "evidence/base/arena.h"
#include "evidence/model/record.h"

/* A record made ready to be compared with many. Lives in the arena; the record is borrowed. */
struct match_side;
const struct match_side *match_side_new(const struct record *record, struct arena *arena);

/*
 * What alike publications share, hashed: two records of one publication have at least one of these
 * in common unless nearly everything about them differs. Writes at most MATCH_LIKENESS_MOST and
 * gives how many. The same record gives the same numbers on every machine.
 */
enum { MATCH_LIKENESS_MOST = 8 };
size_t match_likeness(const struct match_side *side, int64_t out[MATCH_LIKENESS_MOST]);

/* How far two sides agree, field by field. */
enum title_level {
    TITLE_UNKNOWN,
    TITLE_UNLIKE,
    TITLE_ALIKE,      /* words differ on both sides */
    TITLE_LONGER,     /* one has words in the middle that the other has not */
    TITLE_CUT,        /* one is the beginning of the other: a subtitle is missing, or the end */
    TITLE_MISSPELT,   /* the same words but for single letters */
    TITLE_SAME_SHORT, /* the same, but few words: "Low back pain" */
    TITLE_SAME
};
enum author_level {
    AUTHOR_UNKNOWN,
    AUTHOR_DIFFERENT,
    AUTHOR_ELSEWHERE, /* the first of one is among the others of the other */
    AUTHOR_NEAR,      /* part of a double name, one letter off */
    AUTHOR_SAME
};
enum year_level { YEAR_UNKNOWN, YEAR_FAR, YEAR_TWO, YEAR_NEXT, YEAR_SAME };
enum place_level { PLACE_UNKNOWN, PLACE_DIFFERENT, PLACE_SAME };

struct match_levels {
    enum title_level title;
    enum author_level author;
    enum year_level year;
    enum place_level journal;
    enum place_level volume;
    enum place_level page; /* the first */
};

enum match_answer { MATCH_DIFFERENT, MATCH_POSSIBLE, MATCH_SAME };

struct match {
    enum match_answer answer;
    const char *reason; /* a literal: pmid, doi, pmcid, registration, title */
    double score;       /* of the levels, in bits; for the log */
    double similarity;  /* of the titles' trigrams, 0 to 1; NAN where one has none */
    struct match_levels levels;
};

struct match match_compare(const struct match_side *one, const struct match_side *other);

/* True if an identifier of the record differs from one of a publication's records and none of the
 * others knows it as its own. */
bool match_contradicts(const struct match_side *record, const struct match_side *const *members,
                       size_t count);

/* A record against a publication, which is all its records: as the best of them, but that what any
 * of them contradicts is no more than possible. */
struct match match_publication(const struct match_side *record,
                               const struct match_side *const *members, size_t count);

#endif
