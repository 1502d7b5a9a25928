#include "evidence/judgement/language/phrase_tree.h"

#include <stdlib.h>
#include <string.h>

enum { FIRST_SLOTS = 1024, ROOT_NODE = 1 };

/* Open addressing; both tables double at half full. */
struct word_slot {
    const char *word; /* NULL: free */
    uint32_t length;
    uint32_t number;
};

struct edge_slot {
    uint32_t node; /* PHRASE_NONE: free */
    uint32_t word;
    uint32_t next;
};

/* The tables are on the heap, and not in the arena, which would keep all that they have outgrown.
 */
struct phrase_tree {
    struct arena *arena;
    struct word_slot *words;
    size_t word_slots;
    uint32_t word_count;
    struct edge_slot *edges;
    size_t edge_slots;
    size_t edge_count;
    uint32_t node_count;
    uint32_t *first_values; /* of each node: place in `values` */
    size_t node_room;
    struct phrase_value *values;
    uint32_t value_count;
    size_t value_room;
};

/* FNV-1a, 64 bits: http://www.isthe.com/chongo/tech/comp/fnv/ */
static size_t hash_of_word(const char *word, size_t length)
{
    uint64_t hash = 14695981039346656037u;
    for (size_t i = 0; i < length; i++)
        hash = (hash ^ (unsigned char)word[i]) * 1099511628211u;
    return (size_t)(hash ^ hash >> 32);
}

/* Fibonacci hashing of both numbers; the upper half, for the lower one knows nothing of the node.
 */
static size_t hash_of_edge(uint32_t node, uint32_t word)
{
    uint64_t key = (uint64_t)node << 32 | word;
    return (size_t)(key * 11400714819323198485u >> 32);
}

static void *table_new(size_t count, size_t size)
{
    return memset(memory_alloc(count * size), 0, count * size);
}

static void release_tables(void *thing)
{
    struct phrase_tree *tree = thing;
    free(tree->words);
    free(tree->edges);
    free(tree->first_values);
    free(tree->values);
}

struct phrase_tree *phrase_tree_new(struct arena *arena)
{
    struct phrase_tree *tree = arena_alloc(arena, sizeof *tree);
    *tree = (struct phrase_tree){
        .arena = arena,
        .words = table_new(FIRST_SLOTS, sizeof *tree->words),
        .word_slots = FIRST_SLOTS,
        .edges = table_new(FIRST_SLOTS, sizeof *tree->edges),
        .edge_slots = FIRST_SLOTS,
        .node_count = ROOT_NODE,
        .first_values = table_new(FIRST_SLOTS, sizeof *tree->first_values),
        .node_room = FIRST_SLOTS,
        .values = table_new(FIRST_SLOTS, sizeof *tree->values),
        .value_room = FIRST_SLOTS,
    };
    arena_on_free(arena, release_tables, tree);
    return tree;
}

/* ---- words ---- */

static struct word_slot *find_word(const struct phrase_tree *tree, const char *word, size_t length)
{
    size_t mask = tree->word_slots - 1;
    size_t at = hash_of_word(word, length) & mask;
    for (;; at = (at + 1) & mask) {
        struct word_slot *slot = &tree->words[at];
        if (slot->word == NULL || (slot->length == length && memcmp(slot->word, word, length) == 0))
            return slot;
    }
}

static void grow_words(struct phrase_tree *tree)
{
    struct word_slot *old = tree->words;
    size_t slots = tree->word_slots;
    tree->word_slots *= 2;
    tree->words = table_new(tree->word_slots, sizeof *tree->words);
    for (size_t i = 0; i < slots; i++)
        if (old[i].word != NULL)
            *find_word(tree, old[i].word, old[i].length) = old[i];
    free(old);
}

uint32_t phrase_tree_learn(struct phrase_tree *tree, const char *word, size_t length)
{
    struct word_slot *slot = find_word(tree, word, length);
    if (slot->word != NULL)
        return slot->number;
    uint32_t number = ++tree->word_count;
    *slot = (struct word_slot){arena_strndup(tree->arena, word, length), (uint32_t)length, number};
    if (2 * (size_t)tree->word_count > tree->word_slots)
        grow_words(tree);
    return number;
}

uint32_t phrase_tree_word(const struct phrase_tree *tree, const char *word, size_t length)
{
    const struct word_slot *slot = find_word(tree, word, length);
    return slot->word == NULL ? PHRASE_NONE : slot->number;
}

size_t phrase_tree_word_count(const struct phrase_tree *tree)
{
    return tree->word_count;
}

/* ---- edges ---- */

static struct edge_slot *find_edge(const struct phrase_tree *tree, uint32_t node, uint32_t word)
{
    size_t mask = tree->edge_slots - 1;
    size_t at = hash_of_edge(node, word) & mask;
    while (tree->edges[at].node != PHRASE_NONE &&
           (tree->edges[at].node != node || tree->edges[at].word != word))
        at = (at + 1) & mask;
    return &tree->edges[at];
}

static void grow_edges(struct phrase_tree *tree)
{
    struct edge_slot *old = tree->edges;
    size_t slots = tree->edge_slots;
    tree->edge_slots *= 2;
    tree->edges = table_new(tree->edge_slots, sizeof *tree->edges);
    for (size_t i = 0; i < slots; i++)
        if (old[i].node != PHRASE_NONE)
            *find_edge(tree, old[i].node, old[i].word) = old[i];
    free(old);
}

/* Twice the room of an array that is full. */
static void *with_room(void *items, size_t count, size_t *room, size_t size)
{
    if (count < *room)
        return items;
    *room *= 2;
    char *larger = memory_resize(items, *room * size);
    memset(larger + count * size, 0, (*room - count) * size);
    return larger;
}

static uint32_t learn_edge(struct phrase_tree *tree, uint32_t node, uint32_t word)
{
    struct edge_slot *slot = find_edge(tree, node, word);
    if (slot->node != PHRASE_NONE)
        return slot->next;
    uint32_t next = ++tree->node_count;
    *slot = (struct edge_slot){node, word, next};
    tree->first_values =
        with_room(tree->first_values, next, &tree->node_room, sizeof *tree->first_values);
    if (2 * ++tree->edge_count > tree->edge_slots)
        grow_edges(tree);
    return next;
}

void phrase_tree_add(struct phrase_tree *tree, const uint32_t *words, size_t count, uint32_t value)
{
    uint32_t node = ROOT_NODE;
    for (size_t i = 0; i < count; i++)
        node = learn_edge(tree, node, words[i]);
    for (struct phrase_value known = phrase_tree_first(tree, node); known.value != PHRASE_NONE;
         known = phrase_tree_more(tree, known))
        if (known.value == value)
            return;
    uint32_t place = ++tree->value_count;
    tree->values = with_room(tree->values, place, &tree->value_room, sizeof *tree->values);
    tree->values[place] = (struct phrase_value){value, tree->first_values[node]};
    tree->first_values[node] = place;
}

/* ---- looking ---- */

uint32_t phrase_tree_start(void)
{
    return ROOT_NODE;
}

uint32_t phrase_tree_next(const struct phrase_tree *tree, uint32_t node, uint32_t word)
{
    return word == PHRASE_NONE ? PHRASE_NONE : find_edge(tree, node, word)->next;
}

struct phrase_value phrase_tree_first(const struct phrase_tree *tree, uint32_t node)
{
    return tree->values[tree->first_values[node]];
}

struct phrase_value phrase_tree_more(const struct phrase_tree *tree, struct phrase_value last)
{
    return tree->values[last.next];
}
