#include "importers/sources/pubmed_fault.h"

#include <jansson.h>
#include <string.h>

#include "importers/formats/markup.h"
#include "importers/sources/payload.h"

/* A complaint stands at the start; what is larger holds records. */
enum { LOOKED_AT_MOST = 4096 };

/* Words of efetch and esearch for a WebEnv that has expired. */
static const char *const forgotten_words[] = {"Unable to obtain query",
                                              "Cannot retrieve history data",
                                              "Can't fetch uids from history", "WebEnv", NULL};

/* Words of efetch where its own back end did not answer it in time. */
static const char *const passing_words[] = {
    "Status: Timeout", "Empty Response", "External viewer error", "temporarily unavailable", NULL};

static bool holds_any(const char *text, const char *const *words)
{
    for (; *words != NULL; words++)
        if (strcasestr(text, *words) != NULL)
            return true;
    return false;
}

/* Between <ERROR> and </ERROR>, or the end of what is looked at. */
static const char *fault_in_xml(const char *text, struct arena *arena)
{
    static const char tag[] = "<ERROR>";
    const char *start = strstr(text, tag);
    if (start == NULL)
        return NULL;
    start += sizeof tag - 1;
    const char *end = strstr(start, "</ERROR>");
    return markup_line(start, end == NULL ? strlen(start) : (size_t)(end - start), arena);
}

static const char *text_of(const json_t *object, const char *key)
{
    return json_string_value(json_object_get(object, key));
}

struct remote_answer pubmed_fault_clean(const struct remote_answer *answer, struct arena *arena)
{
    struct remote_answer clean = *answer;
    char *bytes = arena_strndup(arena, answer->bytes, answer->length);
    for (size_t i = 0; i < answer->length; i++)
        if ((unsigned char)bytes[i] < 0x20)
            bytes[i] = ' ';
    clean.bytes = bytes;
    return clean;
}

static const char *fault_in_json(const struct remote_answer *answer, struct arena *arena)
{
    const struct remote_answer clean = pubmed_fault_clean(answer, arena);
    json_t *body = payload_of_refusal(&clean);
    const char *fault = text_of(body, "error");
    if (fault == NULL)
        fault = text_of(body, "ERROR");
    if (fault == NULL)
        fault = text_of(json_object_get(body, "esearchresult"), "ERROR");
    fault = fault == NULL ? NULL : plain_line(fault, strlen(fault), arena);
    json_decref(body);
    return fault;
}

const char *pubmed_fault(const struct remote_answer *answer, struct arena *arena)
{
    size_t length = answer->length < LOOKED_AT_MOST ? answer->length : LOOKED_AT_MOST;
    const char *fault = fault_in_xml(arena_strndup(arena, answer->bytes, length), arena);
    if (fault == NULL && answer->length <= LOOKED_AT_MOST)
        fault = fault_in_json(answer, arena);
    return payload_brief(fault, arena);
}

bool pubmed_fault_is_forgotten(const char *fault)
{
    return holds_any(fault, forgotten_words) && strstr(fault, "retstart' cannot be") == NULL;
}

bool pubmed_fault_may_pass(const char *fault)
{
    return holds_any(fault, passing_words);
}
