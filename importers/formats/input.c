#include "importers/formats/input.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include <zlib.h>

#include "evidence/base/arena.h"

enum {
    CHUNK_BYTES = 128 << 10,
    MOST_AT_ONCE = 1 << 30, /* what zlib's counters take in one call */
    RATIO_FROM_BYTES = 1 << 20,
    GZIP_WINDOW = 15 + 16 /* zlib's way to ask for a gzip header and its checksum */
};

const struct input_limits input_limits_default = {
    .stored = 64ull << 30,
    .inflated = 512ull << 30,
    .ratio = 200,
};

enum packing { PACKING_UNKNOWN, PACKING_NONE, PACKING_GZIP };

struct input {
    char *name;
    struct input_limits limits;
    int file; /* -1: bytes in memory */
    uint64_t total;
    unsigned char *chunk; /* what was read from the file last */
    const unsigned char *at;
    size_t left;
    bool ended; /* nothing comes after `left` */
    uint64_t fetched;
    enum packing packing;
    z_stream gzip;
    bool between_members;
    uint64_t inflated;
    char *head; /* looked at, not taken yet */
    size_t head_at;
    size_t head_length;
    struct error failure; /* stays once it happened */
};

static struct input *new_input(const char *name, const struct input_limits *limits)
{
    struct input *input = memory_alloc(sizeof *input);
    size_t size = strlen(name) + 1;
    *input = (struct input){.limits = *limits, .file = -1};
    input->name = memcpy(memory_alloc(size), name, size);
    return input;
}

struct input *input_memory(const void *bytes, size_t length, const char *name,
                           const struct input_limits *limits)
{
    struct input *input = new_input(name, limits);
    input->at = bytes;
    input->left = length;
    input->fetched = length;
    input->total = length;
    input->ended = true;
    return input;
}

/* The length of a regular file, 0 where there is none to know. False for a folder. */
static bool look_at_file(struct input *input, struct error *err)
{
    struct stat status;
    if (fstat(input->file, &status) != 0)
        return error_set(err, ERROR_IO, "%s: %s", input->name, strerror(errno));
    if (S_ISDIR(status.st_mode))
        return error_set(err, ERROR_IO, "%s: is a folder, not a file", input->name);
    if (S_ISREG(status.st_mode))
        input->total = (uint64_t)status.st_size;
    return true;
}

struct input *input_open(const char *path, const struct input_limits *limits, struct error *err)
{
    bool standard = strcmp(path, "-") == 0;
    int file = standard ? STDIN_FILENO : open(path, O_RDONLY | O_CLOEXEC);
    if (file < 0) {
        error_set(err, errno == ENOENT ? ERROR_NOT_FOUND : ERROR_IO, "%s: %s", path,
                  strerror(errno));
        return NULL;
    }
    struct input *input = new_input(standard ? "standard input" : path, limits);
    input->file = file;
    input->chunk = memory_alloc(CHUNK_BYTES);
    if (look_at_file(input, err))
        return input;
    input_close(input);
    return NULL;
}

void input_close(struct input *input)
{
    if (input == NULL)
        return;
    if (input->packing == PACKING_GZIP)
        inflateEnd(&input->gzip);
    if (input->file > STDIN_FILENO)
        close(input->file);
    free(input->chunk);
    free(input->head);
    free(input->name);
    free(input);
}

const char *input_name(const struct input *input)
{
    return input->name;
}

/* Stored bytes that were used, those still waiting in the chunk not counted. */
static uint64_t stored_bytes(const struct input *input)
{
    return input->fetched - input->left;
}

void input_progress(const struct input *input, uint64_t *taken, uint64_t *total)
{
    *taken = stored_bytes(input);
    *total = input->total;
}

/* ---- stored bytes ---- */

/* Reads on in the file once the chunk is used up. */
static bool fetch(struct input *input)
{
    if (input->left > 0 || input->ended)
        return true;
    ssize_t length;
    do
        length = read(input->file, input->chunk, CHUNK_BYTES);
    while (length < 0 && errno == EINTR);
    if (length < 0)
        return error_set(&input->failure, ERROR_IO, "%s: %s", input->name, strerror(errno));
    input->ended = length == 0;
    input->at = input->chunk;
    input->left = (size_t)length;
    input->fetched += (uint64_t)length;
    return true;
}

/* The next stored bytes; what goes beyond the limit stays out and is told at the next call. */
static bool next_stored(struct input *input, size_t *length)
{
    *length = 0;
    if (!fetch(input))
        return false;
    uint64_t most = input->limits.stored;
    uint64_t used = stored_bytes(input);
    *length = input->left < MOST_AT_ONCE ? input->left : MOST_AT_ONCE;
    if (most == 0 || *length <= most - used)
        return true;
    *length = (size_t)(most - used);
    return *length > 0 || error_set(&input->failure, ERROR_LIMIT,
                                    "%s: longer than %llu bytes, the most that is read",
                                    input->name, (unsigned long long)most);
}

static void use_stored(struct input *input, size_t length)
{
    input->at += length;
    input->left -= length;
}

/* ---- gzip ---- */

/* RFC 1952: two magic bytes, then 8 for deflate, the only method there is. */
static bool is_gzip(const unsigned char *bytes, size_t length)
{
    return length >= 3 && bytes[0] == 0x1f && bytes[1] == 0x8b && bytes[2] == 8;
}

/* A pipe may bring the first bytes one by one. */
static bool fetch_at_least(struct input *input, size_t wanted)
{
    while (input->left < wanted && !input->ended && input->left < CHUNK_BYTES) {
        if (input->left > 0)
            memmove(input->chunk, input->at, input->left);
        ssize_t length = read(input->file, input->chunk + input->left, CHUNK_BYTES - input->left);
        if (length < 0 && errno == EINTR)
            continue;
        if (length < 0)
            return error_set(&input->failure, ERROR_IO, "%s: %s", input->name, strerror(errno));
        input->ended = length == 0;
        input->at = input->chunk;
        input->left += (size_t)length;
        input->fetched += (uint64_t)length;
    }
    return true;
}

static bool find_packing(struct input *input)
{
    if (input->packing != PACKING_UNKNOWN)
        return true;
    if (!fetch_at_least(input, 3))
        return false;
    if (!is_gzip(input->at, input->left)) {
        input->packing = PACKING_NONE;
        return true;
    }
    if (inflateInit2(&input->gzip, GZIP_WINDOW) != Z_OK)
        return error_set(&input->failure, ERROR_INTERNAL, "%s: no memory to inflate", input->name);
    input->packing = PACKING_GZIP;
    return true;
}

static bool broken_gzip(struct input *input, const char *how)
{
    return error_set(&input->failure, ERROR_INVALID,
                     "%s: the gzip data is broken at byte %llu (%s); get the file again",
                     input->name, (unsigned long long)stored_bytes(input), how);
}

/* After a member comes another one, the end, or zeros that fill up a tape's block. */
static bool next_member(struct input *input, bool *done)
{
    *done = false;
    for (;;) {
        size_t length;
        if (!fetch_at_least(input, 3) || !next_stored(input, &length))
            return false;
        if (length == 0) {
            *done = true;
            return true;
        }
        if (is_gzip(input->at, length))
            break;
        if (*input->at != 0)
            return broken_gzip(input, "something else follows the end of the data");
        use_stored(input, 1);
    }
    input->between_members = false;
    return inflateReset(&input->gzip) == Z_OK || broken_gzip(input, "it does not start anew");
}

/* One call of zlib. `given` is what came out of it. */
static bool inflate_some(struct input *input, unsigned char *bytes, size_t size, size_t *given)
{
    size_t length;
    *given = 0;
    if (!next_stored(input, &length))
        return false;
    if (length == 0)
        return broken_gzip(input, "it stops in the middle");
    input->gzip.next_in = (Bytef *)(uintptr_t)input->at;
    input->gzip.avail_in = (uInt)length;
    input->gzip.next_out = bytes;
    input->gzip.avail_out = (uInt)size;
    int status = inflate(&input->gzip, Z_NO_FLUSH);
    use_stored(input, length - input->gzip.avail_in);
    *given = size - input->gzip.avail_out;
    input->between_members = status == Z_STREAM_END;
    if (status == Z_OK || status == Z_STREAM_END || status == Z_BUF_ERROR)
        return true;
    return broken_gzip(input, input->gzip.msg == NULL ? zError(status) : input->gzip.msg);
}

static bool read_gzip(struct input *input, unsigned char *bytes, size_t size, size_t *given)
{
    bool done = false;
    *given = 0;
    while (*given == 0) {
        if (input->between_members && !next_member(input, &done))
            return false;
        if (done)
            return true;
        if (!inflate_some(input, bytes, size, given))
            return *given > 0;
    }
    return true;
}

static bool read_plain(struct input *input, unsigned char *bytes, size_t size, size_t *given)
{
    if (!next_stored(input, given))
        return false;
    if (*given > size)
        *given = size;
    if (*given > 0)
        memcpy(bytes, input->at, *given);
    use_stored(input, *given);
    return true;
}

/* ---- what comes out ---- */

static bool within_limits(struct input *input)
{
    uint64_t most = input->limits.inflated;
    if (most > 0 && input->inflated > most)
        return error_set(&input->failure, ERROR_LIMIT,
                         "%s: longer than %llu bytes once inflated, the most that is read",
                         input->name, (unsigned long long)most);
    double ratio = input->limits.ratio;
    if (ratio > 0 && input->inflated > RATIO_FROM_BYTES &&
        (double)input->inflated > ratio * (double)stored_bytes(input))
        return error_set(&input->failure, ERROR_LIMIT,
                         "%s: inflates to more than %g times its size (byte %llu); such a file is "
                         "not read",
                         input->name, ratio, (unsigned long long)stored_bytes(input));
    return true;
}

/* At least one byte of what the file holds; 0 at the end. False once `failure` is set. */
static bool read_on(struct input *input, unsigned char *bytes, size_t size, size_t *given)
{
    *given = 0;
    if (input->failure.kind != ERROR_NONE || !find_packing(input))
        return false;
    if (size > MOST_AT_ONCE)
        size = MOST_AT_ONCE;
    bool good = input->packing == PACKING_GZIP ? read_gzip(input, bytes, size, given)
                                               : read_plain(input, bytes, size, given);
    input->inflated += *given;
    if (good && within_limits(input))
        return true;
    *given = 0;
    return false;
}

static size_t take_head(struct input *input, void *bytes, size_t size)
{
    size_t length = input->head_length - input->head_at;
    if (length > size)
        length = size;
    memcpy(bytes, input->head + input->head_at, length);
    input->head_at += length;
    return length;
}

long input_read(struct input *input, void *bytes, size_t size, struct error *err)
{
    size_t given;
    if (size == 0)
        return 0;
    if (input->head_at < input->head_length)
        return (long)take_head(input, bytes, size);
    if (read_on(input, bytes, size, &given))
        return (long)given;
    error_set(err, input->failure.kind, "%s", input->failure.message);
    return -1;
}

bool input_peek(struct input *input, const char **bytes, size_t *length, struct error *err)
{
    if (input->head == NULL)
        input->head = memory_alloc(INPUT_PEEK_MOST);
    input->head_length -= input->head_at;
    memmove(input->head, input->head + input->head_at, input->head_length);
    input->head_at = 0;
    size_t given = 1;
    while (given > 0 && input->head_length < INPUT_PEEK_MOST) {
        unsigned char *end = (unsigned char *)input->head + input->head_length;
        if (!read_on(input, end, INPUT_PEEK_MOST - input->head_length, &given))
            break;
        input->head_length += given;
    }
    *bytes = input->head;
    *length = input->head_length;
    /* What came before the trouble is worth a look; the trouble is told when it is reached. */
    if (input->failure.kind == ERROR_NONE || input->head_length > 0)
        return true;
    return error_set(err, input->failure.kind, "%s", input->failure.message);
}
