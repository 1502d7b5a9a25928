#include "evidence/judgement/kept_table.h"
#include "evidence/rating/verdict.h"
#include "service/api/rating_parts.h"
#include "service/api/shapes.h"

static void put_besides(struct json_writer *json, const struct headline *headline)
{
    json_field_array(json, "besides");
    for (const struct condition *const *other = headline->besides; *other != NULL; other++)
        shape_name(json, (*other)->id, (*other)->name);
    json_end_array(json);
}

/* A pair that no question answers: the shape of a rating, with nothing in it but its verdict. */
static void put_empty_rating(struct json_writer *json, const struct catalog *catalog,
                             const struct headline *headline, struct arena *arena)
{
    static const struct certainty nothing = {.level = CERTAINTY_VERY_LOW,
                                             .start = CERTAINTY_VERY_LOW};
    json_field_text(json, "id", NULL);
    json_field_object(json, "question");
    shape_asked_intervention(json, headline->intervention);
    json_put_key(json, "condition");
    shape_name(json, headline->condition->id, headline->condition->name);
    json_field_text(json, "comparator", NULL);
    json_field_text(json, "outcome", NULL);
    json_field_text(json, "window", NULL);
    json_end_object(json);
    json_field_text(json, "verdict", headline->verdict);
    json_field_text(json, "badge", verdict_badge(headline->verdict));
    json_field_text(json, "rule", headline->rule);
    json_field_text(json, "sentence", headline->sentence);
    shape_override(json, NULL);
    shape_certainty(json, &nothing);
    json_field_text(json, "effect", NULL);
    shape_empty_pool(json, headline->studies == 0 ? BASIS_NONE : BASIS_DIRECTION);
    shape_directions(json, &headline->directions);
    json_field_array(json, "studies");
    json_end_array(json);
    json_put_key(json, "safety");
    shape_safety(json, catalog, headline->intervention, arena);
    shape_against(json, NULL, NULL);
    json_field_text(json, "stability", NULL);
    json_put_key(json, "as_of");
    shape_as_of(json, catalog);
    shape_pair_links(json, NULL, headline->intervention, headline->condition, arena);
}

void shape_headline_rating(struct json_writer *json, const struct catalog *catalog,
                           const struct headline *headline, struct arena *arena)
{
    json_begin_object(json);
    if (headline->rating == NULL) {
        put_empty_rating(json, catalog, headline, arena);
    } else {
        const struct rating *rating = headline->rating;
        const struct rating *sham = headline->sham;
        const struct rating *nothing = headline->nothing;
        struct certainty certainty = rating->certainty;
        certainty.level = headline->certainty;
        struct telling telling = {
            headline->verdict,
            headline->rule,
            headline->sentence,
            &certainty,
            sham != NULL ? sham : rating_sibling(catalog, rating, "sham", arena),
            nothing != NULL ? nothing : rating_sibling(catalog, rating, "nothing", arena)};
        shape_told(json, catalog, rating, &telling, arena);
    }
    json_field_truth(json, "borrowed", headline->borrowed);
    json_put_key(json, "evidence_from");
    shape_name(json, headline->home->id, headline->home->name);
    put_besides(json, headline);
    json_end_object(json);
}

void shape_headline_short(struct json_writer *json, const struct headline *headline)
{
    json_begin_object(json);
    shape_asked_intervention(json, headline->intervention);
    json_put_key(json, "condition");
    shape_name(json, headline->condition->id, headline->condition->name);
    json_field_text(json, "verdict", headline->verdict);
    json_field_text(json, "badge", verdict_badge(headline->verdict));
    shape_level(json, headline->certainty);
    json_field_text(json, "sentence", headline->sentence);
    json_field_truth(json, "borrowed", headline->borrowed);
    json_field_count(json, "participants",
                     headline->rating == NULL ? COUNT_UNKNOWN : headline->rating->synthesis.n);
    json_end_object(json);
}

/* ---- written once a catalog ---- */

/* Some 500 bytes each. */
enum { SHORT_HEADLINES_MOST = 2048 };

struct written {
    size_t length;
    const char *bytes;
};

static void *make_written(const struct catalog *catalog, struct arena *arena)
{
    (void)catalog;
    return kept_table_new(arena, SHORT_HEADLINES_MOST, sizeof(const struct headline *));
}

static const void *write_short(const void *headline, struct arena *arena)
{
    struct written *written = arena_alloc(arena, sizeof *written);
    struct buffer out = {0};
    struct json_writer json;
    json_writer_init(&json, &out, 0);
    shape_headline_short(&json, headline);
    *written = (struct written){out.length, arena_strndup(arena, out.bytes, out.length)};
    buffer_release(&out);
    return written;
}

void shape_ranked_headline(struct json_writer *json, const struct catalog *catalog,
                           const struct headline *headline)
{
    struct kept_table *table = catalog_keep(catalog, KEPT_SHORT_HEADLINES, make_written);
    const struct written *written = NULL;
    if (json->indent == 0)
        written = kept_table_find(table, &headline);
    if (json->indent == 0 && written == NULL)
        written = kept_table_add(table, &headline, headline, write_short);
    if (written != NULL)
        json_put_written(json, written->bytes, written->length);
    else
        shape_headline_short(json, headline);
}

void shape_headline(struct json_writer *json, const struct catalog *catalog,
                    const struct headline *headline, struct arena *arena)
{
    size_t from = 0;
    size_t count =
        catalog_ratings_of(catalog, headline->intervention->id, headline->condition->id, &from);
    json_begin_object(json);
    shape_asked_intervention(json, headline->intervention);
    json_put_key(json, "condition");
    shape_name(json, headline->condition->id, headline->condition->name);
    json_put_key(json, "headline");
    shape_headline_rating(json, catalog, headline, arena);
    json_field_array(json, "questions");
    for (size_t i = 0; i < count; i++)
        shape_rating_short(json, catalog_rating(catalog, from + i));
    json_end_array(json);
    json_end_object(json);
}
