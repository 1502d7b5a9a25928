#include <ctype.h>
#include <string.h>

#include "evidence/judgement/question/question.h"
#include "evidence/judgement/stop/medicines.h"
#include "service/worlds/cds/cds.h"

enum { WORDS_MOST = 20, WORDS_LONGEST = 300 };

/* ---- concepts ---- */

static size_t add_text(const char **list, size_t count, const char *text)
{
    if (text == NULL || text[0] == '\0' || strlen(text) > WORDS_LONGEST || count == WORDS_MOST)
        return count;
    for (size_t i = 0; i < count; i++)
        if (strcasecmp(list[i], text) == 0)
            return count;
    list[count] = text;
    return count + 1;
}

const char *const *cds_words(const json_t *concept, struct arena *arena)
{
    const char **list = arena_array(arena, WORDS_MOST + 1, sizeof *list);
    const json_t *inner = json_object_get(concept, "concept"); /* R5: a CodeableReference */
    size_t count = 0;
    size_t i;
    json_t *coding;
    concept = inner == NULL ? concept : inner;
    count = add_text(list, count, json_string_value(json_object_get(concept, "text")));
    json_array_foreach(json_object_get(concept, "coding"), i, coding) count =
        add_text(list, count, json_string_value(json_object_get(coding, "display")));
    return list;
}

static bool is_among(const char *text, const char *const *list)
{
    for (; text != NULL && *list != NULL; list++)
        if (strcasecmp(text, *list) == 0)
            return true;
    return false;
}

bool cds_has_code(const json_t *concept, const char *const *codes)
{
    size_t i;
    json_t *one;
    if (json_is_array(concept)) {
        json_array_foreach(concept, i, one) if (cds_has_code(one, codes)) return true;
        return false;
    }
    json_array_foreach(
        json_object_get(concept, "coding"), i,
        one) if (is_among(json_string_value(json_object_get(one, "code")), codes)) return true;
    return is_among(json_string_value(json_object_get(concept, "text")), codes);
}

/* ---- what is understood ---- */

/* Words that records put round a name and that change nothing of it. */
static const char *const filler[] = {
    "unspecified", "nos",   "disorder",  "finding",   "left",          "right",   "bilateral",
    "side",        "sided", "referral",  "procedure", "regime",        "therapy", "session",
    "sessions",    "order", "treatment", "other",     "not specified", NULL};

/* SNOMED's tag at the end of a display: "Dry needling (procedure)". */
static size_t without_tag(const char *words)
{
    size_t length = strlen(words);
    const char *open = strrchr(words, '(');
    if (length > 0 && words[length - 1] == ')' && open != NULL && open > words)
        length = (size_t)(open - words);
    return length;
}

static bool is_filler(const char *text, size_t length, struct arena *arena)
{
    struct text_words words = text_cut(text, length, arena);
    for (size_t i = 0; i < words.count; i++)
        if (!is_among(words.items[i].folded, filler))
            return false;
    return true;
}

static bool understands_all(const struct understood *understood, const char *words,
                            struct arena *arena)
{
    for (size_t i = 0; i < understood->not_understood_count; i++) {
        struct span span = understood->not_understood[i];
        if (!is_filler(words + span.start, span.end - span.start, arena))
            return false;
    }
    return understood->unknown.phrase == NULL && understood->choices == NULL;
}

/* Those whom nothing ails. */
static const char no_complaint[] = "healthy-adults";

/* "No neck pain" names the pain, too. */
static bool is_denied(const char *text, struct arena *arena)
{
    static const char *const denials[] = {"no",  "not",     "denies",   "denied", "negative",
                                          "nil", "absence", "resolved", NULL};
    struct text_words words = text_cut(text, strlen(text), arena);
    for (size_t i = 0; i < words.count; i++)
        if (is_among(words.items[i].folded, denials))
            return true;
    return false;
}

const struct condition *cds_condition(const struct catalog *catalog, const char *words,
                                      struct arena *arena)
{
    struct understood understood;
    question_understand(catalog_lexicon(catalog), words, without_tag(words), arena, &understood);
    if (understood.condition_count != 1 || understood.intervention_count > 0 ||
        understood.conditions[0].surety != SURETY_EXACT || is_denied(words, arena) ||
        !understands_all(&understood, words, arena) ||
        strcmp(understood.conditions[0].entry->id, no_complaint) == 0)
        return NULL;
    return understood.conditions[0].entry;
}

/* ---- orders ---- */

/* Names that mean something else on an order form: pictures by ultrasound, surgery by laser,
 * traction of a fracture, the bile duct. More words tell ("ultrasound therapy"). */
static const char *const ambiguous[] = {
    "ultrasound", "laser",  "traction", "heat",    "ice",           "magnet", "magnets",
    "tape",       "taping", "roller",   "stretch", "needling",      "CBD",    "EMS",
    "IPC",        "IFC",    "IFT",      "TCA",     "INIT",          "SMR",    "SMT",
    "MFR",        "PBM",    "SWD",      "TPI",     "decompression", NULL};

const struct intervention *cds_treatment(const struct catalog *catalog, const char *words,
                                         struct arena *arena)
{
    struct understood understood;
    question_understand(catalog_lexicon(catalog), words, without_tag(words), arena, &understood);
    if (understood.intervention_count != 1 || understood.interventions[0].surety != SURETY_EXACT ||
        !understands_all(&understood, words, arena))
        return NULL;
    struct span span = understood.interventions[0].span;
    if (is_among(arena_strndup(arena, words + span.start, span.end - span.start), ambiguous))
        return NULL;
    return understood.interventions[0].entry;
}

/* ---- medicines ---- */

enum way { WAY_TOPICAL = 1, WAY_ORAL = 2, WAY_INJECTED = 4, WAY_OTHER = 8 };

/* How a medicine is given, as names and forms of it say. */
static const struct {
    const char *word;
    enum way way;
} ways[] = {
    {"topical", WAY_TOPICAL},
    {"gel", WAY_TOPICAL},
    {"cream", WAY_TOPICAL},
    {"ointment", WAY_TOPICAL},
    {"patch", WAY_TOPICAL},
    {"plaster", WAY_TOPICAL},
    {"lotion", WAY_TOPICAL},
    {"transdermal", WAY_TOPICAL},
    {"cutaneous", WAY_TOPICAL},
    {"emulgel", WAY_TOPICAL},
    {"oral", WAY_ORAL},
    {"tablet", WAY_ORAL},
    {"tablets", WAY_ORAL},
    {"capsule", WAY_ORAL},
    {"capsules", WAY_ORAL},
    {"pill", WAY_ORAL},
    {"syrup", WAY_ORAL},
    {"chewable", WAY_ORAL},
    {"mouth", WAY_ORAL},
    {"injection", WAY_INJECTED},
    {"injectable", WAY_INJECTED},
    {"intravenous", WAY_INJECTED},
    {"intramuscular", WAY_INJECTED},
    {"infusion", WAY_INJECTED},
    {"subcutaneous", WAY_INJECTED},
    {"iv", WAY_INJECTED},
    {"im", WAY_INJECTED},
    {"vial", WAY_INJECTED},
    {"syringe", WAY_INJECTED},
    {"intrathecal", WAY_OTHER},
    {"epidural", WAY_OTHER},
    {"ophthalmic", WAY_OTHER},
    {"eye", WAY_OTHER},
    {"otic", WAY_OTHER},
    {"ear", WAY_OTHER},
    {"nasal", WAY_OTHER},
    {"rectal", WAY_OTHER},
    {"suppository", WAY_OTHER},
    {"enema", WAY_OTHER},
    {"vaginal", WAY_OTHER},
    {"inhalation", WAY_OTHER},
    {"inhaler", WAY_OTHER},
};

static unsigned ways_in(const char *text, struct arena *arena)
{
    struct text_words words = text_cut(text, strlen(text), arena);
    unsigned found = 0;
    for (size_t i = 0; i < words.count; i++)
        for (size_t j = 0; j < sizeof ways / sizeof *ways; j++)
            if (strcmp(words.items[i].folded, ways[j].word) == 0)
                found |= ways[j].way;
    return found;
}

/* The ways that the names of an entry tell; 0: none, as with "duloxetine". */
static unsigned ways_of(const struct intervention *intervention, struct arena *arena)
{
    unsigned found = ways_in(intervention->name, arena);
    for (const char *const *alias = intervention->aliases; *alias != NULL; alias++)
        found |= ways_in(*alias, arena);
    return found;
}

/* An entry that tells no way is of medicine that is swallowed. */
static bool is_given_so(const struct intervention *intervention, unsigned told, struct arena *arena)
{
    unsigned of = ways_of(intervention, arena);
    if (told == 0)
        return (of & WAY_INJECTED) == 0 || (of & WAY_ORAL) != 0;
    return (told & ~(of == 0 ? (unsigned)WAY_ORAL : of)) == 0;
}

/* The one treatment so far; `several` once there are two. */
struct sole {
    const struct intervention *entry;
    bool several;
};

static void add_sole(struct sole *sole, const struct intervention *entry)
{
    if (entry == NULL || entry == sole->entry)
        return;
    sole->several = sole->several || sole->entry != NULL;
    sole->entry = entry;
}

/* "Diclofenac sodium 1 % topical gel" is "diclofenac gel", which the base may have apart. */
static const struct intervention *by_form(const struct catalog *catalog, const char *medicine,
                                          const char *text, struct arena *arena)
{
    struct text_words words = text_cut(text, strlen(text), arena);
    for (size_t i = 0; i < words.count; i++) {
        struct understood understood;
        if (ways_in(words.items[i].folded, arena) == 0)
            continue;
        const char *name = arena_printf(arena, "%s %s", medicine, words.items[i].folded);
        question_understand(catalog_lexicon(catalog), name, strlen(name), arena, &understood);
        if (understood.intervention_count == 1 && understood.not_understood_count == 0 &&
            understood.interventions[0].surety == SURETY_EXACT)
            return understood.interventions[0].entry;
    }
    return NULL;
}

static void add_medicine(const struct catalog *catalog, const struct told_medicine *told,
                         const char *words, struct arena *arena, struct sole *sole)
{
    const char *const *ids = told->group->interventions;
    const char *name = told->medicine == NULL ? told->written : told->medicine->name;
    const struct intervention *formed = by_form(catalog, name, words, arena);
    if (formed != NULL)
        add_sole(sole, formed);
    else if (ids[0] != NULL && ids[1] == NULL)
        add_sole(sole, base_intervention(catalog_base(catalog), ids[0]));
    else
        sole->several = true; /* a medicine that is no treatment of the base, or of several */
}

static void add_named(const struct catalog *catalog, const char *words, struct arena *arena,
                      struct sole *sole)
{
    struct understood understood;
    question_understand(catalog_lexicon(catalog), words, strlen(words), arena, &understood);
    for (size_t i = 0; i < understood.intervention_count; i++) {
        const struct understood_intervention *one = &understood.interventions[i];
        const char *named =
            arena_strndup(arena, words + one->span.start, one->span.end - one->span.start);
        if (one->entry->kind == KIND_DRUG && one->surety == SURETY_EXACT &&
            !is_among(named, ambiguous))
            add_sole(sole, one->entry);
        else
            sole->several = true;
    }
}

const struct intervention *cds_medicine(const struct catalog *catalog, const char *words,
                                        struct arena *arena)
{
    struct sole sole = {0};
    size_t count;
    const struct told_medicine *told = medicines_in(catalog, words, strlen(words), arena, &count);
    for (size_t i = 0; i < count; i++) {
        if (told[i].guessed)
            return NULL; /* near a name is another medicine */
        add_medicine(catalog, &told[i], words, arena, &sole);
    }
    if (count == 0)
        add_named(catalog, words, arena, &sole);
    if (sole.several || sole.entry == NULL ||
        !is_given_so(sole.entry, ways_in(words, arena), arena))
        return NULL;
    return sole.entry;
}
