#include "importers/intake/machine_reading.h"

#include <string.h>
#include <strings.h>

#include "importers/intake/design_reading.h"
#include "importers/intake/identifier.h"
#include "importers/intake/participants_reading.h"

enum { HEADINGS_MOST = 2000, TEXT_MOST = 20000 };

/* ---- people or animals ---- */

/* MeSH's check tags and Emtree's. */
static const char *const human_headings[] = {"Humans", "Human", NULL};
static const char *const animal_headings[] = {"Animals",           "Animal",       "Nonhuman",
                                              "Animal experiment", "Animal model", NULL};
static const char veterinary[] = "Veterinary";

static bool has_heading(const char *const *keywords, const char *const *wanted)
{
    for (size_t i = 0; keywords[i] != NULL && i < HEADINGS_MOST; i++)
        for (const char *const *heading = wanted; *heading != NULL; heading++)
            if (strcasecmp(keywords[i], *heading) == 0)
                return true;
    return false;
}

static bool is_veterinary(const char *const *types)
{
    for (; *types != NULL; types++)
        if (strcasestr(*types, veterinary) != NULL)
            return true;
    return false;
}

/* Indexed as both, it may be about cells of the one in the other. */
static void read_species(struct record *record)
{
    bool human = has_heading(record->keywords, human_headings);
    bool animal =
        has_heading(record->keywords, animal_headings) || is_veterinary(record->publication_types);
    if (record->machine.human_known || human == animal)
        return;
    record->machine.human_known = true;
    record->machine.human = human;
}

/* ---- registration numbers ---- */

static size_t length_of(const char *const *list)
{
    size_t length = 0;
    while (list[length] != NULL)
        length++;
    return length;
}

static bool has(const char *const *list, size_t count, const char *text)
{
    for (size_t i = 0; i < count; i++)
        if (strcmp(list[i], text) == 0)
            return true;
    return false;
}

static const char *beginning(const char *text, struct arena *arena)
{
    return text == NULL ? "" : arena_strndup(arena, text, strnlen(text, TEXT_MOST));
}

static void read_registrations(struct record *record, struct arena *arena)
{
    if (record->machine.registrations != NULL && record->machine.registrations[0] != NULL)
        return;
    const char *const *in_title =
        identifier_registrations_in(beginning(record->title, arena), arena);
    const char *const *in_abstract =
        identifier_registrations_in(beginning(record->abstract, arena), arena);
    size_t count = length_of(in_title), more = length_of(in_abstract);
    const char **all = arena_array(arena, count + more + 1, sizeof *all);
    for (size_t i = 0; i < count; i++)
        all[i] = in_title[i];
    for (size_t i = 0; i < more; i++)
        if (!has(all, count, in_abstract[i]))
            all[count++] = in_abstract[i];
    record->machine.registrations = all;
}

/* ---- the record ---- */

void machine_read(struct record *record, struct arena *arena)
{
    struct machine_reading *machine = &record->machine;
    struct design_reading design = read_design(record, arena);
    if (!machine->design_known && design.known) {
        machine->design_known = true;
        machine->design = design.design;
        machine->design_from = design.from;
    }
    read_species(record);
    bool of_people = !machine->human_known || machine->human;
    if (machine->participants == COUNT_UNKNOWN && !design.is_about_some && of_people) {
        struct participants_reading people = read_participants(record->abstract, arena);
        machine->participants = people.participants;
        machine->participants_from = people.from;
    }
    read_registrations(record, arena);
}
