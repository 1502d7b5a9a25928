/*
 * The characters of an input, whatever its encoding and its line ends: UTF-8 without byte order
 * marks and NULs, and '\n' for CR LF, CR and LF alike. UTF-16 is found by its mark or by its zeros.
 * Bytes that are no UTF-8 are read as Windows-1252, which whoever reads is told once: a wrong
 * letter in a name is better than a file refused.
 */
#ifndef TOUCHSTONE_IMPORTERS_FORMATS_TEXT_STREAM_H
#define TOUCHSTONE_IMPORTERS_FORMATS_TEXT_STREAM_H

#include "evidence/base/buffer.h"
#include "importers/formats/format.h"

struct text_stream;

/* What next and peek give when there is nothing more, because it ended or because it failed. */
enum { TEXT_END = -1 };

/* Reads from `input` and warns with `warnings` (NULL: nobody), both of which outlive it. The caller
 * frees it. Never NULL. */
struct text_stream *text_stream_new(struct input *input, const struct format_warnings *warnings);
void text_stream_free(struct text_stream *stream);

/* The next byte of UTF-8, 1 to 255, taken or only looked at; TEXT_END at the end. */
int text_stream_next(struct text_stream *stream);
int text_stream_peek(struct text_stream *stream);

/*
 * Takes all up to the first byte of `stops` (ASCII) or the end and puts it behind what `out` holds,
 * at most `most` bytes and the rest of a character: what next does byte by byte, many at once.
 * Returns the byte that is not taken, TEXT_END at the end.
 */
int text_stream_take_until(struct text_stream *stream, const char *stops, size_t most,
                           struct buffer *out);

/* The line that the next byte stands on, from 1. */
size_t text_stream_line(const struct text_stream *stream);

/*
 * One line without its '\n', put behind what `line` holds; false when there is none any more.
 * Of a line longer than `most` bytes the first `most` + 1 are given and the rest is left out.
 */
bool text_stream_read_line(struct text_stream *stream, struct buffer *line, size_t most);

/* False with the input's error if it was a failure that ended the stream. */
MUST_USE bool text_stream_ended_well(const struct text_stream *stream, struct error *err);

/* Says what is wrong on a line: "NAME: line 12: …" into `err` (and false), or to who is warned. */
bool text_stream_fail(const struct text_stream *stream, struct error *err, enum error_kind kind,
                      size_t line, const char *format, ...) PRINTF_LIKE(5, 6);
void text_stream_warn(const struct text_stream *stream, size_t line, const char *format, ...)
    PRINTF_LIKE(3, 4);

/* The first bytes of a file (struct format's recognise) as text, put behind what `out` holds. The
 * last character or line may be cut. */
void text_stream_head(const char *head, size_t length, struct buffer *out);

#endif
