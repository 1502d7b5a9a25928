/* Any bytes as cookies, as what tells from where a request comes, as a form, as a query, and as
 * what is logged. A text from which tokens were blotted holds none. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "service/http/credential.h"

static void look_at(const struct request *request)
{
    const char *value = request_cookie(request, "touchstone");
    if (value != NULL && strpbrk(value, ";") != NULL)
        abort();
    request_is_foreign(request);
    request_csrf(request);
    request_bearer(request);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length);

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
    struct arena *arena = arena_new();
    const char *text = arena_strndup(arena, (const char *)bytes, length);
    const struct field headers[] = {
        {"Cookie", text},        {"Origin", text},
        {"Authorization", text}, {"Content-Type", "application/x-www-form-urlencoded"},
        {"Host", text},          {"Sec-Fetch-Site", text}};
    struct request request = {.method = METHOD_POST,
                              .headers = headers,
                              .header_count = sizeof headers / sizeof *headers,
                              .body = text,
                              .body_length = strlen(text),
                              .origin = "https://example.org",
                              .arena = arena};
    look_at(&request);
    request.header_count--; /* Origin decides where there is no Sec-Fetch-Site */
    look_at(&request);
    query_holds_token(text, arena);
    char *blotted = blot_tokens(text);
    char *again = blot_tokens(blotted);
    if (strcmp(blotted, again) != 0)
        abort();
    free(again);
    free(blotted);
    arena_free(arena);
    return 0;
}
