#include "service/worlds/fhir/parts.h"

#include <math.h>
#include <string.h>

#include "evidence/rating/verdict.h"

enum { FRACTION_DIGITS_MOST = 17 };

#define TERMINOLOGY "http://terminology.hl7.org/CodeSystem/"
#define CORE        "http://hl7.org/fhir/"

/* ---- plain values ---- */

void fhir_text(struct json_writer *json, const char *key, const char *text)
{
    if (text != NULL && text[0] != '\0')
        json_field_text(json, key, text);
}

/* 17 digits after the point and no exponent: R5's own patterns take no more, since the one that
 * they have for an exponent wants a brace after it. */
static void put_decimal(struct json_writer *json, double value)
{
    struct buffer text = {0};
    buffer_number(&text, value);
    const char *point = strchr(buffer_string(&text), '.');
    bool exponent = strpbrk(buffer_string(&text), "eE") != NULL;
    if (exponent || (point != NULL && strlen(point + 1) > FRACTION_DIGITS_MOST)) {
        buffer_clear(&text);
        buffer_printf(&text, "%.*f", FRACTION_DIGITS_MOST, value);
        while (text.bytes[text.length - 1] == '0')
            text.length--;
        if (text.bytes[text.length - 1] == '.')
            text.length--;
    }
    json_put_written(json, text.bytes, text.length);
    buffer_release(&text);
}

void fhir_real(struct json_writer *json, const char *key, double value)
{
    if (!isfinite(value))
        return;
    json_put_key(json, key);
    put_decimal(json, value);
}

void fhir_count(struct json_writer *json, const char *key, long long value)
{
    if (value >= 0)
        json_field_count(json, key, value);
}

/* ---- concepts and references ---- */

static void put_coding(struct json_writer *json, const struct fhir_code *code)
{
    json_begin_object(json);
    json_field_text(json, "system", code->system);
    json_field_text(json, "code", code->code);
    fhir_text(json, "display", code->display);
    json_end_object(json);
}

void fhir_put_concept(struct json_writer *json, const struct fhir_code *codes, const char *text)
{
    json_begin_object(json);
    if (codes != NULL) {
        json_field_array(json, "coding");
        for (; codes->system != NULL; codes++)
            put_coding(json, codes);
        json_end_array(json);
    }
    fhir_text(json, "text", text);
    json_end_object(json);
}

void fhir_concept(struct json_writer *json, const char *key, const struct fhir_code *codes,
                  const char *text)
{
    json_put_key(json, key);
    fhir_put_concept(json, codes, text);
}

void fhir_concept_text(struct json_writer *json, const char *key, const char *text)
{
    if (text != NULL && text[0] != '\0')
        fhir_concept(json, key, NULL, text);
}

void fhir_reference(struct json_writer *json, const char *key, enum fhir_type type,
                    enum fhir_subject subject, const char *own, const char *display,
                    struct arena *arena)
{
    json_field_object(json, key);
    json_field_text(
        json, "reference",
        arena_printf(arena, "%s/%s", fhir_type_names[type], fhir_id_of(subject, own).text));
    fhir_text(json, "display", display);
    json_end_object(json);
}

void fhir_notes(struct json_writer *json, const char *const *texts, size_t count)
{
    bool any = false;
    for (size_t i = 0; i < count; i++) {
        if (texts[i] == NULL || texts[i][0] == '\0')
            continue;
        if (!any)
            json_field_array(json, "note");
        any = true;
        json_begin_object(json);
        json_field_text(json, "text", texts[i]);
        json_end_object(json);
    }
    if (any)
        json_end_array(json);
}

/* ---- heads ---- */

void fhir_put_identifiers(struct fhir_writing *to, const char *key, const struct fhir_entry *entry,
                          size_t from, size_t most)
{
    const struct fhir_identifier *identifiers;
    size_t count = fhir_identifiers(entry, to->origin, to->arena, &identifiers);
    if (from >= count)
        return;
    json_field_array(&to->json, key);
    for (size_t i = from; i < count && i - from < most; i++) {
        json_begin_object(&to->json);
        json_field_text(&to->json, "system", identifiers[i].system);
        json_field_text(&to->json, "value", identifiers[i].value);
        json_end_object(&to->json);
    }
    json_end_array(&to->json);
}

void fhir_put_head(struct fhir_writing *to, enum fhir_type type, const struct fhir_entry *entry,
                   const char *title)
{
    const struct dataset *dataset = catalog_dataset(to->catalog);
    json_field_text(&to->json, "url", fhir_url(to->origin, type, entry->id.text, to->arena));
    fhir_put_identifiers(to, "identifier", entry, 0, 1);
    fhir_text(&to->json, "version", dataset->version);
    fhir_text(&to->json, "title", title);
    json_field_text(&to->json, "status", "active");
    json_field_truth(&to->json, "experimental", false);
    fhir_text(&to->json, "date", dataset->collected);
    json_field_text(&to->json, "publisher", "Touchstone");
}

/* ---- certainty ---- */

static const struct fhir_code *twice(const char *one, const char *other, const char *code,
                                     const char *display, struct arena *arena)
{
    struct fhir_code *codes = arena_array(arena, 3, sizeof *codes);
    codes[0] = (struct fhir_code){one, code, display};
    codes[1] = (struct fhir_code){other, code, display};
    return codes;
}

const struct fhir_code *fhir_certainty_type(const char *code, const char *display,
                                            struct arena *arena)
{
    return twice(TERMINOLOGY "certainty-type", CORE "certainty-type", code, display, arena);
}

const struct fhir_code *fhir_certainty_rating(const char *code, const char *display,
                                              struct arena *arena)
{
    return twice(TERMINOLOGY "certainty-rating", CORE "certainty-rating", code, display, arena);
}

const struct fhir_code *fhir_certainty_level(enum certainty_level level, struct arena *arena)
{
    static const char *const displays[] = {
        [CERTAINTY_VERY_LOW] = "Very low quality",
        [CERTAINTY_LOW] = "Low quality",
        [CERTAINTY_MODERATE] = "Moderate quality",
        [CERTAINTY_HIGH] = "High quality",
    };
    if (level == CERTAINTY_UNKNOWN)
        return NULL;
    return fhir_certainty_rating(certainty_names[level], displays[level], arena);
}

/* NULL: HL7 has no code for it. */
static const struct fhir_code *type_of(enum domain domain, struct arena *arena)
{
    switch (domain) {
    case DOMAIN_BIAS:
        return fhir_certainty_type("RiskOfBias", "Risk of bias", arena);
    case DOMAIN_INCONSISTENCY:
        return fhir_certainty_type("Inconsistency", "Inconsistency", arena);
    case DOMAIN_INDIRECTNESS:
        return fhir_certainty_type("Indirectness", "Indirectness", arena);
    case DOMAIN_IMPRECISION:
        return fhir_certainty_type("Imprecision", "Imprecision", arena);
    case DOMAIN_PUBLICATION:
        return fhir_certainty_type("PublicationBias", "Publication bias", arena);
    case DOMAIN_UPGRADE:
    case DOMAIN_CAP:
        break;
    }
    return NULL;
}

struct level_change {
    int change;
    const char *code;
    const char *display;
};

static const struct fhir_code *change_code(const struct level_change *changes, size_t count,
                                           int change, struct arena *arena)
{
    for (size_t i = 0; i < count; i++)
        if (changes[i].change == change)
            return fhir_certainty_rating(changes[i].code, changes[i].display, arena);
    return NULL;
}

/* A concern lowers by its seriousness; what raises, or limits, is told as the change it makes. */
static const struct fhir_code *rating_of(enum domain domain, int change, struct arena *arena)
{
    static const struct level_change concerns[] = {
        {0, "no-concern", "no serious concern"},
        {-1, "serious-concern", "serious concern"},
        {-2, "very-serious-concern", "very serious concern"},
        {-3, "extremely-serious-concern", "extremely serious concern"},
    };
    static const struct level_change changes[] = {
        {0, "no-change", "no change to rating"}, {-1, "downcode1", "reduce rating: -1"},
        {-2, "downcode2", "reduce rating: -2"},  {-3, "downcode3", "reduce rating: -3"},
        {1, "upcode1", "increase rating: +1"},   {2, "upcode2", "increase rating: +2"},
    };
    bool concern = domain != DOMAIN_UPGRADE && domain != DOMAIN_CAP && change <= 0;
    return concern ? change_code(concerns, sizeof concerns / sizeof *concerns, change, arena)
                   : change_code(changes, sizeof changes / sizeof *changes, change, arena);
}

struct fhir_domain fhir_domain_of(const struct certainty *certainty, enum domain domain,
                                  struct arena *arena)
{
    struct fhir_domain out = {.type = type_of(domain, arena)};
    if (out.type == NULL)
        out.type_words = domain == DOMAIN_UPGRADE ? "Reasons to rate up" : "Ceiling";
    out.rating = rating_of(domain, certainty->domains[domain].change, arena);
    return out;
}

const char *fhir_certainty_meaning(const struct certainty *certainty)
{
    bool judged = certainty->domains[DOMAIN_BIAS].rule != NULL || certainty->authors_own;
    return judged ? certainty_meaning(certainty->level) : "there is no figure to be sure of";
}
