#include "importers/formats/vector.h"

#include <stdlib.h>

#include "evidence/base/arena.h"

enum { FIRST_CAPACITY = 64 };

void *vector_add(struct vector *vector, size_t size)
{
    if (vector->count + 1 >= vector->capacity) {
        vector->capacity = vector->capacity == 0 ? FIRST_CAPACITY : vector->capacity * 2;
        vector->items = memory_resize(vector->items, vector->capacity * size);
    }
    return (char *)vector->items + size * vector->count++;
}

void vector_release(struct vector *vector)
{
    free(vector->items);
    *vector = (struct vector){0};
}
