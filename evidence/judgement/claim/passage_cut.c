/* A text parted into words and sentences. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "evidence/judgement/claim/passage_parts.h"

enum {
    WRAPPED_LINE_BYTES = 48, /* a line of that length may have been broken for its length */
    LONGEST_ABBREVIATION = 5,
    QUOTE_WORDS = 4,     /* shorter quotations are names: "melts" */
    SENTENCE_WORDS = 200 /* a longer one is cut, so that nothing is looked for without end */
};

/* ---- what parts words ---- */

static bool within(uint32_t code, uint32_t first, uint32_t last)
{
    return code >= first && code <= last;
}

/* Bullets, arrows, ticks and little pictures stand between statements. */
static bool is_picture(uint32_t code)
{
    return within(code, 0x1F000, 0x1FAFF) || within(code, 0x2600, 0x27BF) ||
           within(code, 0x2190, 0x21FF) || within(code, 0x25A0, 0x25FF) ||
           within(code, 0x2B00, 0x2BFF) || code == 0x2022 || code == 0x2023 || code == 0x2043 ||
           code == 0xB7 || code == '|';
}

/* The brackets that shops put around the headings of a list. */
enum { HEADING_OPENS = 0x3010, HEADING_CLOSES = 0x3011 };

static bool is_clause_mark(uint32_t code)
{
    return code == ':' || code == ';' || code == '(' || code == ')' || code == '[' || code == ']' ||
           code == 0x2013 || code == 0x2014;
}

static bool is_quote(uint32_t code)
{
    return code == '"' || within(code, 0x201C, 0x201F) || code == 0xAB || code == 0xBB;
}

static bool is_end_mark(uint32_t code)
{
    return code == '!' || code == '?' || code == 0x2026 || code == 0xFF01 || code == 0xFF1F ||
           code == 0x3002;
}

static bool is_lower(char byte)
{
    return byte >= 'a' && byte <= 'z';
}

/* What one gap holds. */
struct marks {
    enum gap gap;
    bool question;
    bool exclamation;
    size_t percent_end; /* after the sign, 0 if there is none */
    bool money;
    bool heading;
    bool stop;  /* a full stop, whose meaning hangs on its surroundings */
    bool space; /* white space after the last mark */
    int quotes;
    size_t line_at; /* of the last line break, SIZE_MAX if there is none */
    bool blank_line;
};

static void raise(struct marks *marks, enum gap gap)
{
    if (gap > marks->gap)
        marks->gap = gap;
}

static void look_at_break(struct marks *marks, size_t at)
{
    marks->blank_line = marks->blank_line || marks->line_at != SIZE_MAX;
    marks->line_at = at;
}

static void look_at_mark(const struct passage_reader *reader, struct marks *marks, uint32_t code,
                         size_t at)
{
    bool dash = (code == '-' || code == '~') && at > 0 && reader->bytes[at - 1] == ' ' &&
                at + 1 < reader->length && reader->bytes[at + 1] == ' ';
    bool bullet = (code == '-' || code == '*' || code == '+' || code == '#') &&
                  (marks->line_at != SIZE_MAX || at == 0);
    if (code == '\n' || code == 0x2028 || code == 0x2029)
        look_at_break(marks, at);
    else if (is_end_mark(code) || is_picture(code) || bullet || code == HEADING_OPENS ||
             code == HEADING_CLOSES)
        raise(marks, GAP_SENTENCE);
    else if (is_clause_mark(code) || dash)
        raise(marks, GAP_CLAUSE);
    else if (code == ',' || code == '/' || code == 0x60C || code == 0x3001)
        raise(marks, GAP_COMMA);
    marks->question |= code == '?' || code == 0xFF1F;
    marks->exclamation |= code == '!' || code == 0xFF01;
    if (code == '%' && marks->percent_end == 0)
        marks->percent_end = at + 1;
    marks->heading |= (code == '#' && bullet) || code == HEADING_OPENS;
    marks->money |= code == '$' || code == 0xA3 || code == 0x20AC;
    marks->stop |= code == '.';
    marks->space = code == ' ' || code == '\n' || code == '\t' || code == 0xA0;
    marks->quotes += is_quote(code);
}

static struct marks marks_between(const struct passage_reader *reader, size_t from, size_t to)
{
    struct marks marks = {.line_at = SIZE_MAX};
    for (size_t at = from; at < to;) {
        uint32_t code = 0;
        size_t size = text_decode(reader->bytes + at, to - at, &code);
        look_at_mark(reader, &marks, code, at);
        at += size;
    }
    return marks;
}

/* A stop ends a sentence unless it belongs to a short form: "vs. sham", "5 min. a day". */
static bool stop_ends(const struct passage_reader *reader, const struct text_word *before,
                      const struct text_word *after, const struct marks *marks)
{
    static const char *const short_forms[] = {"vs", "eg",  "ie",  "dr", "mr", "mrs", "ms", "approx",
                                              "no", "min", "sec", "hr", "st", "nos", NULL};
    if (after == NULL || marks->line_at != SIZE_MAX)
        return true;
    if (!marks->space && marks->quotes == 0)
        return false;
    if (is_lower(reader->bytes[after->start]) && before->folded_length <= LONGEST_ABBREVIATION)
        for (size_t i = 0; short_forms[i] != NULL; i++)
            if (strcmp(before->folded, short_forms[i]) == 0)
                return false;
    bool initial = before->folded_length == 1 && !is_lower(reader->bytes[before->start]);
    return !initial || before->folded[0] <= '9';
}

/* A line that goes on in lower case was broken for its length. */
static bool line_ends(const struct passage_reader *reader, const struct marks *marks,
                      const struct text_word *after, size_t line_start)
{
    if (marks->line_at == SIZE_MAX)
        return false;
    return marks->blank_line || after == NULL || !is_lower(reader->bytes[after->start]) ||
           marks->line_at - line_start < WRAPPED_LINE_BYTES;
}

/* ---- tokens ---- */

static bool is_digit(char byte)
{
    return byte >= '0' && byte <= '9';
}

static bool is_digits(const struct text_word *word)
{
    const char *at = word->folded;
    while (is_digit(*at))
        at++;
    return *at == '\0';
}

/* "6,210" and "0.5": the second word belongs to the number. */
static bool continues_number(const struct passage_reader *reader, const struct text_word *before,
                             const struct text_word *after)
{
    if (after->start != before->end + 1 || !is_digits(before))
        return false;
    char mark = reader->bytes[before->end];
    bool thousands = mark == ',' && is_digits(after) && after->folded_length == 3;
    return thousands || (mark == '.' && is_digit(after->folded[0]));
}

static double value_of(const struct passage_reader *reader, size_t start, size_t end, size_t *used)
{
    enum { DIGITS_EXACT = 15 }; /* so many are whole in a double */
    char digits[32];
    size_t count = 0;
    size_t at = start;
    double whole = 0;
    bool decimal = false;
    for (; at < end && count + 1 < sizeof digits; at++) {
        char byte = reader->bytes[at];
        if (byte == ',')
            continue;
        if (!is_digit(byte) && byte != '.')
            break;
        digits[count++] = byte;
        decimal = decimal || byte == '.';
        whole = 10 * whole + (byte - '0');
    }
    digits[count] = '\0';
    *used = at - start;
    if (count == 0)
        return NAN;
    return decimal || count > DIGITS_EXACT ? strtod(digits, NULL) : whole;
}

/* "60s", "30min", "3x", "50mg": what is glued to the number. */
static void read_suffix(const struct passage_reader *reader, struct word_token *token, size_t used)
{
    size_t length = token->end - token->start;
    if (used >= length)
        return;
    struct text_words words =
        text_cut(reader->bytes + token->start + used, length - used, reader->arena);
    if (words.count != 1)
        return;
    token->times = strcmp(words.items[0].folded, "x") == 0;
    token->seconds =
        wording_seconds(reader->wording, wording_root(reader->wording, &words.items[0]));
}

static void read_number(const struct passage_reader *reader, struct word_token *token)
{
    char first = token->word->folded[0];
    size_t used = 0;
    token->number = wording_number(reader->wording, token->root);
    token->seconds = NAN;
    if (!is_digit(first))
        return;
    token->number = value_of(reader, token->start, token->end, &used);
    read_suffix(reader, token, used);
}

/* Words that are the same share their letters (text_cut), so each is looked up about once. */
static struct seen_word looked_up(struct passage_reader *reader, const struct text_word *word)
{
    struct seen_word *seen = &reader->seen[(uintptr_t)word->folded / SEEN_APART % SEEN_WORDS];
    if (seen->folded != word->folded)
        *seen = (struct seen_word){
            .folded = word->folded,
            .root = wording_root(reader->wording, word),
            .stem = phrase_tree_word(reader->wording->stems, word->stem, word->stem_length)};
    return *seen;
}

/* What stands before the next token has been put to it. */
static void add_token(struct passage_reader *reader, const struct text_word *word, size_t end)
{
    struct word_token *token = &reader->tokens[reader->token_count++];
    struct seen_word seen = looked_up(reader, word);
    token->start = (uint32_t)word->start;
    token->end = (uint32_t)end;
    token->word = word;
    token->root = seen.root;
    token->stem = seen.stem;
    read_number(reader, token);
}

static void begin_token(struct passage_reader *reader, enum gap gap, bool money)
{
    reader->tokens[reader->token_count] = (struct word_token){.gap = gap, .money = money};
}

/* ---- sentences ---- */

static void grow_sentences(struct passage_reader *reader)
{
    enum { FIRST_ROOM = 32 };
    reader->sentence_room = reader->sentence_room == 0 ? FIRST_ROOM : 2 * reader->sentence_room;
    struct word_sentence *larger =
        arena_array(reader->arena, reader->sentence_room, sizeof *larger);
    if (reader->sentence_count > 0)
        memcpy(larger, reader->sentences, reader->sentence_count * sizeof *larger);
    reader->sentences = larger;
}

static void end_sentence(struct passage_reader *reader, const struct marks *marks)
{
    enum { SLOGAN_WORDS = 7 };
    size_t first =
        reader->sentence_count == 0 ? 0 : reader->sentences[reader->sentence_count - 1].end;
    if (first == reader->token_count)
        return;
    if (reader->sentence_count == reader->sentence_room)
        grow_sentences(reader);
    reader->sentences[reader->sentence_count++] = (struct word_sentence){
        .first = first,
        .end = reader->token_count,
        .asked = marks->question,
        .quoted = reader->in_quotes,
        .heading =
            reader->heading || (marks->exclamation && reader->token_count - first <= SLOGAN_WORDS)};
}

/* A quotation mark opens or closes; a sentence that ends within one of some length is quoted. */
static void turn_quotes(struct passage_reader *reader, int count)
{
    for (; count > 0; count--) {
        bool closing = reader->in_quotes;
        size_t words = reader->token_count - reader->quote_start;
        if (closing && words >= QUOTE_WORDS && reader->sentence_count > 0 &&
            reader->sentences[reader->sentence_count - 1].end > reader->quote_start)
            reader->sentences[reader->sentence_count - 1].quoted = true;
        reader->in_quotes = !closing;
        reader->quote_start = reader->token_count;
    }
}

static bool is_too_long(const struct passage_reader *reader)
{
    size_t first =
        reader->sentence_count == 0 ? 0 : reader->sentences[reader->sentence_count - 1].end;
    return reader->token_count - first >= SENTENCE_WORDS;
}

static void read_gap(struct passage_reader *reader, const struct text_word *before,
                     const struct text_word *after, size_t *line_start)
{
    size_t from = before == NULL ? 0 : before->end;
    size_t to = after == NULL ? reader->length : after->start;
    bool plain = before != NULL && after != NULL && to == from + 1 && reader->bytes[from] == ' ';
    if (plain && !is_too_long(reader)) { /* nearly always, and the same below */
        begin_token(reader, GAP_SPACE, false);
        return;
    }
    struct marks marks = marks_between(reader, from, to);
    if (before == NULL) {
        reader->heading = marks.heading;
        turn_quotes(reader, marks.quotes);
        begin_token(reader, GAP_SPACE, marks.money);
        return;
    }
    struct word_token *last = &reader->tokens[reader->token_count - 1];
    if (marks.percent_end > 0 && !isnan(last->number)) {
        last->percent = true;
        last->end = (uint32_t)marks.percent_end;
    }
    if ((marks.stop && stop_ends(reader, before, after, &marks)) ||
        line_ends(reader, &marks, after, *line_start) || is_too_long(reader))
        marks.gap = GAP_SENTENCE;
    if (marks.line_at != SIZE_MAX)
        *line_start = marks.line_at + 1;
    if (marks.gap == GAP_SENTENCE || after == NULL) {
        end_sentence(reader, &marks);
        reader->heading = marks.heading;
    }
    turn_quotes(reader, marks.quotes);
    begin_token(reader, after == NULL ? GAP_SPACE : marks.gap, after != NULL && marks.money);
}

void passage_cut(struct passage_reader *reader, const struct text_words *words)
{
    size_t line_start = 0;
    reader->tokens = arena_room(reader->arena, words->count + 1, sizeof *reader->tokens);
    const struct text_word *before = NULL;
    for (size_t i = 0; i < words->count; i++) {
        const struct text_word *word = &words->items[i];
        size_t end = word->end;
        read_gap(reader, before, word, &line_start);
        const struct text_word *last = word;
        while (i + 1 < words->count && continues_number(reader, last, &words->items[i + 1])) {
            last = &words->items[++i];
            end = last->end;
        }
        add_token(reader, word, end);
        before = last;
    }
    if (before != NULL)
        read_gap(reader, before, NULL, &line_start);
    else
        begin_token(reader, GAP_SPACE, false);
}
