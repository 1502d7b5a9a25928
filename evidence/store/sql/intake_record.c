/* Records of sources: one row each, with what they are found by. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "evidence/store/sql/intake.h"

/* How many publications with one identifier, how many records with one likeness, and how many
 * publications altogether are looked at for one record. A title that more have ("Editorial") tells
 * nothing. */
enum { IDENTIFIER_LOOK_MOST = 50, LIKENESS_LOOK_MOST = 64, CANDIDATES_MOST = 100 };

/* How many publications one statement asks for. */
enum { PUBLICATIONS_AT_ONCE = 16 };

const char *const curated_source = "curated";

/* ---- ready to be stored ---- */

const char *record_fields(const struct record *record, struct arena *arena, size_t *length)
{
    struct buffer out = {0};
    struct json_writer writer;
    json_writer_init(&writer, &out, 0);
    record_write(record, &writer);
    const char *fields = arena_strndup(arena, out.bytes, out.length);
    *length = out.length;
    buffer_release(&out);
    return fields;
}

void incoming_init(struct incoming *incoming, const struct record *record, struct arena *arena)
{
    *incoming = (struct incoming){.record = record, .source_id = record->source_id};
    incoming->fields = record_fields(record, arena, &incoming->length);
    hash_bytes(incoming->fields, incoming->length, incoming->hash);
    if (incoming->source_id == NULL || incoming->source_id[0] == '\0')
        incoming->source_id = arena_printf(arena, "#%s", incoming->hash);
}

/* ---- small helpers ---- */

void bind_key(struct binder *binder, int64_t key)
{
    if (key == 0)
        bind_nothing(binder);
    else
        bind_integer(binder, key);
}

bool read_key(struct cursor *cursor, int64_t *out)
{
    *out = cursor_step(cursor) ? take_integer(cursor) : 0;
    return cursor_end(cursor);
}

bool read_keys(struct cursor *cursor, int64_t **out, size_t *count)
{
    struct rows rows = {.size = sizeof(int64_t)};
    while (cursor_step(cursor)) {
        int64_t key = take_integer(cursor);
        memcpy(rows_add(&rows), &key, sizeof key);
    }
    *count = rows.count;
    *out = rows_take(&rows, cursor->arena);
    rows_release(&rows);
    return cursor_end(cursor);
}

bool read_texts(struct cursor *cursor, const char *const **out)
{
    struct rows rows = {.size = sizeof(char *)};
    while (cursor_step(cursor))
        read_one_text(cursor, rows_add(&rows));
    *out = rows_take(&rows, cursor->arena);
    rows_release(&rows);
    return cursor_end(cursor);
}

void take_record(struct cursor *cursor, struct record *out)
{
    size_t length = 0;
    struct error broken = {0};
    const char *fields = take_bytes(cursor, &length);
    if (fields == NULL)
        cursor_damaged(cursor, "a record has no fields");
    else if (!record_parse(fields, length, "fields", cursor->arena, out, &broken))
        cursor_damaged(cursor, "a record cannot be read: %s", broken.message);
}

static void take_hash(struct cursor *cursor, char out[HASH_SIZE])
{
    const char *hash = take_borrowed(cursor);
    if (hash != NULL && strlen(hash) == HASH_SIZE - 1)
        memcpy(out, hash, HASH_SIZE);
    else
        cursor_damaged(cursor, "a hash is none");
}

static void take_kept(struct cursor *cursor, void *item)
{
    struct kept_record *out = item;
    out->key = take_integer(cursor);
    out->publication = take_integer(cursor);
    take_hash(cursor, out->hash);
    take_record(cursor, &out->record);
    out->joined_by = take_text(cursor);
    out->score = take_real(cursor);
    out->first_seen = (time_t)take_integer(cursor);
    out->last_seen = (time_t)take_integer(cursor);
}

/* ---- reading ---- */

bool store_known_record(struct store *store, const struct incoming *incoming,
                        struct known_record *out, struct error *err)
{
    *out = (struct known_record){0};
    struct binder binder = bind_begin(store, FIND_RECORD_STAMP);
    bind_text(&binder, incoming->record->source);
    bind_text(&binder, incoming->source_id);
    struct cursor cursor = cursor_of(&binder, NULL, err);
    if (cursor_step(&cursor)) {
        out->key = take_integer(&cursor);
        out->publication = take_integer(&cursor);
        const char *hash = take_borrowed(&cursor);
        out->same = hash != NULL && strcmp(hash, incoming->hash) == 0;
    }
    return cursor_end(&cursor);
}

bool store_find_record(struct store *store, const char *source, const char *source_id,
                       struct arena *arena, struct kept_record *out, struct error *err)
{
    *out = (struct kept_record){0};
    struct binder binder = bind_begin(store, FIND_SOURCE_RECORD);
    bind_text(&binder, source);
    bind_text(&binder, source_id);
    struct cursor cursor = cursor_of(&binder, arena, err);
    if (cursor_step(&cursor))
        take_kept(&cursor, out);
    return cursor_end(&cursor);
}

bool store_records(struct store *store, int64_t publication, struct arena *arena,
                   struct kept_record **out, size_t *count, struct error *err)
{
    struct binder binder = bind_begin(store, LIST_PUBLICATION_RECORDS);
    bind_integer(&binder, publication);
    struct cursor cursor = cursor_of(&binder, arena, err);
    *out = cursor_rows(&cursor, sizeof **out, take_kept, count);
    return cursor_end(&cursor);
}

static bool add_records_of(struct store *store, const int64_t *publications, size_t count,
                           struct arena *arena, struct rows *rows, struct error *err)
{
    struct binder binder = bind_begin(store, LIST_RECORDS_OF_PUBLICATIONS);
    for (size_t i = 0; i < PUBLICATIONS_AT_ONCE; i++)
        bind_key(&binder, i < count ? publications[i] : 0);
    struct cursor cursor = cursor_of(&binder, arena, err);
    while (cursor_step(&cursor))
        take_kept(&cursor, rows_add(rows));
    return cursor_end(&cursor);
}

static int by_publication(const void *left, const void *right)
{
    const struct kept_record *a = left;
    const struct kept_record *b = right;
    if (a->publication != b->publication)
        return a->publication < b->publication ? -1 : 1;
    return (a->key > b->key) - (a->key < b->key);
}

bool store_records_of(struct store *store, const int64_t *publications, size_t publication_count,
                      struct arena *arena, struct kept_record **out, size_t *count,
                      struct error *err)
{
    struct rows rows = {.size = sizeof **out};
    bool good = true;
    for (size_t at = 0; good && at < publication_count; at += PUBLICATIONS_AT_ONCE) {
        size_t left = publication_count - at;
        good = add_records_of(store, publications + at,
                              left < PUBLICATIONS_AT_ONCE ? left : PUBLICATIONS_AT_ONCE, arena,
                              &rows, err);
    }
    *count = rows.count;
    *out = rows_take(&rows, arena);
    rows_release(&rows);
    if (publication_count > PUBLICATIONS_AT_ONCE)
        qsort(*out, *count, sizeof **out, by_publication);
    return good;
}

static void take_stamp(struct cursor *cursor, void *item)
{
    struct record_stamp *out = item;
    out->source_id = take_text(cursor);
    take_hash(cursor, out->hash);
}

bool store_record_stamps(struct store *store, const char *source, struct arena *arena,
                         struct record_stamp **out, size_t *count, struct error *err)
{
    struct binder binder = bind_begin(store, LIST_RECORD_STAMPS);
    bind_text(&binder, source);
    struct cursor cursor = cursor_of(&binder, arena, err);
    *out = cursor_rows(&cursor, sizeof **out, take_stamp, count);
    return cursor_end(&cursor);
}

/* ---- what a record is found by ---- */

static bool put_identifier(struct store *store, int64_t record_key, const char *kind,
                           const char *value, struct error *err)
{
    if (value == NULL || value[0] == '\0')
        return true;
    struct binder binder = bind_begin(store, ADD_RECORD_IDENTIFIER);
    bind_text(&binder, kind);
    bind_text(&binder, value);
    bind_integer(&binder, record_key);
    return bind_run(&binder, err);
}

static bool put_identifiers(struct store *store, int64_t record_key, const char *kind,
                            const char *const *values, struct error *err)
{
    for (; values != NULL && *values != NULL; values++)
        if (!put_identifier(store, record_key, kind, *values, err))
            return false;
    return true;
}

static bool put_likeness(struct store *store, enum statement statement, int64_t record_key,
                         const struct incoming *incoming, struct error *err)
{
    for (size_t i = 0; i < incoming->likeness_count; i++) {
        struct binder binder = bind_begin(store, statement);
        bind_integer(&binder, incoming->likeness[i]);
        bind_integer(&binder, record_key);
        if (!bind_run(&binder, err))
            return false;
    }
    return true;
}

static bool put_traces(struct store *store, int64_t record_key, const struct incoming *incoming,
                       struct error *err)
{
    const struct record *record = incoming->record;
    return put_identifier(store, record_key, "pmid", record->pmid, err) &&
           put_identifier(store, record_key, "doi", record->doi, err) &&
           put_identifier(store, record_key, "pmcid", record->pmcid, err) &&
           put_identifiers(store, record_key, "registration", record->registrations, err) &&
           put_identifiers(store, record_key, "registration", record->machine.registrations, err) &&
           put_identifiers(store, record_key, "report", record->reports, err) &&
           put_likeness(store, ADD_RECORD_LIKENESS, record_key, incoming, err) &&
           put_notices(store, record_key, record, err);
}

static bool run_on_key(struct store *store, enum statement statement, int64_t key,
                       struct error *err)
{
    struct binder binder = bind_begin(store, statement);
    bind_integer(&binder, key);
    return bind_run(&binder, err);
}

static bool remove_traces(struct store *store, int64_t record_key, const struct incoming *before,
                          struct error *err)
{
    return run_on_key(store, REMOVE_RECORD_IDENTIFIERS, record_key, err) &&
           put_likeness(store, REMOVE_RECORD_LIKENESS, record_key, before, err) &&
           forget_notices(store, record_key, err);
}

/* ---- writing ---- */

static bool insert_record(struct store *store, const struct incoming *incoming, int64_t publication,
                          const struct joining *joining, const struct intake_stamp *stamp,
                          int64_t *record_key, struct error *err)
{
    struct binder binder = bind_begin(store, ADD_SOURCE_RECORD);
    bind_text(&binder, incoming->record->source);
    bind_text(&binder, incoming->source_id);
    bind_integer(&binder, publication);
    bind_exact(&binder, incoming->fields, incoming->length);
    bind_text(&binder, incoming->hash);
    bind_truth(&binder, incoming->record->deleted);
    bind_text(&binder, joining->reason);
    bind_real(&binder, joining->score);
    bind_key(&binder, stamp->run);
    bind_integer(&binder, (int64_t)stamp->now);
    return bind_insert(&binder, record_key, err);
}

static bool add_to_publication(struct store *store, const struct incoming *incoming,
                               int64_t publication, const struct joining *joining,
                               const struct intake_stamp *stamp, int64_t *record_key,
                               struct error *err)
{
    int64_t merge = 0; /* joins are told by the import that brought the record */
    return forget_words(store, publication, err) &&
           insert_record(store, incoming, publication, joining, stamp, record_key, err) &&
           log_merge(store, publication, 0, *record_key, joining, stamp, &merge, err);
}

bool store_add_record(struct store *store, const struct incoming *incoming, int64_t publication,
                      const struct joining *joining, const struct intake_stamp *stamp,
                      int64_t *record_key, int64_t *publication_key, struct error *err)
{
    struct unit unit;
    if (!unit_begin(store, &unit, err))
        return false;
    *publication_key = publication;
    bool good;
    if (publication == 0)
        good = add_publication(store, 0, NULL, SCREENING_UNSCREENED, stamp->now, publication_key,
                               err) &&
               insert_record(store, incoming, *publication_key, joining, stamp, record_key, err);
    else
        good = add_to_publication(store, incoming, publication, joining, stamp, record_key, err);
    good = good && put_traces(store, *record_key, incoming, err);
    return unit_end(&unit, good, err);
}

static bool update_record(struct store *store, int64_t record_key, const struct incoming *incoming,
                          const struct intake_stamp *stamp, struct error *err)
{
    struct binder binder = bind_begin(store, CHANGE_SOURCE_RECORD);
    bind_integer(&binder, record_key);
    bind_exact(&binder, incoming->fields, incoming->length);
    bind_text(&binder, incoming->hash);
    bind_truth(&binder, incoming->record->deleted);
    bind_key(&binder, stamp->run);
    bind_integer(&binder, (int64_t)stamp->now);
    return bind_run(&binder, err);
}

bool store_change_record(struct store *store, const struct kept_record *kept,
                         const struct incoming *before, const struct incoming *incoming,
                         const struct intake_stamp *stamp, struct error *err)
{
    struct unit unit;
    if (!unit_begin(store, &unit, err))
        return false;
    bool good = forget_words(store, kept->publication, err) &&
                remove_traces(store, kept->key, before, err) &&
                update_record(store, kept->key, incoming, stamp, err) &&
                put_traces(store, kept->key, incoming, err);
    return unit_end(&unit, good, err);
}

bool store_touch_record(struct store *store, int64_t record_key, const struct intake_stamp *stamp,
                        struct error *err)
{
    struct unit unit;
    if (!unit_begin(store, &unit, err))
        return false;
    struct binder binder = bind_begin(store, TOUCH_SOURCE_RECORD);
    bind_integer(&binder, record_key);
    bind_key(&binder, stamp->run);
    bind_integer(&binder, (int64_t)stamp->now);
    return unit_end(&unit, bind_run(&binder, err), err);
}

static bool has_records(struct store *store, int64_t publication, bool *out, struct error *err)
{
    struct binder binder = bind_begin(store, SUMMARISE_RECORDS);
    bind_integer(&binder, publication);
    struct cursor cursor = cursor_of(&binder, NULL, err);
    int64_t count = 0;
    bool good = read_key(&cursor, &count);
    *out = count > 0;
    return good;
}

static bool remove_record(struct store *store, const struct kept_record *kept,
                          const struct incoming *before, int64_t *publication, struct error *err)
{
    bool left = false;
    if (!forget_words(store, kept->publication, err) ||
        !remove_traces(store, kept->key, before, err) ||
        !run_on_key(store, REMOVE_SOURCE_RECORD, kept->key, err) ||
        !has_records(store, kept->publication, &left, err))
        return false;
    *publication = left ? kept->publication : 0;
    return left || run_on_key(store, REMOVE_PUBLICATION, kept->publication, err);
}

bool store_remove_record(struct store *store, const struct kept_record *kept,
                         const struct incoming *before, int64_t *publication, struct error *err)
{
    struct unit unit;
    if (!unit_begin(store, &unit, err))
        return false;
    return unit_end(&unit, remove_record(store, kept, before, publication, err), err);
}

/* ---- candidates ---- */

/* A list of publications, each once. */
struct gathering {
    struct store *store;
    int64_t besides;
    struct arena *arena;
    struct error *err;
    int64_t *keys;
    size_t count;
};

static void gather(struct gathering *gathering, int64_t key)
{
    for (size_t i = 0; i < gathering->count; i++)
        if (gathering->keys[i] == key)
            return;
    if (gathering->count < CANDIDATES_MOST)
        gathering->keys[gathering->count++] = key;
}

static bool gather_by_identifier(struct gathering *gathering, const char *kind, const char *value)
{
    if (value == NULL || value[0] == '\0')
        return true;
    struct binder binder = bind_begin(gathering->store, FIND_BY_IDENTIFIER);
    bind_text(&binder, kind);
    bind_text(&binder, value);
    bind_integer(&binder, gathering->besides);
    bind_integer(&binder, IDENTIFIER_LOOK_MOST);
    struct cursor cursor = cursor_of(&binder, gathering->arena, gathering->err);
    while (cursor_step(&cursor))
        gather(gathering, take_integer(&cursor));
    return cursor_end(&cursor);
}

static bool gather_by_likeness(struct gathering *gathering, int64_t likeness)
{
    struct binder binder = bind_begin(gathering->store, FIND_BY_LIKENESS);
    bind_integer(&binder, likeness);
    bind_integer(&binder, gathering->besides);
    bind_integer(&binder, LIKENESS_LOOK_MOST + 1);
    struct cursor cursor = cursor_of(&binder, gathering->arena, gathering->err);
    int64_t found[LIKENESS_LOOK_MOST];
    size_t count = 0;
    while (cursor_step(&cursor) && count <= LIKENESS_LOOK_MOST) {
        if (count < LIKENESS_LOOK_MOST)
            found[count] = take_integer(&cursor);
        count++;
    }
    for (size_t i = 0; i < count && count <= LIKENESS_LOOK_MOST; i++)
        gather(gathering, found[i]);
    return cursor_end(&cursor);
}

/* Reports of one trial share its number and are never one publication; only an entry of the
 * register is asked for by it. */
static bool is_registration(const struct record *record)
{
    const char *number = record->registrations == NULL ? NULL : record->registrations[0];
    return number != NULL && record->source_id != NULL && strcmp(number, record->source_id) == 0;
}

bool store_candidates(struct store *store, const struct incoming *incoming, int64_t besides,
                      struct arena *arena, int64_t **out, size_t *count, struct error *err)
{
    const struct record *record = incoming->record;
    struct gathering gathering = {.store = store,
                                  .besides = besides,
                                  .arena = arena,
                                  .err = err,
                                  .keys = arena_array(arena, CANDIDATES_MOST, sizeof(int64_t))};
    bool good = gather_by_identifier(&gathering, "pmid", record->pmid) &&
                gather_by_identifier(&gathering, "doi", record->doi) &&
                gather_by_identifier(&gathering, "pmcid", record->pmcid);
    for (size_t i = 0; good && i < incoming->likeness_count; i++)
        good = gather_by_likeness(&gathering, incoming->likeness[i]);
    if (good && is_registration(record))
        good = gather_by_identifier(&gathering, "registration", record->registrations[0]);
    *out = gathering.keys;
    *count = gathering.count;
    return good;
}
