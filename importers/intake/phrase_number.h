/* Numbers of things in running text: "62", "1,234", "forty-five", "two thousand and eleven". */
#ifndef TOUCHSTONE_IMPORTERS_INTAKE_PHRASE_NUMBER_H
#define TOUCHSTONE_IMPORTERS_INTAKE_PHRASE_NUMBER_H

#include "importers/intake/phrase.h"

struct phrase_number {
    int value;  /* COUNT_UNKNOWN: none, or one that counts nothing */
    size_t end; /* the word behind it; 0: there is no number */
};

/* The number that begins with a word. A decimal, a percentage, a part of a range or ratio, and a
 * bare number that may be a year have an end and no value. */
struct phrase_number phrase_number_at(const struct phrase_text *text, size_t word);

/* The same of one in digits. */
struct phrase_number phrase_number_in_digits(const struct phrase_text *text, size_t word);

#endif
