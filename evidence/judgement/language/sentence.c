#include "evidence/judgement/language/sentence.h"

#include <string.h>

enum {
    PIECES_PER_TOKEN = 8, /* a word starts few names; what is more is left out */
    MOST_FORGIVEN = 2,    /* misspelt words in one name */
    USABLE_BITS = 32
};

/* What a cover is worth. A word covered outweighs all else; then fewer, surer and better pieces. */
enum {
    VALUE_WORD = 100,
    VALUE_PIECE = -10,
    VALUE_FORGIVEN = -20,
    VALUE_OTHER = 5, /* "frozen shoulder" rather than "shoulder" */
    VALUE_INTERVENTION = 3,
    VALUE_CONDITION = 2
};

struct reader {
    const struct lexicon *lexicon;
    const struct language *language;
    struct token *tokens;
    size_t token_count;
    struct piece *pieces;
    size_t piece_count;
    size_t piece_room;
};

bool token_has(const struct token *token, enum word_role role)
{
    return (token->roles >> role & 1) != 0;
}

const struct phrase *piece_meaning(const struct piece *piece, enum meaning meaning)
{
    for (size_t i = 0; i < piece->phrase_count && i < USABLE_BITS; i++)
        if (piece->phrases[i].meaning == meaning && (piece->usable >> i & 1) != 0)
            return &piece->phrases[i];
    return NULL;
}

/* ---- words ---- */

static bool is_number(const struct text_word *word)
{
    return strspn(word->folded, "0123456789") == word->folded_length;
}

/* A function word that is no name by itself ("chiropractor" is both). */
static bool says_nothing(const struct lexicon *lexicon, const struct lexicon_word *word)
{
    if (!roles_are_silent(word->roles))
        return false;
    struct lexicon_range range = lexicon_all(lexicon);
    size_t count = 0;
    if (word->named && lexicon_narrow(lexicon, &range, word->as, word->as_length))
        lexicon_complete(lexicon, &range, &count);
    return count == 0;
}

/* The roles of a misspelt function word ("hlep") are those of the word it is nearest to. */
static unsigned guessed_roles(const struct lexicon *lexicon, const struct token *token)
{
    for (size_t i = 0; i < token->guess_count; i++)
        if (says_nothing(lexicon, token->guesses[i].word) && !token->guesses[i].weak)
            return token->guesses[i].word->roles;
    return 0;
}

static void look_up(struct reader *reader, const struct text_word *word, struct token *token)
{
    const struct lexicon_word *known = lexicon_word(reader->lexicon, word->stem, word->stem_length);
    *token = (struct token){.text = word};
    if (known != NULL) {
        token->roles = known->roles;
        /* Two words written as one stand in the keys by other letters. */
        if (known->as != known->stem)
            token->guesses[token->guess_count++] = (struct lexicon_guess){.word = known};
    } else if (is_number(word)) {
        token->roles = 1u << WORD_FILLER;
    } else {
        token->guess_count = lexicon_guess(reader->lexicon, word, token->guesses);
        token->roles = guessed_roles(reader->lexicon, token);
    }
}

/* ---- does a name count here? ---- */

/* The word before token `at`, or an article passed over on the way to it, is in the list. */
static bool stands_after(const struct reader *reader, size_t at, const char *const *list)
{
    for (size_t i = at; i > 0 && !reader->tokens[i].text->apart; i--) {
        const struct token *before = &reader->tokens[i - 1];
        if (lexicon_lists(list, before->text))
            return true;
        if (!token_has(before, WORD_SKIPPED) && !token_has(before, WORD_SUBJECT))
            return false;
    }
    return false;
}

static bool stands_before(const struct reader *reader, size_t end, const char *const *list)
{
    return end < reader->token_count && !reader->tokens[end].text->apart &&
           lexicon_lists(list, reader->tokens[end].text);
}

/* "my back", but not "come back". */
static bool is_owned(const struct reader *reader, size_t at, const struct body_part *part)
{
    return at > 0 && lexicon_lists(part->alone_after, reader->tokens[at - 1].text);
}

static bool counts(const struct reader *reader, size_t first, size_t end,
                   const struct phrase *phrase)
{
    const struct ordinary *rule = phrase->ordinary;
    if (rule == NULL || phrase->meaning == MEANING_EXERCISE)
        return true;
    if (stands_before(reader, end, rule->not_before))
        return false;
    if (phrase->meaning == MEANING_BODY_PART)
        return is_owned(reader, first, phrase->of.body_part) ||
               !stands_after(reader, first, rule->not_after);
    return !stands_after(reader, first, rule->not_after) &&
           (rule->sure || !stands_after(reader, first, reader->language->ordinary_not_after));
}

/* ---- finding names ---- */

/* A name on its way: the tokens from `first` on, as far as keys go along. */
struct trail {
    size_t first;
    struct lexicon_range range;
    unsigned forgiven;
    bool weak;    /* a doubtful guess is part of it */
    bool solid;   /* so is a right word of at least four letters */
    bool crossed; /* goes over a comma */
    bool silent;  /* a misspelt word may as well be a function word */
};

static int value_of(const struct reader *reader, const struct piece *piece)
{
    int value = VALUE_PIECE + VALUE_FORGIVEN * (int)piece->forgiven;
    for (size_t i = piece->first; i < piece->end; i++)
        if (!token_has(&reader->tokens[i], WORD_SKIPPED))
            value += VALUE_WORD;
    if (piece_meaning(piece, MEANING_OTHER_TREATMENT) != NULL ||
        piece_meaning(piece, MEANING_OTHER_CONDITION) != NULL)
        return value + VALUE_OTHER;
    if (piece_meaning(piece, MEANING_INTERVENTION) != NULL)
        return value + VALUE_INTERVENTION;
    if (piece_meaning(piece, MEANING_CONDITION) != NULL)
        return value + VALUE_CONDITION;
    return value;
}

/* "Come back": the word is part of another one's meaning and says nothing of its own. */
static void pass_over_idiom(struct reader *reader, const struct piece *piece)
{
    for (size_t i = 0; i < piece->phrase_count; i++)
        if (piece->phrases[i].meaning == MEANING_BODY_PART)
            reader->tokens[piece->first].roles |= 1u << WORD_FILLER;
}

static void add_piece(struct reader *reader, const struct trail *trail, size_t end)
{
    size_t count = 0;
    const struct phrase *phrases = lexicon_complete(reader->lexicon, &trail->range, &count);
    bool alone = end == trail->first + 1;
    if (count == 0 || reader->piece_count == reader->piece_room)
        return;
    if ((trail->weak && (alone || !trail->solid)) || (trail->silent && alone))
        return;
    struct piece piece = {.first = trail->first,
                          .end = end,
                          .phrases = phrases,
                          .phrase_count = count,
                          .forgiven = trail->forgiven};
    for (size_t i = 0; i < count && i < USABLE_BITS; i++)
        if (counts(reader, trail->first, end, &phrases[i]) &&
            (!trail->crossed || strchr(phrases[i].text, ',') != NULL))
            piece.usable |= 1u << i;
    if (piece.usable == 0) {
        if (!trail->crossed)
            pass_over_idiom(reader, &piece);
        return;
    }
    piece.value = value_of(reader, &piece);
    reader->pieces[reader->piece_count++] = piece;
}

static void follow(struct reader *reader, struct trail trail, size_t at);

/* Goes on with the next word of a name, over articles; over a comma for names that have one. */
static void go_on(struct reader *reader, const struct trail *trail, size_t at)
{
    add_piece(reader, trail, at + 1);
    struct trail further = *trail;
    for (size_t next = at + 1; next < reader->token_count; next++) {
        further.crossed |= reader->tokens[next].text->apart;
        if (!token_has(&reader->tokens[next], WORD_SKIPPED)) {
            follow(reader, further, next);
            return;
        }
    }
}

static void follow_word(struct reader *reader, const struct trail *trail, size_t at)
{
    const struct token *token = &reader->tokens[at];
    struct trail further = *trail;
    further.solid |= token->guess_count == 0 && token->text->folded_length >= 4;
    if (lexicon_narrow(reader->lexicon, &further.range, token->text->stem,
                       token->text->stem_length))
        go_on(reader, &further, at);
}

static void follow_guess(struct reader *reader, const struct trail *trail, size_t at,
                         const struct lexicon_guess *guess)
{
    struct trail further = *trail;
    further.forgiven += guess->distance > 0;
    further.weak |= guess->weak;
    further.silent |= guess->distance > 0 && reader->tokens[at].roles != 0;
    if (further.forgiven <= MOST_FORGIVEN &&
        lexicon_narrow(reader->lexicon, &further.range, guess->word->as, guess->word->as_length))
        go_on(reader, &further, at);
}

/* Recursion ends with the keys: each step uses up bytes of them. */
static void follow(struct reader *reader, struct trail trail, size_t at)
{
    const struct token *token = &reader->tokens[at];
    follow_word(reader, &trail, at);
    for (size_t i = 0; i < token->guess_count; i++)
        follow_guess(reader, &trail, at, &token->guesses[i]);
}

/* ---- choosing among them ---- */

/* From the last word to the first: the most that can be had from here on, and with which piece. */
struct cover {
    int value;
    const struct piece *piece; /* NULL: the word is left uncovered */
};

static void choose(struct reader *reader, const size_t *starts, struct cover *covers)
{
    for (size_t at = reader->token_count; at-- > 0;) {
        covers[at] = (struct cover){.value = covers[at + 1].value};
        for (size_t i = starts[at]; i < starts[at + 1]; i++) {
            const struct piece *piece = &reader->pieces[i];
            int value = piece->value + covers[piece->end].value;
            if (value >= covers[at].value) /* a tie covers the earlier word */
                covers[at] = (struct cover){value, piece};
        }
    }
}

static void collect(const struct reader *reader, const struct cover *covers, struct arena *arena,
                    struct sentence *out)
{
    struct piece *pieces = arena_array(arena, reader->token_count, sizeof *pieces);
    for (size_t at = 0; at < reader->token_count;) {
        const struct piece *piece = covers[at].piece;
        if (piece != NULL)
            pieces[out->piece_count++] = *piece;
        at = piece != NULL ? piece->end : at + 1;
    }
    out->pieces = pieces;
}

void sentence_read(const struct lexicon *lexicon, const char *text, size_t length,
                   struct arena *arena, struct sentence *out)
{
    struct text_words words = text_cut(text, length, arena);
    struct reader reader = {.lexicon = lexicon,
                            .language = lexicon_language(lexicon),
                            .token_count = words.count,
                            .piece_room = words.count * PIECES_PER_TOKEN};
    reader.tokens = arena_array(arena, words.count, sizeof *reader.tokens);
    reader.pieces = arena_array(arena, reader.piece_room, sizeof *reader.pieces);
    for (size_t i = 0; i < words.count; i++)
        look_up(&reader, &words.items[i], &reader.tokens[i]);

    size_t *starts = arena_array(arena, words.count + 1, sizeof *starts);
    for (size_t i = 0; i < words.count; i++) {
        starts[i] = reader.piece_count;
        if (!token_has(&reader.tokens[i], WORD_SKIPPED))
            follow(&reader, (struct trail){.first = i, .range = lexicon_all(lexicon)}, i);
    }
    starts[words.count] = reader.piece_count;
    struct cover *covers = arena_array(arena, words.count + 1, sizeof *covers);
    choose(&reader, starts, covers);

    *out = (struct sentence){
        .lexicon = lexicon, .tokens = reader.tokens, .token_count = reader.token_count};
    collect(&reader, covers, arena, out);
}
