/* Publications: what their records come to, and what they are called. */
#include <ctype.h>
#include <string.h>

#include "evidence/base/text.h"
#include "evidence/store/sql/intake.h"
#include "evidence/store/sql/words.h"

/* A slug is made of so many words of the title, and so many digits of a hash. */
enum { SLUG_WORDS_MOST = 5, SLUG_HASH_DIGITS = 10 };

const char *const screening_names[] = {"unscreened", "included", "excluded", NULL};

/* ---- rows ---- */

bool add_publication(struct store *store, int64_t key, const char *id, enum screening screening,
                     time_t now, int64_t *out, struct error *err)
{
    struct binder binder = bind_begin(store, ADD_PUBLICATION);
    bind_key(&binder, key);
    bind_text(&binder, id);
    bind_text(&binder, screening_names[screening]);
    bind_integer(&binder, (int64_t)now);
    return bind_insert(&binder, out, err);
}

static void take_publication(struct cursor *cursor, struct publication *out)
{
    out->key = take_integer(cursor);
    out->id = take_text(cursor);
    out->study = take_text(cursor);
    out->retracted = take_truth(cursor);
    out->withdrawn = take_truth(cursor);
    out->screening = (enum screening)take_choice(cursor, screening_names, SCREENING_UNSCREENED);
    out->added = (time_t)take_integer(cursor);
    out->changed = (time_t)take_integer(cursor);
    take_record(cursor, &out->merged);
}

bool store_publication(struct store *store, int64_t key, struct arena *arena,
                       struct publication *out, struct error *err)
{
    struct binder binder = bind_begin(store, LOAD_PUBLICATION);
    bind_integer(&binder, key);
    struct cursor cursor = cursor_of(&binder, arena, err);
    *out = (struct publication){0};
    if (cursor_step(&cursor))
        take_publication(&cursor, out);
    if (!cursor_end(&cursor))
        return false;
    return out->key != 0 ||
           error_set(err, ERROR_NOT_FOUND, "there is no publication %lld", (long long)key);
}

/* ---- finding one by a name ---- */

static bool find_key(struct store *store, enum statement statement, const char *text, int64_t *out,
                     struct error *err)
{
    struct binder binder = bind_begin(store, statement);
    bind_text(&binder, text);
    struct cursor cursor = cursor_of(&binder, NULL, err);
    return read_key(&cursor, out);
}

static bool key_exists(struct store *store, int64_t key, bool *out, struct error *err)
{
    struct binder binder = bind_begin(store, FIND_SEARCHABLE);
    bind_integer(&binder, key);
    struct cursor cursor = cursor_of(&binder, NULL, err);
    *out = cursor_step(&cursor);
    return cursor_end(&cursor);
}

/* A publication that was merged away is where its records went. */
static bool follow_merges(struct store *store, int64_t *key, struct error *err)
{
    bool exists = false;
    while (*key != 0) {
        if (!key_exists(store, *key, &exists, err))
            return false;
        if (exists)
            return true;
        struct binder binder = bind_begin(store, FIND_MERGED_INTO);
        bind_integer(&binder, *key);
        struct cursor cursor = cursor_of(&binder, NULL, err);
        if (!read_key(&cursor, key))
            return false;
    }
    return true;
}

static bool find_by_identifier_of(struct store *store, const char *id, int64_t *out,
                                  struct error *err)
{
    static const char *const kinds[] = {"pmid", "doi", "pmcid"};
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
        size_t length = strlen(kinds[i]);
        if (strncmp(id, kinds[i], length) != 0 || id[length] != ':')
            continue;
        struct binder binder = bind_begin(store, FIND_BY_IDENTIFIER);
        bind_text(&binder, kinds[i]);
        bind_text(&binder, id + length + 1);
        bind_integer(&binder, 0);
        bind_integer(&binder, 1);
        struct cursor cursor = cursor_of(&binder, NULL, err);
        return read_key(&cursor, out);
    }
    return true;
}

static bool find_by_any_name(struct store *store, const char *id, int64_t *key, struct error *err)
{
    *key = 0;
    if (!find_key(store, FIND_PUBLICATION_ID, id, key, err))
        return false;
    if (*key == 0 &&
        (!find_key(store, FIND_PUBLICATION_ALIAS, id, key, err) || !follow_merges(store, key, err)))
        return false;
    return *key != 0 || find_by_identifier_of(store, id, key, err);
}

bool store_find_publication(struct store *store, const char *id, struct arena *arena,
                            struct publication *out, struct error *err)
{
    int64_t key = 0;
    struct unit view;
    if (!view_begin(store, &view, err))
        return false;
    bool good = find_by_any_name(store, id, &key, err);
    if (good && key == 0)
        good = error_set(err, ERROR_NOT_FOUND, "there is no publication \"%s\"", id);
    good = good && store_publication(store, key, arena, out, err);
    return view_end(&view, good, err);
}

bool store_linked_publications(struct store *store, int64_t publication, struct arena *arena,
                               const char *const **ids, struct error *err)
{
    struct binder binder = bind_begin(store, LIST_LINKED_PUBLICATIONS);
    bind_integer(&binder, publication);
    struct cursor cursor = cursor_of(&binder, arena, err);
    return read_texts(&cursor, ids);
}

/* ---- its id ---- */

/* What the records of a publication are, without reading them. */
struct summary {
    int64_t count;
    bool deleted;
    const char *study;
    const char *first; /* source and id of the oldest */
};

static bool summarise(struct store *store, int64_t publication, struct arena *arena,
                      struct summary *out, struct error *err)
{
    struct binder binder = bind_begin(store, SUMMARISE_RECORDS);
    bind_integer(&binder, publication);
    struct cursor cursor = cursor_of(&binder, arena, err);
    *out = (struct summary){0};
    if (cursor_step(&cursor)) {
        out->count = take_integer(&cursor);
        out->deleted = take_truth(&cursor);
        out->study = take_text(&cursor);
        out->first = take_text(&cursor);
    }
    if (!cursor_end(&cursor))
        return false;
    return out->count > 0 || error_set(err, ERROR_INTERNAL, "publication %lld has no records",
                                       (long long)publication);
}

static void add_slug_word(struct buffer *slug, const char *word)
{
    bool begun = false;
    for (; *word != '\0'; word++) {
        if (!isalnum((unsigned char)*word) || !isascii((unsigned char)*word))
            continue;
        if (!begun && slug->length > 0)
            buffer_byte(slug, '-');
        begun = true;
        buffer_byte(slug, *word);
    }
}

static void add_slug_words(struct buffer *slug, const char *text, size_t most, struct arena *arena)
{
    if (text == NULL)
        return;
    struct text_words words = text_cut(text, strlen(text), arena);
    for (size_t i = 0; i < words.count && i < most; i++)
        add_slug_word(slug, words.items[i].folded);
}

/* ts:smith-2004-dry-needling-of-neck-0a1b2c3d4e. The digits come from the oldest record, so that it
 * stays the same whatever joins later. */
static const char *slug_id(const struct record *merged, const char *first, struct arena *arena)
{
    struct buffer slug = {0};
    char hash[HASH_SIZE];
    if (merged->author_count > 0)
        add_slug_words(&slug,
                       merged->authors[0].family != NULL ? merged->authors[0].family
                                                         : merged->authors[0].group,
                       2, arena);
    if (merged->year != COUNT_UNKNOWN)
        add_slug_word(&slug, arena_printf(arena, "%d", merged->year));
    add_slug_words(&slug, merged->title, SLUG_WORDS_MOST, arena);
    hash_text(first, hash);
    add_slug_word(&slug, arena_strndup(arena, hash, SLUG_HASH_DIGITS));
    const char *id = arena_printf(arena, "ts:%s", buffer_string(&slug));
    buffer_release(&slug);
    return id;
}

/* The entry of a trial in a register is called by its number, a report of the trial is not. */
static const char *registration_id(const struct record *merged, struct arena *arena)
{
    const char *number = merged->registrations[0];
    if (number == NULL || merged->source_id == NULL || strcmp(number, merged->source_id) != 0 ||
        strncmp(number, "NCT", 3) != 0)
        return NULL;
    char *id = arena_printf(arena, "nct:%s", number);
    for (char *at = id; *at != '\0'; at++)
        *at = (char)tolower((unsigned char)*at);
    return id;
}

enum { ID_FORMS = 6 };

/* The ids that a publication may have, the best first. */
static void list_ids(const struct record *merged, const struct summary *summary,
                     struct arena *arena, const char *out[ID_FORMS])
{
    const char *doi = merged->doi == NULL ? NULL : arena_printf(arena, "doi:%s", merged->doi);
    out[0] = summary->study;
    out[1] = merged->pmid == NULL ? NULL : arena_printf(arena, "pmid:%s", merged->pmid);
    out[2] = doi;
    out[3] = merged->pmcid == NULL ? NULL : arena_printf(arena, "pmcid:%s", merged->pmcid);
    out[4] = registration_id(merged, arena);
    out[5] = slug_id(merged, summary->first, arena);
}

static bool rename_to(struct store *store, int64_t publication, const char *id, struct error *err)
{
    struct binder binder = bind_begin(store, RENAME_PUBLICATION);
    bind_integer(&binder, publication);
    bind_text(&binder, id);
    return bind_run(&binder, err);
}

/* A study of the base is called what the base calls it, whoever else has that identifier. */
static bool cede(struct store *store, int64_t holder, struct arena *arena, struct error *err)
{
    return rename_to(store, holder, arena_printf(arena, "ts:ceded-%lld", (long long)holder), err);
}

static bool choose_id(struct store *store, int64_t publication, const struct record *merged,
                      const struct summary *summary, struct arena *arena, const char **out,
                      struct error *err)
{
    const char *ids[ID_FORMS];
    list_ids(merged, summary, arena, ids);
    for (size_t i = 0; i < ID_FORMS; i++) {
        int64_t holder = 0;
        if (ids[i] == NULL || !study_id_is_valid(ids[i]))
            continue;
        if (!find_key(store, FIND_PUBLICATION_ID, ids[i], &holder, err))
            return false;
        *out = ids[i];
        if (holder == 0 || holder == publication)
            return true;
        if (i == 0) /* the study's own */
            return cede(store, holder, arena, err);
    }
    *out = arena_printf(arena, "ts:publication-%lld", (long long)publication);
    return true;
}

static bool keep_former_id(struct store *store, int64_t publication, const char *id,
                           struct arena *arena, struct error *err)
{
    struct binder reading = bind_begin(store, FIND_ID_OF_PUBLICATION);
    bind_integer(&reading, publication);
    struct cursor cursor = cursor_of(&reading, arena, err);
    const char *former = cursor_step(&cursor) ? take_text(&cursor) : NULL;
    if (!cursor_end(&cursor))
        return false;
    if (former == NULL || strcmp(former, id) == 0 || strncmp(former, "new:", 4) == 0)
        return true;
    struct binder binder = bind_begin(store, PUT_PUBLICATION_ALIAS);
    bind_text(&binder, former);
    bind_integer(&binder, publication);
    return bind_run(&binder, err);
}

/* ---- its words ---- */

static bool is_searchable(struct store *store, int64_t publication, bool *out, struct error *err)
{
    struct binder binder = bind_begin(store, FIND_SEARCHABLE);
    bind_integer(&binder, publication);
    struct cursor cursor = cursor_of(&binder, NULL, err);
    int64_t searchable = 0;
    bool good = read_key(&cursor, &searchable);
    *out = searchable != 0;
    return good;
}

static bool remove_words(struct store *store, int64_t publication, struct error *err)
{
    struct publication before;
    struct arena *arena = arena_new();
    bool good = store_publication(store, publication, arena, &before, err) &&
                words_remove(store, publication, &before.merged, err);
    arena_free(arena);
    return good;
}

bool forget_words(struct store *store, int64_t publication, struct error *err)
{
    bool searchable = false;
    if (!is_searchable(store, publication, &searchable, err))
        return false;
    if (!searchable)
        return true;
    struct binder binder = bind_begin(store, MARK_PUBLICATION_UNSEARCHABLE);
    bind_integer(&binder, publication);
    return bind_run(&binder, err) &&
           (words_take_back(store, publication) || remove_words(store, publication, err));
}

/* ---- settling ---- */

/* What is written into the row. */
struct settled {
    const char *id;
    const struct record *merged;
    struct summary summary;
    bool retracted;
};

static const char *clean_title(const struct record *merged, struct arena *arena)
{
    if (merged->title == NULL || merged->title[0] == '\0')
        return NULL;
    struct buffer clean = {0};
    words_clean(&clean, merged->title);
    const char *title = arena_strdup(arena, buffer_string(&clean));
    buffer_release(&clean);
    return title;
}

static bool put_settled(struct store *store, int64_t publication, const struct settled *settled,
                        time_t now, struct arena *arena, struct error *err)
{
    const struct summary *summary = &settled->summary;
    const char *merged = NULL;
    size_t length = 0;
    if (summary->count > 1)
        merged = record_fields(settled->merged, arena, &length);
    bool searchable = summary->study == NULL && !summary->deleted;
    struct binder binder = bind_begin(store, SETTLE_PUBLICATION);
    bind_integer(&binder, publication);
    bind_text(&binder, settled->id);
    bind_text(&binder, summary->study);
    bind_text(&binder, clean_title(settled->merged, arena));
    bind_count(&binder, settled->merged->year);
    bind_exact(&binder, merged, length);
    bind_truth(&binder, settled->retracted);
    bind_truth(&binder, summary->deleted);
    bind_truth(&binder, searchable);
    bind_integer(&binder, (int64_t)now);
    return bind_run(&binder, err) &&
           (!searchable || words_add(store, publication, settled->merged, err));
}

static bool settle(struct store *store, int64_t publication, const struct record *merged,
                   time_t now, struct arena *arena, struct error *err)
{
    struct settled settled = {.merged = merged};
    return forget_words(store, publication, err) &&
           summarise(store, publication, arena, &settled.summary, err) &&
           weigh_notices(store, publication, &settled.retracted, err) &&
           choose_id(store, publication, merged, &settled.summary, arena, &settled.id, err) &&
           keep_former_id(store, publication, settled.id, arena, err) &&
           put_settled(store, publication, &settled, now, arena, err);
}

bool store_settle(struct store *store, int64_t publication, const struct record *merged,
                  const struct intake_stamp *stamp, struct error *err)
{
    struct unit unit;
    if (!unit_begin(store, &unit, err))
        return false;
    struct arena *arena = arena_new();
    bool good = settle(store, publication, merged, stamp->now, arena, err);
    arena_free(arena);
    return unit_end(&unit, good, err);
}

/* ---- the base ---- */

bool store_matched_base(struct store *store, char out[HASH_SIZE], struct error *err)
{
    struct cursor cursor = cursor_begin(store, LOAD_INTAKE_META, NULL, err);
    out[0] = '\0';
    if (cursor_step(&cursor)) {
        const char *hash = take_borrowed(&cursor);
        if (hash != NULL && strlen(hash) == HASH_SIZE - 1)
            memcpy(out, hash, HASH_SIZE);
    }
    return cursor_end(&cursor);
}

bool store_set_matched_base(struct store *store, const char hash[HASH_SIZE], struct error *err)
{
    struct unit unit;
    if (!unit_begin(store, &unit, err))
        return false;
    struct binder binder = bind_begin(store, PUT_INTAKE_META);
    bind_text(&binder, hash);
    return unit_end(&unit, bind_run(&binder, err), err);
}
