#include "importers/sources/openalex_abstract.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>

#include "evidence/base/buffer.h"
#include "importers/formats/format.h"
#include "importers/formats/markup.h"
#include "importers/sources/field.h"

struct placed_word {
    int place;
    size_t order; /* among the words, so that one place is always filled alike */
    const char *word;
};

static int by_place(const void *left, const void *right)
{
    const struct placed_word *a = left;
    const struct placed_word *b = right;
    if (a->place != b->place)
        return a->place < b->place ? -1 : 1;
    return a->order < b->order ? -1 : a->order > b->order;
}

/* How many words in how many bytes the text has; false if it is too long. */
static bool measure(const json_t *index, size_t *words, size_t *bytes)
{
    const char *word;
    json_t *places;
    *words = *bytes = 0;
    json_object_foreach((json_t *)index, word, places)
    {
        size_t count = json_array_size(places), length = strlen(word) + 1;
        if (count > FORMAT_FIELD_MOST / length)
            return false;
        *words += count;
        *bytes += count * length;
        if (*bytes > FORMAT_FIELD_MOST)
            return false;
    }
    return true;
}

static size_t place_words(const json_t *index, struct placed_word *out)
{
    const char *word;
    json_t *places;
    size_t kept = 0;
    json_object_foreach((json_t *)index, word, places)
    {
        for (size_t i = 0; i < json_array_size(places); i++) {
            int place = field_count(json_array_get(places, i), "", 0, INT_MAX);
            if (place >= 0)
                out[kept] = (struct placed_word){.place = place, .order = kept, .word = word};
            kept += place >= 0;
        }
    }
    return kept;
}

const char *openalex_abstract(const json_t *index, struct arena *arena)
{
    size_t words = 0, bytes = 0;
    if (!measure(index, &words, &bytes) || words == 0)
        return NULL;
    struct placed_word *placed = memory_alloc(words * sizeof *placed);
    size_t count = place_words(index, placed);
    qsort(placed, count, sizeof *placed, by_place);
    struct buffer text = {0};
    for (size_t i = 0; i < count; i++) {
        buffer_text(&text, placed[i].word);
        buffer_byte(&text, ' ');
    }
    free(placed);
    const char *abstract = markup_paragraphs(buffer_string(&text), text.length, arena);
    buffer_release(&text);
    return abstract;
}
