/* What the reader of plain JSON takes, the library takes, too, and for the same value. */
#include <stdint.h>
#include <stdlib.h>

#include "evidence/base/json_plain.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    json_t *plain = json_plain_parse((const char *)data, size);
    if (plain == NULL)
        return 0;
    json_t *value = json_loadb((const char *)data, size, JSON_REJECT_DUPLICATES, NULL);
    if (value == NULL || !json_equal(plain, value))
        abort();
    json_decref(plain);
    json_decref(value);
    return 0;
}
