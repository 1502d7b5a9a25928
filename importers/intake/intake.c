#include "importers/intake/intake.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "importers/intake/machine_reading.h"
#include "importers/intake/match.h"
#include "importers/intake/merge.h"

/* Publications that a record may be are noted up to this many: a person looks at each. */
enum { POSSIBLE_MOST = 5 };

/* ---- a record and what it is compared with ---- */

/* What goes on while one record is taken. */
struct taking {
    struct store *store;
    const struct intake_stamp *stamp;
    struct arena *arena;
    struct error *err;
    struct intake_took *took;
    const struct match_side *side;
    int64_t record_key;
};

/* A publication with its records. */
struct members {
    int64_t publication;
    const struct kept_record *records;
    const struct match_side **sides;
    size_t count;
};

static void look_at(struct members *members, struct arena *arena)
{
    members->sides = arena_array(arena, members->count, sizeof(struct match_side *));
    for (size_t i = 0; i < members->count; i++)
        members->sides[i] = match_side_new(&members->records[i].record, arena);
}

static bool load_members(struct taking *taking, int64_t publication, struct members *out)
{
    struct kept_record *records = NULL;
    *out = (struct members){.publication = publication};
    if (!store_records(taking->store, publication, taking->arena, &records, &out->count,
                       taking->err))
        return false;
    out->records = records;
    look_at(out, taking->arena);
    return true;
}

/* Those of one publication among records that are ordered by it. */
static struct members members_among(const struct kept_record *records, size_t count,
                                    int64_t publication, struct arena *arena)
{
    struct members members = {.publication = publication};
    size_t first = 0;
    while (first < count && records[first].publication != publication)
        first++;
    members.records = records + first;
    while (first + members.count < count &&
           members.records[members.count].publication == publication)
        members.count++;
    look_at(&members, arena);
    return members;
}

static void prepare(struct incoming *incoming, const struct record *record,
                    const struct match_side *side, struct arena *arena)
{
    int64_t *likeness = arena_array(arena, MATCH_LIKENESS_MOST, sizeof *likeness);
    incoming_init(incoming, record, arena);
    incoming->likeness_count = match_likeness(side, likeness);
    incoming->likeness = likeness;
}

/* ---- settling ---- */

static bool settle_members(struct store *store, const struct members *members,
                           const struct intake_stamp *stamp, struct arena *arena, struct error *err)
{
    const struct record **records = arena_array(arena, members->count, sizeof(struct record *));
    struct merged_record merged;
    for (size_t i = 0; i < members->count; i++)
        records[i] = &members->records[i].record;
    merge_records(records, members->count, arena, &merged);
    return store_settle(store, members->publication, &merged.record, stamp, err);
}

static bool settle(struct taking *taking, int64_t publication)
{
    struct members members = {.publication = publication};
    struct kept_record *records = NULL;
    if (!store_records(taking->store, publication, taking->arena, &records, &members.count,
                       taking->err))
        return false;
    members.records = records;
    return settle_members(taking->store, &members, taking->stamp, taking->arena, taking->err);
}

bool intake_settle(struct store *store, int64_t publication, const struct intake_stamp *stamp,
                   struct error *err)
{
    struct arena *arena = arena_new();
    struct taking taking = {.store = store, .stamp = stamp, .arena = arena, .err = err};
    bool good = settle(&taking, publication);
    arena_free(arena);
    return good;
}

bool intake_undo_merge(struct store *store, int64_t merge, const struct intake_stamp *stamp,
                       struct error *err)
{
    int64_t stayed = 0;
    int64_t restored = 0;
    bool own = !store_is_begun(store);
    if (own && !store_begin(store, err))
        return false;
    if (store_undo_merge(store, merge, stamp, &stayed, &restored, err) &&
        intake_settle(store, stayed, stamp, err) && intake_settle(store, restored, stamp, err) &&
        (!own || store_commit(store, err)))
        return true;
    if (own)
        store_roll_back(store);
    return false;
}

/* ---- which publication ---- */

/* A publication that a record is, or may be. */
struct found {
    struct members members;
    struct match match;
};

/* The surest reason first, then the better likeness, then who was there first. */
static int by_sureness(const void *left, const void *right)
{
    static const char *const order[] = {"pmid", "doi", "pmcid", "registration", "title"};
    const struct found *a = left;
    const struct found *b = right;
    if (a->match.answer != b->match.answer)
        return a->match.answer > b->match.answer ? -1 : 1;
    for (size_t i = 0; i < sizeof order / sizeof *order; i++) {
        bool one = strcmp(a->match.reason, order[i]) == 0;
        if (one != (strcmp(b->match.reason, order[i]) == 0))
            return one ? -1 : 1;
        if (one)
            break;
    }
    if (a->match.score < b->match.score || a->match.score > b->match.score)
        return a->match.score > b->match.score ? -1 : 1;
    return a->members.publication < b->members.publication ? -1 : 1;
}

/* Everything among the candidates that is not simply another, the best first. */
static bool look_around(struct taking *taking, const struct incoming *incoming, int64_t besides,
                        struct found **out, size_t *count)
{
    int64_t *keys = NULL;
    size_t key_count = 0;
    struct kept_record *records = NULL;
    size_t record_count = 0;
    *count = 0;
    if (!store_candidates(taking->store, incoming, besides, taking->arena, &keys, &key_count,
                          taking->err) ||
        !store_records_of(taking->store, keys, key_count, taking->arena, &records, &record_count,
                          taking->err))
        return false;
    struct found *found = arena_array(taking->arena, key_count, sizeof *found);
    for (size_t i = 0; i < key_count; i++) {
        struct found *next = &found[*count];
        next->members = members_among(records, record_count, keys[i], taking->arena);
        next->match = match_publication(taking->side, next->members.sides, next->members.count);
        *count += next->match.answer != MATCH_DIFFERENT;
    }
    if (*count > 1)
        qsort(found, *count, sizeof *found, by_sureness);
    *out = found;
    return true;
}

static struct joining joining_of(const struct match *match)
{
    bool by_title = strcmp(match->reason, "title") == 0;
    return (struct joining){.reason = match->reason, .score = by_title ? match->score : NAN};
}

/* ---- two publications that turn out to be one ---- */

static bool is_screened_otherwise(struct taking *taking, int64_t one, int64_t other, bool *out)
{
    struct publication left;
    struct publication right;
    if (!store_publication(taking->store, one, taking->arena, &left, taking->err) ||
        !store_publication(taking->store, other, taking->arena, &right, taking->err))
        return false;
    *out = left.screening != right.screening && left.screening != SCREENING_UNSCREENED &&
           right.screening != SCREENING_UNSCREENED;
    return true;
}

/* Each record of one against the other as a whole: none may contradict. */
static bool agree(const struct members *one, const struct members *other)
{
    for (size_t i = 0; i < other->count; i++)
        if (match_contradicts(other->sides[i], one->sides, one->count))
            return false;
    for (size_t i = 0; i < one->count; i++)
        if (match_contradicts(one->sides[i], other->sides, other->count))
            return false;
    return true;
}

static bool has_study(const struct members *members)
{
    for (size_t i = 0; i < members->count; i++)
        if (strcmp(members->records[i].record.source, curated_source) == 0)
            return true;
    return false;
}

static bool note_possible(struct taking *taking, const struct found *found)
{
    struct joining joining = joining_of(&found->match);
    joining.score = found->match.score;
    taking->took->possible++;
    return store_put_pair(taking->store, taking->record_key, found->members.records[0].key,
                          PAIR_POSSIBLE, &joining, taking->stamp, taking->err);
}

/* The curated study stays, else the older of the two. */
static bool merge_two(struct taking *taking, struct members *own, struct members *other,
                      const struct match *match)
{
    bool other_stays =
        has_study(other) || (!has_study(own) && other->publication < own->publication);
    int64_t stays = other_stays ? other->publication : own->publication;
    int64_t goes = other_stays ? own->publication : other->publication;
    const struct joining joining = joining_of(match);
    if (!store_merge(taking->store, stays, goes, &joining, taking->stamp, taking->err) ||
        !settle(taking, stays))
        return false;
    taking->took->joined++;
    taking->took->publication = stays;
    return true;
}

/* The record stands in a publication now; another is, or may be, the same. */
static bool join_other(struct taking *taking, struct found *found)
{
    struct members own;
    bool apart = false;
    bool otherwise = false;
    int64_t publication = taking->took->publication;
    if (!load_members(taking, publication, &own) ||
        !store_are_apart(taking->store, publication, found->members.publication, &apart,
                         taking->err) ||
        !is_screened_otherwise(taking, publication, found->members.publication, &otherwise))
        return false;
    if (apart)
        return true;
    bool same = found->match.answer == MATCH_SAME && !otherwise && agree(&own, &found->members);
    if (same)
        return merge_two(taking, &own, &found->members, &found->match);
    return taking->took->possible >= POSSIBLE_MOST || note_possible(taking, found);
}

static bool join_others(struct taking *taking, struct found *found, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (found[i].members.publication != taking->took->publication &&
            !join_other(taking, &found[i]))
            return false;
    return true;
}

/* ---- a record that is new, or has changed ---- */

/* The others are at hand already. */
static bool settle_joined(struct taking *taking, const struct members *others,
                          const struct record *record)
{
    struct kept_record *records = arena_array(taking->arena, others->count + 1, sizeof *records);
    memcpy(records, others->records, others->count * sizeof *records);
    records[others->count].record = *record;
    const struct members all = {
        .publication = others->publication, .records = records, .count = others->count + 1};
    return settle_members(taking->store, &all, taking->stamp, taking->arena, taking->err);
}

static bool add(struct taking *taking, const struct incoming *incoming)
{
    struct found *found = NULL;
    size_t count = 0;
    if (!look_around(taking, incoming, 0, &found, &count))
        return false;
    bool joins = count > 0 && found[0].match.answer == MATCH_SAME;
    struct joining joining = {.reason = "new", .score = NAN};
    if (joins)
        joining = joining_of(&found[0].match);
    taking->took->outcome = joins ? INTAKE_MERGED : INTAKE_ADDED;
    if (!store_add_record(taking->store, incoming, joins ? found[0].members.publication : 0,
                          &joining, taking->stamp, &taking->record_key, &taking->took->publication,
                          taking->err))
        return false;
    bool settled = joins ? settle_joined(taking, &found[0].members, incoming->record)
                         : store_settle(taking->store, taking->took->publication, incoming->record,
                                        taking->stamp, taking->err);
    return settled && join_others(taking, found + joins, count - joins);
}

static bool change_kept(struct taking *taking, const struct incoming *incoming,
                        const struct kept_record *kept)
{
    struct found *found = NULL;
    size_t count = 0;
    struct incoming before;
    prepare(&before, &kept->record, match_side_new(&kept->record, taking->arena), taking->arena);
    taking->took->outcome = INTAKE_UPDATED;
    taking->took->publication = kept->publication;
    taking->record_key = kept->key;
    return store_change_record(taking->store, kept, &before, incoming, taking->stamp,
                               taking->err) &&
           settle(taking, kept->publication) &&
           look_around(taking, incoming, kept->publication, &found, &count) &&
           join_others(taking, found, count);
}

static bool change(struct taking *taking, const struct incoming *incoming)
{
    struct kept_record kept;
    return store_find_record(taking->store, incoming->record->source, incoming->source_id,
                             taking->arena, &kept, taking->err) &&
           change_kept(taking, incoming, &kept);
}

static bool take(struct taking *taking, const struct incoming *incoming)
{
    struct known_record known;
    if (!store_known_record(taking->store, incoming, &known, taking->err))
        return false;
    if (known.key == 0)
        return add(taking, incoming);
    if (!known.same)
        return change(taking, incoming);
    taking->took->outcome = INTAKE_UNCHANGED;
    taking->took->publication = known.publication;
    return store_touch_record(taking->store, known.key, taking->stamp, taking->err);
}

bool intake_take(struct store *store, const struct record *record, const struct intake_stamp *stamp,
                 struct arena *arena, struct intake_took *out, struct error *err)
{
    struct incoming incoming;
    struct record read = *record;
    struct taking taking = {
        .store = store, .stamp = stamp, .arena = arena, .err = err, .took = out};
    *out = (struct intake_took){0};
    if (strcmp(record->source, curated_source) != 0) /* of that a person has read everything */
        machine_read(&read, arena);
    taking.side = match_side_new(&read, arena);
    prepare(&incoming, &read, taking.side, arena);
    out->source_id = incoming.source_id;
    memcpy(out->hash, incoming.hash, HASH_SIZE);
    return take(&taking, &incoming);
}

/* ---- the base ---- */

static bool is_description(const char *title)
{
    size_t length = strlen(title);
    return length > 1 && title[0] == '[' && title[length - 1] == ']';
}

/* Numbers stand in the files in lower case, in records as the registers write them. */
static const char *const *upper_case(const char *const *numbers, struct arena *arena)
{
    size_t count = 0;
    while (numbers != NULL && numbers[count] != NULL)
        count++;
    const char **upper = arena_array(arena, count + 1, sizeof *upper);
    for (size_t i = 0; i < count; i++) {
        char *number = arena_strdup(arena, numbers[i]);
        for (char *at = number; *at != '\0'; at++)
            if (*at >= 'a' && *at <= 'z')
                *at = (char)(*at - 'a' + 'A');
        upper[i] = number;
    }
    return upper;
}

/* What a study of the base says of itself as a source. A title in brackets is a description. */
static void record_of_study(const struct study *study, struct arena *arena, struct record *out)
{
    record_init(out);
    out->source = curated_source;
    out->source_id = study->id;
    out->pmid = study->pmid;
    out->doi = study->doi;
    out->pmcid = study->pmcid;
    out->registrations = upper_case(study->registrations, arena);
    out->title = is_description(study->title) ? NULL : study->title;
    out->authors = study->authors;
    out->author_count = study->author_count;
    out->authors_complete = study->authors_complete;
    out->year = study->year;
    out->journal = study->journal;
}

static bool remove_study(struct store *store, const char *id, const struct intake_stamp *stamp,
                         struct arena *arena, struct error *err)
{
    struct kept_record kept;
    struct incoming before;
    int64_t left = 0;
    if (!store_find_record(store, curated_source, id, arena, &kept, err))
        return false;
    prepare(&before, &kept.record, match_side_new(&kept.record, arena), arena);
    return store_remove_record(store, &kept, &before, &left, err) &&
           (left == 0 || intake_settle(store, left, stamp, err));
}

static bool is_in_base(const struct base *base, const char *id)
{
    const struct study *study = base_study(base, id);
    return study != NULL && strcmp(study->id, id) == 0;
}

static bool take_study(struct store *store, const struct study *study,
                       const struct intake_stamp *stamp, struct arena *scratch, struct error *err)
{
    struct record record;
    struct intake_took took;
    record_of_study(study, scratch, &record);
    return intake_take(store, &record, stamp, scratch, &took, err);
}

static bool match_studies(struct store *store, const struct base *base,
                          const struct intake_stamp *stamp, struct arena *arena, struct error *err)
{
    struct arena *scratch = arena_new();
    struct record_stamp *held = NULL;
    size_t count = 0;
    bool good = store_record_stamps(store, curated_source, arena, &held, &count, err);
    for (size_t i = 0; good && i < count; i++)
        if (!is_in_base(base, held[i].source_id))
            good = remove_study(store, held[i].source_id, stamp, arena, err);
    for (size_t i = 0; good && i < base->study_count; i++) {
        arena_clear(scratch);
        good = take_study(store, base_study_at(base, i), stamp, scratch, err);
    }
    arena_free(scratch);
    return good;
}

static bool match_base(struct store *store, const struct store_stamp *saved,
                       const struct intake_stamp *stamp, struct error *err)
{
    struct arena *arena = arena_new();
    struct base base;
    bool good = store_load_base(store, arena, &base, err) &&
                match_studies(store, &base, stamp, arena, err) &&
                store_set_matched_base(store, saved->hash, err);
    arena_free(arena);
    return good;
}

bool intake_match_base(struct store *store, const struct intake_stamp *stamp, struct error *err)
{
    char matched[HASH_SIZE];
    struct store_stamp saved;
    struct error empty = {0};
    if (!store_matched_base(store, matched, err))
        return false;
    if (!store_stamp(store, &saved, &empty))
        return empty.kind == ERROR_NOT_FOUND || error_set(err, empty.kind, "%s", empty.message);
    return strcmp(matched, saved.hash) == 0 || match_base(store, &saved, stamp, err);
}

/* Takes the study as it is stored, or takes its record out where it is gone. */
static bool match_study(struct store *store, const char *id, const struct intake_stamp *stamp,
                        struct arena *arena, struct error *err)
{
    struct study study;
    struct error gone = {0};
    if (store_study(store, id, arena, &study, &gone))
        return take_study(store, &study, stamp, arena, err);
    if (gone.kind == ERROR_NOT_FOUND)
        return remove_study(store, id, stamp, arena, err);
    return error_set(err, gone.kind, "%s", gone.message);
}

bool intake_match_study(struct store *store, const char *id, const char *before_hash,
                        const struct intake_stamp *stamp, struct error *err)
{
    char matched[HASH_SIZE];
    struct store_stamp saved;
    if (!store_matched_base(store, matched, err))
        return false;
    if (strcmp(matched, before_hash) != 0)
        return intake_match_base(store, stamp, err);
    struct arena *arena = arena_new();
    bool good = match_study(store, id, stamp, arena, err) && store_stamp(store, &saved, err) &&
                store_set_matched_base(store, saved.hash, err);
    arena_free(arena);
    return good;
}
