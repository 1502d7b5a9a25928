/*
 * One pattern held against a text, and the classes that are made of patterns.
 *
 * Those are a grammar: what stands for a complaint ("the agony of a stiff neck"), for people ("four
 * in five of our members"), for a change ("a good point less"). The text is read from its end, so
 * that a pattern at one word finds all that later words make, and, at the same word, what was made
 * just before it.
 */
#include <string.h>

#include "evidence/judgement/claim/claim_parts.h"

enum { TAGS_PER_TOKEN = 64 /* more than these at one word are left out */ };

static bool has(const struct vetting *vetting, size_t token, unsigned class)
{
    return passage_tag(&vetting->passage, token, class) != NULL;
}

/* ---- one pattern ---- */

struct matching {
    const struct vetting *vetting;
    const struct pattern *pattern;
    size_t end;
    const struct tag *amount;
};

/* "Do not use it if you have a pacemaker", "fine for anyone who has one": who is meant stands
 * behind an "if" or a "who". */
static bool may_cross(const struct matching *matching, size_t token)
{
    const struct wording_entry *entry = matching->pattern->entry;
    return entry != NULL &&
           (entry->sense == SENSE_NOT_FOR || entry->sense == SENSE_STAND_IN ||
            entry->sense == SENSE_HARMLESS || entry->type == ATOM_AUTHORITY) &&
           matching->vetting->passage.tokens[token].gap < GAP_CLAUSE;
}

/* "works when all else fails": the piece looked for is the word that parts the statements. */
static bool begins_piece(const struct matching *matching, size_t token, unsigned class)
{
    const struct vetting *vetting = matching->vetting;
    return vetting->passage.tokens[token].gap < GAP_COMMA && has(vetting, token, WORDS_BREAK) &&
           has(vetting, token, class);
}

static bool match_rest(struct matching *matching, size_t piece, size_t at);

/* True where the pieces from this one on, if there are any, stand from the token on. */
static bool match_from(struct matching *matching, size_t piece, size_t at)
{
    if (piece < matching->pattern->count)
        return match_rest(matching, piece, at);
    matching->end = at;
    return true;
}

static bool match_rest(struct matching *matching, size_t piece, size_t at)
{
    const struct passage *passage = &matching->vetting->passage;
    unsigned class = matching->pattern->pieces[piece].class;
    size_t last = at + matching->pattern->pieces[piece].gap;
    for (size_t token = at; token <= last && token < passage->token_count; token++) {
        if (matching->vetting->boundaries[token] != BOUNDARY_NONE && !may_cross(matching, token) &&
            !begins_piece(matching, token, class))
            return false;
        /* "supports without limiting movement" supports no movement. */
        if (token > at && has(matching->vetting, token - 1, WORDS_WITHOUT))
            return false;
        if (!class_mask_has(&passage->tokens[token].mask, class))
            continue;
        size_t count;
        const struct tag *tags = passage_tags_at(passage, token, &count);
        /* Longest first: later tags of a class at one word are longer. */
        for (size_t i = count; i-- > 0;)
            if (tags[i].class == class && match_from(matching, piece + 1, tags[i].end)) {
                if (tag_has_amount(&tags[i]))
                    matching->amount = &tags[i];
                return true;
            }
    }
    return false;
}

void claim_look_ahead(const struct vetting *vetting, struct ahead *ahead, size_t gap)
{
    const struct passage *passage = &vetting->passage;
    struct class_mask within = {{0}};
    if (ahead->filled > 0)
        within = ahead->within[ahead->filled - 1];
    else
        ahead->over = false;
    for (; ahead->filled <= gap; ahead->filled++) {
        size_t at = ahead->token + ahead->filled;
        /* No pattern goes on over a stop, a colon or a bracket. */
        ahead->over =
            ahead->over || at >= passage->token_count || passage->tokens[at].gap >= GAP_CLAUSE;
        if (!ahead->over)
            class_mask_join(&within, &passage->tokens[at].mask);
        ahead->within[ahead->filled] = within;
    }
}

/* The number that a class made of patterns holds: the time before the per cent, before a bare
 * number. */
static const struct tag *amount_within(const struct vetting *vetting, size_t first, size_t end)
{
    static const unsigned classes[] = {WORDS_TIME, WORDS_PERCENT, WORDS_NUMBER};
    const struct tag *amount = NULL;
    for (size_t i = 0; i < sizeof classes / sizeof *classes && amount == NULL; i++)
        amount = passage_find(&vetting->passage, first, end, classes[i]);
    return amount;
}

static bool holds_made_class(const struct vetting *vetting, const struct pattern *pattern)
{
    for (size_t i = 0; i < pattern->count; i++)
        if (vetting->wording->is_made[pattern->pieces[i].class])
            return true;
    return false;
}

bool claim_match(const struct vetting *vetting, const struct pattern *pattern,
                 const struct tag *tag, struct match *out)
{
    /* "a switched-off lamp" switches nothing off. */
    bool of_sham = tag->class > WORDS_LAST_MADE && tag->class != WORDS_SHAM &&
                   has(vetting, tag->first, WORDS_SHAM);
    bool lacks =
        pattern->count > 2 && !class_mask_covers(&vetting->rest[tag->end], &pattern->behind);
    if (of_sham || lacks)
        return false;
    struct matching matching = {
        .vetting = vetting, .pattern = pattern, .amount = tag_has_amount(tag) ? tag : NULL};
    if (!match_from(&matching, 1, tag->end))
        return false;
    if (matching.amount == NULL && pattern->entry != NULL && holds_made_class(vetting, pattern))
        matching.amount = amount_within(vetting, tag->first, matching.end);
    *out = (struct match){.end = matching.end, .amount = matching.amount};
    return true;
}

/* ---- classes made of patterns ---- */

/* What a token gets stands, with what it had, behind the tags of the text itself. */
struct composing {
    struct vetting *vetting;
    size_t count;    /* tags in use, those behind the text's own among them */
    size_t sentence; /* of the token whose turn it is */
    struct ahead ahead;
};

static void make_room(struct composing *composing, size_t more)
{
    struct passage *passage = &composing->vetting->passage;
    if (composing->count + more <= passage->tag_room)
        return;
    passage->tag_room = 2 * (composing->count + more);
    struct tag *larger = arena_room(composing->vetting->arena, passage->tag_room, sizeof *larger);
    if (composing->count > 0)
        memcpy(larger, passage->tags, composing->count * sizeof *larger);
    passage->tags = larger;
}

/* Puts a tag to those of the token whose turn it is. */
static void put_tag(struct composing *composing, struct word_token *token, struct tag tag)
{
    struct passage *passage = &composing->vetting->passage;
    make_room(composing, token->tag_count + (size_t)1);
    if (token->tag < passage->tag_count) {
        memcpy(passage->tags + composing->count, passage->tags + token->tag,
               token->tag_count * sizeof *passage->tags);
        token->tag = (uint32_t)composing->count;
        composing->count += token->tag_count;
    }
    passage->tags[composing->count++] = tag;
    token->tag_count++;
    class_mask_add(&token->mask, tag.class);
    class_mask_add(&passage->mask, tag.class);
}

static bool is_tagged(const struct composing *composing, const struct word_token *token,
                      struct tag tag)
{
    const struct tag *tags = composing->vetting->passage.tags + token->tag;
    for (size_t i = 0; i < token->tag_count; i++)
        if (tags[i].class == tag.class && tags[i].end == tag.end)
            return true;
    return false;
}

static void compose_by(struct composing *composing, struct word_token *token, struct tag tag,
                       const struct pattern *pattern)
{
    struct match match;
    if (token->tag_count == TAGS_PER_TOKEN ||
        !claim_match(composing->vetting, pattern, &tag, &match))
        return;
    struct tag new = {.first = tag.first, .end = (uint32_t)match.end, .class = pattern->makes};
    if (!is_tagged(composing, token, new))
        put_tag(composing, token, new);
}

/* All that begins with the token's tag at `index`; what is made stands behind it and is looked at
 * too. */
static void compose_tag(struct composing *composing, struct word_token *token, size_t index)
{
    const struct vetting *vetting = composing->vetting;
    const struct patterns *made = &vetting->wording->made;
    unsigned class = vetting->passage.tags[token->tag + index].class;
    size_t end = made->starts[class + 1];
    if (made->starts[class] == end) /* most begin none */
        return;
    struct tag tag = vetting->passage.tags[token->tag + index];
    claim_ahead_of(&composing->ahead, tag.end);
    for (size_t g = made->starts[class]; g < end; g++) {
        const struct pattern_group *group = &made->groups[g];
        if (!claim_group_may_match(vetting, &composing->ahead, group))
            continue;
        const struct class_mask *near = claim_near(&composing->ahead, group);
        for (size_t i = group->first; i < group->end; i++)
            if (near == NULL || class_mask_has(near, made->seconds[i]))
                compose_by(composing, token, tag, &made->items[i]);
    }
}

/* ---- verbs by their place ---- */

/* True if a tag of the class, of those found in the text itself, ends before the word. */
static bool follows(const struct vetting *vetting, size_t at, unsigned class)
{
    enum { REACH = 4 };
    const struct word_token *tokens = vetting->passage.tokens;
    const struct tag *tags = vetting->passage.tags;
    for (size_t from = at; from > 0 && at - from < REACH; from--) {
        const struct word_token *token = &tokens[from - 1];
        if (!class_mask_has(&token->mask, class))
            continue;
        for (size_t i = token->tag; i < token->tag + token->tag_count; i++)
            if (tags[i].end == at && tags[i].class == class)
                return true;
    }
    return false;
}

/* "chronic" within "chronic pain" */
static bool is_part_of_name(const struct vetting *vetting, size_t at)
{
    enum { REACH = 4 };
    const struct word_token *tokens = vetting->passage.tokens;
    const struct tag *tags = vetting->passage.tags;
    for (size_t from = at + 1; from > 0 && at + 1 - from < REACH; from--) {
        const struct word_token *token = &tokens[from - 1];
        if (!token_may_name(token))
            continue;
        for (size_t i = token->tag; i < token->tag + token->tag_count; i++)
            if (tags[i].end > at && tag_has_name(&tags[i]))
                return true;
    }
    return false;
}

static bool has_verb_ending(const struct text_word *word)
{
    enum { SHORTEST = 4 };
    const char *end = word->folded + word->folded_length;
    return word->folded_length >= SHORTEST && end[-1] == 's' && strchr("sui", end[-2]) == NULL;
}

/* Adverts never run out of verbs ("vanquishes", "outfoxes"), so those that do something are known
 * by where they stand, and those that do nothing are listed. */
static bool is_verb_by_place(const struct vetting *vetting, size_t at)
{
    enum { SHORTEST = 3 };
    const struct word_token *token = &vetting->passage.tokens[at];
    const struct tag *tags = vetting->passage.tags;
    if (at == 0 || token->gap != GAP_SPACE || token->word->folded_length < SHORTEST ||
        token->word->folded[0] <= '9' || is_part_of_name(vetting, at))
        return false;
    for (size_t i = token->tag; i < token->tag + token->tag_count; i++)
        if (tags[i].class == WORDS_STILL || tags[i].class == WORDS_VERB)
            return false;
    return follows(vetting, at, WORDS_VERB_OPENER) ||
           (has_verb_ending(token->word) &&
            (follows(vetting, at, WORDS_VERB_SUBJECT) || follows(vetting, at, WORDS_INTERVENTION)));
}

/* ---- "it" for what was asked about ---- */

/* "Back pain? Cupping eases it.": the complaint of the short question before; NULL without one. */
static const struct tag *complaint_before(const struct passage *passage, size_t sentence)
{
    enum { QUESTION = 6 };
    if (sentence == 0)
        return NULL;
    const struct word_sentence *before = &passage->sentences[sentence - 1];
    if (!before->asked || before->end - before->first > QUESTION)
        return NULL;
    return passage_find(passage, before->first, before->end, WORDS_SORE);
}

/* True of an "it" that ends its statement: a later one may begin the next. */
static bool is_object(const struct passage *passage, const struct word_sentence *sentence,
                      size_t at)
{
    const char *word = passage->tokens[at].word->folded;
    return at > sentence->first && passage->tokens[at].gap == GAP_SPACE &&
           (text_is(word, "it") || text_is(word, "them")) &&
           (at + 1 == sentence->end || passage->tokens[at + 1].gap > GAP_SPACE);
}

static void tag_pronoun(struct composing *composing, size_t at)
{
    struct passage *passage = &composing->vetting->passage;
    const struct word_sentence *sentence = &passage->sentences[composing->sentence];
    if (!is_object(passage, sentence, at))
        return;
    const struct tag *complaint = complaint_before(passage, composing->sentence);
    if (complaint != NULL)
        put_tag(composing, &passage->tokens[at],
                (struct tag){.first = (uint32_t)at,
                             .end = (uint32_t)at + 1,
                             .class = WORDS_SORE,
                             .name = complaint->name});
}

static void compose_token(struct composing *composing, size_t at)
{
    struct word_token *token = &composing->vetting->passage.tokens[at];
    while (at < composing->vetting->passage.sentences[composing->sentence].first)
        composing->sentence--;
    composing->ahead.filled = 0;
    tag_pronoun(composing, at);
    if (is_verb_by_place(composing->vetting, at))
        put_tag(
            composing, token,
            (struct tag){.first = (uint32_t)at, .end = (uint32_t)at + 1, .class = WORDS_VERBISH});
    for (size_t i = 0; i < token->tag_count; i++)
        compose_tag(composing, token, i);
}

/* What may begin at the token, whose classes are all found, and later. */
static void look_behind(struct vetting *vetting, size_t at)
{
    const struct passage *passage = &vetting->passage;
    vetting->rest[at] = passage->tokens[at].mask;
    if (at + 1 < passage->token_count && passage->tokens[at + 1].gap < GAP_CLAUSE)
        class_mask_join(&vetting->rest[at], &vetting->rest[at + 1]);
}

void claim_compose(struct vetting *vetting)
{
    size_t count = vetting->passage.token_count;
    struct composing composing = {.vetting = vetting, .count = vetting->passage.tag_count};
    bool makes = vetting->wording->made.count > 0 && vetting->passage.sentence_count > 0;
    if (makes)
        composing.sentence = vetting->passage.sentence_count - 1;
    vetting->rest = arena_room(vetting->arena, count + 1, sizeof *vetting->rest);
    vetting->rest[count] = (struct class_mask){{0}};
    for (size_t at = count; at-- > 0;) {
        if (makes)
            compose_token(&composing, at);
        look_behind(vetting, at);
    }
}
