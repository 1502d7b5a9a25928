#include "evidence/judgement/claim/curated_claim.h"

#include <string.h>

#include "evidence/base/hash.h"
#include "evidence/base/text.h"

/* Texts longer than this are not compared with the curated ones, which are short. */
enum { LONGEST_COMPARED = 1000 };

/* ---- ids ---- */

static const char *kept(struct arena *arena, struct buffer *out)
{
    const char *text = arena_strndup(arena, buffer_string(out), out->length);
    buffer_release(out);
    return text;
}

/* "blocks-pain-signals": all words as they are folded. */
static const char *joined(const struct text_words *words, struct arena *arena)
{
    struct buffer out = {0};
    for (size_t i = 0; i < words->count; i++) {
        if (i > 0)
            buffer_byte(&out, '-');
        buffer_append(&out, words->items[i].folded, words->items[i].folded_length);
    }
    return kept(arena, &out);
}

static const char *words_of(const char *text, size_t length, struct arena *arena)
{
    struct text_words words = text_cut(text, length, arena);
    return joined(&words, arena);
}

static bool fits_an_id(char byte)
{
    return (byte >= 'a' && byte <= 'z') || (byte >= '0' && byte <= '9') || byte == '-';
}

/* The words as far as they have room and letters for an id; whole words only, unless the first one
 * is too long. */
static size_t put_name(struct buffer *out, const char *words)
{
    size_t length = strlen(words);
    size_t most = length;
    if (length > CURATED_CLAIM_NAME) {
        most = CURATED_CLAIM_NAME;
        while (most > 0 && words[most] != '-')
            most--;
        most = most == 0 ? CURATED_CLAIM_NAME : most;
    }
    size_t put = 0;
    for (size_t i = 0; i < most; i++)
        if (fits_an_id(words[i])) {
            buffer_byte(out, words[i]);
            put++;
        }
    return put;
}

static const char *id_of_words(const char *intervention, const char *words, struct arena *arena)
{
    char hash[HASH_SIZE];
    struct buffer out = {0};
    buffer_printf(&out, "%s.", intervention);
    size_t put = put_name(&out, words);
    if (put < strlen(words) || put == 0) {
        hash_text(words, hash);
        buffer_printf(&out, "%s%.*s", put == 0 ? "" : "-", CURATED_CLAIM_DIGITS, hash);
    }
    return kept(arena, &out);
}

const char *curated_claim_id(const char *intervention, const char *text, struct arena *arena)
{
    return id_of_words(intervention, words_of(text, strlen(text), arena), arena);
}

/* ---- all of a base ---- */

static bool has_said(const struct curated_claim *items, size_t from, size_t count, const char *id)
{
    for (size_t i = from; i < count; i++)
        if (strcmp(items[i].id, id) == 0)
            return true;
    return false;
}

static void add_of(const struct intervention *intervention, struct curated_claim *items,
                   size_t *count, struct arena *arena)
{
    size_t from = *count;
    for (const char *const *text = intervention->claims; *text != NULL; text++) {
        const char *words = words_of(*text, strlen(*text), arena);
        const char *id = id_of_words(intervention->id, words, arena);
        if (!has_said(items, from, *count, id))
            items[(*count)++] = (struct curated_claim){.id = id,
                                                       .text = *text,
                                                       .intervention = intervention,
                                                       .words = words,
                                                       .verdict = CLAIM_NONE};
    }
}

static size_t text_count(const struct base *base)
{
    size_t count = 0;
    for (size_t i = 0; i < base->intervention_count; i++)
        for (const char *const *text = base->interventions[i].claims; *text != NULL; text++)
            count++;
    return count;
}

bool curated_claim_vet(const struct catalog *catalog, const struct curated_claim *claim,
                       struct arena *arena, struct claim *out, struct error *err)
{
    return claim_vet(catalog, claim->text, strlen(claim->text), claim->intervention, arena, out,
                     err);
}

static void keep_vetted(struct curated_claim *claim, const struct claim *vetted,
                        struct arena *arena)
{
    struct curated_part *parts = arena_array(arena, vetted->atom_count, sizeof *parts);
    for (size_t i = 0; i < vetted->atom_count; i++) {
        const struct claim_atom *atom = &vetted->atoms[i];
        parts[i] = (struct curated_part){.start_byte = atom->start_byte,
                                         .end_byte = atom->end_byte,
                                         .type = atom->type,
                                         .stance = atom->stance,
                                         .verdict = atom->verdict};
    }
    claim->vetted = true;
    claim->verdict = vetted->verdict;
    claim->summary = arena_strdup(arena, vetted->summary);
    claim->parts = parts;
    claim->part_count = vetted->atom_count;
}

/* Vets all of them; false where the first fails, which is where all would. Vetting leaves much more
 * behind than is kept of it. */
static bool vet_all(const struct catalog *catalog, struct curated_claim *items, size_t count,
                    struct arena *arena, struct error *err)
{
    struct arena *scratch = arena_new();
    bool good = true;
    for (size_t i = 0; good && i < count; i++) {
        struct claim vetted;
        good = curated_claim_vet(catalog, &items[i], scratch, &vetted, err);
        if (good)
            keep_vetted(&items[i], &vetted, arena);
        arena_clear(scratch);
    }
    arena_free(scratch);
    return good;
}

static void *make_claims(const struct catalog *catalog, struct arena *arena)
{
    const struct base *base = catalog_base(catalog);
    struct curated_claims *claims = arena_alloc(arena, sizeof *claims);
    struct curated_claim *items = arena_array(arena, text_count(base), sizeof *items);
    for (size_t i = 0; i < base->intervention_count; i++)
        add_of(&base->interventions[i], items, &claims->count, arena);
    claims->items = items;
    for (size_t i = 0; i < claims->count; i++)
        if (strlen(items[i].words) > claims->longest)
            claims->longest = strlen(items[i].words);
    if (!vet_all(catalog, items, claims->count, arena, &claims->err))
        error_while(&claims->err, "vetting the claims of the base");
    return claims;
}

const struct curated_claims *curated_claims_of(const struct catalog *catalog)
{
    return catalog_keep(catalog, KEPT_CLAIMS, make_claims);
}

/* ---- looking them up ---- */

const struct curated_claim *curated_claim_find(const struct catalog *catalog, const char *id)
{
    const struct curated_claims *claims = curated_claims_of(catalog);
    for (size_t i = 0; i < claims->count; i++)
        if (strcmp(claims->items[i].id, id) == 0)
            return &claims->items[i];
    return NULL;
}

const struct curated_claim *curated_claims_about(const struct catalog *catalog,
                                                 const struct intervention *intervention,
                                                 size_t *count)
{
    const struct curated_claims *claims = curated_claims_of(catalog);
    size_t from = 0;
    while (from < claims->count && claims->items[from].intervention != intervention)
        from++;
    size_t end = from;
    while (end < claims->count && claims->items[end].intervention == intervention)
        end++;
    *count = end - from;
    return claims->items + from;
}

/* As joined() would make them. */
static size_t joined_length(const struct text_words *words)
{
    size_t length = words->count > 0 ? words->count - 1 : 0;
    for (size_t i = 0; i < words->count; i++)
        length += words->items[i].folded_length;
    return length;
}

const struct curated_claim *const *curated_claims_saying(const struct catalog *catalog,
                                                         const char *text, size_t length,
                                                         const struct text_words *words,
                                                         struct arena *arena)
{
    static const struct curated_claim *const nobody[] = {NULL};
    const struct curated_claims *claims = curated_claims_of(catalog);
    if (length > LONGEST_COMPARED)
        return nobody;
    struct text_words cut = words != NULL ? *words : text_cut(text, length, arena);
    if (joined_length(&cut) > claims->longest)
        return nobody;
    const char *said = joined(&cut, arena);
    const struct curated_claim **same = arena_array(arena, claims->count + 1, sizeof *same);
    size_t count = 0;
    for (size_t i = 0; i < claims->count; i++)
        if (strcmp(claims->items[i].words, said) == 0)
            same[count++] = &claims->items[i];
    return same;
}
