/* What a diary tells beside its scores, looked through for danger. */
#include <string.h>

#include "evidence/base/buffer.h"
#include "evidence/judgement/kept_headlines.h"
#include "evidence/judgement/stop/stop.h"

/* Texts one after the other, each a sentence of its own; in the arena. */
static const char *joined(const char *const *const *lists, struct arena *arena)
{
    struct buffer text = {0};
    for (; *lists != NULL; lists++)
        for (const char *const *one = *lists; *one != NULL; one++)
            buffer_printf(&text, "%s.\n", *one);
    const char *kept = arena_strdup(arena, buffer_string(&text));
    buffer_release(&text);
    return kept;
}

static const struct stop_sign *sign_of(struct arena *arena, struct stop_sign sign)
{
    struct stop_sign *kept = arena_alloc(arena, sizeof *kept);
    *kept = sign;
    return kept;
}

static size_t emergencies(const struct raised_flags *flags)
{
    size_t count = 0;
    while (count < flags->count && flags->items[count].urgency == URGENCY_EMERGENCY)
        count++;
    return count;
}

static struct raised_flags flags_in(const struct catalog *catalog, const char *text,
                                    struct arena *arena)
{
    struct raised_flags flags;
    red_flags_in(catalog, text, strlen(text), arena, &flags);
    return flags;
}

/* What it is tried for and with, read along with the symptoms, makes an emergency of them that they
 * are not alone: "fever" with back pain. Lesser flags it does not add: all who write here have
 * pain. */
static bool makes_it_worse(const struct catalog *catalog, const struct diary *diary,
                           const char *context, struct arena *arena)
{
    const char *told =
        joined((const char *const *const[]){diary->symptoms, diary->notes, NULL}, arena);
    struct raised_flags without = flags_in(catalog, told, arena);
    struct raised_flags with = flags_in(catalog, arena_printf(arena, "%s%s", context, told), arena);
    struct raised_flags alone = flags_in(catalog, context, arena);
    return alone.count == 0 && emergencies(&with) > emergencies(&without);
}

static void find_flags(const struct catalog *catalog, const struct diary *diary,
                       struct arena *arena, struct stop_signs *out)
{
    const char *const tried_for[] = {diary->tried_for, NULL};
    const char *told =
        joined((const char *const *const[]){tried_for, diary->symptoms, diary->adverse_events,
                                            diary->notes, NULL},
               arena);
    const char *context =
        arena_printf(arena, "%s. %s.\n", diary->condition->plain, diary->intervention->plain);
    bool along = *told != '\0' && makes_it_worse(catalog, diary, context, arena);
    out->flags =
        flags_in(catalog, along ? arena_printf(arena, "%s%s", context, told) : told, arena);
    if (out->flags.count == 0)
        return;
    const struct raised_flag *first = &out->flags.items[0];
    out->red_flag = sign_of(arena, (struct stop_sign){.id = first->flag->id,
                                                      .sentence = out->flags.sentence,
                                                      .urgency = first->urgency,
                                                      .backing = &first->flag->backing});
}

static void find_events(const struct catalog *catalog, const struct diary *diary,
                        struct arena *arena, struct stop_signs *out)
{
    struct serious_event event;
    const char *text = joined((const char *const *const[]){diary->adverse_events, NULL}, arena);
    if (serious_event_in(catalog, text, strlen(text), arena, &event))
        out->serious = sign_of(
            arena, (struct stop_sign){.sentence = event.sentence, .urgency = event.urgency});
}

/* What those have who take the medicines, in the words of the book, however they were spelt. */
static const char *const *states_of(const struct told_medicines *medicines, struct arena *arena)
{
    const char **states = arena_array(arena, medicines->count + 1, sizeof *states);
    size_t count = 0;
    for (size_t i = 0; i < medicines->count; i++)
        if (medicines->items[i].group->state != NULL)
            states[count++] = medicines->items[i].group->state->words[0];
    return states;
}

/* Somebody has written down whom it is not for, or whom to ask first. */
static bool knows_whom_not(const struct catalog *catalog, const struct intervention *intervention)
{
    const struct rulebooks *books = base_rulebooks(catalog_base(catalog));
    for (size_t i = 0; i < books->stop_rules.count; i++) {
        const struct stop_rule *rule = &books->stop_rules.items[i];
        if (rule->kind == STOP_CONTRAINDICATION && rule->interventions[0] != NULL &&
            stop_rule_is_for(rule, intervention->id))
            return true;
    }
    return rulebooks_safe_use(books, intervention->id) != NULL;
}

static void find_reasons_against(const struct catalog *catalog, const struct diary *diary,
                                 struct arena *arena, struct stop_signs *out)
{
    size_t count;
    const char *const *const lists[] = {diary->symptoms, diary->notes, diary->medicines,
                                        states_of(&out->medicines, arena), NULL};
    out->states = joined(lists, arena);
    const struct not_for *found =
        not_for_in(catalog, diary->intervention, out->states, strlen(out->states), arena, &count);
    out->unchecked = out->states[0] != '\0' && !knows_whom_not(catalog, diary->intervention);
    size_t against = 0;
    while (against < count && !found[against].ask_first)
        against++;
    out->asks = found + against;
    out->ask_count = count - against;
    if (against > 0)
        out->against = sign_of(
            arena, (struct stop_sign){
                       .sentence = arena_printf(
                           arena, "You told of %s. The advice on who should not have %s: \"%s\"",
                           found[0].state, diary->intervention->plain, found[0].statement),
                       .backing = found[0].backing});
}

void stop_signs_of(const struct catalog *catalog, const struct diary *diary, struct arena *arena,
                   struct stop_signs *out)
{
    *out = (struct stop_signs){0};
    medicines_of(catalog, diary, arena, &out->medicines);
    find_flags(catalog, diary, arena, out);
    find_events(catalog, diary, arena, out);
    find_reasons_against(catalog, diary, arena, out);
}

static bool is_for_all_told(const struct catalog *catalog, const struct intervention *intervention,
                            const struct stop_signs *signs, struct arena *arena)
{
    size_t count;
    const struct not_for *found =
        not_for_in(catalog, intervention, signs->states, strlen(signs->states), arena, &count);
    return count == 0 || found[0].ask_first;
}

const struct headline *const *stop_alternatives(const struct catalog *catalog,
                                                const struct diary *diary,
                                                const struct stop_signs *signs, struct arena *arena,
                                                size_t *count)
{
    const struct headline **ranked = NULL;
    size_t ranked_count = catalog_ranked(catalog, diary->condition, arena, &ranked);
    const struct headline **found = arena_array(arena, STOP_ALTERNATIVES, sizeof *found);
    const struct headline *own =
        kept_headline(catalog, diary->intervention, diary->condition, NULL, arena);
    *count = 0;
    for (size_t i = 0; i < ranked_count && *count < STOP_ALTERNATIVES; i++)
        if (ranked[i]->intervention != diary->intervention && headline_is_better(ranked[i], own) &&
            is_for_all_told(catalog, ranked[i]->intervention, signs, arena))
            found[(*count)++] = ranked[i];
    return found;
}
