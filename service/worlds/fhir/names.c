/* Names, addresses and dates of resources. */
#include <stdio.h>
#include <string.h>

#include "evidence/rating/verdict.h"
#include "service/worlds/fhir/fhir.h"

enum { INSTANT_SIZE = 32, OUTSIDE_IDENTIFIERS = 3 };

const char *fhir_url(const char *origin, enum fhir_type type, const char *id, struct arena *arena)
{
    return arena_printf(arena, "%s/fhir/%s/%s", origin, fhir_type_names[type], id);
}

const char *fhir_instant(time_t at, struct arena *arena)
{
    struct tm parts;
    char *text = arena_alloc(arena, INSTANT_SIZE);
    if (gmtime_r(&at, &parts) == NULL ||
        strftime(text, INSTANT_SIZE, "%Y-%m-%dT%H:%M:%SZ", &parts) == 0)
        return "1970-01-01T00:00:00Z";
    return text;
}

const char *fhir_rating_title(const struct rating *rating, struct arena *arena)
{
    const struct question *question = &rating->question;
    struct buffer out = {0};
    buffer_printf(&out, "%s for %s: %s, compared with ", question->intervention->name,
                  question->condition->plain, question->outcome->plain);
    sentence_put_comparator(rating, &out);
    buffer_printf(&out, ", %s", window_words(question->window));
    const char *title = arena_strndup(arena, out.bytes, out.length);
    buffer_release(&out);
    return title;
}

/* ---- identifiers ---- */

/* Under which of our addresses the own id stands. */
static const char *own_path(enum fhir_subject subject)
{
    switch (subject) {
    case FHIR_OF_RATING:
    case FHIR_OF_VERDICT:
        return "ratings";
    case FHIR_OF_STUDY:
    case FHIR_OF_APPRAISAL:
        return "studies";
    case FHIR_OF_INTERVENTION:
        return "interventions";
    case FHIR_OF_CONDITION:
        return "conditions";
    case FHIR_OF_OUTCOME:
        return "outcomes";
    case FHIR_OF_COMPARATOR:
    case FHIR_SUBJECT_COUNT:
        break;
    }
    return "comparators";
}

static size_t list_length(const char *const *list)
{
    size_t count = 0;
    while (list != NULL && list[count] != NULL)
        count++;
    return count;
}

/* Those of a trial register have it in their first letters. */
static const char *register_of(const char *registration)
{
    return strncmp(registration, "nct", 3) == 0 ? "https://clinicaltrials.gov" : NULL;
}

static size_t add_study(const struct study *study, struct arena *arena, struct fhir_identifier *out)
{
    size_t count = 0;
    if (study->pmid != NULL)
        out[count++] = (struct fhir_identifier){"https://pubmed.ncbi.nlm.nih.gov", study->pmid};
    if (study->doi != NULL)
        out[count++] = (struct fhir_identifier){"https://doi.org", study->doi};
    if (study->pmcid != NULL)
        out[count++] = (struct fhir_identifier){"https://www.ncbi.nlm.nih.gov/pmc", study->pmcid};
    for (const char *const *id = study->registrations; id != NULL && *id != NULL; id++) {
        char *value = arena_strdup(arena, *id);
        for (char *at = value; *at != '\0'; at++)
            *at = *at >= 'a' && *at <= 'z' ? (char)(*at - 'a' + 'A') : *at;
        if (register_of(*id) != NULL)
            out[count++] = (struct fhir_identifier){register_of(*id), value};
    }
    return count;
}

size_t fhir_identifiers(const struct fhir_entry *entry, const char *origin, struct arena *arena,
                        const struct fhir_identifier **out)
{
    bool study = entry->subject == FHIR_OF_STUDY;
    size_t most =
        1 + (study ? OUTSIDE_IDENTIFIERS + list_length(entry->of.study->registrations) : 0);
    struct fhir_identifier *list = arena_array(arena, most, sizeof *list);
    size_t count = 1;
    list[0].system = arena_printf(arena, "%s/v1/%s", origin, own_path(entry->subject));
    list[0].value = entry->own;
    if (study)
        count += add_study(entry->of.study, arena, list + 1);
    *out = list;
    return count;
}
