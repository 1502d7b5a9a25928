/* What a claim is for: conditions, outcomes, and matters that the base does not rate. */
#include <string.h>

#include "evidence/judgement/claim/claim_parts.h"

/* What names stand within some words. */
struct gathering {
    const struct vetting *vetting;
    struct target *out;
    const struct body_part *parts[TARGET_CONDITIONS];
    size_t part_count;
    unsigned complaints;
    bool other;
};

static void add_condition(struct target *out, const struct condition *condition)
{
    for (size_t i = 0; i < out->condition_count; i++)
        if (out->conditions[i] == condition)
            return;
    if (condition != NULL && out->condition_count < TARGET_CONDITIONS)
        out->conditions[out->condition_count++] = condition;
}

static void add_outcome(struct target *out, const struct outcome *outcome)
{
    for (size_t i = 0; i < out->outcome_count; i++)
        if (out->outcomes[i] == outcome)
            return;
    if (out->outcome_count < TARGET_OUTCOMES)
        out->outcomes[out->outcome_count++] = outcome;
}

static void add_choice(struct target *out, const struct choice *choice)
{
    for (const struct condition *const *one = choice->conditions; *one != NULL; one++)
        add_condition(out, *one);
    out->any_of = true;
}

static void take_name(struct gathering *gathering, const struct name *name)
{
    struct target *out = gathering->out;
    switch (name->class) {
    case WORDS_CONDITION:
        if (name->choice != NULL)
            add_choice(out, name->choice);
        else
            add_condition(out, name->condition);
        break;
    case WORDS_PART:
        if (gathering->part_count < TARGET_CONDITIONS)
            gathering->parts[gathering->part_count++] = name->part;
        break;
    case WORDS_COMPLAINT:
        gathering->complaints |= 1u << name->complaint;
        break;
    case WORDS_OUTCOME:
        if (name->outcome->kind == OUTCOME_BENEFIT)
            add_outcome(out, name->outcome);
        break;
    case WORDS_OUTSIDE:
        out->outside = name->outside;
        break;
    case WORDS_OTHER_CONDITION:
        gathering->other = true;
        break;
    default: /* treatments are the subject's business */
        break;
    }
}

static bool may_name(const struct word_token *token)
{
    const uint64_t one = 1;
    const struct class_mask names = {{one << WORDS_CONDITION | one << WORDS_PART |
                                      one << WORDS_COMPLAINT | one << WORDS_OUTCOME |
                                      one << WORDS_OUTSIDE | one << WORDS_OTHER_CONDITION}};
    return class_masks_meet(&token->mask, &names);
}

static void gather(struct gathering *gathering, size_t first, size_t end)
{
    const struct passage *passage = &gathering->vetting->passage;
    for (size_t at = first; at < end; at++) {
        size_t count;
        if (!may_name(&passage->tokens[at]))
            continue;
        const struct tag *tags = passage_tags_at(passage, at, &count);
        for (size_t i = 0; i < count; i++) {
            if (!tag_has_name(&tags[i]) || tags[i].class != tags[i].name->class)
                continue;
            bool of_scope = (tags[i].class == WORDS_PART || tags[i].class == WORDS_OUTSIDE) &&
                            claim_only_tells_how_wide(gathering->vetting, at);
            if (!of_scope)
                take_name(gathering, tags[i].name);
        }
    }
}

/* ---- body parts ---- */

static bool goes_with(const struct body_part *part, const struct target *target)
{
    for (const char *const *id = part->goes_with; *id != NULL; id++)
        for (size_t i = 0; i < target->condition_count; i++)
            if (strcmp(*id, target->conditions[i]->id) == 0)
                return true;
    return false;
}

/* The complaint that the words speak of, the particular before the general. */
static enum complaint complaint_of(unsigned complaints)
{
    static const enum complaint order[] = {COMPLAINT_KNOTS, COMPLAINT_ARTHRITIS, COMPLAINT_RECOVERY,
                                           COMPLAINT_PAIN};
    for (size_t i = 0; i < sizeof order / sizeof *order; i++)
        if ((complaints >> order[i] & 1u) != 0)
            return order[i];
    return COMPLAINT_NONE;
}

/* Conditions by which a body part is made narrower: "muscle pain" beside "neck". */
static bool is_general(const struct vetting *vetting, const struct condition *condition)
{
    const struct language *language = lexicon_language(vetting->wording->lexicon);
    for (size_t i = 0; i < language->general_condition_count; i++)
        if (language->general_conditions[i].condition == condition)
            return true;
    return false;
}

static enum complaint complaint_of_general(const struct vetting *vetting,
                                           const struct target *target)
{
    const struct language *language = lexicon_language(vetting->wording->lexicon);
    for (size_t i = 0; i < language->general_condition_count; i++)
        for (size_t j = 0; j < target->condition_count; j++)
            if (language->general_conditions[i].condition == target->conditions[j])
                return language->general_conditions[i].as;
    return target->condition_count > 0 ? COMPLAINT_PAIN : COMPLAINT_NONE;
}

static void drop_general(const struct vetting *vetting, struct target *out, size_t before)
{
    size_t kept = 0;
    if (out->condition_count == before)
        return;
    for (size_t i = 0; i < out->condition_count; i++)
        if (i >= before || !is_general(vetting, out->conditions[i]))
            out->conditions[kept++] = out->conditions[i];
    out->condition_count = kept;
}

static void place_parts(struct gathering *gathering)
{
    struct target *out = gathering->out;
    enum complaint complaint = complaint_of(gathering->complaints);
    size_t before = out->condition_count;
    if (complaint == COMPLAINT_NONE)
        complaint = complaint_of_general(gathering->vetting, out);
    for (size_t i = 0; i < gathering->part_count; i++) {
        const struct body_part *part = gathering->parts[i];
        const struct condition *condition = part->conditions[complaint];
        if (condition == NULL && complaint != COMPLAINT_NONE)
            condition = part->conditions[COMPLAINT_PAIN];
        if (condition != NULL)
            add_condition(out, condition);
        else if (complaint != COMPLAINT_NONE && !goes_with(part, out))
            out->unknown = true;
    }
    drop_general(gathering->vetting, out, before);
}

/* "Sore muscles the day after a run": not the muscle pain that comes of itself. */
static void take_exertion(struct gathering *gathering, const struct word_sentence *sentence)
{
    const struct vetting *vetting = gathering->vetting;
    struct target *out = gathering->out;
    if (out->condition_count == 0 || passage_find(&vetting->passage, sentence->first, sentence->end,
                                                  WORDS_AFTER_EXERTION) == NULL)
        return;
    for (size_t i = 0; i < out->condition_count; i++)
        if (!is_general(vetting, out->conditions[i]))
            return;
    out->condition_count = 0;
    add_condition(out, lexicon_language(vetting->wording->lexicon)->exercise_condition);
}

static void settle(struct gathering *gathering, const struct word_sentence *sentence)
{
    struct target *out = gathering->out;
    place_parts(gathering);
    take_exertion(gathering, sentence);
    if (gathering->other)
        out->unknown = true;
    if (out->condition_count == 0)
        out->complaints = gathering->complaints;
}

/* ---- of a claim, of a text ---- */

static bool is_settled(const struct target *target)
{
    return target->condition_count > 0 || target->unknown || target->outside != NULL;
}

/* "For stubborn knots in the neck shockwave may ease pain": what stands around the claim names what
 * its own words leave open. */
static void look_around(const struct vetting *vetting, const struct finding *finding,
                        struct target *out)
{
    const struct word_sentence *sentence = &vetting->passage.sentences[finding->sentence];
    struct target around = {0};
    struct gathering gathering = {
        .vetting = vetting, .out = &around, .complaints = out->complaints};
    size_t first, end;
    claim_chain(vetting, finding->first, &first, &end);
    gather(&gathering, first, end);
    place_parts(&gathering);
    if (around.condition_count == 0) {
        gather(&gathering, sentence->first, sentence->end);
        place_parts(&gathering);
    }
    for (size_t i = 0; i < around.condition_count; i++)
        add_condition(out, around.conditions[i]);
    out->any_of = out->any_of || around.any_of;
}

/* "Lowers pain", without a place: in a catalogue of any pain. */
static bool names_pain(const struct target *target)
{
    for (size_t i = 0; i < target->outcome_count; i++)
        if (strcmp(target->outcomes[i]->id, "pain-intensity") == 0 ||
            strcmp(target->outcomes[i]->id, "muscle-soreness") == 0)
            return true;
    return false;
}

void claim_target(const struct vetting *vetting, const struct finding *finding, struct target *out)
{
    *out = (struct target){0};
    struct gathering gathering = {.vetting = vetting, .out = out};
    gather(&gathering, finding->first, finding->end);
    settle(&gathering, &vetting->passage.sentences[finding->sentence]);
    if (is_settled(out))
        return;
    look_around(vetting, finding, out);
    bool general = (out->complaints & ~(1u << COMPLAINT_PAIN)) == 0;
    if (out->condition_count == 0 && vetting->condition != NULL && general &&
        (!vetting->several || !names_pain(out))) {
        add_condition(out, vetting->condition);
        out->carried = true;
    }
}

/* "Sore after training" names what exercise leaves without naming it. */
static bool speaks_of_soreness(const struct vetting *vetting)
{
    const struct passage *passage = &vetting->passage;
    for (size_t at = 0; at < passage->token_count; at++) {
        const struct tag *tag = passage_tag(passage, at, WORDS_COMPLAINT);
        if (tag != NULL && tag->name->complaint == COMPLAINT_RECOVERY)
            return true;
    }
    return false;
}

/* The condition that the text names most often, the first among equals; people without a complaint
 * are nobody's subject. */
void claim_condition_of_text(struct vetting *vetting)
{
    const struct base *base = vetting->base;
    size_t *counts = arena_array(vetting->arena, base->condition_count + 1, sizeof *counts);
    size_t best = 0;
    for (size_t i = 0; i < vetting->passage.sentence_count; i++) {
        const struct word_sentence *sentence = &vetting->passage.sentences[i];
        struct target target = {0};
        struct gathering gathering = {.vetting = vetting, .out = &target};
        gather(&gathering, sentence->first, sentence->end);
        settle(&gathering, sentence);
        for (size_t j = 0; j < target.condition_count && !target.any_of; j++) {
            size_t index = (size_t)(target.conditions[j] - base->conditions);
            counts[index]++;
            bool particular = vetting->condition == NULL || counts[index] > counts[best];
            if (particular) {
                best = index;
                vetting->condition = target.conditions[j];
            }
        }
    }
    if (vetting->condition == NULL && speaks_of_soreness(vetting))
        vetting->condition = lexicon_language(vetting->wording->lexicon)->exercise_condition;
}
