/* Which treatment a text, and each claim in it, is about. */
#include <math.h>
#include <string.h>

#include "evidence/judgement/claim/claim_parts.h"

/* What a mention is worth. A feature that many products share says little, several of one product
 * together say much. */
enum {
    WORTH_NAME = 20,
    WORTH_EVERYDAY = 8, /* a name that is an everyday word too: heat, tape */
    WORTH_SIGN = 10,
    WORTH_HINT = 5,
    WORTH_COMPARED = 1,
    MENTIONS_COUNTED = 3, /* what comes with a thing may be named as often */
    SEVERAL_NAMED = 4,    /* so many products make a catalogue, however often one is named */
    ENOUGH = 8            /* below this nothing is known */
};

/* Words before a treatment that is only compared with: "than", "unlike", "instead of". */
static bool is_compared(const struct vetting *vetting, size_t token)
{
    enum { REACH = 4 };
    const struct language *language = lexicon_language(vetting->wording->lexicon);
    const struct word_token *tokens = vetting->passage.tokens;
    for (size_t back = 1; back <= REACH && back <= token; back++) {
        size_t at = token - back;
        if (lexicon_lists(language->words[WORD_DEMOTES], tokens[at].word) ||
            passage_tag(&vetting->passage, at, WORDS_RIVAL) != NULL)
            return true;
        if (tokens[at + 1].gap >= GAP_COMMA)
            return false;
    }
    return false;
}

/* "My physio claims": who tells of it. */
static bool is_speaker(const struct vetting *vetting, const struct tag *tag)
{
    return tag->end < vetting->passage.token_count &&
           passage_tag(&vetting->passage, tag->end, WORDS_SPEAKS) != NULL;
}

/* "Chiropractor approved": within words of authority a profession names who speaks, and no
 * treatment. */
static bool is_authority(const struct vetting *vetting, const struct tag *tag)
{
    if (passage_tag(&vetting->passage, tag->first, WORDS_EXPERT) == NULL)
        return false;
    for (size_t i = 0; i < vetting->finding_count; i++) {
        const struct finding *finding = &vetting->findings[i];
        size_t first, end;
        if (finding->first > tag->first)
            break;
        if (finding->type != ATOM_AUTHORITY)
            continue;
        claim_clause(vetting, finding->first, &first, &end);
        if (tag->end <= end || tag->end <= finding->end)
            return true;
    }
    return false;
}

/* "No needles, no pills", "this is not massage": what it is not. "Do not use TENS" names it. */
static bool is_ruled_out(const struct vetting *vetting, size_t token)
{
    enum { REACH = 2 };
    const struct passage *passage = &vetting->passage;
    for (size_t back = 1; back <= REACH && back <= token; back++) {
        if (passage->tokens[token - back + 1].gap >= GAP_COMMA)
            return false;
        /* "No hard needles": a word between leaves only the shortest denial one of the thing. */
        bool of_thing = back == 1 || passage->tokens[token - back].word->folded_length == 2;
        if ((of_thing && passage_tag(passage, token - back, WORDS_NEGATE) != NULL) ||
            passage_tag(passage, token - back, WORDS_WITHOUT) != NULL)
            return true;
    }
    return false;
}

/* A treatment's name begins at the token and reaches beyond `end`. */
static bool names_another_beyond(const struct vetting *vetting, size_t at, const struct tag *tag)
{
    size_t count;
    const struct tag *tags = passage_tags_at(&vetting->passage, at, &count);
    for (size_t i = 0; i < count; i++)
        if (tags[i].class == WORDS_INTERVENTION && tags[i].end > tag->end &&
            tags[i].name->intervention != tag->name->intervention)
            return true;
    return false;
}

/* "deep tissue massage gun", "copper knee sleeve": a name that another begins within and outlasts,
 * or follows at once, tells its kind. */
static bool qualifies_another(const struct vetting *vetting, const struct tag *tag)
{
    const struct passage *passage = &vetting->passage;
    for (size_t at = tag->first + 1; at < tag->end; at++)
        if (names_another_beyond(vetting, at, tag))
            return true;
    return tag->end < passage->token_count && passage->tokens[tag->end].gap == GAP_SPACE &&
           names_another_beyond(vetting, tag->end, tag);
}

/* "Deep-heat radio drum": what has the name of a rub and the form of a machine is no rub. */
static bool has_another_form(const struct vetting *vetting, const struct tag *tag)
{
    enum { REACH = 3 };
    const struct passage *passage = &vetting->passage;
    if (tag->name->intervention->kind != KIND_DRUG)
        return false;
    for (size_t at = tag->end;
         at < tag->end + REACH && at < passage->token_count && passage->tokens[at].gap == GAP_SPACE;
         at++)
        if (passage_tag(passage, at, WORDS_APPARATUS) != NULL)
            return true;
    return false;
}

static bool names_nothing(const struct vetting *vetting, const struct tag *tag)
{
    return is_ruled_out(vetting, tag->first) || is_compared(vetting, tag->first) ||
           is_speaker(vetting, tag) || is_authority(vetting, tag) ||
           qualifies_another(vetting, tag) || has_another_form(vetting, tag);
}

static int worth_of(const struct vetting *vetting, const struct tag *tag)
{
    const struct name *name = tag->name;
    if (names_nothing(vetting, tag))
        return WORTH_COMPARED;
    if (name->class == WORDS_SIGN)
        return name->hint ? WORTH_HINT : WORTH_SIGN;
    return name->phrase != NULL && name->phrase->ordinary != NULL && !name->phrase->ordinary->sure
               ? WORTH_EVERYDAY
               : WORTH_NAME;
}

static size_t index_of(const struct vetting *vetting, const struct intervention *intervention)
{
    return (size_t)(intervention - vetting->base->interventions);
}

/* ---- general names of particular things ---- */

/* "roller" ends "vibrating roller": after the particular name the general one means the same thing.
 */
static bool ends_a_name_of(const struct vetting *vetting, const struct phrase *general,
                           const struct intervention *particular)
{
    size_t count = 0;
    const struct phrase *phrases = lexicon_phrases(vetting->wording->lexicon, &count);
    for (size_t i = 0; i < count; i++) {
        const struct phrase *phrase = &phrases[i];
        if (phrase->meaning != MEANING_INTERVENTION || phrase->of.intervention != particular ||
            phrase->folded_length <= general->folded_length)
            continue;
        size_t before = phrase->folded_length - general->folded_length;
        if (phrase->folded[before - 1] == ' ' &&
            strcmp(phrase->folded + before, general->folded) == 0)
            return true;
    }
    return false;
}

/* ---- the text ---- */

struct tally {
    int *worth;     /* by intervention, */
    int *mentions;  /* likewise */
    uint64_t *told; /* bit n: names[n] was, of which hints count once */
    size_t named;   /* interventions with a name of theirs */
    bool any;
    size_t best;
    size_t second;
};

static bool names_a_product(const struct tag *tag)
{
    return tag->class == WORDS_INTERVENTION || tag->class == WORDS_SIGN;
}

/* A name that stands in the base and in the products' list is one mention. */
static bool is_told_twice(const struct passage *passage, size_t index)
{
    const struct tag *tag = &passage->tags[index];
    for (size_t i = index; i-- > 0 && passage->tags[i].first == tag->first;)
        if (names_a_product(&passage->tags[i]) &&
            passage->tags[i].name->intervention == tag->name->intervention)
            return true;
    return false;
}

static void count_mention(const struct vetting *vetting, const struct tag *tag, struct tally *tally)
{
    size_t index = index_of(vetting, tag->name->intervention);
    size_t name = (size_t)(tag->name - vetting->wording->names);
    uint64_t bit = (uint64_t)1 << name % 64;
    bool told = (tally->told[name / 64] & bit) != 0;
    /* What was counted as often as it counts moves nothing. */
    if (told && (tag->name->hint || tally->mentions[index] >= MENTIONS_COUNTED))
        return;
    int worth = worth_of(vetting, tag);
    tally->named += !told && worth >= WORTH_NAME && tally->worth[index] < WORTH_NAME;
    tally->told[name / 64] |= bit;
    /* What is named first is what a text is about, where no other is named more. */
    if (!tally->any && !tag->name->hint && worth > WORTH_COMPARED) {
        tally->best = index;
        tally->any = true;
        tally->worth[index] += worth;
    }
    if (tally->mentions[index]++ < MENTIONS_COUNTED)
        tally->worth[index] += worth;
}

static void count_mentions(const struct vetting *vetting, struct tally *tally)
{
    const struct passage *passage = &vetting->passage;
    for (size_t i = 0; i < passage->tag_count; i++) {
        const struct tag *tag = &passage->tags[i];
        if (!names_a_product(tag) || is_told_twice(passage, i))
            continue;
        count_mention(vetting, tag, tally);
    }
    for (size_t i = 0; i < vetting->base->intervention_count; i++) {
        if (tally->worth[i] > tally->worth[tally->best]) {
            tally->second = tally->best;
            tally->best = i;
        } else if (i != tally->best && (tally->second == tally->best ||
                                        tally->worth[i] > tally->worth[tally->second])) {
            tally->second = i;
        }
    }
}

static bool second_is_the_same(const struct vetting *vetting, const struct tally *tally)
{
    const struct passage *passage = &vetting->passage;
    const struct intervention *best = &vetting->base->interventions[tally->best];
    const struct intervention *second = &vetting->base->interventions[tally->second];
    for (size_t i = 0; i < passage->tag_count; i++) {
        const struct tag *tag = &passage->tags[i];
        if (tag->class == WORDS_INTERVENTION && tag->name->intervention == second &&
            (tag->name->phrase == NULL || !ends_a_name_of(vetting, tag->name->phrase, best)))
            return false;
    }
    return true;
}

static void settle_text(struct vetting *vetting, const struct tally *tally)
{
    int best = tally->worth[tally->best];
    int second = tally->best == tally->second ? 0 : tally->worth[tally->second];
    if (best < ENOUGH)
        return;
    vetting->about = &vetting->base->interventions[tally->best];
    if (second > 0 && second_is_the_same(vetting, tally))
        second = 0;
    vetting->several =
        second >= WORTH_NAME && (2 * second >= best || tally->named >= SEVERAL_NAMED);
    /* Half for a single feature, nearly all for a name; a rival takes away its share. */
    double known = best >= WORTH_NAME ? 0.95 : (double)best / WORTH_NAME * 0.95 + 0.2;
    if (known > 0.95)
        known = 0.95;
    vetting->sure = round(known * best / (best + second) * 100) / 100;
}

static void find_text_subject(struct vetting *vetting)
{
    if (vetting->about != NULL) {
        vetting->sure = 1;
        return;
    }
    if (vetting->base->intervention_count == 0)
        return;
    size_t count = vetting->base->intervention_count;
    struct tally tally = {.worth = arena_array(vetting->arena, count, sizeof *tally.worth),
                          .mentions = arena_array(vetting->arena, count, sizeof *tally.mentions),
                          .told = arena_array(vetting->arena, vetting->wording->name_count / 64 + 1,
                                              sizeof *tally.told)};
    count_mentions(vetting, &tally);
    settle_text(vetting, &tally);
}

/* ---- claims ---- */

/* ends_a_name_of the text's own treatment, with the last answer remembered: it is asked often. */
static bool is_general_for(const struct vetting *vetting, const struct phrase *phrase)
{
    struct general_names *memory = vetting->general_names;
    size_t slot = ((uintptr_t)phrase / sizeof *phrase) % GENERAL_NAMES;
    if (memory->phrases[slot] != phrase) {
        memory->phrases[slot] = phrase;
        memory->general[slot] = ends_a_name_of(vetting, phrase, vetting->about);
    }
    return memory->general[slot];
}

/* What a name means here; NULL for what is only compared with. */
static const struct intervention *named_by(const struct vetting *vetting, const struct tag *tag)
{
    if (names_nothing(vetting, tag))
        return NULL;
    const struct intervention *one = tag->name->intervention;
    if (vetting->about == NULL || one == vetting->about || tag->name->phrase == NULL)
        return one;
    return is_general_for(vetting, tag->name->phrase) ? vetting->about : one;
}

/* Within a sentence what was named last is meant; the next one goes on with what this one named
 * first, its subject. Gives that. */
static const struct intervention *name_subjects(struct vetting *vetting,
                                                const struct word_sentence *sentence,
                                                const struct intervention *carried)
{
    const struct intervention *first = NULL;
    const struct intervention *last = carried;
    for (size_t at = sentence->first; at < sentence->end; at++) {
        const struct tag *tag = passage_tag(&vetting->passage, at, WORDS_INTERVENTION);
        const struct intervention *named = tag == NULL ? NULL : named_by(vetting, tag);
        vetting->named_at[at] = named;
        last = named == NULL ? last : named;
        first = first == NULL ? named : first;
        vetting->subject_at[at] = last;
    }
    return first == NULL ? carried : first;
}

void claim_subjects(struct vetting *vetting)
{
    const struct passage *passage = &vetting->passage;
    find_text_subject(vetting);
    vetting->general_names = arena_alloc(vetting->arena, sizeof *vetting->general_names);
    vetting->named_at =
        arena_array(vetting->arena, passage->token_count + 1, sizeof *vetting->named_at);
    vetting->subject_at =
        arena_array(vetting->arena, passage->token_count + 1, sizeof *vetting->subject_at);
    const struct intervention *carried = NULL;
    for (size_t i = 0; i < passage->sentence_count; i++)
        carried = name_subjects(vetting, &passage->sentences[i], carried);
}

/* The first treatment named within the words that is not compared with. */
static const struct intervention *first_named(const struct vetting *vetting, size_t first,
                                              size_t end)
{
    for (size_t at = first; at < end; at++)
        if (vetting->named_at[at] != NULL)
            return vetting->named_at[at];
    return NULL;
}

const struct intervention *claim_subject(const struct vetting *vetting,
                                         const struct finding *finding)
{
    const struct word_sentence *sentence = &vetting->passage.sentences[finding->sentence];
    const struct intervention *named = first_named(vetting, sentence->first, finding->first + 1);
    if (named != NULL)
        return vetting->subject_at[finding->first];
    /* "Adding diazepam to naproxen brought nothing": what is added stands first. */
    named = finding->sense == SENSE_ADDS_NOTHING
                ? first_named(vetting, finding->first, finding->own_end)
                : NULL;
    if (named != NULL)
        return named;
    /* Between two products of a text what was named last is meant; else the text's own. */
    if (vetting->several && vetting->subject_at[finding->first] != NULL)
        return vetting->subject_at[finding->first];
    if (vetting->about != NULL)
        return vetting->about;
    return first_named(vetting, finding->first, sentence->end);
}

size_t claim_compared(const struct vetting *vetting, const struct finding *finding,
                      const struct intervention **out, size_t most)
{
    const struct word_sentence *sentence = &vetting->passage.sentences[finding->sentence];
    const struct intervention *own = claim_subject(vetting, finding);
    size_t count = 0;
    size_t first, end;
    claim_chain(vetting, finding->first, &first, &end);
    for (size_t at = finding->first; at < end && at < sentence->end; at++) {
        size_t tags;
        const struct tag *tag = passage_tags_at(&vetting->passage, at, &tags);
        for (size_t i = 0; i < tags && count < most; i++)
            if (tag[i].class == WORDS_INTERVENTION && tag[i].name->intervention != own)
                out[count++] = tag[i].name->intervention;
    }
    return count;
}

size_t claim_named_before(const struct vetting *vetting, const struct finding *finding,
                          const struct intervention *subject, const struct intervention **out,
                          size_t most)
{
    size_t count = 0;
    if (finding->sentence == 0)
        return 0;
    const struct word_sentence *before = &vetting->passage.sentences[finding->sentence - 1];
    for (size_t at = before->first; at < before->end && count < most; at++) {
        const struct tag *tag = passage_tag(&vetting->passage, at, WORDS_INTERVENTION);
        if (tag != NULL && tag->name->intervention != subject)
            out[count++] = tag->name->intervention;
    }
    return count;
}
