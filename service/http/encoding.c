#include "service/http/encoding.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <zlib.h>

#include "evidence/base/arena.h"

/* Between speed and size: level 5 costs half of level 9 and gives 2 % more bytes on JSON. */
enum { GZIP_LEVEL = 5, GZIP_WINDOW_BITS = 15 + 16, GZIP_MEMORY = 8 };

enum { QUALITY_NOT_NAMED = -1, QUALITY_FULL = 1000 };

/* A quality in thousandths; what is no quality counts as 0. */
static int read_quality(const char *text, size_t length)
{
    int value = 0;
    int unit = QUALITY_FULL;
    if (length == 0 || length > 5 || (length > 1 && text[1] != '.'))
        return 0;
    for (size_t i = 0; i < length; i++) {
        if (i == 1)
            continue;
        if (text[i] < '0' || text[i] > '9')
            return 0;
        value += (text[i] - '0') * unit;
        unit /= 10;
    }
    return value > QUALITY_FULL ? 0 : value;
}

static int quality_of(const char *item, size_t length)
{
    const char *semicolon = memchr(item, ';', length);
    if (semicolon == NULL)
        return QUALITY_FULL;
    const char *end = item + length;
    const char *at = semicolon + 1;
    at += strspn(at, " \t");
    if (end - at < 2 || (at[0] != 'q' && at[0] != 'Q') || at[1] != '=')
        return QUALITY_FULL;
    return read_quality(at + 2, strcspn(at + 2, " \t,;"));
}

/* The quality the list gives to a coding; QUALITY_NOT_NAMED if it does not name it. */
static int listed_quality(const char *list, const char *coding)
{
    size_t name = strlen(coding);
    for (const char *at = list; *at != '\0';) {
        at += strspn(at, " \t,");
        size_t item = strcspn(at, ",");
        if (strcspn(at, " \t,;") == name && strncasecmp(at, coding, name) == 0)
            return quality_of(at, item);
        at += item;
    }
    return QUALITY_NOT_NAMED;
}

bool encoding_accepts_gzip(const char *list)
{
    if (list == NULL)
        return false;
    int gzip = listed_quality(list, "gzip");
    int plain = listed_quality(list, "identity");
    if (gzip == QUALITY_NOT_NAMED)
        gzip = listed_quality(list, "*");
    return gzip > 0 && gzip >= plain;
}

bool encoding_is_text(const char *content_type)
{
    static const char *const types[] = {"application/json",          "application/javascript",
                                        "application/xml",           "application/x-ndjson",
                                        "application/manifest+json", "image/svg+xml"};
    size_t length = strcspn(content_type, " ;");
    for (size_t i = 0; i < sizeof types / sizeof types[0]; i++)
        if (strlen(types[i]) == length && strncasecmp(content_type, types[i], length) == 0)
            return true;
    return strncasecmp(content_type, "text/", 5) == 0 ||
           (length > 5 && strncasecmp(content_type + length - 5, "+json", 5) == 0) ||
           (length > 4 && strncasecmp(content_type + length - 4, "+xml", 4) == 0);
}

bool encoding_gzip(const void *bytes, size_t length, struct buffer *out, struct error *err)
{
    z_stream stream = {0};
    if (length > UINT_MAX / 2)
        return error_set(err, ERROR_LIMIT, "too long to compress at once");
    if (deflateInit2(&stream, GZIP_LEVEL, Z_DEFLATED, GZIP_WINDOW_BITS, GZIP_MEMORY,
                     Z_DEFAULT_STRATEGY) != Z_OK)
        return error_set(err, ERROR_INTERNAL, "zlib does not start");
    size_t room = deflateBound(&stream, (uLong)length);
    unsigned char *packed = memory_alloc(room);
    stream.next_in = (Bytef *)bytes;
    stream.avail_in = (uInt)length;
    stream.next_out = packed;
    stream.avail_out = (uInt)room;
    int result = deflate(&stream, Z_FINISH);
    if (result == Z_STREAM_END)
        buffer_append(out, packed, room - stream.avail_out);
    deflateEnd(&stream);
    free(packed);
    return result == Z_STREAM_END || error_set(err, ERROR_INTERNAL, "zlib stopped (%d)", result);
}
