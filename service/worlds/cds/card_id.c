/* The names of cards: what comes back as feedback is told from them, without keeping who was shown
 * what. */
#include <stdio.h>
#include <string.h>

#include "evidence/base/hash.h"
#include "service/worlds/cds/cds.h"

enum { UUID_SIZE = 37, MOST_ENTRIES = 0xffff, MOST_CONDITIONS = 0xfff, MOST_AGAINST = 0xfff };

/* The places of what the card is about in the base, counted from 1; 0: there is none. */
struct places {
    unsigned intervention;
    unsigned condition;
    unsigned against;
};

/* A UUID of version 8 (RFC 9562): the places, and 80 bits of the hash of all that it is about. */
static const char *uuid_of(const struct cds_writing *to, const char *about, struct places places)
{
    char hash[HASH_SIZE];
    char *uuid = arena_alloc(to->arena, UUID_SIZE);
    hash_text(
        arena_printf(to->arena, "%s %s %s", to->service, about, catalog_stamp(to->catalog)->hash),
        hash);
    snprintf(uuid, UUID_SIZE, "%.8s-%04x-8%03x-a%03x-%.12s", hash, places.intervention,
             places.condition, places.against, hash + 8);
    return uuid;
}

static unsigned place_of(size_t index, unsigned most)
{
    return index >= most ? 0 : (unsigned)index + 1;
}

const char *cds_card_id(const struct cds_writing *to, const struct cds_card *card)
{
    const struct base *base = catalog_base(to->catalog);
    struct places places = {.against = card->against > MOST_AGAINST ? 0 : (unsigned)card->against};
    if (card->intervention != NULL)
        places.intervention =
            place_of((size_t)(card->intervention - base->interventions), MOST_ENTRIES);
    if (card->condition != NULL)
        places.condition = place_of((size_t)(card->condition - base->conditions), MOST_CONDITIONS);
    const char *about = arena_printf(
        to->arena, "%s %s %zu", card->intervention == NULL ? "" : card->intervention->id,
        card->condition == NULL ? "" : card->condition->id, card->against);
    return uuid_of(to, about, places);
}

bool cds_card_of(const struct cds_writing *to, const char *uuid, struct cds_card *out)
{
    const struct base *base = catalog_base(to->catalog);
    struct places places;
    *out = (struct cds_card){0};
    if (sscanf(uuid, "%*8[0-9a-f]-%4x-8%3x-a%3x-", &places.intervention, &places.condition,
               &places.against) != 3 ||
        places.intervention > base->intervention_count || places.condition > base->condition_count)
        return false;
    if (places.intervention > 0)
        out->intervention = &base->interventions[places.intervention - 1];
    if (places.condition > 0)
        out->condition = &base->conditions[places.condition - 1];
    out->against = places.against;
    return strcmp(cds_card_id(to, out), uuid) == 0;
}

const char *cds_suggestion_id(const struct cds_writing *to, const struct intervention *instead,
                              const struct cds_card *card)
{
    const char *about = arena_printf(to->arena, "%s instead of %s for %s", instead->id,
                                     card->intervention->id, card->condition->id);
    return uuid_of(to, about, (struct places){0});
}

const struct intervention *cds_suggested(const struct cds_writing *to, const struct cds_card *card,
                                         const char *uuid)
{
    const struct base *base = catalog_base(to->catalog);
    if (card->intervention == NULL || card->condition == NULL)
        return NULL;
    for (size_t i = 0; i < base->intervention_count; i++)
        if (strcmp(cds_suggestion_id(to, &base->interventions[i], card), uuid) == 0)
            return &base->interventions[i];
    return NULL;
}
