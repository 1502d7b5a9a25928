#include "service/http/byte_range.h"

#include <ctype.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

static const char unit[] = "bytes=";

/* Digits alone; what does not fit is larger than any body. */
static bool read_number(const char **at, uint64_t *out)
{
    char *end;
    if (!isdigit((unsigned char)**at))
        return false;
    errno = 0;
    *out = strtoull(*at, &end, 10);
    if (errno != 0)
        *out = UINT64_MAX;
    *at = end;
    return true;
}

/* The last `wanted` bytes. */
static enum byte_range_answer suffix(uint64_t wanted, uint64_t length, struct byte_range *out)
{
    if (wanted == 0 || length == 0)
        return BYTE_RANGE_BEYOND;
    *out = (struct byte_range){wanted < length ? length - wanted : 0, length - 1};
    return BYTE_RANGE_PART;
}

static enum byte_range_answer between(uint64_t first, uint64_t last, uint64_t length,
                                      struct byte_range *out)
{
    if (last < first)
        return BYTE_RANGE_WHOLE;
    if (first >= length)
        return BYTE_RANGE_BEYOND;
    *out = (struct byte_range){first, last < length ? last : length - 1};
    return BYTE_RANGE_PART;
}

enum byte_range_answer byte_range_read(const char *header, uint64_t length, struct byte_range *out)
{
    uint64_t first = 0;
    uint64_t last = UINT64_MAX;
    if (header == NULL || strncasecmp(header, unit, strlen(unit)) != 0)
        return BYTE_RANGE_WHOLE;
    const char *at = header + strlen(unit);
    bool begins = read_number(&at, &first);
    if (*at++ != '-')
        return BYTE_RANGE_WHOLE;
    bool ends = read_number(&at, &last);
    if (*at != '\0' || (!begins && !ends))
        return BYTE_RANGE_WHOLE;
    return begins ? between(first, last, length, out) : suffix(last, length, out);
}
