/*
 * What became of cards, as tasks for those who look after the base. Of each: what the card was
 * about, told from its UUID, and what was done with it in our own words. What somebody wrote beside
 * it is not kept, for it may speak of the patient; neither is a code or an id that is none of ours.
 */
#include <string.h>

#include "service/web/address.h"
#include "service/worlds/cds/cds.h"

static bool is_uuid(const char *text)
{
    static const char form[] = "xxxxxxxx-xxxx-xxxx-xxxx-xxxxxxxxxxxx";
    for (size_t i = 0; i < sizeof form; i++)
        if (form[i] == 'x' ? strchr("0123456789abcdefABCDEF", text[i]) == NULL || text[i] == '\0'
                           : text[i] != form[i])
            return false;
    return true;
}

static const char *about_of(const struct cds_writing *to, const char *uuid, bool known,
                            const struct cds_card *card)
{
    if (known)
        return address_of_topic(card->intervention, card->condition, to->arena);
    if (is_uuid(uuid))
        return arena_printf(to->arena, "card %s of another base", uuid);
    return "a card that is none of ours";
}

/* "accepted: massage instead", as far as it was ours to suggest. */
static const char *accepted_words(const struct cds_writing *to, const struct cds_card *card,
                                  const json_t *feedback)
{
    const json_t *list = json_object_get(feedback, "acceptedSuggestions");
    const char *id = json_string_value(json_object_get(json_array_get(list, 0), "id"));
    const struct intervention *instead = cds_suggested(to, card, id);
    return instead == NULL ? "accepted" : arena_printf(to->arena, "accepted: %s", instead->id);
}

static const char *overridden_words(const struct cds_writing *to, const json_t *feedback)
{
    const json_t *why = json_object_get(feedback, "overrideReason");
    const char *code = json_string_value(json_object_get(json_object_get(why, "reason"), "code"));
    const char *words = code == NULL ? NULL : cds_override_reason(code);
    const char *reason = words != NULL  ? words
                         : code != NULL ? "for a reason of their own"
                                        : "without a reason";
    bool comment = json_object_get(why, "userComment") != NULL;
    return arena_printf(to->arena, "overridden: %s%s", reason,
                        comment ? " (a comment came with it and was not kept)" : "");
}

void cds_feedback_read(const struct cds_writing *to, const json_t *feedback,
                       struct report_task *out)
{
    const char *uuid = json_string_value(json_object_get(feedback, "card"));
    const char *outcome = json_string_value(json_object_get(feedback, "outcome"));
    struct cds_card card;
    bool known = cds_card_of(to, uuid, &card);
    const char *words = strcmp(outcome, "accepted") == 0 ? accepted_words(to, &card, feedback)
                                                         : overridden_words(to, feedback);
    *out = (struct report_task){.kind = REPORT_CDS_FEEDBACK,
                                .about = about_of(to, uuid, known, &card),
                                .text = arena_printf(to->arena, "%s: %s", to->service, words)};
}
