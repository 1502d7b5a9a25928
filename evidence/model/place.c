#include "evidence/model/place.h"

#include <string.h>

#include "evidence/model/row.h"

const char *const body_view_names[] = {"front", "back", NULL};

enum { LARGEST_FIGURE = 10000 };

/* What a document is read against. */
struct reading {
    const struct base *base;
    const struct red_flags *flags;
    const struct referral *referral;
};

/* ---- dangers ---- */

static const struct red_flag *flag_called(const struct red_flags *flags, const char *id)
{
    for (size_t i = 0; i < flags->count; i++)
        if (flags->items[i].id != NULL && strcmp(flags->items[i].id, id) == 0)
            return &flags->items[i];
    return NULL;
}

static bool holds(const char *text, const char *words)
{
    return text != NULL && strstr(text, words) != NULL;
}

/* The book must name the place itself: a danger is not put somewhere from memory. */
static bool stand_in(const char *words, const struct red_flag *flag)
{
    for (size_t i = 0; i < flag->escalation_count; i++)
        if (holds(flag->escalations[i].when, words))
            return true;
    return holds(flag->presentation, words) || holds(flag->may_mimic, words) ||
           holds(flag->action, words);
}

static void read_flag(const struct json_reader *at, const struct reading *reading,
                      struct place_flag *out)
{
    const char *id = json_get_text(at, "flag", REQUIRED);
    json_fields(at, (const char *const[]){"flag", "words", NULL});
    out->words = json_get_text(at, "words", REQUIRED);
    out->flag = id == NULL ? NULL : flag_called(reading->flags, id);
    if (id != NULL && out->flag == NULL)
        json_problem(at, "flag", "no red flag \"%s\"", id);
    if (out->flag != NULL && out->words != NULL && !stand_in(out->words, out->flag))
        json_problem(at, "words", "\"%s\" does not stand in the red flag \"%s\"", out->words, id);
}

static void check_flags(const struct json_reader *at, const struct place *place)
{
    for (size_t i = 0; i < place->flag_count; i++) {
        const struct red_flag *flag = place->flags[i].flag;
        const struct red_flag *before = i == 0 ? NULL : place->flags[i - 1].flag;
        if (flag != NULL && before != NULL && flag->urgency < before->urgency)
            json_problem(at, "red_flags", "\"%s\" is more urgent and must stand before \"%s\"",
                         flag->id, before->id);
        for (size_t j = 0; flag != NULL && j < i; j++)
            if (place->flags[j].flag == flag)
                json_problem(at, "red_flags", "\"%s\" stands twice", flag->id);
    }
    if (place->flag_count == 0)
        json_problem(at, "red_flags", "needs at least one");
}

/* ---- complaints ---- */

static const char *half_of(const struct json_reader *at, const char *key, const struct base *base,
                           const char *condition)
{
    const char *id = json_has(at, key) ? row_condition(at, key, base) : NULL;
    if (id != NULL && condition != NULL && !base_condition_descends(base, id, condition))
        json_problem(at, key, "\"%s\" is no kind of \"%s\"", id, condition);
    return id;
}

static void read_condition(const struct json_reader *at, const struct base *base,
                           struct place_condition *out)
{
    json_fields(at, (const char *const[]){"condition", "recent", "lasting", "why", NULL});
    out->condition = row_condition(at, "condition", base);
    out->recent = half_of(at, "recent", base, out->condition);
    out->lasting = half_of(at, "lasting", base, out->condition);
    out->why = json_get_text(at, "why", REQUIRED);
    if ((out->recent == NULL) != (out->lasting == NULL))
        json_problem(at, NULL, "recent and lasting go together, or neither is told");
}

/* ---- the figure ---- */

static void read_shape(const struct json_reader *at, struct place_shape *out)
{
    json_fields(at, (const char *const[]){"view", "path", NULL});
    out->view = (enum body_view)row_choice(at, "view", body_view_names);
    out->path = json_get_text(at, "path", REQUIRED);
    if (out->path != NULL &&
        (out->path[0] != 'M' || out->path[strspn(out->path, "MLHVCSQTAZ0123456789.- ")] != '\0'))
        json_problem(at, "path", "must be a path of SVG that begins with M, in capital letters");
}

static void read_figure(const struct json_reader *at, struct places *out)
{
    struct json_reader figure = json_get_object(at, "figure", REQUIRED);
    if (figure.value == NULL)
        return;
    json_fields(&figure, (const char *const[]){"width", "height", NULL});
    out->width = json_get_count(&figure, "width", REQUIRED, 1, LARGEST_FIGURE);
    out->height = json_get_count(&figure, "height", REQUIRED, 1, LARGEST_FIGURE);
}

/* ---- a place ---- */

static void check_place(const struct json_reader *at, const struct place *place)
{
    check_flags(at, place);
    if ((place->condition_count == 0) != (place->none != NULL))
        json_problem(at, "none", "is told where there are no conditions, and nowhere else");
    if (place->everywhere != (place->shape_count == 0))
        json_problem(at, "shapes", "every place has a shape but the one that is everywhere");
}

static void read_place(const struct json_reader *at, const struct reading *reading,
                       struct place *out)
{
    json_fields(at, (const char *const[]){"id", "name", "plain", "also", "everywhere", "red_flags",
                                          "conditions", "none", "shapes", NULL});
    *out = (struct place){
        .id = row_id(at, "id"),
        .name = json_get_text(at, "name", REQUIRED),
        .plain = json_get_text(at, "plain", REQUIRED),
        .also = json_get_texts(at, "also"),
        .everywhere = json_get_truth(at, "everywhere"),
        .none = json_get_text(at, "none", OPTIONAL),
    };
#define READ_FLAG(place, element)      read_flag(place, reading, element)
#define READ_CONDITION(place, element) read_condition(place, reading->base, element)
    ROW_LIST(at, "red_flags", struct place_flag, READ_FLAG, out->flags, out->flag_count);
    ROW_LIST(at, "conditions", struct place_condition, READ_CONDITION, out->conditions,
             out->condition_count);
    ROW_LIST(at, "shapes", struct place_shape, read_shape, out->shapes, out->shape_count);
#undef READ_FLAG
#undef READ_CONDITION
    check_place(at, out);
}

/* ---- areas ---- */

static bool is_felt_by(const struct muscle *muscle, const char *area)
{
    for (const char *const *felt = muscle->pain_felt; *felt != NULL; felt++)
        if (strcmp(*felt, area) == 0)
            return true;
    return false;
}

static bool is_felt(const struct referral *referral, const char *area)
{
    for (size_t i = 0; i < referral->muscle_count; i++)
        if (is_felt_by(&referral->muscles[i], area))
            return true;
    return false;
}

static void read_area(const struct json_reader *at, const struct reading *reading,
                      const struct places *places, struct place_area *out)
{
    json_fields(at, (const char *const[]){"area", "places", NULL});
    out->area = json_get_text(at, "area", REQUIRED);
    out->places = row_texts(at, "places");
    for (const char *const *id = out->places; *id != NULL; id++)
        if (places_find(places, *id) == NULL)
            json_problem(at, "places", "no place \"%s\"", *id);
    if (out->area != NULL && !is_felt(reading->referral, out->area))
        json_problem(at, "area", "no muscle of the book of referral is felt at \"%s\"", out->area);
}

static const struct place_area *area_called(const struct places *places, const char *area)
{
    for (size_t i = 0; i < places->area_count; i++)
        if (places->areas[i].area != NULL && strcmp(places->areas[i].area, area) == 0)
            return &places->areas[i];
    return NULL;
}

static void check_areas(const struct json_reader *at, const struct places *places,
                        const struct referral *referral)
{
    for (size_t i = 0; i < places->area_count; i++)
        if (places->areas[i].area != NULL &&
            area_called(places, places->areas[i].area) != &places->areas[i])
            json_problem(at, "areas", "the area \"%s\" stands twice", places->areas[i].area);
    for (size_t i = 0; i < referral->muscle_count; i++)
        for (const char *const *felt = referral->muscles[i].pain_felt; *felt != NULL; felt++)
            if (area_called(places, *felt) == NULL)
                json_problem(at, "areas", "\"%s\", where %s is felt, reaches no place", *felt,
                             referral->muscles[i].id);
}

/* ---- the whole ---- */

static bool is_somewhere(const struct places *places, const struct red_flag *flag)
{
    for (size_t i = 0; i < places->count; i++)
        for (size_t j = 0; j < places->items[i].flag_count; j++)
            if (places->items[i].flags[j].flag == flag)
                return true;
    return false;
}

static void check_all(const struct json_reader *at, const struct reading *reading,
                      const struct places *places)
{
    size_t everywhere = 0;
    for (size_t i = 0; i < places->count; i++)
        everywhere += places->items[i].everywhere;
    if (everywhere != 1)
        json_problem(at, "places", "exactly one place is everywhere, and %zu are", everywhere);
    for (size_t i = 0; i < reading->flags->count; i++)
        if (!is_somewhere(places, &reading->flags->items[i]))
            json_problem(at, "places", "the red flag \"%s\" stands at no place",
                         reading->flags->items[i].id);
    check_areas(at, places, reading->referral);
}

static void read_about(const struct json_reader *at, struct places_about *out)
{
    struct json_reader about = json_get_object(at, "about", REQUIRED);
    if (about.value == NULL)
        return;
    json_fields(&about, (const char *const[]){"red_flags", "conditions", "areas", "shapes", NULL});
    *out = (struct places_about){
        .red_flags = json_get_text(&about, "red_flags", REQUIRED),
        .conditions = json_get_text(&about, "conditions", REQUIRED),
        .areas = json_get_text(&about, "areas", REQUIRED),
        .shapes = json_get_text(&about, "shapes", REQUIRED),
    };
}

void places_read(const struct json_reader *at, const struct base *base,
                 const struct red_flags *flags, const struct referral *referral, struct places *out)
{
    const struct reading reading = {base, flags, referral};
    json_fields(at, (const char *const[]){"about", "figure", "places", "areas", NULL});
    read_about(at, &out->about);
    read_figure(at, out);
#define READ_PLACE(place, element) read_place(place, &reading, element)
#define READ_AREA(place, element)  read_area(place, &reading, out, element)
    ROW_LIST(at, "places", struct place, READ_PLACE, out->items, out->count);
    ROW_LIST(at, "areas", struct place_area, READ_AREA, out->areas, out->area_count);
#undef READ_PLACE
#undef READ_AREA
    check_all(at, &reading, out);
}

const struct place *places_find(const struct places *places, const char *id)
{
    for (size_t i = 0; i < places->count; i++)
        if (places->items[i].id != NULL && strcmp(places->items[i].id, id) == 0)
            return &places->items[i];
    return NULL;
}

const struct place *places_everywhere(const struct places *places)
{
    for (size_t i = 0; i < places->count; i++)
        if (places->items[i].everywhere)
            return &places->items[i];
    return NULL;
}

bool places_area_is_at(const struct places *places, const char *area, const struct place *place)
{
    const struct place_area *found = area_called(places, area);
    for (const char *const *id = found == NULL ? NULL : found->places; id != NULL && *id != NULL;
         id++)
        if (strcmp(*id, place->id) == 0)
            return true;
    return false;
}
