/* Of what was found one finding a claim: the particular before the general, lists followed, times
 * and sizes beside what they belong to. */
#include <string.h>

#include "evidence/judgement/claim/claim_parts.h"

enum { LIST_REACH = 4 /* words between the members of a list */ };

static bool has(const struct vetting *vetting, size_t token, unsigned class)
{
    return passage_tag(&vetting->passage, token, class) != NULL;
}

/* ---- one finding a claim ---- */

static size_t length_of(const struct finding *finding)
{
    return finding->end - finding->first;
}

static bool overlap(const struct finding *a, const struct finding *b)
{
    return a->first < b->end && b->first < a->end;
}

/* Of two findings of one type over one another: a stand-in as proof, then the longer, then the one
 * that denies ("stays the same" is no rise), then the earlier entry of the files. */
static bool yields_to(const struct finding *one, const struct finding *other)
{
    if ((one->sense == SENSE_STAND_IN) != (other->sense == SENSE_STAND_IN))
        return other->sense == SENSE_STAND_IN;
    if (length_of(one) != length_of(other))
        return length_of(one) < length_of(other);
    if ((one->sense == SENSE_FAILS) != (other->sense == SENSE_FAILS))
        return other->sense == SENSE_FAILS;
    return one->entry > other->entry || (one->entry == other->entry && one > other);
}

/* Whose words say more than the bare claim under them: the bare one is not told beside it. */
static bool tells_more(enum atom_type one, enum atom_type other)
{
    static const unsigned above[ATOM_TYPE_COUNT] = {
        [ATOM_EFFICACY] = 1u << ATOM_SIZE | 1u << ATOM_SPEED | 1u << ATOM_PERMANENCE |
                          1u << ATOM_MECHANISM | 1u << ATOM_UNIVERSALITY | 1u << ATOM_SAFETY |
                          1u << ATOM_COMPARISON | 1u << ATOM_AUTHORITY,
        [ATOM_SIZE] = 1u << ATOM_SAFETY | 1u << ATOM_AUTHORITY | 1u << ATOM_UNIVERSALITY,
        [ATOM_MECHANISM] = 1u << ATOM_SAFETY | 1u << ATOM_PERMANENCE,
        [ATOM_SPEED] = 1u << ATOM_SAFETY | 1u << ATOM_PERMANENCE,
        [ATOM_PERMANENCE] = 1u << ATOM_SAFETY | 1u << ATOM_COMPARISON,
        [ATOM_COMPARISON] = 1u << ATOM_SAFETY,
        [ATOM_UNIVERSALITY] = 1u << ATOM_SAFETY,
    };
    return (above[other] >> one & 1u) != 0;
}

/* "leaves you less sore": less of a harm is relief. */
static bool tells_of_less(const struct vetting *vetting, const struct finding *finding)
{
    size_t first = finding->first == 0 ? 0 : finding->first - 1;
    return finding->type == ATOM_SAFETY && finding->sense == SENSE_HARM &&
           passage_find(&vetting->passage, first, finding->end, WORDS_LESS) != NULL;
}

static void settle_overlaps(struct vetting *vetting)
{
    for (size_t i = 0; i < vetting->finding_count; i++) {
        struct finding *one = &vetting->findings[i];
        one->replaced = one->replaced || tells_of_less(vetting, one);
        /* Findings come by first token: those that reach over this one are near. */
        for (size_t j = i + 1; j < vetting->finding_count; j++) {
            struct finding *other = &vetting->findings[j];
            if (other->first >= one->end)
                break;
            if (one->replaced || other->replaced || !overlap(one, other))
                continue;
            if (one->type == other->type) {
                if (yields_to(one, other))
                    one->replaced = true;
                else
                    other->replaced = true;
            }
        }
    }
}

/* "restores joint movement" is about movement: a name reaches over the place. */
static bool is_within_name(const struct vetting *vetting, size_t end)
{
    enum { REACH = 4 };
    for (size_t at = end < REACH ? 0 : end - REACH; at < end; at++) {
        const struct tag *tag = passage_tag(&vetting->passage, at, WORDS_GOOD);
        if (tag == NULL)
            tag = passage_tag(&vetting->passage, at, WORDS_SORE);
        if (tag != NULL && tag->end > end)
            return true;
    }
    return false;
}

/* "ends pain and swelling": what comes later in a list does not change what the verb is about. */
static bool is_later_in_list(const struct vetting *vetting, const struct finding *relief,
                             const struct finding *other)
{
    if (relief->type != ATOM_EFFICACY || relief->first != other->first)
        return false;
    enum { REACH = 2 };
    if (other->type == ATOM_MECHANISM && is_within_name(vetting, other->own_end))
        return true;
    for (size_t at = relief->own_end; at < relief->own_end + REACH && at < other->own_end; at++)
        if (vetting->passage.tokens[at].gap == GAP_COMMA || has(vetting, at, WORDS_JOIN))
            return true;
    return false;
}

/* "permanently" */
static bool is_adverb(const struct vetting *vetting, const struct finding *finding)
{
    const struct text_word *last = vetting->passage.tokens[finding->end - 1].word;
    return last->folded_length > 2 && strcmp(last->folded + last->folded_length - 2, "ly") == 0;
}

/* "long-lasting neck pain" tells of the pain. */
static bool tells_of_complaint(const struct vetting *vetting, const struct finding *finding)
{
    enum { REACH = 2 };
    if (finding->type != ATOM_PERMANENCE || finding->amount != NULL || is_adverb(vetting, finding))
        return false;
    if (is_within_name(vetting, finding->end))
        return true;
    for (size_t at = finding->end; at < finding->end + REACH; at++)
        if (at < vetting->passage.token_count &&
            (has(vetting, at, WORDS_SORE) || has(vetting, at, WORDS_PART)))
            return true;
    return false;
}

/* "you will never hurt your back again", "used for arthritis and even for cancer": the words of
 * safety are part of what is promised of the complaint. */
static bool promises_around(const struct vetting *vetting, const struct finding *relief,
                            const struct finding *safety)
{
    if (relief->type != ATOM_EFFICACY || safety->type != ATOM_SAFETY ||
        relief->first > safety->first)
        return false;
    bool listed =
        safety->end <= relief->end && relief->own_end <= safety->first &&
        passage_find(&vetting->passage, safety->first, safety->end, WORDS_OUTSIDE) != NULL;
    return listed || ((relief->sense == SENSE_PREVENTS || relief->sense == SENSE_ENDS) &&
                      safety->end < relief->own_end);
}

/* "if your back has ached for months": how long the complaint has been there. A complaint told in
 * the perfect, before the time and in its own statement. */
static bool times_complaint(const struct vetting *vetting, const struct finding *modifier)
{
    size_t first, end;
    if (modifier->type != ATOM_PERMANENCE || modifier->sense == SENSE_FOR_GOOD)
        return false;
    claim_clause(vetting, modifier->first, &first, &end);
    for (size_t at = first; at < modifier->first; at++) {
        const struct tag *sore = passage_tag(&vetting->passage, at, WORDS_SORE);
        size_t from = at > first ? at - 1 : at;
        if (sore != NULL && passage_find(&vetting->passage, from, sore->end, WORDS_PERFECT) != NULL)
            return true;
    }
    return false;
}

/* "what you can do in a day": a time that is part of a name. */
static bool is_part_of_name(const struct vetting *vetting, const struct finding *modifier)
{
    enum { REACH = 8 };
    size_t from = modifier->first < REACH ? 0 : modifier->first - REACH;
    for (size_t at = from; at < modifier->first; at++) {
        const struct tag *tag = passage_tag(&vetting->passage, at, WORDS_GOOD);
        if (tag != NULL && tag->end >= modifier->own_end)
            return true;
    }
    return false;
}

/* "may take away some of it for an hour": a promise so small is the hedge of another claim. */
static bool is_modest_time(const struct vetting *vetting, const struct finding *modifier)
{
    enum { SECONDS_A_DAY = 86400 };
    size_t first, end;
    claim_clause(vetting, modifier->first, &first, &end);
    bool hours = modifier->sense == SENSE_FOR_TIME &&
                 (modifier->amount == NULL || (modifier->amount->class == WORDS_TIME &&
                                               modifier->amount->amount < SECONDS_A_DAY));
    return hours && passage_find(&vetting->passage, first, end, WORDS_HEDGE) != NULL;
}

/* "may be less sore over the next days", "a review saw some help in the first five weeks": when it
 * was seen, told with a hedge or by those who looked, is part of what was seen. */
static bool is_window(const struct vetting *vetting, const struct finding *modifier)
{
    size_t first, end;
    bool timed = modifier->sense == SENSE_WITHIN || modifier->sense == SENSE_FOR_TIME;
    if (!timed || modifier->amount == NULL || modifier->amount->class != WORDS_TIME)
        return false;
    claim_chain(vetting, modifier->first, &first, &end);
    return passage_find(&vetting->passage, first, end, WORDS_HEDGE) != NULL ||
           passage_find(&vetting->passage, first, end, WORDS_MODEST) != NULL ||
           passage_find(&vetting->passage, first, end, WORDS_TRIAL) != NULL;
}

/* "May bring relief for a few weeks" is one claim, of relief. */
static void settle_windows(struct vetting *vetting)
{
    for (size_t i = 0; i < vetting->finding_count; i++) {
        struct finding *finding = &vetting->findings[i];
        bool told_as_one = finding->entry->alone &&
                           (finding->sense == SENSE_WITHIN || finding->sense == SENSE_FOR_TIME);
        if (!told_as_one || !is_window(vetting, finding))
            continue;
        finding->type = ATOM_EFFICACY;
        finding->sense = SENSE_RELIEVES;
    }
}

/* Two that only touch at an end are two claims. */
static bool share_words(const struct finding *one, const struct finding *other)
{
    size_t first = one->first > other->first ? one->first : other->first;
    size_t end = one->end < other->end ? one->end : other->end;
    size_t shorter = length_of(one) < length_of(other) ? length_of(one) : length_of(other);
    return 2 * (end - first) >= shorter;
}

static void settle_types(struct vetting *vetting)
{
    for (size_t i = 0; i < vetting->finding_count; i++) {
        struct finding *one = &vetting->findings[i];
        for (size_t j = i + 1; j < vetting->finding_count; j++) {
            struct finding *other = &vetting->findings[j];
            if (other->first >= one->end)
                break;
            if (one->replaced || other->replaced || !one->entry->alone || !other->entry->alone ||
                !share_words(one, other))
                continue;
            if (is_later_in_list(vetting, one, other) || promises_around(vetting, one, other))
                other->replaced = true;
            else if (is_later_in_list(vetting, other, one) || promises_around(vetting, other, one))
                one->replaced = true;
            else if (tells_more(one->type, other->type))
                other->replaced = true;
            else if (tells_more(other->type, one->type))
                one->replaced = true;
        }
    }
}

/* ---- against a sham ---- */

/* "upset the skin no more often than a dummy": a harm, told just before, is what is compared. */
static bool is_of_harm(const struct vetting *vetting, const struct finding *finding, size_t first)
{
    enum { REACH = 3 };
    for (const struct finding *other = finding;
         other > vetting->findings && other[-1].first >= first; other--)
        if (other[-1].type == ATOM_SAFETY && other[-1].end + REACH >= finding->first)
            return true;
    return false;
}

/* "better than a dummy" says that it works: no other treatment is set beside it. */
static void settle_sham(struct vetting *vetting, struct finding *finding)
{
    size_t first, end;
    bool compares = finding->type == ATOM_COMPARISON;
    claim_clause(vetting, finding->first, &first, &end);
    if ((!compares && finding->sense != SENSE_FAILS && finding->sense != SENSE_HELPS) ||
        (passage_find(&vetting->passage, finding->first, end, WORDS_SHAM) == NULL &&
         passage_find(&vetting->passage, finding->first, end, WORDS_NOTHING) == NULL))
        return;
    if (is_of_harm(vetting, finding, first)) {
        finding->replaced = true;
    } else if (compares) {
        finding->type = ATOM_EFFICACY;
        finding->sense = finding->sense == SENSE_WORSE ? SENSE_FAILS : SENSE_HELPS;
    }
}

static void settle_shams(struct vetting *vetting)
{
    for (size_t i = 0; i < vetting->finding_count; i++)
        settle_sham(vetting, &vetting->findings[i]);
}

/* ---- one atom for what is said twice ---- */

/* "a bruise, a drop of blood or soreness for a day": one claim of one kind in one statement. */
static void join_neighbours(struct vetting *vetting)
{
    for (size_t i = 0; i + 1 < vetting->finding_count; i++) {
        struct finding *one = &vetting->findings[i];
        struct finding *next = &vetting->findings[i + 1];
        size_t first, end;
        claim_clause(vetting, one->first, &first, &end);
        bool same = one->type == ATOM_SAFETY && next->type == one->type &&
                    next->sense == one->sense && next->first < end;
        /* "Anyone can use it, with no risk at all" is a claim of safety. */
        bool for_all = one->sense == SENSE_SUITS_EVERYONE && next->sense == SENSE_HARMLESS &&
                       next->sentence == one->sentence;
        /* "does not relieve pain better than a placebo" is said once. */
        bool against_sham = one->type == ATOM_EFFICACY && next->type == ATOM_EFFICACY &&
                            next->sense == SENSE_HELPS && next->first < end &&
                            next->first <= one->end + 1;
        if (against_sham) {
            next->sense = one->sense;
            next->own_end = one->own_end;
        }
        if (!same && !for_all && !against_sham)
            continue;
        next->first = one->first;
        if (one->end > next->end)
            next->end = one->end;
        one->replaced = true;
    }
}

/* ---- times, sizes and durations beside a claim ---- */

static bool can_carry(const struct finding *finding, const struct finding *modifier)
{
    if (finding->replaced || !finding->entry->alone)
        return false;
    if (finding->type == ATOM_EFFICACY || finding->type == ATOM_MECHANISM)
        return true;
    return modifier->type == ATOM_SIZE && finding->type == ATOM_PERMANENCE;
}

static size_t words_between(const struct finding *a, const struct finding *b)
{
    return a->first > b->first ? a->first - b->first : b->first - a->first;
}

/* The claim nearest to a modifier within [first, end), the tokens of its statements; they stand
 * beside it in the list. NULL if there is none. */
static struct finding *carrier_of(struct vetting *vetting, size_t index)
{
    const struct finding *modifier = &vetting->findings[index];
    struct finding *best = NULL;
    size_t first, end;
    claim_chain(vetting, modifier->first, &first, &end);
    for (size_t i = index; i-- > 0 && vetting->findings[i].first >= first;)
        if (can_carry(&vetting->findings[i], modifier)) {
            best = &vetting->findings[i];
            break;
        }
    for (size_t i = index + 1; i < vetting->finding_count && vetting->findings[i].first < end; i++)
        if (can_carry(&vetting->findings[i], modifier)) {
            struct finding *after = &vetting->findings[i];
            bool nearer =
                best == NULL || words_between(after, modifier) < words_between(best, modifier);
            return nearer ? after : best;
        }
    return best;
}

/* "ten minutes a day", "for a few minutes", "long-lasting warmth relaxes": how long it is used or
 * what it is like, not how long or how fast it works. */
static bool is_dose(const struct vetting *vetting, const struct finding *modifier,
                    const struct finding *carrier)
{
    const double LONGEST_EFFECT_SECONDS = 1e9; /* some thirty years */
    enum { SHORTEST_EFFECT_SECONDS = 3600 };
    const struct tag *time = modifier->amount;
    bool ahead = modifier->type == ATOM_PERMANENCE && modifier->first < carrier->first &&
                 !is_adverb(vetting, modifier);
    if (time == NULL || time->class != WORDS_TIME)
        return ahead;
    if (time->end < vetting->passage.token_count && has(vetting, time->end, WORDS_DOSE))
        return true;
    bool tradition = time->amount > LONGEST_EFFECT_SECONDS; /* "used for 5,000 years" */
    return ahead || (modifier->sense == SENSE_FOR_TIME &&
                     (tradition || time->amount < SHORTEST_EFFECT_SECONDS));
}

/* "cures heel pain in a week" says that it cures, and how fast; "in seconds" only says how fast. */
static bool is_of_its_own(const struct finding *modifier, const struct finding *carrier)
{
    enum { SECONDS_A_DAY = 86400 };
    if (modifier->sense == SENSE_FOR_GOOD)
        return carrier->type == ATOM_EFFICACY; /* "cures back pain", and for ever */
    if (modifier->sense == SENSE_WITHIN && modifier->amount == NULL)
        return true; /* "by Friday" */
    bool timed = modifier->type == ATOM_SPEED || modifier->sense == SENSE_FOR_TIME;
    return timed && modifier->amount != NULL && modifier->amount->class == WORDS_TIME &&
           modifier->amount->amount >= SECONDS_A_DAY;
}

/* "kills pain in 5 minutes" is one claim of speed; "melts knots in 60 seconds" is one of speed and
 * one of how it works. */
static void attach_modifiers(struct vetting *vetting)
{
    for (size_t i = 0; i < vetting->finding_count; i++) {
        struct finding *modifier = &vetting->findings[i];
        if (modifier->entry->alone)
            continue;
        bool of_none = tells_of_complaint(vetting, modifier) ||
                       times_complaint(vetting, modifier) || is_modest_time(vetting, modifier) ||
                       is_window(vetting, modifier) || is_part_of_name(vetting, modifier);
        modifier->of = of_none ? NULL : carrier_of(vetting, i);
        if (modifier->of != NULL && is_dose(vetting, modifier, modifier->of))
            modifier->of = NULL;
        modifier->replaced = modifier->of == NULL;
    }
    for (size_t i = 0; i < vetting->finding_count; i++) {
        struct finding *modifier = &vetting->findings[i];
        struct finding *carrier = modifier->of;
        if (carrier == NULL)
            continue;
        /* "knots are gone for good": one claim, whose verb both have. */
        bool shares_a_verb = modifier->sense == SENSE_FOR_GOOD &&
                             modifier->first > carrier->first && modifier->first < carrier->own_end;
        if (carrier->first < modifier->first)
            modifier->first = carrier->first;
        if (carrier->end > modifier->end)
            modifier->end = carrier->end;
        bool told = carrier->type == ATOM_EFFICACY ||
                    (carrier->type == ATOM_MECHANISM && modifier->type == ATOM_PERMANENCE);
        if (told && (shares_a_verb || !is_of_its_own(modifier, carrier)))
            carrier->replaced = true;
    }
}

/* ---- lists ---- */

static bool is_listed(const struct vetting *vetting, size_t token)
{
    return has(vetting, token, WORDS_SORE) || has(vetting, token, WORDS_GOOD) ||
           has(vetting, token, WORDS_PART);
}

/* "less soreness, more strength": a claim of its own is no member of the list before it. */
static bool begins_another(const struct vetting *vetting, const struct finding *finding,
                           size_t token)
{
    const struct finding *last = vetting->findings + vetting->finding_count;
    for (const struct finding *next = finding + 1; next < last && next->first <= token; next++)
        if (next->first == token && next->type == finding->type && next->entry->alone)
            return true;
    return false;
}

/* "… back pain, sciatica and stiff necks": the end of the list that begins within the finding. */
static size_t end_of_list(const struct vetting *vetting, const struct finding *finding)
{
    size_t end = finding->end;
    for (size_t at = end; at < vetting->passage.token_count && at < end + LIST_REACH; at++) {
        if (begins_another(vetting, finding, at))
            break;
        if (vetting->boundaries[at] != BOUNDARY_NONE || has(vetting, at, WORDS_WITHOUT))
            break;
        if (!is_listed(vetting, at))
            continue;
        size_t count;
        const struct tag *tags = passage_tags_at(&vetting->passage, at, &count);
        for (size_t i = 0; i < count; i++)
            if (tags[i].end > end)
                end = tags[i].end;
        at = end - 1;
    }
    return end;
}

static void extend_lists(struct vetting *vetting)
{
    for (size_t i = 0; i < vetting->finding_count; i++) {
        struct finding *finding = &vetting->findings[i];
        if (finding->type == ATOM_EFFICACY || finding->type == ATOM_COMPARISON)
            finding->end = end_of_list(vetting, finding);
    }
}

/* "takes away some of the pain" is relief, and no end of it. */
static void settle_degrees(struct vetting *vetting)
{
    for (size_t i = 0; i < vetting->finding_count; i++) {
        struct finding *finding = &vetting->findings[i];
        bool in_part = passage_find(&vetting->passage, finding->first, finding->own_end,
                                    WORDS_IN_PART) != NULL;
        if (finding->type == ATOM_EFFICACY && finding->sense == SENSE_ENDS && in_part)
            finding->sense = SENSE_RELIEVES;
    }
}

/* ---- the whole ---- */

static void drop_replaced(struct vetting *vetting)
{
    size_t kept = 0;
    for (size_t i = 0; i < vetting->finding_count; i++)
        if (!vetting->findings[i].replaced)
            vetting->findings[kept++] = vetting->findings[i];
    vetting->finding_count = kept;
}

void claim_settle(struct vetting *vetting)
{
    settle_shams(vetting);
    settle_windows(vetting);
    settle_overlaps(vetting);
    drop_replaced(vetting);
    settle_degrees(vetting);
    extend_lists(vetting);
    settle_types(vetting);
    drop_replaced(vetting);
    join_neighbours(vetting);
    drop_replaced(vetting);
    attach_modifiers(vetting);
}
