#include "evidence/model/medicine.h"

#include <string.h>

#include "evidence/model/row.h"

struct reading {
    const struct base *base;
    const struct drug_links *links;
    const struct sign_words *words;
};

static const struct drug_link *link_called(const struct drug_links *links, const char *id)
{
    for (size_t i = 0; id != NULL && i < links->count; i++)
        if (links->items[i].id != NULL && strcmp(links->items[i].id, id) == 0)
            return &links->items[i];
    return NULL;
}

static const struct sign_concept *state_called(const struct sign_words *words, const char *id)
{
    for (size_t i = 0; i < words->concept_count; i++)
        if (words->concepts[i].id != NULL && strcmp(words->concepts[i].id, id) == 0 &&
            words->concepts[i].state != NULL)
            return &words->concepts[i];
    return NULL;
}

static void read_member(const struct json_reader *at, struct medicine *out)
{
    json_fields(at, (const char *const[]){"name", "brands", NULL});
    *out = (struct medicine){
        .name = json_get_text(at, "name", REQUIRED),
        .brands = json_get_texts(at, "brands"),
    };
}

static const struct drug_link *const *read_links(const struct json_reader *at,
                                                 const struct drug_links *links)
{
    const char *const *ids = json_get_texts(at, "links");
    const struct drug_link **found =
        arena_array(at->problems->arena, json_get_length(at, "links", OPTIONAL) + 1, sizeof *found);
    size_t count = 0;
    for (; *ids != NULL; ids++) {
        const struct drug_link *link = link_called(links, *ids);
        if (link == NULL)
            json_problem(at, "links", "there is no drug link \"%s\"", *ids);
        else
            found[count++] = link;
    }
    return found;
}

static const struct sign_concept *read_state(const struct json_reader *at,
                                             const struct sign_words *words)
{
    const char *id = json_get_text(at, "state", OPTIONAL);
    const struct sign_concept *found = id == NULL ? NULL : state_called(words, id);
    if (id != NULL && found == NULL)
        json_problem(at, "state", "no concept \"%s\" tells a state", id);
    return found;
}

static void read_group(const struct json_reader *at, const struct reading *reading,
                       struct medicine_group *out)
{
    json_fields(at, (const char *const[]){"id", "name", "words", "members", "links",
                                          "interventions", "state", BACKING_FIELDS, NULL});
    *out = (struct medicine_group){
        .id = row_id(at, "id"),
        .name = json_get_text(at, "name", REQUIRED),
        .words = json_get_texts(at, "words"),
        .links = read_links(at, reading->links),
        .interventions = row_interventions(at, "interventions", reading->base),
        .state = read_state(at, reading->words),
    };
    ROW_LIST(at, "members", struct medicine, read_member, out->members, out->member_count);
    if (out->member_count == 0)
        json_problem(at, "members", "at least one is needed");
    backing_read(at, &out->backing);
}

static void read_combination(const struct json_reader *at, const struct reading *reading,
                             struct medicine_combination *out)
{
    json_fields(at, (const char *const[]){"link", "least", NULL});
    const char *id = json_get_text(at, "link", REQUIRED);
    *out = (struct medicine_combination){
        .link = link_called(reading->links, id),
        .least = json_get_count(at, "least", REQUIRED, 2, 10),
    };
    if (id != NULL && out->link == NULL)
        json_problem(at, "link", "there is no drug link \"%s\"", id);
}

void medicines_read(const struct json_reader *at, const struct base *base,
                    const struct drug_links *links, const struct sign_words *words,
                    struct medicines *out)
{
    const struct reading reading = {base, links, words};
    json_fields(at, (const char *const[]){"medicines", "together", "nothing", "ordinary", NULL});
#define READ_GROUP(place, element)       read_group(place, &reading, element)
#define READ_COMBINATION(place, element) read_combination(place, &reading, element)
    ROW_LIST(at, "medicines", struct medicine_group, READ_GROUP, out->items, out->count);
    ROW_LIST(at, "together", struct medicine_combination, READ_COMBINATION, out->combinations,
             out->combination_count);
#undef READ_GROUP
#undef READ_COMBINATION
    out->nothing = json_get_texts(at, "nothing");
    out->ordinary = json_get_texts(at, "ordinary");
}

int medicines_least(const struct medicines *medicines, const struct drug_link *link)
{
    for (size_t i = 0; i < medicines->combination_count; i++)
        if (medicines->combinations[i].link == link)
            return medicines->combinations[i].least;
    return 1;
}
