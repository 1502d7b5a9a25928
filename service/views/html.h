/*
 * HTML written into a buffer. There is one way to put text into a page, and it escapes:
 *
 *     html_put(out, "<a href=\"%s\">%s</a>", address, name);
 *
 * The format is ours and goes in as it stands; what it is filled with never becomes markup.
 */
#ifndef TOUCHSTONE_SERVICE_VIEWS_HTML_H
#define TOUCHSTONE_SERVICE_VIEWS_HTML_H

#include "evidence/base/arena.h"
#include "evidence/base/buffer.h"

/*
 * Appends text so that it stays text, in an element and in a quoted attribute: & < > " ' are
 * escaped, bytes that are no UTF-8 and control characters other than tab and line feed become
 * U+FFFD. NULL adds nothing.
 */
void html_text(struct buffer *out, const char *text);
void html_text_length(struct buffer *out, const char *text, size_t length);

/* Appends `format` with every %s escaped and %d and %zu as numbers; %% is a percent sign. Other
 * specifiers are a programming error and abort. */
void html_put(struct buffer *out, const char *format, ...) PRINTF_LIKE(2, 3);

/*
 * Appends JSON as the content of a script element (JSON-LD): '<', '>' and '&', U+2028 and U+2029,
 * which JSON has within strings alone, are written as \u escapes, so that nothing in it ends the
 * element or begins another. It reads back as the same JSON.
 */
void html_script_json(struct buffer *out, const char *json, size_t length);

/* The address of this page for a question: "/?q=dry%20needling", in the arena. */
const char *html_question_address(const char *question, struct arena *arena);

#endif
