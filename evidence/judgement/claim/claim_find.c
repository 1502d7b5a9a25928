/* Statements parted, and all that patterns find in them. */
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

/* The statement around each token, which is asked for more often than there are tokens. */
static void find_clauses(struct vetting *vetting)
{
    size_t count = vetting->passage.token_count;
    struct span *clauses = arena_room(vetting->arena, count + 1, sizeof *clauses);
    uint32_t first = 0;
    uint32_t end = (uint32_t)count + 1;
    for (size_t at = 0; at <= count; at++) {
        if (vetting->boundaries[at] >= BOUNDARY_SOFT)
            first = (uint32_t)at;
        clauses[at].first = first;
    }
    for (size_t at = count + 1; at-- > 0;) {
        clauses[at].end = end;
        if (vetting->boundaries[at] >= BOUNDARY_SOFT)
            end = (uint32_t)at;
    }
    vetting->clauses = clauses;
}

void claim_clause(const struct vetting *vetting, size_t token, size_t *first, size_t *end)
{
    *first = vetting->clauses[token].first;
    *end = vetting->clauses[token].end;
}

void claim_chain(const struct vetting *vetting, size_t token, size_t *first, size_t *end)
{
    *first = token;
    while (*first > 0 && vetting->boundaries[*first] < BOUNDARY_HARD)
        --*first;
    *end = token + 1;
    while (*end < vetting->passage.token_count && vetting->boundaries[*end] < BOUNDARY_HARD)
        ++*end;
}

/* ---- findings ---- */

static void grow_findings(struct vetting *vetting)
{
    enum { FIRST_ROOM = 16 };
    size_t usual = vetting->passage.token_count / 2 + FIRST_ROOM;
    vetting->finding_room = vetting->finding_room == 0 ? usual : 2 * vetting->finding_room;
    if (vetting->finding_room > FINDINGS_MOST)
        vetting->finding_room = FINDINGS_MOST;
    struct finding *larger = arena_room(vetting->arena, vetting->finding_room, sizeof *larger);
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
static bool is_told_as_course(const struct wording_entry *entry, const struct tag *amount)
{
    const double SHORTEST_TRADITION_SECONDS = 3.1536e7; /* a year */
    return entry->type == ATOM_AUTHORITY && amount != NULL && amount->class == WORDS_TIME &&
           amount->amount < SHORTEST_TRADITION_SECONDS;
}

static void add_finding(struct vetting *vetting, const struct pattern *pattern,
                        const struct match *match, const struct tag *tag, size_t sentence)
{
    const struct wording_entry *entry = pattern->entry;
    if (vetting->finding_count == FINDINGS_MOST || is_told_as_dose(vetting, entry, tag) ||
        is_told_as_course(entry, match->amount))
        return;
    if (vetting->finding_count == vetting->finding_room)
        grow_findings(vetting);
    vetting->findings[vetting->finding_count++] = (struct finding){.entry = entry,
                                                                   .type = entry->type,
                                                                   .sense = entry->sense,
                                                                   .first = tag->first,
                                                                   .end = match->end,
                                                                   .own_end = match->end,
                                                                   .sentence = sentence,
                                                                   .amount = match->amount};
}

/* All patterns that begin with this tag; of one entry the longest match stays. */
static void match_tag(struct vetting *vetting, const struct tag *tag, size_t sentence,
                      struct ahead *ahead)
{
    const struct patterns *patterns = &vetting->wording->claims;
    claim_ahead_of(ahead, tag->end);
    size_t end = patterns->starts[tag->class + 1];
    for (size_t g = patterns->starts[tag->class]; g < end; g++) {
        const struct pattern_group *group = &patterns->groups[g];
        if (!claim_group_may_match(vetting, ahead, group))
            continue;
        const struct class_mask *near = claim_near(ahead, group);
        for (size_t i = group->first; i < group->end; i++) {
            struct match match;
            if ((near == NULL || class_mask_has(near, patterns->seconds[i])) &&
                claim_match(vetting, &patterns->items[i], tag, &match))
                add_finding(vetting, &patterns->items[i], &match, tag, sentence);
        }
    }
}

static void match_sentence(struct vetting *vetting, size_t index)
{
    const struct word_sentence *sentence = &vetting->passage.sentences[index];
    struct ahead ahead;
    ahead.filled = 0; /* the rest is written before it is read */
    ahead.token = 0;
    for (size_t at = sentence->first; at < sentence->end; at++) {
        size_t count;
        const struct tag *tags = passage_tags_at(&vetting->passage, at, &count);
        for (size_t i = 0; i < count; i++)
            match_tag(vetting, &tags[i], index, &ahead);
    }
}

/* ---- the whole ---- */

static int compare_places(const struct finding *a, const struct finding *b)
{
    if (a->first != b->first)
        return a->first < b->first ? -1 : 1;
    if (a->end != b->end)
        return a->end < b->end ? 1 : -1;
    if (a->entry != b->entry)
        return a->entry < b->entry ? -1 : 1;
    return 0;
}

/* They were found word by word, so that only those of one word can stand in the wrong order. */
static void sort_by_place(struct vetting *vetting)
{
    struct finding *findings = vetting->findings;
    for (size_t i = 1; i < vetting->finding_count; i++) {
        struct finding moved = findings[i];
        size_t at = i;
        for (; at > 0 && compare_places(&findings[at - 1], &moved) > 0; at--)
            findings[at] = findings[at - 1];
        if (at < i)
            findings[at] = moved;
    }
}

void claim_find(struct vetting *vetting)
{
    find_boundaries(vetting);
    find_clauses(vetting);
    claim_compose(vetting);
    for (size_t i = 0; i < vetting->passage.sentence_count; i++)
        match_sentence(vetting, i);
    sort_by_place(vetting);
}
