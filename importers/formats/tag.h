/*
 * Tags in text, told from what only looks like one: "p <0.001 and n> 20" and "a <b and c> d" hold
 * none. A tag has a name that HTML, JATS or MathML know, or their prefix, and well-formed
 * attributes.
 */
#ifndef TOUCHSTONE_IMPORTERS_FORMATS_TAG_H
#define TOUCHSTONE_IMPORTERS_FORMATS_TAG_H

#include <stdbool.h>
#include <stddef.h>

enum { TAG_NAME_SIZE = 32 };

/* What an element does to the text around it. */
enum tag_effect {
    EFFECT_NONE,    /* the tag goes, its text stays where it is */
    EFFECT_BLANK,   /* parts words */
    EFFECT_BLOCK,   /* parts paragraphs */
    EFFECT_HEADING, /* "Methods: " */
    EFFECT_SUP,
    EFFECT_SUB,
    EFFECT_FRACTION,
    EFFECT_BOTH, /* sub, then sup */
    EFFECT_MATH,
    EFFECT_TEX,  /* the formula again, for another program */
    EFFECT_GONE, /* with its text */
};

struct tag {
    char name[TAG_NAME_SIZE]; /* lower case, without prefix */
    enum tag_effect effect;
    bool closing;
    bool empty;    /* <br/> */
    size_t length; /* with its brackets */
};

/* The tag that starts at `at`, which is a '<'. `any_name`: within a formula every element is
 * MathML's. False if it is none. */
bool tag_read(const char *at, const char *end, bool any_name, struct tag *out);

#endif
