/* The words, marks and weights that matching goes by; each says where it comes from. */
#ifndef TOUCHSTONE_IMPORTERS_INTAKE_MATCH_DATA_H
#define TOUCHSTONE_IMPORTERS_INTAKE_MATCH_DATA_H

#include <stddef.h>

#include "importers/intake/match.h"

/* What sort of thing a record is about. Different sorts are different publications. */
enum match_sort {
    SORT_ARTICLE,
    SORT_PROTOCOL, /* the only one that may be an article whose title was cut */
    SORT_NOTICE,   /* erratum, retraction … */
    SORT_COMMENT,  /* letter, reply … */
    SORT_WITHDRAWN,
    SORT_PREPRINT,
    SORT_REGISTRATION
};

/* A phrase at the beginning or end of a title that tells its sort; folded words. */
struct match_mark {
    const char *words;
    bool at_start;
    bool at_end;
    enum match_sort sort; /* SORT_ARTICLE: it says nothing and is cut off */
};
extern const struct match_mark match_marks[]; /* longer ones first; ended by NULL words */

/* A publication type that tells the sort, folded. */
struct match_type {
    const char *words;
    enum match_sort sort;
};
extern const struct match_type match_types[];

/* DOIs that preprint servers give out, by their beginning. */
extern const char *const match_preprint_dois[];

/* Sources that never have two records of one publication. */
extern const char *const match_single_sources[];

/* Words of titles, and of journals, that say nothing; folded. */
extern const char *const match_stop_words[];
extern const char *const match_journal_stop_words[];
/* Particles of family names. */
extern const char *const match_particles[];

/* Words for the same number, or letter. */
struct match_spelling {
    const char *word;
    const char *as;
};
extern const struct match_spelling match_spellings[];
/* Roman numerals, counted as such after one of match_part_words or at the end of a title. */
extern const struct match_spelling match_numerals[];
extern const char *const match_part_words[];

/* Bits for and against, by level. */
extern const double match_title_bits[TITLE_SAME + 1];
extern const double match_author_bits[AUTHOR_SAME + 1];
extern const double match_year_bits[YEAR_SAME + 1];
extern const double match_journal_bits[PLACE_SAME + 1];
extern const double match_volume_bits[PLACE_SAME + 1];
extern const double match_page_bits[PLACE_SAME + 1];

/* From how many bits on two records are the same, and possibly the same. */
extern const double match_same_bits;
extern const double match_possible_bits;

#endif
