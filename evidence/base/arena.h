/*
 * Memory that is given back all at once.
 *
 * Each request, each imported file and each catalog has an arena; what lives in it is freed with
 * it and never one by one. Memory that cannot be had ends the program with a message: whatever
 * grows from outside input is bounded before it gets here.
 */
#ifndef TOUCHSTONE_EVIDENCE_BASE_ARENA_H
#define TOUCHSTONE_EVIDENCE_BASE_ARENA_H

#include <stddef.h>

#include "evidence/base/error.h"

struct arena;

/* A new, empty arena; the caller frees it. Never NULL. */
struct arena *arena_new(void);

/* Frees the arena and all that was allocated in it. NULL is allowed. */
void arena_free(struct arena *arena);

/* Forgets all that was allocated and keeps up to a megabyte for what comes next: for one record
 * after the other. */
void arena_clear(struct arena *arena);

/* How much memory it holds, in use or not. */
size_t arena_bytes(const struct arena *arena);

/* Takes over all that was allocated in `other`, which is gone after; what lives in it stays where
 * it is. */
void arena_adopt(struct arena *arena, struct arena *other);

/* Has `release` called with `thing` when the arena is freed or cleared, the last one asked for
 * first: for the few things in it that hold more than memory. Before that all that was allocated is
 * still there. */
void arena_on_free(struct arena *arena, void (*release)(void *thing), void *thing);

/* Zeroed memory, aligned for any type, owned by the arena. `size` 0 gives a valid pointer. */
void *arena_alloc(struct arena *arena, size_t size);

/* Room for `count` elements of `size` bytes, zeroed. A product that overflows ends the program. */
void *arena_array(struct arena *arena, size_t count, size_t size);

/* The same, not zeroed: for what is written before it is read. */
void *arena_room(struct arena *arena, size_t count, size_t size);

/* A copy of a string, or of its first `length` bytes, NUL-terminated. NULL gives NULL. */
char *arena_strdup(struct arena *arena, const char *text);
char *arena_strndup(struct arena *arena, const char *text, size_t length);

/* Three strings as one. */
char *arena_join(struct arena *arena, const char *first, const char *second, const char *third);

/* A formatted string. */
char *arena_printf(struct arena *arena, const char *format, ...) PRINTF_LIKE(2, 3);

/* A number as "%g" writes it: with six digits that count at most. */
char *arena_number(struct arena *arena, double value);

/* malloc and realloc for the few things that outlive or outgrow arenas; they never return NULL. */
void *memory_alloc(size_t size);
void *memory_resize(void *old, size_t size);

#endif
