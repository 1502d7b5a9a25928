#include "evidence/judgement/signs/sign_matcher.h"

#include <string.h>

#include "evidence/base/buffer.h"
#include "evidence/judgement/signs/sign_text.h"

enum {
    PHRASE_WORDS_MOST = 10,
    DENIED_WORDS_MOST = 8, /* that one "no" denies */
    PAST_WORDS_MOST = 8    /* on either side of "years ago" that it puts into the past */
};

/* What a phrase of the tree is; a concept is what comes on top of OF_CONCEPT. */
enum phrase_value_of { OF_CANNOT = 1, OF_NEGATOR, OF_PAST, OF_IGNORED, OF_CONCEPT };

struct sign_matcher {
    const struct sign_words *words;
    struct phrase_tree *tree;
    struct sign_vocabulary *vocabulary;
    struct sign_token cannot; /* the word that all ways to say it become */
};

/* ---- all ways to say cannot ---- */

struct longest {
    uint32_t value; /* the phrases that count */
    size_t spots;   /* of the longest one; 0: there is none */
};

static void take_longest(void *context, uint32_t value, size_t spots)
{
    struct longest *longest = context;
    if (value == longest->value && spots > longest->spots)
        longest->spots = spots;
}

static size_t longest_at(const struct sign_matcher *matcher, const struct sign_text *text,
                         size_t at, enum phrase_value_of value)
{
    struct longest longest = {.value = (uint32_t)value};
    sign_text_phrases(matcher->vocabulary, matcher->tree, text, at, take_longest, &longest);
    return longest.spots;
}

static void join_cannots(const struct sign_matcher *matcher, struct sign_text *text)
{
    size_t kept = 0;
    for (size_t i = 0; i < text->count;) {
        size_t taken = longest_at(matcher, text, i, OF_CANNOT);
        struct sign_spot spot = text->items[i];
        if (taken > 0) {
            spot.token = matcher->cannot;
            spot.end = text->items[i + taken - 1].end;
        }
        text->items[kept++] = spot;
        i += taken > 0 ? taken : 1;
    }
    text->count = kept;
}

/* ---- learning ---- */

static void add_phrase(struct sign_matcher *matcher, const struct sign_text *text, size_t from,
                       size_t to, uint32_t value)
{
    uint32_t words[PHRASE_WORDS_MOST];
    size_t count = 0;
    while (from + count < to && count < PHRASE_WORDS_MOST) {
        words[count] = text->items[from + count].token.word;
        count++;
    }
    if (count > 0)
        phrase_tree_add(matcher->tree, words, count, value);
}

/* The list as one text, a phrase a line. */
static void join_lines(const char *const *texts, struct buffer *out)
{
    buffer_clear(out);
    for (; *texts != NULL; texts++) {
        buffer_append(out, *texts, strlen(*texts));
        buffer_append(out, "\n", 1);
    }
}

/* Each line a phrase, of `least` words or more. */
static void add_phrases(struct sign_matcher *matcher, const char *const *texts, uint32_t value,
                        size_t least, struct arena *scratch, struct buffer *lines)
{
    join_lines(texts, lines);
    struct sign_text text =
        sign_text_learn(matcher->vocabulary, buffer_string(lines), lines->length, scratch);
    if (value != OF_CANNOT)
        join_cannots(matcher, &text);
    for (size_t from = 0, to; from < text.count; from = to) {
        to = from + 1;
        while (to < text.count && text.items[to].before != SIGN_STOP_SENTENCE)
            to++;
        if (to - from >= least)
            add_phrase(matcher, &text, from, to, value);
    }
    arena_clear(scratch);
}

static void learn_all(struct sign_matcher *matcher, struct arena *scratch)
{
    const struct sign_words *words = matcher->words;
    const struct sign_negation *negation = &words->negation;
    struct buffer lines = {0};
    add_phrases(matcher, negation->cannot, OF_CANNOT, 1, scratch, &lines);
    add_phrases(matcher, negation->negators, OF_NEGATOR, 2, scratch, &lines);
    add_phrases(matcher, negation->past, OF_PAST, 1, scratch, &lines);
    add_phrases(matcher, words->ignored, OF_IGNORED, 1, scratch, &lines);
    for (size_t i = 0; i < words->concept_count; i++)
        add_phrases(matcher, words->concepts[i].words, OF_CONCEPT + (uint32_t)i, 1, scratch,
                    &lines);
    buffer_release(&lines);
}

const struct sign_matcher *sign_matcher_new(const struct sign_words *words,
                                            const struct lexicon *lexicon, struct arena *arena)
{
    struct sign_matcher *matcher = arena_alloc(arena, sizeof *matcher);
    matcher->words = words;
    if (words->concept_count == 0)
        return matcher;
    struct arena *scratch = arena_new();
    matcher->tree = phrase_tree_new(arena);
    matcher->vocabulary = sign_vocabulary_new(&words->negation, lexicon, matcher->tree, arena);
    matcher->cannot =
        sign_text_learn(matcher->vocabulary, "cannot", strlen("cannot"), scratch).items[0].token;
    learn_all(matcher, scratch);
    sign_vocabulary_settle(matcher->vocabulary);
    arena_free(scratch);
    return matcher;
}

/* ---- what is denied ---- */

static bool spot_has(const struct sign_matcher *matcher, const struct sign_spot *spot,
                     enum sign_role role)
{
    return sign_token_has(matcher->vocabulary, spot->token, role);
}

/* True if, from `at` to the end of the sentence, an "or" goes on with the list. */
static bool list_goes_on(const struct sign_matcher *matcher, const struct sign_text *text,
                         size_t at)
{
    for (size_t i = at; i < text->count; i++) {
        if (i > at && text->items[i].before == SIGN_STOP_SENTENCE)
            return false;
        if (spot_has(matcher, &text->items[i], SIGN_BREAKS))
            return false;
        if (spot_has(matcher, &text->items[i], SIGN_JOINS))
            return true;
    }
    return false;
}

static void deny_from(const struct sign_matcher *matcher, struct sign_text *text, size_t at)
{
    size_t denied = 0;
    for (size_t i = at; i < text->count; i++) {
        struct sign_spot *spot = &text->items[i];
        if (spot->before == SIGN_STOP_SENTENCE || spot_has(matcher, spot, SIGN_BREAKS))
            return;
        if (spot->before == SIGN_STOP_COMMA) {
            if (!list_goes_on(matcher, text, i))
                return;
            denied = 0;
        }
        if (spot_has(matcher, spot, SIGN_JOINS))
            denied = 0;
        if (++denied > DENIED_WORDS_MOST)
            return;
        spot->denied = true;
    }
}

/* What the phrases that begin at a spot say of it. */
struct beginning {
    size_t negator; /* spots of the longest that denies */
    size_t past;    /* of the longest that puts into the past */
    bool tells;     /* a phrase of several words begins: "no feeling in my feet" denies nothing */
};

static void note_beginning(void *context, uint32_t value, size_t spots)
{
    struct beginning *beginning = context;
    if (value == OF_NEGATOR && spots > beginning->negator)
        beginning->negator = spots;
    if (value == OF_PAST && spots > beginning->past)
        beginning->past = spots;
    beginning->tells |= value >= OF_IGNORED && spots > 1;
}

/* "Ten years ago" puts what stands beside it into the past, as far as the clause goes. */
static void put_into_past(const struct sign_matcher *matcher, struct sign_text *text, size_t at,
                          size_t spots)
{
    for (size_t i = at; i > 0 && at - i < PAST_WORDS_MOST; i--) {
        if (text->items[i].before == SIGN_STOP_SENTENCE ||
            spot_has(matcher, &text->items[i - 1], SIGN_BREAKS))
            break;
        text->items[i - 1].past = true;
    }
    for (size_t i = at + spots; i < text->count && i < at + spots + PAST_WORDS_MOST; i++) {
        if (text->items[i].before != SIGN_STOP_NONE ||
            spot_has(matcher, &text->items[i], SIGN_BREAKS))
            break;
        text->items[i].past = true;
    }
}

static void deny(const struct sign_matcher *matcher, struct sign_text *text)
{
    for (size_t i = 0; i < text->count; i++) {
        struct beginning beginning = {.negator = spot_has(matcher, &text->items[i], SIGN_DENIES)};
        sign_text_phrases(matcher->vocabulary, matcher->tree, text, i, note_beginning, &beginning);
        if (beginning.past > 0)
            put_into_past(matcher, text, i, beginning.past);
        if (beginning.negator > 0 && !beginning.tells)
            deny_from(matcher, text, i + beginning.negator);
    }
}

/* ---- places ---- */

struct finding {
    const struct sign_matcher *matcher;
    const struct sign_text *text;
    struct sign_places *out;
    struct arena *arena;
    size_t at;
};

static void add_place(const struct finding *finding, struct sign_places *places,
                      struct sign_place place)
{
    struct sign_place *items = (struct sign_place *)places->items; /* ours until given away */
    if (places->count > 0 && items[places->count - 1].word == place.word) {
        if (place.end > items[places->count - 1].end)
            items[places->count - 1].end = place.end; /* the same said in more words */
        return;
    }
    if (places->count == SIGN_PLACES_MOST)
        return;
    if (items == NULL || (places->count & (places->count - 1)) == 0) {
        struct sign_place *more =
            arena_array(finding->arena, places->count == 0 ? 1 : 2 * places->count, sizeof *more);
        if (places->count > 0)
            memcpy(more, items, places->count * sizeof *more);
        places->items = items = more;
    }
    items[places->count++] = place;
}

static void take_concept(void *context, uint32_t value, size_t spots)
{
    const struct finding *finding = context;
    const struct sign_spot *spot = &finding->text->items[finding->at];
    if (value < OF_CONCEPT)
        return;
    size_t concept = value - OF_CONCEPT;
    if (spot->past && finding->matcher->words->concepts[concept].passes)
        return;
    struct sign_places *places = &finding->out[concept];
    size_t end = finding->text->items[finding->at + spots - 1].end;
    add_place(finding, places,
              (struct sign_place){.start = spot->start, .end = end, .word = finding->at});
}

static const struct sign_places *find_all(const struct sign_matcher *matcher, const char *text,
                                          size_t length, bool with_denied, struct arena *arena)
{
    size_t count = matcher->words->concept_count;
    struct sign_places *places = arena_array(arena, count + 1, sizeof *places);
    if (count == 0)
        return places;
    struct sign_text read = sign_text_read(
        matcher->vocabulary, text, length < SIGN_TEXT_MOST ? length : SIGN_TEXT_MOST, arena);
    join_cannots(matcher, &read);
    if (!with_denied)
        deny(matcher, &read);
    struct finding finding = {matcher, &read, places, arena, 0};
    while (finding.at < read.count) {
        size_t ignored = longest_at(matcher, &read, finding.at, OF_IGNORED);
        if (ignored == 0 && !read.items[finding.at].denied)
            sign_text_phrases(matcher->vocabulary, matcher->tree, &read, finding.at, take_concept,
                              &finding);
        finding.at += ignored > 0 ? ignored : 1;
    }
    return places;
}

const struct sign_places *sign_places_of(const struct sign_matcher *matcher, const char *text,
                                         size_t length, struct arena *arena)
{
    return find_all(matcher, text, length, false, arena);
}

const struct sign_places *sign_mentions_of(const struct sign_matcher *matcher, const char *text,
                                           size_t length, struct arena *arena)
{
    return find_all(matcher, text, length, true, arena);
}
