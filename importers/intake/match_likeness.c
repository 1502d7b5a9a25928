/* What alike publications share: the keys under which a record looks for others. */
#include <ctype.h>
#include <stdio.h>
#include <string.h>

#include "importers/intake/match_side.h"

enum {
    ENDS_WORDS = 3,           /* of a title's beginning and end */
    INITIALS_WITH_AUTHOR = 5, /* first letters of its words */
    INITIALS_ALONE = 8,
    KEY_SIZE = 512
};

/* FNV-1a (Fowler, Noll, Vo), 64 bits: no secrets, the same everywhere. */
static int64_t hashed(const char *key)
{
    uint64_t hash = 14695981039346656037u;
    for (; *key != '\0'; key++)
        hash = (hash ^ (unsigned char)*key) * 1099511628211u;
    return (int64_t)hash;
}

struct keys {
    int64_t *out;
    size_t count;
};

static void add(struct keys *keys, const char *key)
{
    int64_t hash = hashed(key);
    for (size_t i = 0; i < keys->count; i++)
        if (keys->out[i] == hash)
            return;
    if (keys->count < MATCH_LIKENESS_MOST)
        keys->out[keys->count++] = hash;
}

static void add_words(struct keys *keys, char kind, const struct match_title *title, size_t from)
{
    char key[KEY_SIZE];
    size_t length = (size_t)snprintf(key, sizeof key, "%c", kind);
    for (size_t i = 0; i < ENDS_WORDS && length < sizeof key; i++)
        length +=
            (size_t)snprintf(key + length, sizeof key - length, "|%s", title->words[from + i]);
    add(keys, key);
}

static void initials(const struct match_title *title, size_t most, char out[INITIALS_ALONE + 1])
{
    size_t count = title->count < most ? title->count : most;
    for (size_t i = 0; i < count; i++)
        out[i] = title->words[i][0];
    out[count] = '\0';
}

/* Years one apart share one of their two halves. */
static void add_author_keys(struct keys *keys, const struct match_side *side,
                            const struct match_title *title)
{
    char key[KEY_SIZE];
    char letters[INITIALS_ALONE + 1];
    if (side->author_count == 0 || side->record->year == COUNT_UNKNOWN)
        return;
    initials(title, INITIALS_WITH_AUTHOR, letters);
    for (int i = 0; i < 2; i++) {
        snprintf(key, sizeof key, "a|%s|%d|%s", side->authors[0].parts[0],
                 (side->record->year + i) / 2 * 2 - i, letters);
        add(keys, key);
    }
}

static void add_title_keys(struct keys *keys, const struct match_side *side)
{
    const struct match_title *title = &side->titles[0];
    char letters[INITIALS_ALONE + 1];
    char key[KEY_SIZE];
    if (title->count >= ENDS_WORDS) {
        add_words(keys, 'b', title, 0);
        add_words(keys, 'e', title, title->count - ENDS_WORDS);
    }
    if (title->count >= INITIALS_ALONE) {
        initials(title, INITIALS_ALONE, letters);
        snprintf(key, sizeof key, "i|%s", letters);
        add(keys, key);
    }
    add_author_keys(keys, side, title);
}

static void add_place_keys(struct keys *keys, const struct match_side *side)
{
    char key[KEY_SIZE];
    if (side->first_page == 0)
        return;
    if (side->author_count > 0) {
        snprintf(key, sizeof key, "p|%s|%ld", side->authors[0].parts[0], side->first_page);
        add(keys, key);
    }
    if (side->volume != NULL && side->journal_words > 0) {
        snprintf(key, sizeof key, "v|%c|%s|%ld", side->journal[0][0], side->volume,
                 side->first_page);
        add(keys, key);
    }
}

size_t match_likeness(const struct match_side *side, int64_t out[MATCH_LIKENESS_MOST])
{
    struct keys keys = {.out = out};
    if (side->title_count > 0)
        add_title_keys(&keys, side);
    add_place_keys(&keys, side);
    return keys.count;
}
