/* Items one after the other, as many as come: what a reader collects before it knows how many. */
#ifndef TOUCHSTONE_IMPORTERS_FORMATS_VECTOR_H
#define TOUCHSTONE_IMPORTERS_FORMATS_VECTOR_H

#include <stddef.h>

/* Zero-initialise; `count` may be set back to 0 to use it again. */
struct vector {
    void *items;
    size_t count;
    size_t capacity;
};

/* A new last item of `size` bytes, the same for all of them, not initialised. What was given before
 * may have moved. Behind the last item there is always room for one more. */
void *vector_add(struct vector *vector, size_t size);

void vector_release(struct vector *vector);

#endif
