/* Titles taken apart and laid beside each other, for match.c. */
#ifndef TOUCHSTONE_IMPORTERS_INTAKE_MATCH_TITLE_H
#define TOUCHSTONE_IMPORTERS_INTAKE_MATCH_TITLE_H

#include "importers/intake/match_data.h"

/* Words beyond these are not looked at; the longest titles have some sixty. */
enum { MATCH_WORDS_MOST = 80, MATCH_NUMBERS_MOST = 24 };

struct match_title {
    const char *const *words; /* stems in one spelling, without those that say nothing */
    size_t count;
    enum match_sort sort;                    /* what its marks tell; they are cut off */
    const char *numbers[MATCH_NUMBERS_MOST]; /* digits in it, in order, Roman and spelt ones too */
    size_t number_count;
    size_t part_count;        /* of these, numbers of a part, phase or the like */
    const uint32_t *trigrams; /* of the words, sorted */
    size_t trigram_count;
};

struct match_title match_title_of(const char *text, struct arena *arena);

/* 2 common / (one + other) trigrams, each as often as it comes; NAN without any. */
double match_title_similarity(const struct match_title *one, const struct match_title *other);

enum title_level match_title_level(const struct match_title *one, const struct match_title *other);

/* True if each has a number that the other has not, or one names a part that the other does not:
 * "Part I" and "Part II", twelve weeks and twenty-four. */
bool match_numbers_differ(const struct match_title *one, const struct match_title *other);

/* A word is another but for a letter or, in long ones, two. */
bool match_words_near(const char *one, const char *other);

bool match_word_listed(const char *word, const char *const *list);

#endif
