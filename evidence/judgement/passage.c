#include "evidence/judgement/passage.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum {
    WRAPPED_LINE_BYTES = 48, /* a line of that length may have been broken for its length */
    TAGS_PER_TOKEN = 48,     /* more than these at one word are left out */
    LONGEST_ABBREVIATION = 5,
    PHRASE_REACH = 16,   /* words of a phrase, those passed over among them */
    QUOTE_WORDS = 4,     /* shorter quotations are names: "melts" */
    SENTENCE_WORDS = 200 /* a longer one is cut, so that nothing is looked for without end */
};

struct reader {
    struct arena *arena;
    const struct wording *wording;
    const char *bytes;
    size_t length;
    struct word_token *tokens;
    size_t token_count;
    struct word_sentence *sentences;
    size_t sentence_count;
    size_t sentence_room;
    struct tag *tags;
    size_t tag_count;
    size_t tag_room;
    bool in_quotes;
    bool heading;       /* the sentence being read is one */
    size_t quote_start; /* token */
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

static void look_at_mark(const struct reader *reader, struct marks *marks, uint32_t code, size_t at)
{
    bool dash = code == '-' && at > 0 && reader->bytes[at - 1] == ' ' && at + 1 < reader->length &&
                reader->bytes[at + 1] == ' ';
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

static struct marks marks_between(const struct reader *reader, size_t from, size_t to)
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
static bool stop_ends(const struct reader *reader, const struct text_word *before,
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
static bool line_ends(const struct reader *reader, const struct marks *marks,
                      const struct text_word *after, size_t line_start)
{
    if (marks->line_at == SIZE_MAX)
        return false;
    return marks->blank_line || after == NULL || !is_lower(reader->bytes[after->start]) ||
           marks->line_at - line_start < WRAPPED_LINE_BYTES;
}

/* ---- tokens ---- */

static bool is_digits(const struct text_word *word)
{
    return word->folded[strspn(word->folded, "0123456789")] == '\0';
}

/* "6,210" and "0.5": the second word belongs to the number. */
static bool continues_number(const struct reader *reader, const struct text_word *before,
                             const struct text_word *after)
{
    if (after->start != before->end + 1 || !is_digits(before))
        return false;
    char mark = reader->bytes[before->end];
    bool thousands = mark == ',' && is_digits(after) && after->folded_length == 3;
    return thousands || (mark == '.' && after->folded[0] >= '0' && after->folded[0] <= '9');
}

static double value_of(const struct reader *reader, size_t start, size_t end, size_t *used)
{
    char digits[32];
    size_t count = 0;
    size_t at = start;
    for (; at < end && count + 1 < sizeof digits; at++) {
        char byte = reader->bytes[at];
        if (byte == ',')
            continue;
        if ((byte < '0' || byte > '9') && byte != '.')
            break;
        digits[count++] = byte;
    }
    digits[count] = '\0';
    *used = at - start;
    return count == 0 ? NAN : strtod(digits, NULL);
}

/* "60s", "30min", "3x", "50mg": what is glued to the number. */
static void read_suffix(const struct reader *reader, struct word_token *token, size_t used)
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

static void read_number(const struct reader *reader, struct word_token *token)
{
    char first = token->word->folded[0];
    size_t used = 0;
    token->number = wording_number(reader->wording, token->root);
    token->seconds = NAN;
    if (first < '0' || first > '9')
        return;
    token->number = value_of(reader, token->start, token->end, &used);
    read_suffix(reader, token, used);
}

static void add_token(struct reader *reader, const struct text_word *word, size_t end)
{
    struct word_token *token = &reader->tokens[reader->token_count++];
    *token = (struct word_token){
        .start = (uint32_t)word->start,
        .end = (uint32_t)end,
        .word = word,
        .root = wording_root(reader->wording, word),
        .stem = phrase_tree_word(reader->wording->stems, word->stem, word->stem_length)};
    read_number(reader, token);
}

/* ---- sentences ---- */

static void grow_sentences(struct reader *reader)
{
    enum { FIRST_ROOM = 32 };
    reader->sentence_room = reader->sentence_room == 0 ? FIRST_ROOM : 2 * reader->sentence_room;
    struct word_sentence *larger =
        arena_array(reader->arena, reader->sentence_room, sizeof *larger);
    if (reader->sentence_count > 0)
        memcpy(larger, reader->sentences, reader->sentence_count * sizeof *larger);
    reader->sentences = larger;
}

static void end_sentence(struct reader *reader, const struct marks *marks)
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
static void turn_quotes(struct reader *reader, int count)
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

static bool is_too_long(const struct reader *reader)
{
    size_t first =
        reader->sentence_count == 0 ? 0 : reader->sentences[reader->sentence_count - 1].end;
    return reader->token_count - first >= SENTENCE_WORDS;
}

static void read_gap(struct reader *reader, const struct text_word *before,
                     const struct text_word *after, size_t *line_start)
{
    size_t from = before == NULL ? 0 : before->end;
    size_t to = after == NULL ? reader->length : after->start;
    struct marks marks = marks_between(reader, from, to);
    if (before == NULL) {
        reader->heading = marks.heading;
        turn_quotes(reader, marks.quotes);
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
    if (after == NULL)
        return;
    reader->tokens[reader->token_count].gap = marks.gap;
    reader->tokens[reader->token_count].money = marks.money;
}

static void read_tokens(struct reader *reader, const struct text_words *words)
{
    size_t line_start = 0;
    reader->tokens = arena_array(reader->arena, words->count + 1, sizeof *reader->tokens);
    const struct text_word *before = NULL;
    for (size_t i = 0; i < words->count; i++) {
        const struct text_word *word = &words->items[i];
        size_t end = word->end;
        read_gap(reader, before, word, &line_start);
        const struct word_token gap = reader->tokens[reader->token_count];
        const struct text_word *last = word;
        while (i + 1 < words->count && continues_number(reader, last, &words->items[i + 1])) {
            last = &words->items[++i];
            end = last->end;
        }
        add_token(reader, word, end);
        reader->tokens[reader->token_count - 1].gap = gap.gap;
        reader->tokens[reader->token_count - 1].money = gap.money;
        before = last;
    }
    if (before != NULL)
        read_gap(reader, before, NULL, &line_start);
}

/* ---- tags ---- */

static void grow_tags(struct reader *reader)
{
    enum { USUAL_TAGS = 2 };
    reader->tag_room =
        reader->tag_room == 0 ? USUAL_TAGS * (reader->token_count + 1) : 2 * reader->tag_room;
    struct tag *larger = arena_array(reader->arena, reader->tag_room, sizeof *larger);
    if (reader->tag_count > 0)
        memcpy(larger, reader->tags, reader->tag_count * sizeof *larger);
    reader->tags = larger;
}

static void add_tag(struct reader *reader, struct tag tag)
{
    if (reader->tag_count - reader->tokens[tag.first].tag >= TAGS_PER_TOKEN)
        return;
    reader->tokens[tag.first].mask |= passage_mask(tag.class);
    if (reader->tag_count == reader->tag_room)
        grow_tags(reader);
    reader->tags[reader->tag_count++] = tag;
}

/* The words of a phrase stand in one statement: no stop, colon or bracket is between them. */
static bool goes_on(const struct reader *reader, size_t at)
{
    return at < reader->token_count && reader->tokens[at].gap < GAP_CLAUSE;
}

static void tag_classes(struct reader *reader, size_t first)
{
    const struct wording *wording = reader->wording;
    uint32_t node = phrase_tree_start();
    for (size_t at = first; at == first || (at < first + PHRASE_REACH && goes_on(reader, at));
         at++) {
        const struct word_token *token = &reader->tokens[at];
        if (at > first && wording_skips(wording, token->root) &&
            phrase_tree_next(wording->roots, node, token->root) == PHRASE_NONE)
            continue;
        node = phrase_tree_next(wording->roots, node, token->root);
        if (node == PHRASE_NONE)
            return;
        for (struct phrase_value class = phrase_tree_first(wording->roots, node);
             class.value != PHRASE_NONE; class = phrase_tree_more(wording->roots, class))
            add_tag(reader, (struct tag){.first = (uint32_t)first,
                                         .end = (uint32_t)at + 1,
                                         .class = class.value});
    }
}

/* ---- names ---- */

/* Everyday words that are names as well do not count beside some words. */
static bool counts(const struct reader *reader, const struct name *name, size_t first, size_t end)
{
    const struct ordinary *rule = name->phrase == NULL ? NULL : name->phrase->ordinary;
    if (rule == NULL)
        return true;
    const struct language *language = lexicon_language(reader->wording->lexicon);
    if (first > 0 && reader->tokens[first].gap == GAP_SPACE) {
        const struct text_word *before = reader->tokens[first - 1].word;
        if (lexicon_lists(rule->not_after, before) ||
            (!rule->sure && lexicon_lists(language->ordinary_not_after, before)))
            return false;
    }
    return end == reader->token_count || reader->tokens[end].gap != GAP_SPACE ||
           !lexicon_lists(rule->not_before, reader->tokens[end].word);
}

static void tag_group(struct reader *reader, struct tag tag, unsigned class)
{
    tag.class = class;
    add_tag(reader, tag);
}

/* Lower is better of pain, soreness, disability and the like; more is wanted of the others. */
static bool wants_more(const struct outcome *outcome)
{
    static const char *const more[] = {"range-of-motion", "quality-of-life", "function",
                                       "strength",        "performance",     "global-improvement"};
    for (size_t i = 0; i < sizeof more / sizeof *more; i++)
        if (strcmp(outcome->id, more[i]) == 0)
            return true;
    return false;
}

static void tag_groups(struct reader *reader, struct tag tag)
{
    const struct name *name = tag.name;
    bool recovery = name->class == WORDS_COMPLAINT && name->complaint == COMPLAINT_RECOVERY;
    bool outcome = name->class == WORDS_OUTCOME;
    if (recovery || name->class == WORDS_OUTSIDE || (outcome && wants_more(name->outcome)))
        tag_group(reader, tag, WORDS_GOOD);
    if (name->class == WORDS_COMPLAINT || name->class == WORDS_CONDITION ||
        name->class == WORDS_OTHER_CONDITION || name->class == WORDS_OUTSIDE ||
        (outcome && name->outcome->kind == OUTCOME_BENEFIT && !wants_more(name->outcome)))
        tag_group(reader, tag, WORDS_SORE);
}

static void tag_name(struct reader *reader, uint32_t value, size_t first, size_t end)
{
    const struct name *name = &reader->wording->names[value];
    struct tag tag = {
        .first = (uint32_t)first, .end = (uint32_t)end, .class = name->class, .name = name};
    add_tag(reader, tag);
    tag_groups(reader, tag);
}

/* Names found from one word on: the longest of each kind. */
struct names_found {
    uint32_t name; /* node, PHRASE_NONE for none */
    size_t name_end;
    uint32_t treatment; /* of the base, within the name of another one: "epsom salt bath" */
    size_t treatment_end;
    uint32_t sign; /* features may hold other names: "morning neck pain" */
    size_t sign_end;
};

static void take_names(const struct reader *reader, uint32_t node, size_t first, size_t end,
                       struct names_found *found)
{
    const struct wording *wording = reader->wording;
    for (struct phrase_value value = phrase_tree_first(wording->stems, node);
         value.value != PHRASE_NONE; value = phrase_tree_more(wording->stems, value)) {
        const struct name *name = &wording->names[value.value];
        if (!counts(reader, name, first, end))
            continue;
        if (name->class == WORDS_SIGN) {
            found->sign = node;
            found->sign_end = end;
            continue;
        }
        found->name = node;
        found->name_end = end;
        if (name->class == WORDS_INTERVENTION) {
            found->treatment = node;
            found->treatment_end = end;
        }
    }
}

static struct names_found find_names(const struct reader *reader, size_t first)
{
    const struct wording *wording = reader->wording;
    struct names_found found = {0};
    uint32_t node = phrase_tree_start();
    for (size_t at = first; at == first || (at < first + PHRASE_REACH && goes_on(reader, at));
         at++) {
        const struct word_token *token = &reader->tokens[at];
        uint32_t next = phrase_tree_next(wording->stems, node, token->stem);
        if (at > first && next == PHRASE_NONE && token->stem != PHRASE_NONE &&
            token->stem <= wording->skipped_stems)
            continue;
        node = next;
        if (node == PHRASE_NONE)
            break;
        take_names(reader, node, first, at + 1, &found);
    }
    return found;
}

/* What is listed as without an entry, and has got one since under the same name. */
static bool has_entry_now(const struct reader *reader, uint32_t node, enum word_class class)
{
    const struct wording *wording = reader->wording;
    enum word_class with_entry = class == WORDS_OTHER_CONDITION   ? WORDS_CONDITION
                                 : class == WORDS_OTHER_TREATMENT ? WORDS_INTERVENTION
                                                                  : WORDS_NONE;
    for (struct phrase_value value = phrase_tree_first(wording->stems, node);
         value.value != PHRASE_NONE && with_entry != WORDS_NONE;
         value = phrase_tree_more(wording->stems, value))
        if (wording->names[value.value].class == with_entry)
            return true;
    return false;
}

/* Tags the names of one node, of signs or of all else; true unless they are of a treatment without
 * an entry. */
static bool tag_names_at(struct reader *reader, uint32_t node, size_t first, size_t end, bool signs)
{
    const struct wording *wording = reader->wording;
    bool known = false;
    for (struct phrase_value value = phrase_tree_first(wording->stems, node);
         value.value != PHRASE_NONE; value = phrase_tree_more(wording->stems, value)) {
        const struct name *name = &wording->names[value.value];
        if ((name->class == WORDS_SIGN) != signs || !counts(reader, name, first, end) ||
            has_entry_now(reader, node, name->class))
            continue;
        tag_name(reader, value.value, first, end);
        known = known || name->class != WORDS_OTHER_TREATMENT;
    }
    return known;
}

/* Tags the longest names that begin here; gives the first token after them, `first` if none does.
 */
static size_t tag_names(struct reader *reader, size_t first)
{
    struct names_found found = find_names(reader, first);
    size_t end = first;
    if (found.name != PHRASE_NONE) {
        bool known = tag_names_at(reader, found.name, first, found.name_end, false);
        if (!known && found.treatment != PHRASE_NONE)
            tag_names_at(reader, found.treatment, first, found.treatment_end, false);
        end = found.name_end;
    }
    if (found.sign != PHRASE_NONE)
        tag_names_at(reader, found.sign, first, found.sign_end, true);
    return end;
}

/* ---- numbers and times ---- */

/* The seconds of the unit after a number, "60 long seconds" included; `end` is put after it. */
static double unit_after(const struct reader *reader, size_t at, size_t *end)
{
    enum { BETWEEN = 2 };
    for (size_t i = at; i < at + BETWEEN && goes_on(reader, i); i++) {
        double seconds = wording_seconds(reader->wording, reader->tokens[i].root);
        if (isnan(seconds))
            continue;
        *end = i + 1;
        return seconds;
    }
    return NAN;
}

/* How many words say "percent" here. */
static size_t words_of_percent(const struct reader *reader, size_t at)
{
    if (!goes_on(reader, at))
        return 0;
    const char *word = reader->tokens[at].word->folded;
    if (strcmp(word, "percent") == 0)
        return 1;
    bool two = strcmp(word, "per") == 0 && goes_on(reader, at + 1) &&
               strcmp(reader->tokens[at + 1].word->folded, "cent") == 0;
    return two ? 2 : 0;
}

/* "about a year": an article before a unit is one of it. */
static void tag_article(struct reader *reader, size_t first)
{
    const char *word = reader->tokens[first].word->folded;
    if ((strcmp(word, "a") != 0 && strcmp(word, "an") != 0) || !goes_on(reader, first + 1))
        return;
    double seconds = wording_seconds(reader->wording, reader->tokens[first + 1].root);
    if (!isnan(seconds))
        add_tag(reader, (struct tag){.first = (uint32_t)first,
                                     .end = (uint32_t)first + 2,
                                     .class = WORDS_TIME,
                                     .amount = seconds});
}

/* "four to six months", "1–2 weeks": the later number of a range has the unit. */
static size_t range_end(const struct reader *reader, size_t first)
{
    size_t next = first + 1;
    if (next >= reader->token_count || reader->tokens[next].gap >= GAP_SENTENCE)
        return first;
    const char *word = reader->tokens[next].word->folded;
    if (strcmp(word, "to") == 0 || strcmp(word, "or") == 0)
        next++;
    else if (reader->tokens[next].gap != GAP_CLAUSE)
        return first;
    bool number = next < reader->token_count && !isnan(reader->tokens[next].number);
    return number ? next : first;
}

static void tag_numbers(struct reader *reader, size_t first)
{
    const struct word_token *token = &reader->tokens[first];
    size_t end = first + 1;
    if (isnan(token->number)) {
        tag_article(reader, first);
        return;
    }
    size_t sign = words_of_percent(reader, first + 1);
    add_tag(reader, (struct tag){.first = (uint32_t)first,
                                 .end = (uint32_t)(end + sign),
                                 .class = token->percent || sign > 0 ? WORDS_PERCENT : WORDS_NUMBER,
                                 .amount = token->number});
    double seconds = token->seconds;
    const struct word_token *last = &reader->tokens[range_end(reader, first)];
    if (isnan(seconds))
        seconds = last->seconds;
    if (isnan(seconds))
        seconds = unit_after(reader, (size_t)(last - reader->tokens) + 1, &end);
    if (!isnan(seconds) && !token->money)
        add_tag(reader, (struct tag){.first = (uint32_t)first,
                                     .end = (uint32_t)end,
                                     .class = WORDS_TIME,
                                     .amount = last->number * seconds});
}

/* A word that nobody listed, where a statement's verb stands: what it does is not known, that it
 * does something is. */
static void tag_verbish(struct reader *reader, size_t at)
{
    enum { SHORTEST = 5 };
    const struct word_token *token = &reader->tokens[at];
    const struct text_word *word = token->word;
    const char *end = word->folded + word->folded_length;
    bool known = token->root != PHRASE_NONE || token->stem != PHRASE_NONE;
    if (known || word->folded_length < SHORTEST || end[-1] != 's' || strchr("sui", end[-2]) != NULL)
        return;
    bool begins = at == 0 || token->gap >= GAP_COMMA ||
                  strcmp(reader->tokens[at - 1].word->folded, "and") == 0;
    if (begins)
        add_tag(
            reader,
            (struct tag){.first = (uint32_t)at, .end = (uint32_t)at + 1, .class = WORDS_VERBISH});
}

static void read_tags(struct reader *reader)
{
    size_t named = 0; /* first token that is not part of a name yet */
    for (size_t i = 0; i < reader->token_count; i++) {
        reader->tokens[i].tag = (uint32_t)reader->tag_count;
        tag_numbers(reader, i);
        if (i >= named)
            named = tag_names(reader, i);
        tag_classes(reader, i);
        tag_verbish(reader, i);
    }
    reader->tokens[reader->token_count].tag = (uint32_t)reader->tag_count;
}

/* ---- the whole ---- */

void passage_read(const struct wording *wording, struct plain_text plain, struct arena *arena,
                  struct passage *out)
{
    struct text_words words = text_cut(plain.bytes, plain.length, arena);
    struct reader reader = {
        .arena = arena, .wording = wording, .bytes = plain.bytes, .length = plain.length};
    read_tokens(&reader, &words);
    read_tags(&reader);
    *out = (struct passage){.wording = wording,
                            .plain = plain,
                            .tokens = reader.tokens,
                            .token_count = reader.token_count,
                            .sentences = reader.sentences,
                            .sentence_count = reader.sentence_count,
                            .tags = reader.tags,
                            .tag_count = reader.tag_count};
}

const struct tag *passage_tags_at(const struct passage *passage, size_t token, size_t *count)
{
    if (token >= passage->token_count) {
        *count = 0;
        return passage->tags;
    }
    size_t first = passage->tokens[token].tag;
    *count = passage->tokens[token + 1].tag - first;
    return passage->tags + first;
}

const struct tag *passage_tag(const struct passage *passage, size_t token, unsigned class)
{
    if (token >= passage->token_count || (passage->tokens[token].mask & passage_mask(class)) == 0)
        return NULL;
    size_t count;
    const struct tag *tags = passage_tags_at(passage, token, &count);
    for (size_t i = 0; i < count; i++)
        if (tags[i].class == class)
            return &tags[i];
    return NULL;
}

const struct tag *passage_find(const struct passage *passage, size_t first, size_t end,
                               unsigned class)
{
    for (size_t at = first; at < end; at++) {
        const struct tag *tag = passage_tag(passage, at, class);
        if (tag != NULL && tag->end <= end)
            return tag;
    }
    return NULL;
}
