#include "evidence/store/sql/words.h"

#include <stdlib.h>
#include <string.h>

#include "evidence/base/text.h"

void words_clean(struct buffer *out, const char *text)
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
    words_clean(out, text);
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

static void release(struct publication_text *text)
{
    buffer_release(&text->title);
    buffer_release(&text->authors);
    buffer_release(&text->journal);
    buffer_release(&text->keywords);
    buffer_release(&text->abstract);
}

/* ---- what waits ---- */

/* So much may wait; then it is told before its time. */
enum { WAITING_BYTES_MOST = 16 << 20 };

struct waiting {
    int64_t publication;
    bool add;
    bool taken_back;
    struct publication_text text;
};

struct word_queue {
    struct waiting *items;
    size_t count;
    size_t capacity;
    size_t bytes;
};

struct word_queue *word_queue_new(void)
{
    struct word_queue *queue = memory_alloc(sizeof *queue);
    *queue = (struct word_queue){0};
    return queue;
}

static void empty(struct word_queue *queue)
{
    for (size_t i = 0; i < queue->count; i++)
        release(&queue->items[i].text);
    queue->count = 0;
    queue->bytes = 0;
}

void word_queue_free(struct word_queue *queue)
{
    if (queue == NULL)
        return;
    empty(queue);
    free(queue->items);
    free(queue);
}

void words_forget(struct store *store)
{
    empty(store->words);
}

/* The last that waits for a publication; NULL if nothing does. */
static struct waiting *last_of(struct word_queue *queue, int64_t publication)
{
    for (size_t i = queue->count; i-- > 0;)
        if (queue->items[i].publication == publication && !queue->items[i].taken_back)
            return &queue->items[i];
    return NULL;
}

static bool same_buffer(const struct buffer *one, const struct buffer *other)
{
    return one->length == other->length &&
           (one->length == 0 || memcmp(one->bytes, other->bytes, one->length) == 0);
}

static bool same_text(const struct publication_text *one, const struct publication_text *other)
{
    return same_buffer(&one->title, &other->title) && same_buffer(&one->authors, &other->authors) &&
           same_buffer(&one->journal, &other->journal) &&
           same_buffer(&one->keywords, &other->keywords) &&
           same_buffer(&one->abstract, &other->abstract);
}

static bool wait_for_commit(struct store *store, const struct waiting *waiting, struct error *err)
{
    struct word_queue *queue = store->words;
    if (queue->count == queue->capacity) {
        queue->capacity = queue->capacity == 0 ? 64 : queue->capacity * 2;
        queue->items = memory_resize(queue->items, queue->capacity * sizeof *queue->items);
    }
    queue->items[queue->count++] = *waiting;
    queue->bytes += waiting->text.title.length + waiting->text.abstract.length;
    return queue->bytes < WAITING_BYTES_MOST || words_tell(store, err);
}

/* Most records that join a publication change none of its words: then nothing need be told. */
bool words_add(struct store *store, int64_t publication, const struct record *merged,
               struct error *err)
{
    struct waiting waiting = {.publication = publication, .add = true};
    struct waiting *last = last_of(store->words, publication);
    collect(merged, &waiting.text);
    if (last != NULL && !last->add && same_text(&last->text, &waiting.text)) {
        last->taken_back = true;
        release(&waiting.text);
        return true;
    }
    return wait_for_commit(store, &waiting, err);
}

bool words_remove(struct store *store, int64_t publication, const struct record *merged,
                  struct error *err)
{
    struct waiting waiting = {.publication = publication};
    collect(merged, &waiting.text);
    return wait_for_commit(store, &waiting, err);
}

bool words_take_back(struct store *store, int64_t publication)
{
    struct waiting *last = last_of(store->words, publication);
    if (last == NULL || !last->add)
        return false;
    last->taken_back = true;
    return true;
}

/* ---- telling ---- */

static bool tell(struct store *store, const struct waiting *waiting, struct error *err)
{
    const struct engine *engine = store->engine;
    return waiting->add
               ? engine->index_publication(store, waiting->publication, &waiting->text, err)
               : engine->forget_publication(store, waiting->publication, &waiting->text, err);
}

bool words_tell(struct store *store, struct error *err)
{
    struct word_queue *queue = store->words;
    bool good = true;
    for (size_t i = 0; good && i < queue->count; i++)
        good = queue->items[i].taken_back || tell(store, &queue->items[i], err);
    empty(queue);
    return good;
}
