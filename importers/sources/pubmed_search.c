#include "importers/sources/pubmed_search.h"

#include <errno.h>
#include <jansson.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>

#include "evidence/base/buffer.h"
#include "evidence/base/json_reader.h"
#include "importers/formats/markup.h"
#include "importers/sources/payload.h"
#include "importers/sources/pubmed_fault.h"

enum { WORDS_NAMED_MOST = 10 };

static const char title[] = "PubMed";

/* A whole number that is written as a text, as esearch does, or as a number; COUNT_UNKNOWN where it
 * is none. */
static long number_of(const json_t *value)
{
    if (json_is_number(value)) {
        double number = json_number_value(value);
        return number >= 0 && number <= INT_MAX ? (long)number : COUNT_UNKNOWN;
    }
    const char *text = json_string_value(value);
    char *end = NULL;
    if (text == NULL || strspn(text, "0123456789") == 0)
        return COUNT_UNKNOWN;
    errno = 0;
    long number = strtol(text, &end, 10);
    return errno == 0 && *end == '\0' && number <= INT_MAX ? number : COUNT_UNKNOWN;
}

static const char *text_of(const json_t *value, struct arena *arena)
{
    const char *text = json_string_value(value);
    return text == NULL ? NULL : plain_line(text, strlen(text), arena);
}

/* -- what PubMed mentions -- */

static void name_words(const json_t *list, struct buffer *words, struct arena *arena)
{
    size_t count = json_array_size(list);
    for (size_t i = 0; i < count && i < WORDS_NAMED_MOST; i++) {
        const char *word = text_of(json_array_get(list, i), arena);
        if (word != NULL)
            buffer_printf(words, "%s%s", words->length == 0 ? "" : ", ", word);
    }
    if (count > WORDS_NAMED_MOST)
        buffer_printf(words, " and %zu more", count - WORDS_NAMED_MOST);
}

static void warn_of(const json_t *result, const char *group, const char *key, const char *what,
                    const struct format_warnings *warnings, struct arena *arena)
{
    struct buffer words = {0};
    name_words(json_object_get(json_object_get(result, group), key), &words, arena);
    if (words.length > 0)
        warnings->warn(warnings->context,
                       arena_printf(arena, "PubMed %s: %s", what, buffer_string(&words)));
    buffer_release(&words);
}

static void warn_of_words(const json_t *result, const struct format_warnings *warnings,
                          struct arena *arena)
{
    warn_of(result, "errorlist", "phrasesnotfound", "did not find these words of the query",
            warnings, arena);
    warn_of(result, "errorlist", "fieldsnotfound", "knows no such field", warnings, arena);
    warn_of(result, "warninglist", "quotedphrasesnotfound",
            "does not have these phrases in its index, and took their words apart or found nothing",
            warnings, arena);
}

/* -- the answer -- */

/* PMIDs are digits; what is not is left out, and missed where its place is counted. */
static const char *const *read_list(const json_t *list, struct arena *arena)
{
    size_t count = json_array_size(list);
    const char **pmids = arena_array(arena, count + 1, sizeof *pmids);
    size_t kept = 0;
    for (size_t i = 0; i < count; i++) {
        const char *pmid = json_string_value(json_array_get(list, i));
        if (pmid != NULL && *pmid != '\0' && pmid[strspn(pmid, "0123456789")] == '\0')
            pmids[kept++] = arena_strdup(arena, pmid);
    }
    return pmids;
}

static bool read_result(const json_t *result, struct arena *arena, struct pubmed_found *out,
                        struct error *err)
{
    *out = (struct pubmed_found){
        .count = number_of(json_object_get(result, "count")),
        .webenv = text_of(json_object_get(result, "webenv"), arena),
        .query_key = number_of(json_object_get(result, "querykey")),
        .pmids = read_list(json_object_get(result, "idlist"), arena),
    };
    if (out->count < 0 || (out->webenv != NULL && out->query_key < 1))
        return payload_unexpected(title, NULL, err);
    return true;
}

bool pubmed_search_read(const struct remote_answer *answer, const struct format_warnings *warnings,
                        struct arena *arena, struct pubmed_found *out, struct error *err)
{
    const char *fault = pubmed_fault(answer, arena);
    if (fault != NULL)
        return payload_unexpected(title, fault, err);
    const struct remote_answer clean = pubmed_fault_clean(answer, arena);
    json_t *body = payload_json(&clean, title, err);
    if (body == NULL)
        return false;
    const json_t *result = json_object_get(body, "esearchresult");
    bool done = read_result(result, arena, out, err);
    if (done && warnings != NULL)
        warn_of_words(result, warnings, arena);
    json_decref(body);
    return done;
}
