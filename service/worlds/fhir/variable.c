/* EvidenceVariable: what is tried, in whom, against what, and what is measured. */
#include <math.h>

#include "service/worlds/fhir/parts.h"

const struct fhir_comparator fhir_comparators[FHIR_COMPARATORS] = {
    {"sham", "Pretended treatment",
     "A pretended form of the treatment that is rated (sham, placebo)."},
    {"nothing", "Without the treatment",
     "No treatment, waiting, or the care that both groups had anyway."},
    {"mixed", "Mixed comparison",
     "Control groups of several kinds pooled together, or of a kind that the source does not "
     "tell."},
    {"active:other", "Another treatment", "A treatment that has no entry of its own here."},
};

static const char *comparator_description(const char *own)
{
    for (size_t i = 0; i < FHIR_COMPARATORS; i++)
        if (fhir_comparators[i].own == own)
            return fhir_comparators[i].description;
    return NULL;
}

/* "Also called: …"; NULL without other names. */
static const char *aliases_note(const char *const *aliases, struct arena *arena)
{
    const char *text = NULL;
    for (; aliases != NULL && *aliases != NULL; aliases++)
        text = text == NULL ? arena_printf(arena, "Also called: %s", *aliases)
                            : arena_printf(arena, "%s; %s", text, *aliases);
    return text;
}

static const char *mid_note(const struct mid *mid, struct arena *arena)
{
    struct buffer value = {0};
    if (isnan(mid->value))
        return NULL;
    buffer_number(&value, mid->value);
    const char *text = arena_printf(
        arena, "The smallest difference between groups that matters to people: %s%s%s.",
        buffer_string(&value), mid->scale_name == NULL ? "" : " on ",
        mid->scale_name == NULL ? "" : mid->scale_name);
    buffer_release(&value);
    return text;
}

/* What a resource says beyond its title. */
struct told {
    const char *plain;
    const char *description;
    const char *notes[2];
    const char *characteristic;
};

static struct told told_of(const struct fhir_entry *entry, struct arena *arena)
{
    struct told told = {.characteristic = entry->title};
    if (entry->subject == FHIR_OF_INTERVENTION) {
        told.plain = entry->of.intervention->plain;
        told.description = entry->of.intervention->summary;
        told.notes[0] = aliases_note(entry->of.intervention->aliases, arena);
    } else if (entry->subject == FHIR_OF_CONDITION) {
        told.plain = entry->of.condition->plain;
        told.notes[0] = aliases_note(entry->of.condition->aliases, arena);
    } else if (entry->subject == FHIR_OF_OUTCOME) {
        told.plain = entry->of.outcome->plain;
        told.notes[0] = aliases_note(entry->of.outcome->aliases, arena);
        told.notes[1] = mid_note(&entry->of.outcome->mid, arena);
    } else {
        told.description = comparator_description(entry->own);
    }
    return told;
}

void fhir_write_variable(struct fhir_writing *to, const struct fhir_entry *entry)
{
    struct json_writer *json = &to->json;
    struct told told = told_of(entry, to->arena);
    fhir_put_head(to, FHIR_EVIDENCE_VARIABLE, entry, entry->title);
    fhir_text(json, "shortTitle", told.plain);
    fhir_text(json, "description", told.description);
    fhir_notes(json, told.notes, sizeof told.notes / sizeof *told.notes);
    json_field_array(json, "characteristic");
    json_begin_object(json);
    fhir_concept_text(json, "definitionCodeableConcept", told.characteristic);
    json_end_object(json);
    json_end_array(json);
}
