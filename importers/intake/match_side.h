/* A record as match.c looks at it: everything folded once, before the first comparison. */
#ifndef TOUCHSTONE_IMPORTERS_INTAKE_MATCH_SIDE_H
#define TOUCHSTONE_IMPORTERS_INTAKE_MATCH_SIDE_H

#include "importers/intake/match_title.h"

enum { MATCH_TITLES_MOST = 4 };

/* A family name: its parts without particles, "fernandez" and "penas". */
struct match_name {
    const char *const *parts;
    size_t count;
    const char *whole;  /* all of it run together, particles too … */
    const char *joined; /* … and without them */
    const char *given;  /* the first given name, folded; NULL */
};

struct match_side {
    const struct record *record;
    struct match_title titles[MATCH_TITLES_MOST]; /* the title, then the others */
    size_t title_count;
    enum match_sort sort;
    const struct match_name *authors; /* persons and groups, in order */
    size_t author_count;
    const char *const *journal; /* folded words */
    size_t journal_words;
    const char *volume; /* NULL: unknown */
    long first_page;    /* 0: unknown */
    long last_page;     /* the first one's where only that is known */
    char page_letter;   /* "e123", "s14"; 0: none */
};

enum author_level match_author_level(const struct match_side *one, const struct match_side *other);
enum place_level match_journal_level(const struct match_side *one, const struct match_side *other);
enum place_level match_volume_level(const struct match_side *one, const struct match_side *other);
enum place_level match_page_level(const struct match_side *one, const struct match_side *other);
enum year_level match_year_level(const struct match_side *one, const struct match_side *other);

#endif
