/* The entries of the wording and the patterns by which they are found. */
#include <stdlib.h>
#include <string.h>

#include "evidence/judgement/claim/wording_build.h"

/* "..4 <relieve> by itself": one piece of a pattern read, `at` moved behind it. */
struct piece_text {
    unsigned gap;
    const char *class; /* name, NULL for words */
    const char *words;
};

static const char *next_piece(struct wording_builder *builder, const char *at,
                              struct piece_text *out)
{
    *out = (struct piece_text){0};
    at += strspn(at, " ");
    if (strncmp(at, "..", 2) == 0) {
        char *end;
        out->gap = (unsigned)strtoul(at + 2, &end, 10);
        at = end + strspn(end, " ");
    }
    if (*at == '<') {
        size_t length = strcspn(at + 1, ">");
        out->class = arena_strndup(builder->arena, at + 1, length);
        return at + 1 + length + (at[1 + length] == '>');
    }
    const char *end = at;
    while (*end != '\0' && *end != '<' && strncmp(end, " ..", 3) != 0)
        end++;
    size_t length = (size_t)(end - at);
    while (length > 0 && at[length - 1] == ' ')
        length--;
    out->words = arena_strndup(builder->arena, at, length);
    return end;
}

/* Words in a pattern are a class of one phrase, named like it. */
static unsigned class_of_words(struct wording_builder *builder, const char *words)
{
    const char *name = arena_printf(builder->arena, "'%s", words);
    bool known = wording_has_class(builder, name);
    unsigned class = wording_class(builder, name);
    if (!known)
        wording_add_phrase(builder, words, class);
    return class;
}

static bool read_pattern(struct wording_builder *builder, const char *text, struct pattern *out)
{
    for (const char *at = text; at[strspn(at, " ")] != '\0';) {
        struct piece_text piece;
        at = next_piece(builder, at, &piece);
        bool unknown = piece.class != NULL && !wording_has_class(builder, piece.class);
        bool empty = piece.class == NULL && piece.words[0] == '\0';
        if (unknown || empty || out->count == PATTERN_PIECES)
            return false;
        out->pieces[out->count].gap = piece.gap;
        out->pieces[out->count++].class = piece.class != NULL
                                              ? wording_class(builder, piece.class)
                                              : class_of_words(builder, piece.words);
    }
    return out->count > 0;
}

static void add_pattern(struct wording_builder *builder, struct pattern_list *list,
                        struct pattern *pattern)
{
    for (size_t i = 2; i < pattern->count; i++)
        class_mask_add(&pattern->behind, pattern->pieces[i].class);
    list->items = wording_with_room(builder->drafts, list->items, list->count, &list->room,
                                    sizeof *list->items);
    list->items[list->count++] = *pattern;
}

static void add_patterns(struct wording_builder *builder, const struct entry_source *source,
                         const struct wording_entry *entry)
{
    for (const char *const *text = source->patterns; *text != NULL; text++) {
        struct pattern pattern = {.entry = entry};
        if (read_pattern(builder, *text, &pattern))
            add_pattern(builder, &builder->claims, &pattern);
        else
            problems_add(builder->problems, source->file, "",
                         "entry %s: \"%s\" is no pattern of known classes, words and gaps, or has "
                         "more than %d pieces",
                         entry->id == NULL ? "" : entry->id, *text, PATTERN_PIECES);
    }
}

/* A tag of a class that a name or a number makes says which one; a pattern could not. */
static void add_made_class(struct wording_builder *builder, const struct class_source *source)
{
    for (const char *const *text = source->made_of; *text != NULL; text++) {
        struct pattern pattern = {.makes = wording_class(builder, source->id)};
        if (source->id[0] != '@' && read_pattern(builder, *text, &pattern))
            add_pattern(builder, &builder->made, &pattern);
        else
            problems_add(builder->problems, "claims/words.json", "",
                         "class %s: \"%s\" is no pattern of known classes, words and gaps, or has "
                         "more than %d pieces",
                         source->id, *text, PATTERN_PIECES);
    }
}

static void read_entries(struct wording_builder *builder)
{
    size_t count = builder->source->entry_count;
    struct wording_entry *entries = arena_array(builder->arena, count, sizeof *entries);
    for (size_t i = 0; i < count; i++) {
        entries[i] = builder->source->entries[i].entry;
        add_patterns(builder, &builder->source->entries[i], &entries[i]);
    }
    builder->wording->entries = entries;
    builder->wording->entry_count = count;
}

/* How far its second piece may stand from the first; more where it has none, or one too far. */
static size_t gap_of(const struct pattern *pattern)
{
    return pattern->count > 1 && pattern->pieces[1].gap <= AHEAD_WORDS ? pattern->pieces[1].gap
                                                                       : AHEAD_WORDS + 1;
}

enum { GAP_KINDS = AHEAD_WORDS + 2 };

static size_t group_of(const struct pattern *pattern)
{
    return pattern->pieces[0].class * GAP_KINDS + gap_of(pattern);
}

/* Those of one group after another, within each in the order of the files; `starts[g]` is put to
 * where group g begins. */
static struct pattern *by_group(struct wording_builder *builder, const struct pattern_list *list,
                                size_t *starts, size_t groups)
{
    struct pattern *sorted = arena_array(builder->arena, list->count, sizeof *sorted);
    for (size_t i = 0; i < list->count; i++)
        starts[group_of(&list->items[i]) + 2]++;
    for (size_t group = 2; group < groups + 2; group++)
        starts[group] += starts[group - 1];
    for (size_t i = 0; i < list->count; i++)
        sorted[starts[group_of(&list->items[i]) + 1]++] = list->items[i];
    return sorted;
}

static struct pattern_group group_from(const struct pattern *patterns, size_t first, size_t end)
{
    struct pattern_group group = {.gap = gap_of(&patterns[first]), .first = first, .end = end};
    for (size_t i = first; i < end && group.gap <= AHEAD_WORDS; i++)
        class_mask_add(&group.seconds, patterns[i].pieces[1].class);
    return group;
}

static const uint16_t *seconds_of(struct arena *arena, const struct pattern *patterns, size_t count)
{
    uint16_t *seconds = arena_array(arena, count, sizeof *seconds);
    for (size_t i = 0; i < count; i++)
        seconds[i] = (uint16_t)(patterns[i].count > 1 ? patterns[i].pieces[1].class : WORDS_NONE);
    return seconds;
}

static struct patterns in_order(struct wording_builder *builder, const struct pattern_list *list)
{
    size_t classes = builder->wording->class_count;
    size_t kinds = classes * GAP_KINDS;
    size_t *places = arena_array(builder->drafts, kinds + 2, sizeof *places);
    size_t *starts = arena_array(builder->arena, classes + 1, sizeof *starts);
    const struct pattern *sorted = by_group(builder, list, places, kinds);
    struct pattern_group *groups = arena_array(builder->drafts, list->count, sizeof *groups);
    size_t count = 0;
    for (size_t kind = 0; kind < kinds; kind++) {
        if (kind % GAP_KINDS == 0)
            starts[kind / GAP_KINDS] = count;
        if (places[kind] < places[kind + 1])
            groups[count++] = group_from(sorted, places[kind], places[kind + 1]);
    }
    starts[classes] = count;
    struct pattern_group *kept = arena_room(builder->arena, count, sizeof *kept);
    if (count > 0)
        memcpy(kept, groups, count * sizeof *kept);
    return (struct patterns){.items = sorted,
                             .count = list->count,
                             .seconds = seconds_of(builder->arena, sorted, list->count),
                             .groups = kept,
                             .starts = starts};
}

static const bool *are_made(struct wording_builder *builder)
{
    bool *made = arena_array(builder->arena, builder->wording->class_count, sizeof *made);
    for (size_t i = 0; i < builder->made.count; i++)
        made[builder->made.items[i].makes] = true;
    return made;
}

void wording_add_entries(struct wording_builder *builder)
{
    for (size_t i = 0; i < builder->source->class_count; i++)
        add_made_class(builder, &builder->source->classes[i]);
    read_entries(builder);
    builder->wording->is_made = are_made(builder);
    builder->wording->made = in_order(builder, &builder->made);
    builder->wording->claims = in_order(builder, &builder->claims);
}
