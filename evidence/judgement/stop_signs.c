/* What a diary tells beside its scores, looked through for danger. */
#include <string.h>

#include "evidence/base/buffer.h"
#include "evidence/judgement/stop.h"

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

static void find_flags(const struct catalog *catalog, const struct diary *diary,
                       struct arena *arena, struct stop_signs *out)
{
    const char *text =
        joined((const char *const *const[]){diary->symptoms, diary->adverse_events, NULL}, arena);
    red_flags_in(catalog, text, strlen(text), arena, &out->flags);
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

static void find_reasons_against(const struct catalog *catalog, const struct diary *diary,
                                 struct arena *arena, struct stop_signs *out)
{
    size_t count;
    const char *text =
        joined((const char *const *const[]){diary->symptoms, diary->medicines, NULL}, arena);
    const struct not_for *found =
        not_for_in(catalog, diary->intervention, text, strlen(text), arena, &count);
    size_t against = 0;
    while (against < count && !found[against].ask_first)
        against++;
    out->asks = found + against;
    out->ask_count = count - against;
    if (against > 0)
        out->against = sign_of(
            arena,
            (struct stop_sign){.sentence = arena_printf(arena, "You told of %s. %s", found[0].state,
                                                        found[0].statement),
                               .backing = found[0].backing});
}

void stop_signs_of(const struct catalog *catalog, const struct diary *diary, struct arena *arena,
                   struct stop_signs *out)
{
    *out = (struct stop_signs){0};
    find_flags(catalog, diary, arena, out);
    find_events(catalog, diary, arena, out);
    find_reasons_against(catalog, diary, arena, out);
}
