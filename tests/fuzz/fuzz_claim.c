/* Any bytes as a text to vet, over the curated base. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "evidence/judgement/claim/claim.h"
#include "tests/fuzz/curated_catalog.h"

static void check(int promise)
{
    if (!promise)
        abort();
}

/* What claim.h says of every answer. */
static void check_answer(const struct claim *claim, size_t length)
{
    enum claim_verdict worst = CLAIM_NONE;
    for (size_t i = 0; i < claim->atom_count; i++) {
        const struct claim_atom *atom = &claim->atoms[i];
        check(atom->start_byte < atom->end_byte && atom->end_byte <= length);
        check(atom->start < atom->end && atom->end - atom->start <= length);
        check(atom->end - atom->start <= atom->end_byte - atom->start_byte);
        check(i == 0 || claim->atoms[i - 1].start_byte <= atom->start_byte);
        check(atom->reason != NULL && atom->reason[0] != '\0' && atom->verdict != CLAIM_NONE);
        worst = atom->verdict < worst ? atom->verdict : worst;
    }
    check(claim->verdict == worst && claim->summary != NULL);
    check(claim->sure >= 0 && claim->sure <= 1);
}

/* The same text gives the same answer. */
static void check_same(const struct claim *one, const struct claim *other)
{
    check(one->atom_count == other->atom_count && one->verdict == other->verdict);
    for (size_t i = 0; i < one->atom_count; i++) {
        check(one->atoms[i].start_byte == other->atoms[i].start_byte);
        check(strcmp(one->atoms[i].reason, other->atoms[i].reason) == 0);
    }
    check(strcmp(one->summary, other->summary) == 0);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length);

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
    struct catalog *catalog = curated_catalog();
    struct arena *arena = arena_new();
    struct error err = {0};
    struct claim claim, again;
    check(claim_vet(catalog, (const char *)bytes, length, NULL, arena, &claim, &err));
    check_answer(&claim, length);
    check(claim_vet(catalog, (const char *)bytes, length, NULL, arena, &again, &err));
    check_same(&claim, &again);
    arena_free(arena);
    return 0;
}
