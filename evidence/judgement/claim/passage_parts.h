/* The inside of passage.c: a text on its way to being read. passage_cut.c parts it into words and
 * sentences, passage_tags.c finds what stands in it. */
#ifndef TOUCHSTONE_EVIDENCE_JUDGEMENT_CLAIM_PASSAGE_PARTS_H
#define TOUCHSTONE_EVIDENCE_JUDGEMENT_CLAIM_PASSAGE_PARTS_H

#include "evidence/judgement/claim/passage.h"

/* What a word has been looked up as. */
struct seen_word {
    const char *folded; /* the same pointer for the same word, nearly always; NULL: none yet */
    uint32_t root;
    uint32_t stem;
};
enum { SEEN_WORDS = 256, SEEN_APART = 16 /* bytes between two words' letters */ };

struct passage_reader {
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
    struct class_mask mask; /* of all tags */
    bool in_quotes;
    bool heading;                      /* the sentence being read is one */
    size_t quote_start;                /* token */
    struct seen_word seen[SEEN_WORDS]; /* by place of their letters */
};

/* Fills tokens (one more than there are, for what stands after the last) and sentences. */
void passage_cut(struct passage_reader *reader, const struct text_words *words);

/* Fills tags, and the tokens' places in them. */
void passage_tag_all(struct passage_reader *reader);

#endif
