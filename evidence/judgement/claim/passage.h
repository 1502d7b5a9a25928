/*
 * A text taken apart for claims: its words with what parts them, its sentences, and every class and
 * name that stands in it. One pass over the words, whatever their number.
 */
#ifndef TOUCHSTONE_EVIDENCE_JUDGEMENT_CLAIM_PASSAGE_H
#define TOUCHSTONE_EVIDENCE_JUDGEMENT_CLAIM_PASSAGE_H

#include "evidence/judgement/claim/wording.h"
#include "evidence/judgement/language/plain_text.h"

/* What stands between a word and the one before; each parts more than those above it. */
enum gap {
    GAP_SPACE,
    GAP_COMMA,
    GAP_CLAUSE,  /* : ; ( ) – */
    GAP_SENTENCE /* . ! ? a line, a bullet, a picture */
};

struct word_token {
    uint32_t start; /* bytes of the plain text */
    uint32_t end;
    const struct text_word *word;
    uint32_t root;  /* number in the wording's tree, PHRASE_NONE for a word of no class */
    uint32_t stem;  /* likewise in the tree of names */
    enum gap gap;   /* before it */
    double number;  /* NAN for a word that is none */
    double seconds; /* of a unit of time glued to the number: "60s", NAN */
    bool percent;
    bool money;
    bool times;   /* 3x */
    uint32_t tag; /* its first tag, … */
    uint32_t tag_count;
    struct class_mask mask; /* classes of which a tag may begin here; others surely do not */
};

/* A class or a name that begins at a token. Sorted by first token; longest first among equals. */
struct tag {
    uint32_t first;
    uint32_t end; /* first token after it */
    unsigned class;
    union {
        const struct name *name; /* of the classes made of names */
        double amount; /* of numbers and times: the number, the seconds (below 0: sessions) */
    };
};

/* Which of the two a tag has; neither for classes of words. */
static inline bool tag_has_name(const struct tag *tag)
{
    return (tag->class >= WORDS_INTERVENTION && tag->class <= WORDS_GOOD) ||
           tag->class == WORDS_SIGN;
}

/* False if surely no tag of the token has a name. */
static inline bool token_may_name(const struct word_token *token)
{
    _Static_assert(WORDS_LAST_MADE < 64, "names are among the first bits of a mask");
    const uint64_t one = 1;
    const uint64_t names =
        (one << (WORDS_GOOD + 1)) - (one << WORDS_INTERVENTION) + (one << WORDS_SIGN);
    return (token->mask.bits[0] & names) != 0;
}

static inline bool tag_has_amount(const struct tag *tag)
{
    return tag->class == WORDS_NUMBER || tag->class == WORDS_PERCENT || tag->class == WORDS_TIME;
}

struct word_sentence {
    size_t first; /* tokens */
    size_t end;
    bool asked;   /* ends with a question mark */
    bool quoted;  /* stands within quotation marks */
    bool heading; /* begins with '#', as in Markdown, or stands in 【】; headings of HTML are read
                     as such; or a few words with an exclamation mark */
};

struct passage {
    const struct wording *wording;
    struct plain_text plain;
    struct text_words words;   /* of the plain text */
    struct word_token *tokens; /* tags may still be added (claim_match.c), the rest stands */
    size_t token_count;
    const struct word_sentence *sentences;
    size_t sentence_count;
    struct tag *tags; /* those of the text in its order; behind them (claim_match.c) all tags of the
                         tokens that got more */
    size_t tag_count; /* of the text */
    size_t tag_room;
    struct class_mask mask; /* of all tokens */
};

/* Reads a text; everything lives in `arena`. `out` is written whole. */
void passage_read(const struct wording *wording, struct plain_text plain, struct arena *arena,
                  struct passage *out);

/* The tags that begin at a token: from the one returned, `*count` of them. */
static inline const struct tag *passage_tags_at(const struct passage *passage, size_t token,
                                                size_t *count)
{
    *count = token < passage->token_count ? passage->tokens[token].tag_count : 0;
    /* NULL may not be added to. */
    return *count == 0 ? passage->tags : passage->tags + passage->tokens[token].tag;
}

/* The first tag of the class that begins at the token; NULL if there is none. It is asked for most
 * tokens and most classes, and nearly always in vain. */
const struct tag *passage_tag_masked(const struct passage *passage, size_t token,
                                     unsigned class); /* the mask has been asked */
static inline const struct tag *passage_tag(const struct passage *passage, size_t token,
                                            unsigned class)
{
    return token < passage->token_count && class_mask_has(&passage->tokens[token].mask, class)
               ? passage_tag_masked(passage, token, class)
               : NULL;
}

/* The first tag of the class that lies within the tokens [first, end); NULL if there is none. */
const struct tag *passage_find_masked(const struct passage *passage, size_t first, size_t end,
                                      unsigned class); /* the text's mask has been asked */
static inline const struct tag *passage_find(const struct passage *passage, size_t first,
                                             size_t end, unsigned class)
{
    return class_mask_has(&passage->mask, class) ? passage_find_masked(passage, first, end, class)
                                                 : NULL;
}

#endif
