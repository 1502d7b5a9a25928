#include "evidence/judgement/sign_matcher.h"

#include <stdlib.h>
#include <string.h>

#include "evidence/base/text.h"

enum {
    UNKNOWN = -1,
    FILLERS_WITHIN = 3, /* small words between two of a phrase */
    PHRASE_WORDS_MOST = 10,
    GUESSED_FROM = 5, /* letters of a word that may be misspelt */
    TWO_WRONG_FROM = 9,
    GUESSES_MOST = 50,     /* misspelt words looked up in one text */
    DENIED_WORDS_MOST = 8, /* that one "no" denies */
    IGNORED = -1           /* instead of a concept */
};

/* What a word does, beside being part of phrases. */
enum word_does { DOES_DENY = 1, DOES_BREAK = 2, DOES_JOIN = 4, DOES_FILL = 8 };

struct known_word {
    const char *stem;
    const char *folded; /* one way to write it */
    unsigned roles;
};

/* A word as it is written, for misspellings. */
struct spelling {
    const char *folded;
    const char *stem;
    size_t length;
    int word;
};

/* A word that stands for others. */
struct long_form {
    const char *folded;
    int words[PHRASE_WORDS_MOST];
    size_t count;
};

struct sign_phrase {
    int concept; /* or IGNORED */
    int words[PHRASE_WORDS_MOST];
    size_t count;
};

struct sign_matcher {
    const struct sign_words *words;
    const struct lexicon *lexicon;
    struct known_word *known; /* sorted by stem */
    size_t known_count;
    struct spelling *spellings; /* sorted by folded */
    size_t spelling_count;
    struct long_form *longs; /* sorted by folded */
    size_t long_count;
    struct sign_phrase *phrases; /* sorted by their first word, longer ones first */
    size_t phrase_count;
    size_t *first_phrase; /* by word: the first phrase that begins with it; one more at the end */
    int cannot;           /* the word that all ways to say it become */
    const struct sign_phrase *cannots; /* those ways */
    size_t cannot_count;
    const struct sign_phrase *negators; /* of several words */
    size_t negator_count;
};

/* ---- words ---- */

static int by_stem(const void *left, const void *right)
{
    const struct known_word *a = left;
    const struct known_word *b = right;
    return strcmp(a->stem, b->stem);
}

static int word_of(const struct sign_matcher *matcher, const char *stem)
{
    const struct known_word key = {.stem = stem};
    const struct known_word *found =
        bsearch(&key, matcher->known, matcher->known_count, sizeof *matcher->known, by_stem);
    return found == NULL ? UNKNOWN : (int)(found - matcher->known);
}

/* Stems of all words of a list of texts. */
struct stems {
    struct known_word *items;
    size_t count;
    size_t room;
    struct arena *arena;
};

static void add_stems(struct stems *stems, const char *text, unsigned roles)
{
    struct text_words words = text_cut(text, strlen(text), stems->arena);
    for (size_t i = 0; i < words.count; i++) {
        if (stems->count == stems->room) {
            struct known_word *old = stems->items;
            stems->room *= 2;
            stems->items = arena_array(stems->arena, stems->room, sizeof *stems->items);
            memcpy(stems->items, old, stems->count * sizeof *old);
        }
        /* A role is that of a single word; several words are a phrase. */
        stems->items[stems->count++] = (struct known_word){
            words.items[i].stem, words.items[i].folded, words.count == 1 ? roles : 0};
    }
}

static void add_list(struct stems *stems, const char *const *texts, unsigned roles)
{
    for (; *texts != NULL; texts++)
        add_stems(stems, *texts, roles);
}

static int by_folded(const void *left, const void *right)
{
    const struct spelling *a = left;
    const struct spelling *b = right;
    return strcmp(a->folded, b->folded);
}

/* Each way to write a word once; which word it is follows when all are known. */
static void learn_spellings(struct sign_matcher *matcher, const struct stems *stems)
{
    struct spelling *spellings = arena_array(stems->arena, stems->count, sizeof *spellings);
    for (size_t i = 0; i < stems->count; i++)
        spellings[i] = (struct spelling){.folded = stems->items[i].folded,
                                         .stem = stems->items[i].stem,
                                         .length = strlen(stems->items[i].folded)};
    qsort(spellings, stems->count, sizeof *spellings, by_folded);
    for (size_t i = 0; i < stems->count; i++)
        if (matcher->spelling_count == 0 ||
            by_folded(&spellings[matcher->spelling_count - 1], &spellings[i]) != 0)
            spellings[matcher->spelling_count++] = spellings[i];
    matcher->spellings = spellings;
}

static void learn_words(struct sign_matcher *matcher, struct arena *arena)
{
    const struct sign_words *words = matcher->words;
    struct stems stems = {.room = 1024, .arena = arena};
    stems.items = arena_array(arena, stems.room, sizeof *stems.items);
    for (size_t i = 0; i < words->concept_count; i++)
        add_list(&stems, words->concepts[i].words, 0);
    add_list(&stems, words->ignored, 0);
    add_list(&stems, words->negation.negators, DOES_DENY);
    add_list(&stems, words->negation.breaks, DOES_BREAK);
    add_list(&stems, words->negation.joins, DOES_JOIN);
    add_list(&stems, words->negation.fillers, DOES_FILL);
    add_list(&stems, words->negation.cannot, 0);
    for (size_t i = 0; i < words->negation.short_count; i++)
        add_stems(&stems, words->negation.shorts[i].means, 0);
    add_stems(&stems, "cannot", 0);
    learn_spellings(matcher, &stems);
    qsort(stems.items, stems.count, sizeof *stems.items, by_stem);
    for (size_t i = 0; i < stems.count; i++) {
        if (matcher->known_count > 0 &&
            strcmp(stems.items[matcher->known_count - 1].stem, stems.items[i].stem) == 0)
            stems.items[matcher->known_count - 1].roles |= stems.items[i].roles;
        else
            stems.items[matcher->known_count++] = stems.items[i];
    }
    matcher->known = stems.items;
    for (size_t i = 0; i < matcher->spelling_count; i++)
        matcher->spellings[i].word = word_of(matcher, matcher->spellings[i].stem);
}

/* ---- a text as words ---- */

enum stop { STOP_NONE, STOP_COMMA, STOP_SENTENCE };

struct sign_token {
    int word;
    size_t start;
    size_t end;
    enum stop before; /* what stands before it */
    bool denied;
};

struct tokens {
    struct sign_token *items;
    size_t count;
    size_t room;
};

static enum stop stop_between(const char *text, size_t from, size_t to)
{
    enum stop stop = STOP_NONE;
    for (size_t i = from; i < to; i++) {
        if (strchr(".!?;\n", text[i]) != NULL && text[i] != '\0')
            return STOP_SENTENCE;
        if (text[i] == ',' || text[i] == ':' || text[i] == '(' || text[i] == ')')
            stop = STOP_COMMA;
    }
    return stop;
}

/* Several words fewer or more letters apart than this are no misspelling of one. */
static size_t letters_wrong(size_t length)
{
    return length >= TWO_WRONG_FROM ? 2 : 1;
}

static bool may_be_meant(const struct sign_matcher *matcher, const struct spelling *spelling,
                         const struct text_word *word, size_t most)
{
    return spelling->length + 1 >= GUESSED_FROM && spelling->length <= word->folded_length + most &&
           spelling->length + most >= word->folded_length && spelling->word != UNKNOWN &&
           matcher->known[spelling->word].roles == 0;
}

/* The known word that a misspelt one is nearest to. */
static int guess(const struct sign_matcher *matcher, const struct text_word *word)
{
    struct text_pattern pattern;
    size_t most = letters_wrong(word->folded_length);
    int best = UNKNOWN;
    text_pattern_init(&pattern, word->folded, word->folded_length);
    for (size_t i = 0; i < matcher->spelling_count; i++) {
        const struct spelling *spelling = &matcher->spellings[i];
        if (!may_be_meant(matcher, spelling, word, most))
            continue;
        size_t distance = text_distance(&pattern, spelling->folded, spelling->length, most);
        if (distance > most)
            continue;
        best = spelling->word;
        if (distance <= 1)
            break;
        most = distance - 1;
    }
    return best;
}

static bool may_be_misspelt(const struct sign_matcher *matcher, const struct text_word *word)
{
    return word->folded_length >= GUESSED_FROM &&
           (matcher->lexicon == NULL ||
            lexicon_word(matcher->lexicon, word->stem, word->stem_length) == NULL);
}

static void add_token(struct tokens *tokens, struct sign_token token)
{
    if (tokens->count < tokens->room)
        tokens->items[tokens->count++] = token;
}

static int by_long_folded(const void *left, const void *right)
{
    const struct long_form *a = left;
    const struct long_form *b = right;
    return strcmp(a->folded, b->folded);
}

/* "dont" stands for "do not"; NULL where a word stands for itself. */
static const struct long_form *long_form_of(const struct sign_matcher *matcher, const char *folded)
{
    const struct long_form key = {.folded = folded};
    return bsearch(&key, matcher->longs, matcher->long_count, sizeof *matcher->longs,
                   by_long_folded);
}

static void learn_long_forms(struct sign_matcher *matcher, struct arena *arena)
{
    const struct sign_negation *negation = &matcher->words->negation;
    matcher->longs = arena_array(arena, negation->short_count + 1, sizeof *matcher->longs);
    for (size_t i = 0; i < negation->short_count; i++) {
        const struct sign_short *row = &negation->shorts[i];
        struct text_words word = text_cut(row->word, strlen(row->word), arena);
        struct text_words means = text_cut(row->means, strlen(row->means), arena);
        struct long_form *out = &matcher->longs[matcher->long_count];
        for (size_t j = 0; j < means.count && out->count < PHRASE_WORDS_MOST; j++)
            out->words[out->count++] = word_of(matcher, means.items[j].stem);
        if (word.count != 1)
            continue;
        out->folded = word.items[0].folded;
        matcher->long_count++;
    }
    qsort(matcher->longs, matcher->long_count, sizeof *matcher->longs, by_long_folded);
}

static void add_long_form(const struct long_form *form, const struct sign_token *place,
                          struct tokens *tokens)
{
    for (size_t i = 0; i < form->count; i++) {
        struct sign_token token = *place;
        token.word = form->words[i];
        token.before = i == 0 ? place->before : STOP_NONE;
        add_token(tokens, token);
    }
}

static struct tokens tokens_of(const struct sign_matcher *matcher, const char *text, size_t length,
                               struct arena *arena)
{
    struct text_words words = text_cut(text, length, arena);
    struct tokens tokens = {.room = 3 * words.count};
    size_t guesses = 0;
    tokens.items = arena_array(arena, tokens.room, sizeof *tokens.items);
    for (size_t i = 0; i < words.count; i++) {
        const struct text_word *word = &words.items[i];
        struct sign_token token = {
            .word = word_of(matcher, word->stem), .start = word->start, .end = word->end};
        token.before =
            i == 0 ? STOP_SENTENCE : stop_between(text, words.items[i - 1].end, word->start);
        const struct long_form *form = long_form_of(matcher, word->folded);
        if (form != NULL) {
            add_long_form(form, &token, &tokens);
            continue;
        }
        if (token.word == UNKNOWN && may_be_misspelt(matcher, word) && guesses++ < GUESSES_MOST)
            token.word = guess(matcher, word);
        add_token(&tokens, token);
    }
    return tokens;
}

/* ---- phrases ---- */

/* A text as a phrase of known words; count 0 where it has none or too many. */
static struct sign_phrase phrase_of(const struct sign_matcher *matcher, const char *text,
                                    int concept, struct arena *arena)
{
    struct sign_phrase phrase = {.concept = concept};
    struct tokens tokens = tokens_of(matcher, text, strlen(text), arena);
    for (size_t i = 0; i < tokens.count && phrase.count < PHRASE_WORDS_MOST; i++)
        phrase.words[phrase.count++] = tokens.items[i].word;
    return phrase;
}

static bool has_role(const struct sign_matcher *matcher, const struct sign_token *token,
                     enum word_does role)
{
    return token->word != UNKNOWN && (matcher->known[token->word].roles & (unsigned)role) != 0;
}

/* How many tokens from `at` on the phrase takes; 0: it does not stand there. */
static size_t phrase_at(const struct sign_matcher *matcher, const struct sign_phrase *phrase,
                        const struct tokens *tokens, size_t at)
{
    size_t matched = 0;
    size_t fillers = 0;
    for (size_t i = at; i < tokens->count; i++) {
        const struct sign_token *token = &tokens->items[i];
        if (matched > 0 && token->before == STOP_SENTENCE)
            return 0;
        if (token->word == phrase->words[matched]) {
            fillers = 0;
            if (++matched == phrase->count)
                return i + 1 - at;
        } else if (matched == 0 || !has_role(matcher, token, DOES_FILL) ||
                   ++fillers > FILLERS_WITHIN) {
            return 0;
        }
    }
    return 0;
}

/* All ways to say cannot become that one word. */
static void join_cannots(const struct sign_matcher *matcher, struct tokens *tokens)
{
    size_t kept = 0;
    for (size_t i = 0; i < tokens->count;) {
        size_t taken = 0;
        for (size_t j = 0; j < matcher->cannot_count && taken == 0; j++)
            taken = phrase_at(matcher, &matcher->cannots[j], tokens, i);
        struct sign_token token = tokens->items[i];
        if (taken > 0) {
            token.word = matcher->cannot;
            token.end = tokens->items[i + taken - 1].end;
        }
        tokens->items[kept++] = token;
        i += taken > 0 ? taken : 1;
    }
    tokens->count = kept;
}

static int by_first_word(const void *left, const void *right)
{
    const struct sign_phrase *a = left;
    const struct sign_phrase *b = right;
    if (a->words[0] != b->words[0])
        return a->words[0] - b->words[0];
    if (a->count != b->count)
        return a->count > b->count ? -1 : 1;
    return a->concept - b->concept;
}

static void add_phrases(struct sign_matcher *matcher, const char *const *texts, int concept,
                        struct arena *arena)
{
    for (; *texts != NULL; texts++) {
        struct tokens tokens = tokens_of(matcher, *texts, strlen(*texts), arena);
        struct sign_phrase *phrase = &matcher->phrases[matcher->phrase_count];
        join_cannots(matcher, &tokens);
        *phrase = (struct sign_phrase){.concept = concept};
        for (size_t i = 0; i < tokens.count && phrase->count < PHRASE_WORDS_MOST; i++)
            phrase->words[phrase->count++] = tokens.items[i].word;
        matcher->phrase_count += phrase->count > 0;
    }
}

static size_t text_count(const char *const *texts)
{
    size_t count = 0;
    while (texts[count] != NULL)
        count++;
    return count;
}

static void learn_phrases(struct sign_matcher *matcher, struct arena *arena)
{
    const struct sign_words *words = matcher->words;
    size_t count = text_count(words->ignored);
    for (size_t i = 0; i < words->concept_count; i++)
        count += text_count(words->concepts[i].words);
    matcher->phrases = arena_array(arena, count + 1, sizeof *matcher->phrases);
    for (size_t i = 0; i < words->concept_count; i++)
        add_phrases(matcher, words->concepts[i].words, (int)i, arena);
    add_phrases(matcher, words->ignored, IGNORED, arena);
    qsort(matcher->phrases, matcher->phrase_count, sizeof *matcher->phrases, by_first_word);
    matcher->first_phrase =
        arena_array(arena, matcher->known_count + 1, sizeof *matcher->first_phrase);
    size_t at = 0;
    for (size_t word = 0; word <= matcher->known_count; word++) {
        while (at < matcher->phrase_count && matcher->phrases[at].words[0] < (int)word)
            at++;
        matcher->first_phrase[word] = at;
    }
}

static const struct sign_phrase *phrases_of(const struct sign_matcher *matcher,
                                            const char *const *texts, size_t least,
                                            struct arena *arena, size_t *count)
{
    struct sign_phrase *phrases = arena_array(arena, text_count(texts) + 1, sizeof *phrases);
    *count = 0;
    for (; *texts != NULL; texts++) {
        struct sign_phrase phrase = phrase_of(matcher, *texts, 0, arena);
        if (phrase.count >= least)
            phrases[(*count)++] = phrase;
    }
    return phrases;
}

const struct sign_matcher *sign_matcher_new(const struct sign_words *words,
                                            const struct lexicon *lexicon, struct arena *arena)
{
    struct sign_matcher *matcher = arena_alloc(arena, sizeof *matcher);
    matcher->words = words;
    matcher->lexicon = lexicon;
    if (words->concept_count == 0)
        return matcher;
    learn_words(matcher, arena);
    learn_long_forms(matcher, arena);
    matcher->cannot = word_of(matcher, "cannot");
    matcher->cannots =
        phrases_of(matcher, words->negation.cannot, 1, arena, &matcher->cannot_count);
    matcher->negators =
        phrases_of(matcher, words->negation.negators, 2, arena, &matcher->negator_count);
    learn_phrases(matcher, arena);
    return matcher;
}

/* ---- what is denied ---- */

/* True if, from `at` to the end of the sentence, an "or" goes on with the list. */
static bool list_goes_on(const struct sign_matcher *matcher, const struct tokens *tokens, size_t at)
{
    for (size_t i = at; i < tokens->count; i++) {
        if (i > at && tokens->items[i].before == STOP_SENTENCE)
            return false;
        if (has_role(matcher, &tokens->items[i], DOES_BREAK))
            return false;
        if (has_role(matcher, &tokens->items[i], DOES_JOIN))
            return true;
    }
    return false;
}

static size_t deny_from(const struct sign_matcher *matcher, struct tokens *tokens, size_t at)
{
    size_t denied = 0;
    for (size_t i = at; i < tokens->count; i++) {
        struct sign_token *token = &tokens->items[i];
        if (token->before == STOP_SENTENCE || has_role(matcher, token, DOES_BREAK))
            return i;
        if (token->before == STOP_COMMA) {
            if (!list_goes_on(matcher, tokens, i))
                return i;
            denied = 0;
        }
        if (has_role(matcher, token, DOES_JOIN))
            denied = 0;
        if (++denied > DENIED_WORDS_MOST)
            return i;
        token->denied = true;
    }
    return tokens->count;
}

static size_t negator_at(const struct sign_matcher *matcher, const struct tokens *tokens, size_t at)
{
    for (size_t i = 0; i < matcher->negator_count; i++) {
        size_t taken = phrase_at(matcher, &matcher->negators[i], tokens, at);
        if (taken > 0)
            return taken;
    }
    return has_role(matcher, &tokens->items[at], DOES_DENY) ? 1 : 0;
}

/* "No feeling in my feet" denies nothing: the "no" is part of what is told. */
static bool begins_a_phrase(const struct sign_matcher *matcher, const struct tokens *tokens,
                            size_t at)
{
    int word = tokens->items[at].word;
    if (word == UNKNOWN)
        return false;
    for (size_t i = matcher->first_phrase[word]; i < matcher->first_phrase[word + 1]; i++)
        if (matcher->phrases[i].count > 1 &&
            phrase_at(matcher, &matcher->phrases[i], tokens, at) > 0)
            return true;
    return false;
}

static void deny(const struct sign_matcher *matcher, struct tokens *tokens)
{
    for (size_t i = 0; i < tokens->count; i++) {
        size_t taken = negator_at(matcher, tokens, i);
        if (taken > 0 && !begins_a_phrase(matcher, tokens, i))
            deny_from(matcher, tokens, i + taken);
    }
}

/* ---- places ---- */

struct finding {
    const struct sign_matcher *matcher;
    const struct tokens *tokens;
    struct sign_places *out;
    struct arena *arena;
};

static void add_place(struct finding *finding, int concept, size_t at, size_t taken)
{
    struct sign_places *places = &finding->out[concept];
    const struct tokens *tokens = finding->tokens;
    struct sign_place *items = (struct sign_place *)places->items; /* ours until given away */
    if (places->count == SIGN_PLACES_MOST)
        return;
    if (items == NULL || (places->count & (places->count - 1)) == 0) {
        struct sign_place *more =
            arena_array(finding->arena, places->count == 0 ? 1 : 2 * places->count, sizeof *more);
        if (places->count > 0)
            memcpy(more, items, places->count * sizeof *more);
        places->items = items = more;
    }
    items[places->count++] = (struct sign_place){
        .start = tokens->items[at].start, .end = tokens->items[at + taken - 1].end, .word = at};
}

/* The tokens that an ignored phrase takes from here on; 0: none begins here. */
static size_t ignored_at(const struct finding *finding, size_t from, size_t to, size_t at)
{
    for (size_t i = from; i < to; i++)
        if (finding->matcher->phrases[i].concept == IGNORED) {
            size_t taken =
                phrase_at(finding->matcher, &finding->matcher->phrases[i], finding->tokens, at);
            if (taken > 0)
                return taken;
        }
    return 0;
}

/* All concepts that begin at a token; gives how many tokens to go on. */
static size_t find_at(struct finding *finding, size_t at)
{
    const struct sign_matcher *matcher = finding->matcher;
    const struct sign_token *token = &finding->tokens->items[at];
    if (token->word == UNKNOWN)
        return 1;
    size_t from = matcher->first_phrase[token->word];
    size_t to = matcher->first_phrase[token->word + 1];
    size_t ignored = ignored_at(finding, from, to, at);
    if (ignored > 0)
        return ignored;
    for (size_t i = from; i < to && !token->denied; i++) {
        size_t taken = phrase_at(matcher, &matcher->phrases[i], finding->tokens, at);
        if (taken > 0)
            add_place(finding, matcher->phrases[i].concept, at, taken);
    }
    return 1;
}

static struct tokens read_text(const struct sign_matcher *matcher, const char *text, size_t length,
                               struct arena *arena)
{
    struct tokens tokens =
        tokens_of(matcher, text, length < SIGN_TEXT_MOST ? length : SIGN_TEXT_MOST, arena);
    join_cannots(matcher, &tokens);
    return tokens;
}

static const struct sign_places *find_all(const struct sign_matcher *matcher, const char *text,
                                          size_t length, bool with_denied, struct arena *arena)
{
    size_t count = matcher->words->concept_count;
    struct sign_places *places = arena_array(arena, count + 1, sizeof *places);
    if (count == 0)
        return places;
    struct tokens tokens = read_text(matcher, text, length, arena);
    struct finding finding = {matcher, &tokens, places, arena};
    if (!with_denied)
        deny(matcher, &tokens);
    for (size_t at = 0; at < tokens.count;)
        at += find_at(&finding, at);
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
