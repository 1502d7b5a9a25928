#include "service/web/of_100_view.h"

#include <math.h>

#include "evidence/rating/verdict.h"
#include "service/views/html.h"
#include "service/views/sign.h"

enum { PEOPLE = 100, PEOPLE_A_ROW = 20, CELL = 20 };

struct of_100 of_100_of(const struct rating *rating)
{
    const struct responders *modelled = &rating->responders;
    const struct effect_told *effect = &rating->effect;
    if (rating_has_figure(rating) && modelled->known)
        return (struct of_100){.known = true,
                               .modelled = true,
                               .without = modelled->without,
                               .with = modelled->with,
                               .low = modelled->with_low,
                               .high = modelled->with_high,
                               .what = "pain at least 30 % less"};
    return (struct of_100){.known = rating_has_figure(rating) && isfinite(effect->of_100_control),
                           .without = effect->of_100_control,
                           .with = effect->of_100_treated,
                           .low = effect->of_100_low,
                           .high = effect->of_100_high,
                           .what = rating->question.outcome->plain};
}

/* Rare things need a decimal. */
static const char *people_words(double people, struct arena *arena)
{
    return arena_printf(arena, "%.*f", people > 0 && people < 10 ? 1 : 0, people);
}

static const char *other_words(const struct rating *rating, struct arena *arena)
{
    switch (rating->question.comparator_class) {
    case COMPARATOR_SHAM:
        return arena_printf(arena, "with %s", sentence_sham(rating->question.intervention));
    case COMPARATOR_NOTHING:
        return "without it";
    case COMPARATOR_ACTIVE:
    case COMPARATOR_MIXED:
        break;
    }
    return "in the other group";
}

void of_100_put_sentence(const struct page *page, const struct rating *rating,
                         const struct of_100 *people)
{
    struct arena *arena = page->arena;
    struct buffer against = {0};
    sentence_put_comparator(rating, &against);
    html_put(page->out,
             "%s of 100 people with it (somewhere from %s to %s), and %s of 100 %s: %s. ",
             people_words(people->with, arena), people_words(people->low, arena),
             people_words(people->high, arena), people_words(people->without, arena),
             other_words(rating, arena), people->what);
    html_put(page->out, "Compared with %s, %s.", buffer_string(&against),
             window_words(rating->question.window));
    buffer_release(&against);
}

void of_100_put_short(const struct page *page, const struct rating *rating,
                      const struct of_100 *people)
{
    html_put(page->out, "%s of 100 people with it and %s of 100 %s: %s%s.",
             people_words(people->with, page->arena), people_words(people->without, page->arena),
             other_words(rating, page->arena), people->what,
             people->modelled ? " (worked out by a model, nobody counted them)" : "");
}

/* ---- the picture ---- */

/* Whole people: with or without it, with or without it alone, in neither case. */
struct crowd {
    int both;
    int apart;
    bool more_with;
};

static struct crowd crowd_of(const struct of_100 *people)
{
    int with = (int)lround(people->with);
    int without = (int)lround(people->without);
    return (struct crowd){.both = with < without ? with : without,
                          .apart = with < without ? without - with : with - without,
                          .more_with = with >= without};
}

static void put_people(struct buffer *out, const struct crowd *crowd)
{
    for (int i = 0; i < PEOPLE; i++) {
        const char *shape = i < crowd->both                  ? "both"
                            : i < crowd->both + crowd->apart ? "apart"
                                                             : "neither";
        html_put(out, "<use href=\"#of-100-%s\" x=\"%d\" y=\"%d\"/>", shape,
                 i % PEOPLE_A_ROW * CELL, i / PEOPLE_A_ROW * CELL);
    }
}

/* A striped, a full and an empty figure: they differ without colour too. */
static void put_shapes(struct buffer *out)
{
    static const char body[] = "M10 1.5a3.6 3.6 0 1 1 0 7.2a3.6 3.6 0 1 1 0-7.2zM3.5 18.5v-3"
                               "a5.5 5.5 0 0 1 13 0v3z";
    static const char *const shapes[] = {"both", "apart", "neither"};
    buffer_text(out, "<defs>");
    for (size_t i = 0; i < sizeof shapes / sizeof *shapes; i++)
        html_put(out, "<path id=\"of-100-%s\" class=\"%s\" d=\"%s\"/>", shapes[i], shapes[i], body);
    buffer_text(out, "</defs>");
}

static void put_key(struct buffer *out, const char *shape, int people, const char *words)
{
    html_put(out,
             "<li><svg viewBox=\"0 0 20 20\" aria-hidden=\"true\"><use href=\"#of-100-%s\"/></svg>"
             " %d %s</li>\n",
             shape, people, words);
}

static void put_picture(struct buffer *out, const struct of_100 *people)
{
    const struct crowd crowd = crowd_of(people);
    html_put(out, "<svg class=\"crowd\" viewBox=\"0 0 %d %d\" aria-hidden=\"true\">",
             PEOPLE_A_ROW * CELL, PEOPLE / PEOPLE_A_ROW * CELL);
    put_shapes(out);
    put_people(out, &crowd);
    buffer_text(out, "</svg>\n<ul class=\"crowd-key\">\n");
    put_key(out, "both", crowd.both, "either way");
    put_key(out, "apart", crowd.apart, crowd.more_with ? "more with it" : "fewer with it");
    put_key(out, "neither", PEOPLE - crowd.both - crowd.apart, "neither way");
    buffer_text(out, "</ul>\n");
}

/* ---- where it comes from ---- */

static void put_inputs(const struct page *page, const struct rating *rating)
{
    const struct control_course *course = &rating->responders.course;
    html_put(page->out,
             "<p class=\"note\">Worked out by a model, nobody counted them: people begin at %s, "
             "without it the pain falls by %s on average, and how far it falls differs from one "
             "to the next by %s (standard deviation). That is the middle of %zu groups of people "
             "who had a pretend treatment or none, %s; the difference is that of the studies "
             "here.</p>\n",
             arena_printf(page->arena, "%.1f", course->baseline),
             arena_printf(page->arena, "%.1f points", course->fall),
             arena_printf(page->arena, "%.1f points", course->fall_sd), course->groups,
             course->own ? "in these very trials" : "in studies of other treatments too");
}

static void put_counted(const struct page *page, const struct rating *rating)
{
    html_put(page->out,
             "<p class=\"note\">Those without it were counted in %s; those with it follow from the "
             "ratio that was found.</p>\n",
             rating->synthesis.control_risk_is_printed ? "the review" : "the trials");
}

static const char *sure_words(enum certainty_level level)
{
    switch (level) {
    case CERTAINTY_HIGH:
        return "The true numbers are close to these";
    case CERTAINTY_MODERATE:
        return "The true numbers are probably close to these";
    case CERTAINTY_LOW:
        return "The true numbers may well be different";
    case CERTAINTY_VERY_LOW:
    case CERTAINTY_UNKNOWN:
        break;
    }
    return "Hardly more than a guess: the true numbers are likely to be different";
}

void of_100_put(const struct page *page, const struct rating *rating, enum certainty_level level)
{
    const struct of_100 people = of_100_of(rating);
    if (!people.known) {
        buffer_text(page->out, "<p class=\"note\">There is no picture of 100 people here: that "
                               "takes people who were counted, or a pain score and how the pain "
                               "of people without it went on.</p>\n");
        return;
    }
    buffer_text(page->out, "<figure class=\"of-100\"><figcaption>");
    of_100_put_sentence(page, rating, &people);
    buffer_text(page->out, "</figcaption>\n");
    put_picture(page->out, &people);
    html_put(page->out, "</figure>\n<p>How sure: %s. %s.</p>\n", sign_certainty_words(level),
             sure_words(level));
    if (people.modelled)
        put_inputs(page, rating);
    else
        put_counted(page, rating);
}
