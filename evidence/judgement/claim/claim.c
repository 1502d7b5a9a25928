#include "evidence/judgement/claim/claim.h"

#include <stdlib.h>

#include "evidence/judgement/claim/claim_parts.h"

const char *const stance_names[] = {"asserted", "hedged", "negated", "asked", "reported", NULL};

/* ---- places ---- */

static void place_atom(const struct vetting *vetting, const struct finding *finding,
                       struct claim_atom *out)
{
    const struct passage *passage = &vetting->passage;
    size_t end = passage->tokens[finding->end - 1].end;
    out->start_byte = plain_text_place(&passage->plain, passage->tokens[finding->first].start);
    /* The place after the last byte, not that of what follows it: markup may stand between. */
    out->end_byte = plain_text_place(&passage->plain, end - 1) + 1;
}

static int by_place(const void *left, const void *right)
{
    const struct claim_atom *a = left;
    const struct claim_atom *b = right;
    if (a->start_byte != b->start_byte)
        return a->start_byte < b->start_byte ? -1 : 1;
    if (a->type != b->type)
        return a->type < b->type ? -1 : 1;
    return a->end_byte < b->end_byte ? -1 : a->end_byte > b->end_byte;
}

/* They mostly do, since claims were found in that order. */
static bool stand_in_order(const struct claim_atom *atoms, size_t count)
{
    for (size_t i = 1; i < count; i++)
        if (by_place(&atoms[i - 1], &atoms[i]) > 0)
            return false;
    return true;
}

/* Code points of all places in one walk through the text. */
struct walk {
    const char *text;
    size_t length;
    size_t byte;
    size_t points;
};

static size_t points_at(struct walk *walk, size_t byte)
{
    uint32_t code;
    while (walk->byte < byte) {
        size_t run = text_ascii_run(walk->text + walk->byte, byte - walk->byte);
        walk->byte += run;
        walk->points += run;
        if (walk->byte == byte)
            break;
        walk->byte += text_decode(walk->text + walk->byte, walk->length - walk->byte, &code);
        walk->points++;
    }
    return walk->points;
}

static void count_points(const char *text, size_t length, struct claim_atom *atoms, size_t count)
{
    struct walk walk = {.text = text, .length = length};
    for (size_t i = 0; i < count; i++) {
        atoms[i].start = points_at(&walk, atoms[i].start_byte);
        struct walk inner = walk;
        atoms[i].end = points_at(&inner, atoms[i].end_byte);
        atoms[i].end_byte = inner.byte; /* whole characters */
    }
}

/* ---- atoms ---- */

static void make_atoms(struct vetting *vetting, const char *text, size_t length, struct claim *out)
{
    size_t count = 0;
    size_t most = vetting->finding_count < CLAIM_ATOMS ? vetting->finding_count : CLAIM_ATOMS;
    struct claim_atom *atoms = arena_array(vetting->arena, most, sizeof *atoms);
    for (size_t i = 0; i < vetting->finding_count; i++) {
        const struct finding *finding = &vetting->findings[i];
        if (finding->replaced)
            continue;
        if (count == most) {
            out->cut = true;
            break;
        }
        place_atom(vetting, finding, &atoms[count]);
        claim_judge(vetting, finding, &atoms[count++]);
    }
    if (!stand_in_order(atoms, count))
        qsort(atoms, count, sizeof *atoms, by_place);
    count_points(text, length, atoms, count);
    out->atoms = atoms;
    out->atom_count = count;
}

static enum claim_verdict worst_of(const struct claim *claim)
{
    enum claim_verdict worst = CLAIM_NONE;
    for (size_t i = 0; i < claim->atom_count; i++)
        if (claim->atoms[i].verdict < worst)
            worst = claim->atoms[i].verdict;
    return worst;
}

static const struct text_words *words_of(const struct passage *passage, struct arena *arena)
{
    struct text_words *words = arena_alloc(arena, sizeof *words);
    *words = passage->words;
    return words;
}

bool claim_vet(const struct catalog *catalog, const char *text, size_t length,
               const struct intervention *about, struct arena *arena, struct claim *out,
               struct error *err)
{
    *out = (struct claim){.verdict = CLAIM_NONE};
    if (length > CLAIM_BYTES)
        return error_set(err, ERROR_LIMIT,
                         "the text has %zu bytes, and at most %d are vetted at once; send it in "
                         "parts",
                         length, CLAIM_BYTES);
    const struct wording *wording = wording_of(catalog, err);
    if (wording == NULL)
        return false;
    struct vetting vetting = {.catalog = catalog,
                              .wording = wording,
                              .base = catalog_base(catalog),
                              .arena = arena,
                              .about = about,
                              .standings = standings_new(catalog, arena)};
    passage_read(wording, plain_text_of(text, length, arena), arena, &vetting.passage);
    claim_find(&vetting);
    claim_settle(&vetting);
    claim_stances(&vetting);
    claim_subjects(&vetting);
    claim_condition_of_text(&vetting);
    make_atoms(&vetting, text, length, out);
    out->verdict = worst_of(out);
    out->intervention = vetting.about;
    out->sure = out->intervention == NULL ? 0 : vetting.sure;
    out->condition = vetting.condition;
    if (vetting.passage.plain.bytes == text)
        out->words = words_of(&vetting.passage, arena);
    claim_tell(&vetting, text, out);
    return true;
}
