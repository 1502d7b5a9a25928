#include "evidence/judgement/claim/passage.h"

#include "evidence/judgement/claim/passage_parts.h"

void passage_read(const struct wording *wording, struct plain_text plain, struct arena *arena,
                  struct passage *out)
{
    struct text_words words = text_cut(plain.bytes, plain.length, arena);
    struct passage_reader reader = {
        .arena = arena, .wording = wording, .bytes = plain.bytes, .length = plain.length};
    passage_cut(&reader, &words);
    passage_tag_all(&reader);
    *out = (struct passage){.wording = wording,
                            .plain = plain,
                            .words = words,
                            .tokens = reader.tokens,
                            .token_count = reader.token_count,
                            .sentences = reader.sentences,
                            .sentence_count = reader.sentence_count,
                            .tags = reader.tags,
                            .tag_count = reader.tag_count,
                            .tag_room = reader.tag_room,
                            .mask = reader.mask};
}

const struct tag *passage_tag_masked(const struct passage *passage, size_t token, unsigned class)
{
    size_t count;
    const struct tag *tags = passage_tags_at(passage, token, &count);
    for (size_t i = 0; i < count; i++)
        if (tags[i].class == class)
            return &tags[i];
    return NULL;
}

const struct tag *passage_find_masked(const struct passage *passage, size_t first, size_t end,
                                      unsigned class)
{
    size_t last = end < passage->token_count ? end : passage->token_count;
    for (size_t at = first; at < last; at++) {
        if (!class_mask_has(&passage->tokens[at].mask, class))
            continue;
        const struct tag *tag = passage_tag_masked(passage, at, class);
        if (tag != NULL && tag->end <= end)
            return tag;
    }
    return NULL;
}
