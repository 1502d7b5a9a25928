/*
 * Bytes into what reads PubMed's answers: as esearch's answer, as efetch's, as a refusal, and as
 * the state of an import. Nothing may crash, hang or leak, and a state that was written must be
 * taken back. The first byte says which.
 */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "importers/sources/all.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

#define COUNTS "\"total\":30000,\"before\":0,\"count\":900,\"at\":400,\"newest\":\"7\","
#define TIMES  "\"repeats\":2,\"renewals\":3,\"restarts\":3}"

static const char *const states[] = {
    NULL,
    "{\"part\":\"whole\"," COUNTS TIMES,
    "{\"part\":\"whole\"," COUNTS "\"webenv\":\"MCID\",\"key\":1," TIMES,
    "{\"part\":\"days\",\"first\":-98615,\"last\":0," COUNTS TIMES,
    "{\"part\":\"pmids\",\"first\":1,\"last\":1,\"day\":20000," COUNTS "\"listing\":true," TIMES,
    "{\"part\":\"days\",\"first\":5,\"last\":5," COUNTS "\"listing\":true,\"ids\":\"8,9\"," TIMES,
};

enum { STATE_COUNT = sizeof states / sizeof *states };

static const struct remote_query query = {.text = "needling", .since = "2026-01-31"};
static const struct remote_options options = {.contact = "someone@example.org"};

static bool take(void *context, const struct record *record, struct error *err)
{
    (void)context;
    (void)err;
    return record->source != NULL;
}

static void warn(void *context, const char *message)
{
    (void)context;
    if (message == NULL)
        abort();
}

static void must_be_taken_back(const char *state, struct arena *arena)
{
    struct remote_request request;
    struct error err = {0};
    if (remote_pubmed.request(&query, &options, state, arena, &request, &err))
        return;
    fprintf(stderr, "%s\n%s\n", state, err.message);
    abort();
}

static void read_as_answer(const char *state, const struct remote_answer *answer,
                           struct arena *arena)
{
    const struct record_sink sink = {.take = take};
    const struct format_warnings warnings = {.warn = warn};
    struct remote_page page;
    struct error err = {0};
    if (remote_pubmed.read(&query, &options, state, answer, &sink, &warnings, arena, &page, &err)) {
        if (page.next != NULL)
            must_be_taken_back(page.next, arena);
    } else if (err.kind == ERROR_NONE || err.kind == ERROR_INTERNAL) {
        abort();
    }
    const char *next = remote_pubmed.recover(&query, &options, state, answer, arena);
    if (next != NULL)
        must_be_taken_back(next, arena);
    remote_pubmed.refusal(answer, arena);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (size == 0)
        return 0;
    struct arena *arena = arena_new();
    const char *bytes = arena_strndup(arena, (const char *)data + 1, size - 1);
    const struct remote_answer answer = {.status = 200, .bytes = bytes, .length = size - 1};
    size_t which = data[0] % (STATE_COUNT + 1);
    if (which < STATE_COUNT) {
        read_as_answer(states[which], &answer, arena);
    } else {
        struct remote_request request;
        struct error err = {0};
        if (!remote_pubmed.request(&query, &options, bytes, arena, &request, &err) &&
            err.kind != ERROR_INVALID)
            abort();
    }
    arena_free(arena);
    return 0;
}
