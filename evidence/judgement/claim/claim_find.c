/* Statements parted, and patterns found in them. */
#include <stdlib.h>
#include <string.h>

#include "evidence/judgement/claim/claim_parts.h"

enum {
    LOOKAHEAD = 3, /* words between "and" and the verb of a new statement */
    FINDINGS_MOST = 4 * CLAIM_ATOMS
};

/* ---- boundaries ---- */

static bool has(const struct vetting *vetting, size_t token, unsigned class)
{
    return passage_tag(&vetting->passage, token, class) != NULL;
}

/* "…, eases pain": a verb, a denial or a new subject comes next. */
static bool begins_statement(const struct vetting *vetting, size_t token, size_t end)
{
    for (size_t at = token; at < end && at < token + LOOKAHEAD; at++) {
        /* "strength, balance and flexibility": a name first, whatever else the word may be. */
        if (has(vetting, at, WORDS_SORE) || has(vetting, at, WORDS_GOOD) ||
            has(vetting, at, WORDS_PART))
            return false;
        if (has(vetting, at, WORDS_VERB) || has(vetting, at, WORDS_SUBJECT) ||
            has(vetting, at, WORDS_NEGATE))
            return true;
    }
    return false;
}

/* "…, and tablets are": a treatment that the next statement is about. */
static bool is_subject_of(const struct vetting *vetting, size_t token, size_t end)
{
    const struct tag *tag =
        token < end ? passage_tag(&vetting->passage, token, WORDS_INTERVENTION) : NULL;
    return tag != NULL && tag->end < end && has(vetting, tag->end, WORDS_ASKS);
}

static enum boundary boundary_at(const struct vetting *vetting, size_t token, size_t end)
{
    const struct word_token *word = &vetting->passage.tokens[token];
    bool joins = has(vetting, token, WORDS_JOIN);
    if (word->gap >= GAP_CLAUSE || has(vetting, token, WORDS_BREAK))
        return BOUNDARY_HARD;
    /* "…, or would it …": another question. */
    if (has(vetting, token, WORDS_OR) && token + 1 < end && has(vetting, token + 1, WORDS_ASKS))
        return BOUNDARY_HARD;
    if ((joins || word->gap == GAP_COMMA) && (begins_statement(vetting, token + joins, end) ||
                                              is_subject_of(vetting, token + joins, end)))
        return BOUNDARY_SOFT;
    return BOUNDARY_NONE;
}

static void find_boundaries(struct vetting *vetting)
{
    const struct passage *passage = &vetting->passage;
    vetting->boundaries = arena_alloc(vetting->arena, passage->token_count + 1);
    for (size_t i = 0; i < passage->sentence_count; i++) {
        const struct word_sentence *sentence = &passage->sentences[i];
        for (size_t at = sentence->first; at < sentence->end; at++)
            vetting->boundaries[at] =
                (unsigned char)(at == sentence->first ? BOUNDARY_HARD
                                                      : boundary_at(vetting, at, sentence->end));
    }
    vetting->boundaries[passage->token_count] = BOUNDARY_HARD;
}

static void around(const struct vetting *vetting, size_t token, enum boundary least, size_t *first,
                   size_t *end)
{
    *first = token;
    while (*first > 0 && vetting->boundaries[*first] < least)
        --*first;
    *end = token + 1;
    while (*end < vetting->passage.token_count && vetting->boundaries[*end] < least)
        ++*end;
}

void claim_clause(const struct vetting *vetting, size_t token, size_t *first, size_t *end)
{
    around(vetting, token, BOUNDARY_SOFT, first, end);
}

void claim_chain(const struct vetting *vetting, size_t token, size_t *first, size_t *end)
{
    around(vetting, token, BOUNDARY_HARD, first, end);
}

/* ---- matching ---- */

struct matching {
    const struct vetting *vetting;
    const struct pattern *pattern;
    size_t end;
    const struct tag *amount;
};

/* "Do not use it if you have a pacemaker": who is warned stands behind an "if". */
static bool may_cross(const struct matching *matching, size_t token)
{
    enum sense sense = matching->pattern->entry->sense;
    return (sense == SENSE_NOT_FOR || sense == SENSE_STAND_IN ||
            matching->pattern->entry->type == ATOM_AUTHORITY) &&
           matching->vetting->passage.tokens[token].gap < GAP_CLAUSE;
}

static bool match_rest(struct matching *matching, size_t piece, size_t at)
{
    const struct passage *passage = &matching->vetting->passage;
    if (piece == matching->pattern->count) {
        matching->end = at;
        return true;
    }
    size_t last = at + matching->pattern->pieces[piece].gap;
    for (size_t token = at; token <= last && token < passage->token_count; token++) {
        unsigned class = matching->pattern->pieces[piece].class;
        if (matching->vetting->boundaries[token] != BOUNDARY_NONE && !may_cross(matching, token))
            return false;
        /* "supports without limiting movement" supports no movement. */
        if (token > at && has(matching->vetting, token - 1, WORDS_WITHOUT))
            return false;
        if ((passage->tokens[token].mask & passage_mask(class)) == 0)
            continue;
        size_t count;
        const struct tag *tags = passage_tags_at(passage, token, &count);
        /* Longest first: later tags of a class at one word are longer. */
        for (size_t i = count; i-- > 0;)
            if (tags[i].class == class && match_rest(matching, piece + 1, tags[i].end)) {
                if (tag_has_amount(&tags[i]))
                    matching->amount = &tags[i];
                return true;
            }
    }
    return false;
}

static void grow_findings(struct vetting *vetting)
{
    enum { FIRST_ROOM = 64 };
    vetting->finding_room = vetting->finding_room == 0 ? FIRST_ROOM : 2 * vetting->finding_room;
    struct finding *larger = arena_array(vetting->arena, vetting->finding_room, sizeof *larger);
    if (vetting->finding_count > 0)
        memcpy(larger, vetting->findings, vetting->finding_count * sizeof *larger);
    vetting->findings = larger;
}

/* "four times a day" is how often, and multiplies nothing. */
static bool is_told_as_dose(const struct vetting *vetting, const struct wording_entry *entry,
                            const struct tag *tag)
{
    return entry->sense == SENSE_TIMES && tag->end < vetting->passage.token_count &&
           has(vetting, tag->end, WORDS_DOSE);
}

/* "used for a couple of months it makes hips supple" is how long it is used: a tradition takes
 * years.
 */
static bool is_told_as_course(const struct matching *matching)
{
    const double SHORTEST_TRADITION_SECONDS = 3.1536e7; /* a year */
    return matching->pattern->entry->type == ATOM_AUTHORITY && matching->amount != NULL &&
           matching->amount->class == WORDS_TIME &&
           matching->amount->amount < SHORTEST_TRADITION_SECONDS;
}

static void add_finding(struct vetting *vetting, const struct matching *matching,
                        const struct tag *tag, size_t sentence)
{
    const struct wording_entry *entry = matching->pattern->entry;
    if (vetting->finding_count == FINDINGS_MOST || is_told_as_dose(vetting, entry, tag) ||
        is_told_as_course(matching))
        return;
    if (vetting->finding_count == vetting->finding_room)
        grow_findings(vetting);
    vetting->findings[vetting->finding_count++] = (struct finding){.entry = entry,
                                                                   .type = entry->type,
                                                                   .sense = entry->sense,
                                                                   .first = tag->first,
                                                                   .end = matching->end,
                                                                   .own_end = matching->end,
                                                                   .sentence = sentence,
                                                                   .amount = matching->amount};
}

/* All patterns that begin with this tag; of one entry the longest match stays. */
static void match_tag(struct vetting *vetting, const struct tag *tag, size_t sentence)
{
    const struct wording *wording = vetting->wording;
    size_t end = wording->pattern_starts[tag->class + 1];
    /* "a switched-off lamp" switches nothing off. */
    if (tag->class > WORDS_LAST_MADE && tag->class != WORDS_SHAM &&
        has(vetting, tag->first, WORDS_SHAM))
        return;
    for (size_t i = wording->pattern_starts[tag->class]; i < end; i++) {
        struct matching matching = {.vetting = vetting,
                                    .pattern = &wording->patterns[i],
                                    .amount = tag_has_amount(tag) ? tag : NULL};
        if (match_rest(&matching, 1, tag->end))
            add_finding(vetting, &matching, tag, sentence);
    }
}

static void match_sentence(struct vetting *vetting, size_t index)
{
    const struct word_sentence *sentence = &vetting->passage.sentences[index];
    for (size_t at = sentence->first; at < sentence->end; at++) {
        size_t count;
        const struct tag *tags = passage_tags_at(&vetting->passage, at, &count);
        for (size_t i = 0; i < count; i++)
            match_tag(vetting, &tags[i], index);
    }
}

/* ---- the whole ---- */

static int by_place(const void *left, const void *right)
{
    const struct finding *a = left;
    const struct finding *b = right;
    if (a->first != b->first)
        return a->first < b->first ? -1 : 1;
    if (a->end != b->end)
        return a->end < b->end ? 1 : -1;
    if (a->entry != b->entry)
        return a->entry < b->entry ? -1 : 1;
    return 0;
}

void claim_find(struct vetting *vetting)
{
    find_boundaries(vetting);
    for (size_t i = 0; i < vetting->passage.sentence_count; i++)
        match_sentence(vetting, i);
    if (vetting->finding_count > 0)
        qsort(vetting->findings, vetting->finding_count, sizeof *vetting->findings, by_place);
}
