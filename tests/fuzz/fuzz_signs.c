/* Any bytes as complaints and as medicines, over the curated base. */
#include <stdint.h>
#include <stdlib.h>

#include "evidence/judgement/signs/signs.h"
#include "evidence/judgement/stop/medicines.h"
#include "tests/fuzz/curated_catalog.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length);

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
    struct catalog *catalog = curated_catalog();
    const char *text = (const char *)bytes;
    struct arena *arena = arena_new();
    struct raised_flags flags;
    struct serious_event event;
    size_t count;
    red_flags_in(catalog, text, length, arena, &flags);
    red_flags_told_in(catalog, text, length, NULL, arena, &flags);
    size_t people;
    people_told_in(catalog, text, length, arena, &people);
    for (size_t i = 0; i < flags.count; i++)
        if (flags.items[i].start > flags.items[i].end || flags.items[i].end > length)
            abort();
    serious_event_in(catalog, text, length, arena, &event);
    not_for_in(catalog, base_intervention(catalog_base(catalog), "tens"), text, length, arena,
               &count);
    medicines_in(catalog, text, length, arena, &count);
    arena_free(arena);
    return 0;
}
