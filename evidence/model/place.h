/*
 * The places of the body: what somebody who tells where it hurts is led to, which dangers first,
 * and the tiles that a figure is drawn of. Fields as in evidence/data/README.md; unknown strings
 * are NULL, lists end with NULL.
 */
#ifndef TOUCHSTONE_EVIDENCE_MODEL_PLACE_H
#define TOUCHSTONE_EVIDENCE_MODEL_PLACE_H

#include "evidence/model/base.h"
#include "evidence/model/red_flag.h"
#include "evidence/model/referral.h"

/* A danger that the book of red flags names at the place. */
struct place_flag {
    const struct red_flag *flag;
    const char *words; /* of the book, that name the place */
};

struct place_condition {
    const char *condition; /* id */
    const char *recent;    /* ids of its two halves, where it matters how long it has lasted; … */
    const char *lasting;   /* … both or neither */
    const char *why;
};

enum body_view { BODY_FRONT, BODY_BACK, BODY_VIEW_COUNT };
extern const char *const body_view_names[];

/* A tile of the figure. */
struct place_shape {
    enum body_view view;
    const char *path; /* as SVG's `d`; commands, numbers, spaces and nothing else */
};

struct place {
    const char *id;
    const char *name;  /* "Front and side of the neck" */
    const char *plain; /* "the front or side of the neck" */
    const char *const *also;
    bool everywhere;                /* the one that holds for all of them */
    const struct place_flag *flags; /* the most urgent first */
    size_t flag_count;
    const struct place_condition *conditions;
    size_t condition_count;
    const char *none; /* said where there are no conditions; else NULL */
    const struct place_shape *shapes;
    size_t shape_count;
};

/* Words of the book of referral, and the ids of the places that they name. */
struct place_area {
    const char *area;
    const char *const *places;
};

/* How the lists are meant. */
struct places_about {
    const char *red_flags;
    const char *conditions;
    const char *areas;
    const char *shapes;
};

struct places {
    struct places_about about;
    int width; /* of each view of the figure */
    int height;
    const struct place *items;
    size_t count;
    const struct place_area *areas;
    size_t area_count;
};

/*
 * Reads the whole document, strictly. Problems besides wrong fields: words that do not stand in
 * their red flag, a flag after a less urgent one, a red flag or an area of a muscle that reaches no
 * place, and an area that no muscle has.
 */
void places_read(const struct json_reader *at, const struct base *base,
                 const struct red_flags *flags, const struct referral *referral,
                 struct places *out);

/* By id; NULL if there is none. */
const struct place *places_find(const struct places *places, const char *id);

/* The one that holds for all; NULL for a base without places. */
const struct place *places_everywhere(const struct places *places);

/* True if the words of this area name the place. */
bool places_area_is_at(const struct places *places, const char *area, const struct place *place);

#endif
