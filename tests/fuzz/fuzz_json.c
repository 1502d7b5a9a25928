/* Any bytes: what the quick reader takes, jansson takes as well and reads the same. */
#include <stdint.h>
#include <stdlib.h>

#include "evidence/base/json_plain.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length);

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
    const char *text = (const char *)bytes;
    json_t *read = json_plain(text, length);
    if (read == NULL)
        return 0;
    json_t *expected = json_loadb(text, length, JSON_REJECT_DUPLICATES, NULL);
    if (!json_equal(read, expected))
        abort();
    json_decref(read);
    json_decref(expected);
    return 0;
}
