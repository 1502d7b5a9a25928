/*
 * GET /t/{intervention}, /t/{intervention}/{condition}, /c/{condition}: all that is known of a
 * treatment, a complaint or both, under an address that stays.
 */
#include "service/api/api.h"
#include "service/api/nearest.h"
#include "service/web/address.h"
#include "service/web/front.h"

/* What was asked for, and what of it is there. */
struct topic {
    const char *intervention_id; /* NULL: not asked for */
    const char *condition_id;
    const struct intervention *intervention; /* NULL: not there */
    const struct condition *condition;
};

static struct topic topic_of(const struct request *request)
{
    const struct base *base = catalog_base(request->catalog);
    struct topic topic = {.intervention_id = request_part(request, "intervention"),
                          .condition_id = request_part(request, "condition")};
    if (topic.intervention_id != NULL)
        topic.intervention = base_intervention(base, topic.intervention_id);
    if (topic.condition_id != NULL)
        topic.condition = base_condition(base, topic.condition_id);
    return topic;
}

/* The nearest treatments, each for the complaint where that is known. */
static void refuse_treatment(const struct request *request, const struct topic *topic,
                             struct answer *answer)
{
    const struct base *base = catalog_base(request->catalog);
    const char *const *near = nearest_entries(request->catalog, MEANING_INTERVENTION,
                                              topic->intervention_id, request->arena);
    struct way ways[NEAREST_MOST + 1] = {0};
    for (size_t i = 0; i < NEAREST_MOST && near[i] != NULL; i++) {
        const struct intervention *entry = base_intervention(base, near[i]);
        ways[i] = (struct way){address_of_topic(entry, topic->condition, request->arena),
                               question_about(entry, topic->condition, request->arena)};
    }
    front_not_found(request, answer, "There is no such treatment here", ways);
}

/* The nearest complaints, each with the treatment that was asked for. */
static void refuse_complaint(const struct request *request, const struct topic *topic,
                             struct answer *answer)
{
    const struct base *base = catalog_base(request->catalog);
    const char *const *near =
        nearest_entries(request->catalog, MEANING_CONDITION, topic->condition_id, request->arena);
    struct way ways[NEAREST_MOST + 1] = {0};
    for (size_t i = 0; i < NEAREST_MOST && near[i] != NULL; i++) {
        const struct condition *entry = base_condition(base, near[i]);
        ways[i] = (struct way){address_of_topic(topic->intervention, entry, request->arena),
                               question_about(topic->intervention, entry, request->arena)};
    }
    front_not_found(request, answer, "There is no such complaint here", ways);
}

bool get_topic_page(const struct request *request, struct answer *answer, struct error *err)
{
    (void)err;
    if (request->catalog == NULL) {
        front_not_loaded(request, answer, "");
        return true;
    }
    const struct topic topic = topic_of(request);
    if (topic.intervention_id != NULL && topic.intervention == NULL)
        refuse_treatment(request, &topic, answer);
    else if (topic.condition_id != NULL && topic.condition == NULL)
        refuse_complaint(request, &topic, answer);
    else
        front_topic(request, topic.intervention, topic.condition, answer);
    return true;
}
