/* The words that publications are found by. The indexes keep no text, so what was put in has to be
 * said again to take it out: always that of the fields as they stand in the row. */
#include <string.h>

#include "evidence/base/text.h"
#include "evidence/store/sqlite/intake.h"

struct publication_text {
    struct buffer title; /* with the other titles */
    struct buffer authors;
    struct buffer journal;
    struct buffer keywords; /* and a register's conditions and treatments */
    struct buffer abstract;
};

/* As the row holds it: bytes that are no UTF-8 are written there as U+FFFD (json_writer.h). */
static void add_clean(struct buffer *out, const char *text)
{
    static const char replacement[] = "\xEF\xBF\xBD";
    size_t length = strlen(text);
    for (size_t at = 0; at < length;) {
        size_t run = at;
        while (run < length && (unsigned char)text[run] < 0x80)
            run++;
        buffer_append(out, text + at, run - at);
        at = run;
        if (at == length)
            break;
        uint32_t code = 0;
        size_t used = text_decode(text + at, length - at, &code);
        if (code == TEXT_NO_CHARACTER)
            buffer_text(out, replacement);
        else
            buffer_append(out, text + at, used);
        at += used;
    }
}

static void add_text(struct buffer *out, const char *text)
{
    if (text == NULL || text[0] == '\0')
        return;
    if (out->length > 0)
        buffer_byte(out, ' ');
    add_clean(out, text);
}

static void add_texts(struct buffer *out, const char *const *texts)
{
    for (; texts != NULL && *texts != NULL; texts++)
        add_text(out, *texts);
}

static void collect(const struct record *record, struct publication_text *out)
{
    add_text(&out->title, record->title);
    add_texts(&out->title, record->other_titles);
    for (size_t i = 0; i < record->author_count; i++) {
        add_text(&out->authors, record->authors[i].family);
        add_text(&out->authors, record->authors[i].given);
        add_text(&out->authors, record->authors[i].group);
    }
    add_text(&out->journal, record->journal);
    add_texts(&out->keywords, record->keywords);
    add_texts(&out->keywords, record->conditions);
    add_texts(&out->keywords, record->treatments);
    add_text(&out->abstract, record->abstract);
}

static void bind_buffer(struct binder *binder, const struct buffer *text)
{
    bind_bytes(binder, buffer_string(text), text->length);
}

static bool tell_index(struct store *store, enum statement statement, int64_t publication,
                       const struct publication_text *text, bool whole, struct error *err)
{
    struct binder binder = bind_begin(store, statement);
    bind_integer(&binder, publication);
    bind_buffer(&binder, &text->title);
    bind_buffer(&binder, &text->authors);
    bind_buffer(&binder, &text->journal);
    if (whole) {
        bind_buffer(&binder, &text->keywords);
        bind_buffer(&binder, &text->abstract);
    }
    return bind_run(&binder, err);
}

static void release(struct publication_text *text)
{
    buffer_release(&text->title);
    buffer_release(&text->authors);
    buffer_release(&text->journal);
    buffer_release(&text->keywords);
    buffer_release(&text->abstract);
}

bool add_words(struct store *store, int64_t publication, const struct record *merged,
               struct error *err)
{
    struct publication_text text = {0};
    collect(merged, &text);
    bool good = tell_index(store, ADD_PUBLICATION_SEARCH, publication, &text, true, err) &&
                tell_index(store, ADD_PUBLICATION_WORDS, publication, &text, false, err);
    release(&text);
    return good;
}

static bool remove_words(struct store *store, int64_t publication, const struct record *merged,
                         struct error *err)
{
    struct publication_text text = {0};
    collect(merged, &text);
    bool good = tell_index(store, REMOVE_PUBLICATION_SEARCH, publication, &text, true, err) &&
                tell_index(store, REMOVE_PUBLICATION_WORDS, publication, &text, false, err);
    release(&text);
    return good;
}

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

static bool forget(struct store *store, int64_t publication, struct arena *arena, struct error *err)
{
    struct publication before;
    struct binder binder = bind_begin(store, MARK_PUBLICATION_UNSEARCHABLE);
    bind_integer(&binder, publication);
    return bind_run(&binder, err) && store_publication(store, publication, arena, &before, err) &&
           remove_words(store, publication, &before.merged, err);
}

bool forget_words(struct store *store, int64_t publication, struct error *err)
{
    bool searchable = false;
    if (!is_searchable(store, publication, &searchable, err))
        return false;
    if (!searchable)
        return true;
    struct arena *arena = arena_new();
    bool good = forget(store, publication, arena, err);
    arena_free(arena);
    return good;
}
