/* The inside of passage.c: a text on its way to being read. passage_cut.c parts it into words and
 * sentences, passage_tags.c finds what stands in it. */
#ifndef TOUCHSTONE_EVIDENCE_JUDGEMENT_CLAIM_PASSAGE_PARTS_H
#define TOUCHSTONE_EVIDENCE_JUDGEMENT_CLAIM_PASSAGE_PARTS_H

#include "evidence/judgement/claim/passage.h"

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
    bool in_quotes;
    bool heading;       /* the sentence being read is one */
    size_t quote_start; /* token */
};

/* Fills tokens (one more than there are, for what stands after the last) and sentences. */
void passage_cut(struct passage_reader *reader, const struct text_words *words);

/* Fills tags, and the tokens' places in them. */
void passage_tag_all(struct passage_reader *reader);

#endif
