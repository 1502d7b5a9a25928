/*
 * Bytes into a remote service's functions: as the text of a query, as a state, as the answer
 * itself, and as edits of a sample answer, since random bytes alone seldom become JSON.
 */
#ifndef TOUCHSTONE_TESTS_FUZZ_REMOTE_ANSWER_H
#define TOUCHSTONE_TESTS_FUZZ_REMOTE_ANSWER_H

#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "evidence/base/text.h"
#include "evidence/model/record_json.h"
#include "importers/sources/all.h"

static inline void fuzz_expect(bool holds, const char *what)
{
    if (!holds) {
        fprintf(stderr, "not so: %s\n", what);
        abort();
    }
}

/* What record.h promises of every string: UTF-8, no control characters but the line breaks between
 * paragraphs, no blank beside another. */
static inline void fuzz_check_text(const char *text, bool paragraphs)
{
    size_t length = strlen(text);
    bool blank = true;
    for (size_t at = 0; at < length;) {
        uint32_t code = 0;
        size_t used = text_decode(text + at, length - at, &code);
        bool is_blank = code == ' ' || (paragraphs && code == '\n');
        fuzz_expect(code != TEXT_NO_CHARACTER || used == 3, "a string is UTF-8");
        fuzz_expect(is_blank || (code >= ' ' && code != 0x7F), "a string has no control character");
        fuzz_expect(!is_blank || !blank, "blanks are folded");
        blank = is_blank;
        at += used;
    }
    fuzz_expect(length == 0 || !blank, "no blank at the end");
}

static inline void fuzz_check_result(const struct record_result *result)
{
    fuzz_expect((result->figure == FIGURE_NONE) == isnan(result->estimate),
                "an estimate has a figure");
    fuzz_expect(isnan(result->p) || (result->p > 0 && result->p <= 1), "p lies in 0 to 1");
    fuzz_expect(isnan(result->ci_low) || result->ci_low <= result->estimate,
                "the interval is around the estimate");
    for (size_t i = 0; i < result->arm_count; i++) {
        const struct record_arm *arm = &result->arms[i];
        fuzz_expect(arm->events == COUNT_UNKNOWN || arm->n == COUNT_UNKNOWN ||
                        arm->events <= arm->n,
                    "no more events than people");
        fuzz_expect(isnan(arm->sd) || arm->sd >= 0, "no spread below 0");
        fuzz_expect(isnan(arm->se) || arm->se >= 0, "no spread below 0");
    }
}

static inline bool fuzz_take(void *context, const struct record *record, struct error *err)
{
    size_t *taken = context;
    (void)err;
    ++*taken;
    fuzz_expect(record->title != NULL && record->source != NULL, "a record has title and source");
    fuzz_check_text(record->title, false);
    if (record->abstract != NULL)
        fuzz_check_text(record->abstract, true);
    for (size_t i = 0; i < record->author_count; i++)
        fuzz_expect(record->authors[i].family != NULL || record->authors[i].group != NULL,
                    "an author has a name");
    for (size_t i = 0; i < record->result_count; i++)
        fuzz_check_result(&record->results[i]);
    for (size_t i = 0; i < record->update_count; i++)
        fuzz_expect(!record->retracted || record->updates[i].type != NOTICE_RETRACTION ||
                        strcmp(record->source, "crossref") != 0,
                    "a notice is not itself retracted");
    struct buffer text = {0};
    struct json_writer writer;
    json_writer_init(&writer, &text, 0);
    record_write(record, &writer);
    buffer_release(&text);
    return true;
}

static inline void fuzz_warn(void *context, const char *message)
{
    (void)context;
    fuzz_expect(message[0] != '\0', "a warning has words");
}

static inline void fuzz_request(const struct remote *remote, const struct remote_query *query,
                                const char *state)
{
    static const struct remote_options options = {.api_key = "k", .contact = "a@b"};
    struct arena *arena = arena_new();
    struct remote_request request;
    struct error err = {0};
    if (remote->request(query, &options, state, arena, &request, &err))
        fuzz_expect(strpbrk(request.url, " \"<>\n") == NULL, "an address is encoded");
    else
        fuzz_expect(err.kind == ERROR_INVALID, "a refused request is invalid");
    arena_free(arena);
}

static inline void fuzz_answer(const struct remote *remote, const char *bytes, size_t length,
                               size_t limit, bool since)
{
    static const struct remote_options options = {.page_size = 2};
    const struct remote_query query = {
        .text = "a", .limit = limit, .since = since ? "2025-01-01" : NULL};
    const struct remote_answer answer = {.status = 200, .bytes = bytes, .length = length};
    struct arena *arena = arena_new();
    size_t taken = 0;
    const struct record_sink sink = {.take = fuzz_take, .context = &taken};
    const struct format_warnings warnings = {.warn = fuzz_warn};
    struct remote_page page;
    struct error err = {0};
    if (remote->read(&query, &options, NULL, &answer, &sink, &warnings, arena, &page, &err)) {
        fuzz_expect(page.records == taken, "records are counted");
        fuzz_expect(limit == 0 || taken <= limit, "the limit is kept");
        if (page.next != NULL)
            fuzz_request(remote, &query, page.next);
    } else {
        fuzz_expect(err.kind == ERROR_NETWORK, "a bad answer is a fault of the network");
    }
    const char *words = remote->refusal(&answer, arena);
    if (words != NULL)
        fuzz_check_text(words, false);
    if (remote->recover != NULL)
        remote->recover(&query, &options, "1 1 0 x",
                        &(struct remote_answer){.status = 404, .bytes = bytes, .length = length},
                        arena);
    arena_free(arena);
}

/* Each edit: where (two bytes), how much goes (one), how much comes (one), and what. */
static inline void fuzz_edit(const char *sample, const uint8_t *data, size_t size,
                             struct buffer *out)
{
    size_t length = strlen(sample), from = 0;
    while (size >= 4) {
        size_t at = (size_t)(data[0] << 8 | data[1]) % (length + 1);
        size_t gone = data[2], comes = data[3] % 32;
        if (comes > size - 4)
            comes = size - 4;
        if (at >= from) {
            buffer_append(out, sample + from, at - from);
            buffer_append(out, data + 4, comes);
            from = at + gone < length ? at + gone : length;
        }
        data += 4 + comes;
        size -= 4 + comes;
    }
    buffer_append(out, sample + from, length - from);
}

static inline int fuzz_remote(const struct remote *remote, const char *sample, const uint8_t *data,
                              size_t size)
{
    if (size < 2)
        return 0;
    size_t limit = data[1] % 4;
    struct buffer text = {0};
    if (data[0] % 4 == 0)
        buffer_append(&text, data + 2, size - 2);
    else
        fuzz_edit(sample, data + 2, size - 2, &text);
    fuzz_answer(remote, text.bytes, text.length, limit, (data[0] & 4) != 0);
    const struct remote_query query = {.text = text.bytes,
                                       .since = (data[0] & 8) != 0 ? "2024-02-29" : NULL};
    const struct remote_query anything = {.text = "a"};
    fuzz_request(remote, &query, NULL);
    fuzz_request(remote, &anything, text.bytes);
    buffer_release(&text);
    return 0;
}

#endif
