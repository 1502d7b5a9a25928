#include "evidence/base/arena.h"

#include <math.h>
#include <stdalign.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

/* Blocks double up to a megabyte; beyond 32 MB in all they are a thirty-second of what there is, so
 * that little is wasted and a large arena consists of few. */
enum { FIRST_BLOCK_BYTES = 4096, PLAIN_BLOCK_BYTES = 1 << 20, LARGEST_BLOCK_BYTES = 64 << 20 };
enum { SHARE_OF_ALL = 32, HUGE_PAGE_BYTES = 2 << 20 };

/* What a formatted string may need before it is written twice. */
enum { USUAL_TEXT = 512 };

struct block {
    struct block *previous;
    size_t size;
    size_t used;
    size_t soiled; /* bytes that were in use before; those after are zero */
    alignas(max_align_t) unsigned char bytes[];
};

struct release {
    void (*release)(void *thing);
    void *thing;
    struct release *earlier;
};

struct arena {
    struct block *newest;
    struct release *releases; /* in the arena itself */
    size_t next_block_bytes;
    size_t all_bytes;
};

static void *give_up(void)
{
    fputs("touchstone: out of memory\n", stderr);
    _Exit(70);
}

void *memory_alloc(size_t size)
{
    return memory_resize(NULL, size);
}

void *memory_resize(void *old, size_t size)
{
    void *memory = realloc(old, size == 0 ? 1 : size);
    return memory == NULL ? give_up() : memory;
}

static void *memory_zeroed(size_t size)
{
    void *memory = calloc(1, size);
    return memory == NULL ? give_up() : memory;
}

struct arena *arena_new(void)
{
    struct arena *arena = memory_alloc(sizeof *arena);
    *arena = (struct arena){.next_block_bytes = FIRST_BLOCK_BYTES};
    return arena;
}

static void free_blocks(struct block *block)
{
    while (block != NULL) {
        struct block *previous = block->previous;
        free(block);
        block = previous;
    }
}

static void release_things(struct arena *arena)
{
    for (; arena->releases != NULL; arena->releases = arena->releases->earlier)
        arena->releases->release(arena->releases->thing);
}

void arena_on_free(struct arena *arena, void (*release)(void *thing), void *thing)
{
    struct release *last = arena_alloc(arena, sizeof *last);
    *last = (struct release){release, thing, arena->releases};
    arena->releases = last;
}

void arena_free(struct arena *arena)
{
    if (arena == NULL)
        return;
    release_things(arena);
    free_blocks(arena->newest);
    free(arena);
}

void arena_clear(struct arena *arena)
{
    release_things(arena);
    struct block *kept = arena->newest;
    if (kept != NULL && kept->size > PLAIN_BLOCK_BYTES) {
        free_blocks(kept);
        kept = NULL;
        arena->next_block_bytes = PLAIN_BLOCK_BYTES;
    } else if (kept != NULL) {
        free_blocks(kept->previous);
        kept->previous = NULL;
        if (kept->soiled < kept->used)
            kept->soiled = kept->used;
        kept->used = 0;
    }
    arena->newest = kept;
    arena->all_bytes = kept == NULL ? 0 : kept->size;
}

size_t arena_bytes(const struct arena *arena)
{
    return arena->all_bytes;
}

void arena_adopt(struct arena *arena, struct arena *other)
{
    struct release **first = &other->releases;
    while (*first != NULL)
        first = &(*first)->earlier;
    *first = arena->releases;
    arena->releases = other->releases;
    struct block *oldest = other->newest;
    if (oldest != NULL) {
        while (oldest->previous != NULL)
            oldest = oldest->previous;
        oldest->previous = arena->newest; /* what room is left in ours is given up */
        arena->newest = other->newest;
        arena->all_bytes += other->all_bytes;
    }
    free(other);
}

/* Touching a large block page by page costs more than the work done in it: huge pages are asked
 * for where the system has them. */
static struct block *block_alloc(size_t size)
{
    size_t bytes = sizeof(struct block) + size;
    void *memory = NULL;
    if (bytes >= HUGE_PAGE_BYTES && posix_memalign(&memory, HUGE_PAGE_BYTES, bytes) == 0) {
        struct block *block = memory;
        madvise(memory, bytes, MADV_HUGEPAGE);
        *block = (struct block){.size = size, .soiled = size};
        return block;
    }
    struct block *block = memory_zeroed(bytes);
    block->size = size;
    return block;
}

static size_t next_block_bytes(const struct arena *arena)
{
    if (arena->next_block_bytes < PLAIN_BLOCK_BYTES)
        return arena->next_block_bytes * 2;
    size_t share = arena->all_bytes / SHARE_OF_ALL;
    if (share <= PLAIN_BLOCK_BYTES)
        return PLAIN_BLOCK_BYTES;
    return share < LARGEST_BLOCK_BYTES ? share : LARGEST_BLOCK_BYTES;
}

static struct block *add_block(struct arena *arena, size_t needed)
{
    size_t size = needed > arena->next_block_bytes ? needed : arena->next_block_bytes;
    struct block *block = block_alloc(size);
    block->previous = arena->newest;
    arena->newest = block;
    arena->all_bytes += size;
    arena->next_block_bytes = next_block_bytes(arena);
    return block;
}

/* `alignment` is a power of two. */
static size_t rounded_up(size_t size, size_t alignment)
{
    return (size + alignment - 1) & ~(alignment - 1);
}

/* Bytes as they come, from a multiple of `alignment` on: texts stand side by side. */
static unsigned char *room_at(struct arena *arena, size_t size, size_t alignment)
{
    struct block *block = arena->newest;
    size_t from = block == NULL ? 0 : rounded_up(block->used, alignment);
    if (block == NULL || from > block->size || block->size - from < size) {
        if (size > SIZE_MAX / 2)
            size = SIZE_MAX / 2; /* refused with a message */
        block = add_block(arena, rounded_up(size, alignof(max_align_t)));
        from = 0;
    }
    block->used = from + size;
    return block->bytes + from;
}

void *arena_alloc(struct arena *arena, size_t size)
{
    unsigned char *memory = room_at(arena, size, alignof(max_align_t));
    const struct block *block = arena->newest;
    size_t from = (size_t)(memory - block->bytes);
    if (from < block->soiled)
        memset(memory, 0, size);
    return memory;
}

/* SIZE_MAX, which nobody has, where the product overflows. */
static size_t bytes_of(size_t count, size_t size)
{
    return size != 0 && count > SIZE_MAX / size ? SIZE_MAX : count * size;
}

void *arena_array(struct arena *arena, size_t count, size_t size)
{
    return arena_alloc(arena, bytes_of(count, size));
}

void *arena_room(struct arena *arena, size_t count, size_t size)
{
    return room_at(arena, bytes_of(count, size), alignof(max_align_t));
}

/* Room for a text, the NUL behind it written. */
static char *text_at(struct arena *arena, size_t length)
{
    char *text = (char *)room_at(arena, length + 1, 1);
    text[length] = '\0';
    return text;
}

char *arena_strndup(struct arena *arena, const char *text, size_t length)
{
    return text == NULL ? NULL : memcpy(text_at(arena, length), text, length);
}

char *arena_strdup(struct arena *arena, const char *text)
{
    return text == NULL ? NULL : arena_strndup(arena, text, strlen(text));
}

char *arena_join(struct arena *arena, const char *first, const char *second, const char *third)
{
    size_t lengths[] = {strlen(first), strlen(second), strlen(third)};
    char *text = text_at(arena, lengths[0] + lengths[1] + lengths[2]);
    memcpy(text, first, lengths[0]);
    memcpy(text + lengths[0], second, lengths[1]);
    memcpy(text + lengths[0] + lengths[1], third, lengths[2]);
    return text;
}

/* Texts alone are put in: "%s" is all that the format has. */
static bool is_of_texts(const char *format)
{
    for (const char *at = strchr(format, '%'); at != NULL; at = strchr(at + 2, '%'))
        if (at[1] != 's')
            return false;
    return true;
}

/* How long such a text is; it is written where `out` is not NULL, without a NUL. */
static size_t put_texts(char *out, const char *format, va_list texts)
{
    size_t length = 0;
    while (*format != '\0') {
        bool is_text = *format == '%';
        const char *piece = is_text ? va_arg(texts, const char *) : format;
        if (piece == NULL)
            piece = "(null)"; /* as printf has it */
        size_t size = is_text ? strlen(piece) : strcspn(format, "%");
        if (out != NULL)
            memcpy(out + length, piece, size);
        length += size;
        format += is_text ? strlen("%s") : size;
    }
    return length;
}

static char *join_texts(struct arena *arena, const char *format, va_list texts)
{
    va_list again;
    va_copy(again, texts);
    char *text = text_at(arena, put_texts(NULL, format, texts));
    put_texts(text, format, again);
    va_end(again);
    return text;
}

char *arena_printf(struct arena *arena, const char *format, ...)
{
    char usual[USUAL_TEXT];
    va_list arguments;
    va_list again;
    va_start(arguments, format);
    if (is_of_texts(format)) { /* most sentences are */
        char *text = join_texts(arena, format, arguments);
        va_end(arguments);
        return text;
    }
    va_copy(again, arguments);
    int length = vsnprintf(usual, sizeof usual, format, arguments);
    va_end(arguments);
    char *text = text_at(arena, length < 0 ? 0 : (size_t)length);
    if (length >= 0 && (size_t)length < sizeof usual)
        memcpy(text, usual, (size_t)length);
    else if (length >= 0)
        vsnprintf(text, (size_t)length + 1, format, again);
    va_end(again);
    return text;
}

/* Whole numbers and tenths, which most are that people read, are written without printf. */
char *arena_number(struct arena *arena, double value)
{
    const double SIX_DIGITS = 1e5; /* below it, with a tenth */
    double size = fabs(value);
    int tenths = size < SIX_DIGITS ? (int)(size * 10 + 0.5) : -1;
    if (tenths / 10.0 != size || (size == 0 && signbit(value)))
        return arena_printf(arena, "%g", value);
    char digits[16];
    char *at = digits + sizeof digits;
    *--at = '\0';
    if (tenths % 10 > 0) {
        *--at = (char)('0' + tenths % 10);
        *--at = '.';
    }
    for (int whole = tenths / 10, first = 1; first || whole > 0; first = 0, whole /= 10)
        *--at = (char)('0' + whole % 10);
    if (value < 0)
        *--at = '-';
    return arena_strdup(arena, at);
}
