/*
 * A text as the words that phrases know, and the phrases that begin at one of them. Small words may
 * stand between those of a phrase; no phrase goes past the end of a sentence.
 */
#ifndef TOUCHSTONE_EVIDENCE_JUDGEMENT_SIGNS_SIGN_TEXT_H
#define TOUCHSTONE_EVIDENCE_JUDGEMENT_SIGNS_SIGN_TEXT_H

#include "evidence/judgement/signs/sign_vocabulary.h"

enum sign_stop { SIGN_STOP_NONE, SIGN_STOP_COMMA, SIGN_STOP_SENTENCE };

struct sign_spot {
    struct sign_token token;
    size_t start; /* bytes of the text */
    size_t end;
    enum sign_stop before; /* what stands before it */
    bool denied;           /* false as read */
    bool past;
};

struct sign_text {
    struct sign_spot *items;
    size_t count;
    size_t room;
};

/* Any bytes will do; the spots live in `arena`. */
struct sign_text sign_text_read(const struct sign_vocabulary *vocabulary, const char *text,
                                size_t length, struct arena *arena);

/* The same with every word learnt: a phrase, or several, each on a line of its own. */
struct sign_text sign_text_learn(struct sign_vocabulary *vocabulary, const char *text,
                                 size_t length, struct arena *arena);

/* Told of each phrase: its value in the tree, and over how many spots it stands. */
typedef void sign_phrase_found(void *context, uint32_t value, size_t spots);

/* All phrases of the vocabulary's tree that begin at a spot, some perhaps more than once. */
void sign_text_phrases(const struct sign_vocabulary *vocabulary, const struct phrase_tree *tree,
                       const struct sign_text *text, size_t at, sign_phrase_found *found,
                       void *context);

#endif
