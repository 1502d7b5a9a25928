#include "evidence/model/fold.h"

#include <assert.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

/* ---- what a study is made of ---- */

enum field_kind {
    FIELD_TEXT,   /* a string of its own */
    FIELD_NAME,   /* a string that others have too */
    FIELD_NAMES,  /* a list of those, ended by NULL */
    FIELD_NUMBER, /* double, NAN where unknown */
    FIELD_COUNT,  /* int, COUNT_UNKNOWN where unknown */
    FIELD_CHOICE, /* an enum */
    FIELD_TRUTH,
    FIELD_LIST /* of records, with their number */
};

struct record;

struct field {
    enum field_kind kind;
    size_t offset;
    size_t count_offset;     /* FIELD_LIST only, … */
    const struct record *of; /* … as this */
};

struct record {
    size_t size;
    const struct field *fields;
    size_t count;
};

/* As many bits stand before a record: which of its fields the source says something of. */
enum { FIELDS_MOST = 48 };

#define FIELD(kind, type, member)                                                                  \
    {                                                                                              \
        FIELD_##kind, offsetof(struct type, member), 0, NULL                                       \
    }
#define LIST(type, member, counter, of)                                                            \
    {                                                                                              \
        FIELD_LIST, offsetof(struct type, member), offsetof(struct type, counter), &of             \
    }
#define RECORD(type, fields)                                                                       \
    {                                                                                              \
        sizeof(struct type), fields, sizeof fields / sizeof *fields                                \
    }

static_assert(sizeof(enum design) == sizeof(int), "choices are read and written as int");

static const struct field author_fields[] = {
    FIELD(TEXT, author, family), FIELD(TEXT, author, given), FIELD(NAME, author, group)};
static const struct record author_record = RECORD(author, author_fields);

static const struct field source_fields[] = {FIELD(TEXT, source, url), FIELD(NAME, source, where),
                                             FIELD(TEXT, source, read_at)};
static const struct record source_record = RECORD(source, source_fields);

static const struct field appraisal_fields[] = {
    FIELD(CHOICE, appraisal, instrument), FIELD(NAME, appraisal, overall),
    FIELD(NUMBER, appraisal, score),      FIELD(NUMBER, appraisal, out_of),
    FIELD(NAMES, appraisal, item_names),  FIELD(NAMES, appraisal, item_values),
    FIELD(CHOICE, appraisal, scope),      FIELD(NUMBER, appraisal, share_low),
    FIELD(NUMBER, appraisal, share_high), FIELD(NAME, appraisal, applies_to),
    FIELD(NAME, appraisal, as_reported),  FIELD(NAME, appraisal, rated_by)};
static const struct record appraisal_record = RECORD(appraisal, appraisal_fields);

static const struct field arm_fields[] = {FIELD(CHOICE, study_arm, role),
                                          FIELD(NAME, study_arm, name),
                                          FIELD(NAME, study_arm, id),
                                          FIELD(COUNT, study_arm, n),
                                          FIELD(NUMBER, study_arm, mean),
                                          FIELD(NUMBER, study_arm, sd),
                                          FIELD(NUMBER, study_arm, baseline_mean),
                                          FIELD(NUMBER, study_arm, baseline_sd),
                                          FIELD(NUMBER, study_arm, change_mean),
                                          FIELD(NUMBER, study_arm, change_sd),
                                          FIELD(NUMBER, study_arm, median),
                                          FIELD(NUMBER, study_arm, q1),
                                          FIELD(NUMBER, study_arm, q3),
                                          FIELD(COUNT, study_arm, events)};
static const struct record arm_record = RECORD(study_arm, arm_fields);

static const struct field result_fields[] = {FIELD(NAME, result, intervention),
                                             FIELD(NAME, result, comparator),
                                             FIELD(CHOICE, result, comparator_class),
                                             FIELD(NAME, result, comparator_detail),
                                             FIELD(NAME, result, condition),
                                             FIELD(NAME, result, outcome),
                                             FIELD(NAME, result, scale.name),
                                             FIELD(NUMBER, result, scale.low),
                                             FIELD(NUMBER, result, scale.high),
                                             FIELD(NAME, result, scale.unit),
                                             FIELD(CHOICE, result, better),
                                             FIELD(CHOICE, result, window),
                                             FIELD(NUMBER, result, days),
                                             FIELD(NAME, result, time),
                                             FIELD(CHOICE, result, figure),
                                             FIELD(NUMBER, result, estimate),
                                             FIELD(NUMBER, result, ci_low),
                                             FIELD(NUMBER, result, ci_high),
                                             FIELD(NUMBER, result, ci_level),
                                             FIELD(NUMBER, result, se),
                                             FIELD(NUMBER, result, p),
                                             FIELD(TRUTH, result, p_bound),
                                             FIELD(COUNT, result, k),
                                             FIELD(COUNT, result, n),
                                             FIELD(NUMBER, result, i2),
                                             FIELD(NUMBER, result, control_risk),
                                             FIELD(NAME, result, group),
                                             LIST(result, arms, arm_count, arm_record),
                                             FIELD(TRUTH, result, paired),
                                             FIELD(CHOICE, result, favours),
                                             FIELD(NAME, result, main),
                                             FIELD(CHOICE, result, grade),
                                             FIELD(NAME, result, grade_by),
                                             FIELD(NAME, result, grade_where),
                                             FIELD(NAME, result, dose_response),
                                             FIELD(TRUTH, result, borderline),
                                             FIELD(NAME, result, ignored),
                                             FIELD(NAME, result, note),
                                             FIELD(NAME, result, source_review),
                                             FIELD(NAME, result, source_analysis),
                                             FIELD(NAME, result, source_subgroup)};
static const struct record result_record = RECORD(result, result_fields);

static const struct field harm_fields[] = {
    FIELD(NAME, harm, intervention), FIELD(NAME, harm, event),
    FIELD(CHOICE, harm, severity),   FIELD(NAME, harm, rate),
    FIELD(CHOICE, harm, per.unit),   FIELD(NUMBER, harm, per.events),
    FIELD(NUMBER, harm, per.of),     FIELD(NUMBER, harm, per.low),
    FIELD(NUMBER, harm, per.high),   FIELD(NUMBER, harm, per.control),
    FIELD(TRUTH, harm, reports),     FIELD(COUNT, harm, numerator),
    FIELD(COUNT, harm, denominator)};
static const struct record harm_record = RECORD(harm, harm_fields);

static const struct field notice_fields[] = {FIELD(CHOICE, notice, type), FIELD(TEXT, notice, doi),
                                             FIELD(TEXT, notice, date),
                                             FIELD(NAME, notice, source)};
static const struct record notice_record = RECORD(notice, notice_fields);

/* The id comes first: study_folded_id. */
static const struct field study_fields[] = {
    FIELD(TEXT, study, id),
    FIELD(NAMES, study, aliases),
    FIELD(TEXT, study, pmid),
    FIELD(TEXT, study, doi),
    FIELD(TEXT, study, pmcid),
    FIELD(NAMES, study, registrations),
    FIELD(TEXT, study, title),
    LIST(study, authors, author_count, author_record),
    FIELD(TRUTH, study, authors_complete),
    FIELD(COUNT, study, year),
    FIELD(NAME, study, journal),
    FIELD(CHOICE, study, design),
    FIELD(NAME, study, condition),
    FIELD(TEXT, study, population),
    FIELD(COUNT, study, participants),
    FIELD(COUNT, study, trials),
    FIELD(NAMES, study, pooled_in),
    LIST(study, appraisals, appraisal_count, appraisal_record),
    LIST(study, results, result_count, result_record),
    LIST(study, harms, harm_count, harm_record),
    FIELD(NAME, study, funding),
    FIELD(TRUTH, study, retracted),
    LIST(study, notices, notice_count, notice_record),
    FIELD(TEXT, study, conclusion),
    FIELD(TEXT, study, note),
    LIST(study, sources, source_count, source_record),
    FIELD(TRUTH, study, checked),
    FIELD(TRUTH, study, checked_agrees),
    FIELD(NAME, study, checked_by),
    FIELD(NAME, study, checked_on),
    FIELD(NAME, study, checked_note)};
static const struct record study_record = RECORD(study, study_fields);

static_assert(sizeof result_fields / sizeof *result_fields <= FIELDS_MOST, "bits of a record");

static size_t mask_size(const struct record *record)
{
    return (record->count + 7) / 8;
}

/* What lies at a field; the memory is of the type that its kind says. */
#define AT(type, item, field)      (*(type *)(void *)((item) + (field)->offset))
#define READ_AT(type, item, field) (*(const type *)(const void *)((item) + (field)->offset))

/* ---- names ---- */

/* Eight bytes at a time: names are looked up for every field of every study. */
static size_t hash_of(const char *text)
{
    uint64_t hash = 14695981039346656037u;
    size_t length = strlen(text);
    for (; length > 0; length -= length < 8 ? length : 8, text += 8) {
        uint64_t word = 0;
        memcpy(&word, text, length < 8 ? length : 8);
        hash = (hash ^ word) * 1099511628211u; /* FNV-1a, of words */
        hash ^= hash >> 32;
    }
    return (size_t)hash;
}

/* The slot where a name stands, or would. */
static uint32_t *slot_of(const struct fold_names *names, const char *name)
{
    size_t at = hash_of(name) & (names->slot_count - 1);
    while (names->slots[at] != 0 && strcmp(names->items[names->slots[at] - 1], name) != 0)
        at = (at + 1) & (names->slot_count - 1);
    return &names->slots[at];
}

static void make_room(struct fold_names *names)
{
    if (names->count < names->capacity)
        return;
    names->capacity = names->capacity == 0 ? 256 : names->capacity * 2;
    names->slot_count = names->capacity * 2;
    names->items = memory_resize(names->items, names->capacity * sizeof *names->items);
    names->slots = memory_resize(names->slots, names->slot_count * sizeof *names->slots);
    memset(names->slots, 0, names->slot_count * sizeof *names->slots);
    for (size_t i = 0; i < names->count; i++)
        *slot_of(names, names->items[i]) = (uint32_t)i + 1;
}

static size_t number_of(struct fold_names *names, const char *name)
{
    make_room(names);
    uint32_t *slot = slot_of(names, name);
    if (*slot == 0) {
        names->items[names->count++] = arena_strdup(names->arena, name);
        *slot = (uint32_t)names->count;
    }
    return *slot - 1;
}

void fold_names_close(struct fold_names *names)
{
    const char **kept = arena_array(names->arena, names->count, sizeof *kept);
    if (names->count > 0)
        memcpy(kept, names->items, names->count * sizeof *kept);
    free(names->items);
    free(names->slots);
    *names = (struct fold_names){
        .items = kept, .count = names->count, .capacity = names->count, .arena = names->arena};
}

/* ---- whole numbers: seven bits a byte, the lowest first ---- */

static void put_whole(struct buffer *out, uint64_t value)
{
    for (; value >= 0x80; value >>= 7)
        buffer_byte(out, (char)(value | 0x80));
    buffer_byte(out, (char)value);
}

static uint64_t get_whole(const unsigned char **at)
{
    uint64_t value = 0;
    int shift = 0;
    for (; (**at & 0x80) != 0; shift += 7)
        value |= (uint64_t)(*(*at)++ & 0x7f) << shift;
    return value | (uint64_t) * (*at)++ << shift;
}

/* Small ones of either sign are short: 0, -1, 1, -2 … */
static uint64_t unsigned_of(int64_t value)
{
    return value < 0 ? ~((uint64_t)value << 1) : (uint64_t)value << 1;
}

static int64_t signed_of(uint64_t value)
{
    return (value & 1) != 0 ? (int64_t) ~(value >> 1) : (int64_t)(value >> 1);
}

/* ---- numbers: as papers print them, a few decimals; else as they are ---- */

enum { DECIMALS_MOST = 4, DECIMAL_BITS = 3, NOT_DECIMAL = 7 };

static const double tens[DECIMALS_MOST + 1] = {1, 10, 100, 1000, 10000};
static const double WHOLE_MOST = 1e15; /* below 2^53: every whole number is a double of its own */

/* True if the double is this decimal number: dividing gives back every bit of it. */
static bool is_decimal(double value, int decimals, int64_t *whole)
{
    double moved = nearbyint(value * tens[decimals]);
    if (!(fabs(moved) < WHOLE_MOST))
        return false;
    *whole = (int64_t)moved;
    return moved / tens[decimals] == value && !(value == 0 && signbit(value)); /* -0 is not 0 */
}

static void put_number(struct buffer *out, double value)
{
    int64_t whole;
    for (int decimals = 0; decimals <= DECIMALS_MOST; decimals++)
        if (is_decimal(value, decimals, &whole)) {
            put_whole(out, unsigned_of(whole) << DECIMAL_BITS | (unsigned)decimals);
            return;
        }
    put_whole(out, NOT_DECIMAL);
    buffer_append(out, &value, sizeof value);
}

static double get_number(const unsigned char **at)
{
    uint64_t told = get_whole(at);
    unsigned decimals = told & ((1u << DECIMAL_BITS) - 1);
    double value;
    if (decimals != NOT_DECIMAL)
        return (double)signed_of(told >> DECIMAL_BITS) / tens[decimals];
    memcpy(&value, *at, sizeof value);
    *at += sizeof value;
    return value;
}

/* ---- texts: their length, their bytes and a NUL, so that they can be read where they lie ---- */

static void put_text(struct buffer *out, const char *text)
{
    size_t length = strlen(text);
    put_whole(out, length);
    buffer_append(out, text, length + 1);
}

static const char *get_text(const unsigned char **at)
{
    size_t length = get_whole(at);
    const char *text = (const char *)*at;
    *at += length + 1;
    return text;
}

/* ---- folding ---- */

struct folding {
    struct fold_names *names;
    struct buffer *out;
};

static void fold_record(const struct folding *folding, const struct record *record,
                        const char *item);

static bool is_unknown(const struct field *field, const char *item)
{
    switch (field->kind) {
    case FIELD_TEXT:
    case FIELD_NAME:
        return READ_AT(char *, item, field) == NULL;
    case FIELD_NAMES:
        return READ_AT(char *const *, item, field) == NULL ||
               *READ_AT(char *const *, item, field) == NULL;
    case FIELD_NUMBER:
        return isnan(READ_AT(double, item, field));
    case FIELD_COUNT:
        return READ_AT(int, item, field) == COUNT_UNKNOWN;
    case FIELD_CHOICE:
        return READ_AT(int, item, field) == 0;
    case FIELD_TRUTH:
        return !READ_AT(bool, item, field);
    case FIELD_LIST:
        return *(const size_t *)(const void *)(item + field->count_offset) == 0;
    }
    return true;
}

static void fold_names(const struct folding *folding, const char *const *list)
{
    size_t count = 0;
    while (list[count] != NULL)
        count++;
    put_whole(folding->out, count);
    for (size_t i = 0; i < count; i++)
        put_whole(folding->out, number_of(folding->names, list[i]));
}

static void fold_list(const struct folding *folding, const struct field *field, const char *item)
{
    const char *items = READ_AT(char *, item, field);
    size_t count = *(const size_t *)(const void *)(item + field->count_offset);
    put_whole(folding->out, count);
    for (size_t i = 0; i < count; i++)
        fold_record(folding, field->of, items + i * field->of->size);
}

static void fold_field(const struct folding *folding, const struct field *field, const char *item)
{
    switch (field->kind) {
    case FIELD_TEXT:
        put_text(folding->out, READ_AT(char *, item, field));
        break;
    case FIELD_NAME:
        put_whole(folding->out, number_of(folding->names, READ_AT(char *, item, field)));
        break;
    case FIELD_NAMES:
        fold_names(folding, READ_AT(char *const *, item, field));
        break;
    case FIELD_NUMBER:
        put_number(folding->out, READ_AT(double, item, field));
        break;
    case FIELD_COUNT:
    case FIELD_CHOICE:
        put_whole(folding->out, unsigned_of(READ_AT(int, item, field)));
        break;
    case FIELD_TRUTH: /* its bit says it */
        break;
    case FIELD_LIST:
        fold_list(folding, field, item);
        break;
    }
}

static void fold_record(const struct folding *folding, const struct record *record,
                        const char *item)
{
    unsigned char mask[FIELDS_MOST / 8] = {0};
    for (size_t i = 0; i < record->count; i++)
        if (!is_unknown(&record->fields[i], item))
            mask[i / 8] |= (unsigned char)(1u << i % 8);
    buffer_append(folding->out, mask, mask_size(record));
    for (size_t i = 0; i < record->count; i++)
        if ((mask[i / 8] >> i % 8 & 1) != 0)
            fold_field(folding, &record->fields[i], item);
}

void study_fold(const struct study *study, struct fold_names *names, struct buffer *out)
{
    const struct folding folding = {names, out};
    fold_record(&folding, &study_record, (const char *)study);
}

const char *study_folded_id(const unsigned char *bytes)
{
    const unsigned char *at = bytes + mask_size(&study_record);
    return get_text(&at);
}

/* ---- unfolding ---- */

struct unfolding {
    const unsigned char *at;
    const char *const *names;
    struct arena *arena;
};

static void unfold_record(struct unfolding *unfolding, const struct record *record, char *item);

static const char *const no_names[] = {NULL};

/* What the source says nothing of; `item` was zeroed. */
static void leave_unknown(const struct field *field, char *item)
{
    if (field->kind == FIELD_NUMBER)
        AT(double, item, field) = NAN;
    else if (field->kind == FIELD_COUNT)
        AT(int, item, field) = COUNT_UNKNOWN;
    else if (field->kind == FIELD_NAMES)
        AT(const char *const *, item, field) = no_names;
}

static const char *const *unfold_names(struct unfolding *unfolding)
{
    size_t count = get_whole(&unfolding->at);
    const char **list = arena_array(unfolding->arena, count + 1, sizeof *list);
    for (size_t i = 0; i < count; i++)
        list[i] = unfolding->names[get_whole(&unfolding->at)];
    return list;
}

static void unfold_list(struct unfolding *unfolding, const struct field *field, char *item)
{
    size_t count = get_whole(&unfolding->at);
    char *items = arena_array(unfolding->arena, count, field->of->size);
    for (size_t i = 0; i < count; i++)
        unfold_record(unfolding, field->of, items + i * field->of->size);
    AT(const void *, item, field) = items;
    *(size_t *)(void *)(item + field->count_offset) = count;
}

static void unfold_field(struct unfolding *unfolding, const struct field *field, char *item)
{
    switch (field->kind) {
    case FIELD_TEXT:
        AT(const char *, item, field) = get_text(&unfolding->at);
        break;
    case FIELD_NAME:
        AT(const char *, item, field) = unfolding->names[get_whole(&unfolding->at)];
        break;
    case FIELD_NAMES:
        AT(const char *const *, item, field) = unfold_names(unfolding);
        break;
    case FIELD_NUMBER:
        AT(double, item, field) = get_number(&unfolding->at);
        break;
    case FIELD_COUNT:
    case FIELD_CHOICE:
        AT(int, item, field) = (int)signed_of(get_whole(&unfolding->at));
        break;
    case FIELD_TRUTH:
        AT(bool, item, field) = true;
        break;
    case FIELD_LIST:
        unfold_list(unfolding, field, item);
        break;
    }
}

static void unfold_record(struct unfolding *unfolding, const struct record *record, char *item)
{
    const unsigned char *mask = unfolding->at;
    unfolding->at += mask_size(record);
    for (size_t i = 0; i < record->count; i++)
        if ((mask[i / 8] >> i % 8 & 1) != 0)
            unfold_field(unfolding, &record->fields[i], item);
        else
            leave_unknown(&record->fields[i], item);
}

const struct study *study_unfold(const unsigned char *bytes, const char *const *names,
                                 struct arena *arena)
{
    struct unfolding unfolding = {bytes, names, arena};
    struct study *study = arena_alloc(arena, sizeof *study);
    unfold_record(&unfolding, &study_record, (char *)study);
    return study;
}
