/* Any bytes as complaints and as medicines, over the curated base. */
#include <stdint.h>
#include <stdlib.h>

#include "evidence/judgement/knowledge.h"
#include "evidence/judgement/signs/signs.h"
#include "evidence/judgement/stop/medicines.h"

static struct catalog *load(void)
{
    struct arena *arena = arena_new();
    struct problems problems = {.arena = arena};
    struct catalog_stamp stamp = {.hash = "fuzz"};
    struct base base;
    struct error err = {0};
    base_read_folder("evidence/data", &base, &problems);
    struct catalog *catalog = knowledge_of(arena, &base, &stamp, &err);
    if (catalog == NULL)
        abort(); /* run from the root of the repository */
    return catalog;
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length);

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
    static struct catalog *catalog;
    const char *text = (const char *)bytes;
    struct arena *arena = arena_new();
    struct raised_flags flags;
    struct serious_event event;
    size_t count;
    if (catalog == NULL)
        catalog = load();
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
