/* References in marked-up text ("&lt;", "&#8211;", "&nbsp;") to characters. */
#ifndef TOUCHSTONE_IMPORTERS_FORMATS_ENTITY_H
#define TOUCHSTONE_IMPORTERS_FORMATS_ENTITY_H

#include <stddef.h>
#include <stdint.h>

#include "evidence/base/buffer.h"

/* The longest name with its '&' and ';'. */
enum { ENTITY_LONGEST = 34 };

/* The bytes of the reference at the start of `length` bytes, and the code point it stands for
 * (U+FFFD for one that cannot be); 0: there is none, and an '&' is an '&'. Names are those of
 * HTML 4 and XML. */
size_t entity_read(const char *at, size_t length, uint32_t *code);

/* A code point as UTF-8. */
void entity_append(struct buffer *out, uint32_t code);

#endif
