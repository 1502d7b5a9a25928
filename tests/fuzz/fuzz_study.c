/* Bytes as a study of the curated format: as they are, or put as changes into a whole one. What is
 * taken is written and read again, and is the same to the letter. */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "evidence/base/file.h"
#include "evidence/model/study.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* Studies that together have most of the format's fields. */
static const char *const samples[] = {
    "evidence/data/studies/doi-10.1002-14651858.cd001351.pub2.json",
    "evidence/data/studies/doi-10.1016-j.pain.2006.05.018.json",
    "evidence/data/studies/doi-10.1097-ajp.0000000000000290.json",
};

enum {
    SAMPLE_BYTES = 1 << 20,
    SAMPLES = sizeof samples / sizeof *samples,
    CHANGE_BYTES = 4 /* where (two), how much goes (one), how much comes (one), then that */
};

static const char *sample(size_t which, struct arena *arena, size_t *length)
{
    struct error err = {0};
    const char *text = file_read(samples[which % SAMPLES], SAMPLE_BYTES, arena, length, &err);
    if (text == NULL) {
        fprintf(stderr, "%s; run this from the root of the repository\n", err.message);
        abort();
    }
    return text;
}

/* `text` with the changes that `data` tells, from left to right. */
static void change(const char *text, size_t length, const uint8_t *data, size_t size,
                   struct buffer *out)
{
    size_t from = 0;
    while (size >= CHANGE_BYTES) {
        size_t at = (size_t)(data[0] << 8 | data[1]) % (length + 1);
        size_t gone = data[2];
        size_t comes = data[3] < size - CHANGE_BYTES ? data[3] : size - CHANGE_BYTES;
        if (at >= from) {
            buffer_append(out, text + from, at - from);
            buffer_append(out, data + CHANGE_BYTES, comes);
            from = at + gone < length ? at + gone : length;
        }
        data += CHANGE_BYTES + comes;
        size -= CHANGE_BYTES + comes;
    }
    buffer_append(out, text + from, length - from);
}

/* False where it is not taken. */
static bool read_study(const char *text, size_t length, struct arena *arena, struct study *out)
{
    struct problems problems = {.arena = arena};
    json_t *value = json_parse(text, length, "fuzz", &problems);
    if (value == NULL) {
        if (problems.count == 0)
            abort(); /* refused without a reason */
        return false;
    }
    struct json_reader at = json_root(value, "fuzz", &problems);
    study_read(&at, out);
    json_decref(value);
    if (problems.count > 0)
        return false;
    study_check(out, "fuzz", &problems);
    return true;
}

static void write_study(const struct study *study, struct buffer *out)
{
    struct json_writer writer;
    json_writer_init(&writer, out, 0);
    study_write(study, &writer);
}

static void must_stay(const char *text, size_t length)
{
    struct arena *arena = arena_new();
    struct study study;
    struct study again;
    struct buffer first = {0};
    struct buffer second = {0};
    if (read_study(text, length, arena, &study)) {
        write_study(&study, &first);
        if (!read_study(buffer_string(&first), first.length, arena, &again)) {
            fprintf(stderr, "written, but not taken: %s\n", buffer_string(&first));
            abort();
        }
        write_study(&again, &second);
        if (strcmp(buffer_string(&first), buffer_string(&second)) != 0) {
            fprintf(stderr, "%s\n%s\n", buffer_string(&first), buffer_string(&second));
            abort();
        }
    }
    buffer_release(&first);
    buffer_release(&second);
    arena_free(arena);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (size == 0)
        return 0;
    if (data[0] == '{') {
        must_stay((const char *)data, size);
        return 0;
    }
    struct arena *arena = arena_new();
    struct buffer text = {0};
    size_t length = 0;
    const char *whole = sample(data[0], arena, &length);
    change(whole, length, data + 1, size - 1, &text);
    must_stay(buffer_string(&text), text.length);
    buffer_release(&text);
    arena_free(arena);
    return 0;
}
