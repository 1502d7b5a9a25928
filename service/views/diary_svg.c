#include "service/views/diary_svg.h"

#include <math.h>

#include "evidence/judgement/stop/stop_words.h"
#include "service/views/plot_parts.h"

enum { PLOT_HEIGHT = 260, LEFT = 52, DAY_WIDTH = 46, SCORE_TICKS = 6 };

struct drawing {
    const struct diary *diary;
    const struct stopping *stopping;
    struct arena *arena;
    struct svg svg;
    const struct stop_point *points;
    size_t point_count;
    double top; /* of the plot */
    double first_day;
    double last_day;
};

static double x_of(const struct drawing *at, double day)
{
    double width = at->svg.width - LEFT - 2 * SVG_MARGIN;
    return LEFT + width * (day - at->first_day) / (at->last_day - at->first_day);
}

/* A level of 10 stands at the top where less is better, at the bottom where more is: the picture
 * shows the scores as they were written. */
static double y_of(const struct drawing *at, double level)
{
    double share = level / 10;
    return at->top + PLOT_HEIGHT * (at->diary->scale->higher_is_better ? share : 1 - share);
}

static bool is_shown(const struct drawing *at, size_t index)
{
    return at->diary->scores[index].outcome == at->diary->outcome;
}

static void lay_out(struct drawing *at)
{
    at->first_day = 0;
    at->last_day = 0;
    for (size_t i = 0; i < at->diary->score_count; i++) {
        if (!is_shown(at, i))
            continue;
        at->first_day = fmin(at->first_day, at->diary->scores[i].day);
        at->last_day = fmax(at->last_day, at->diary->scores[i].day);
    }
    if (at->stopping->plan.error != NULL)
        at->last_day = fmax(at->last_day, at->stopping->plan.trial_days);
    if (!(at->last_day > at->first_day))
        at->last_day = at->first_day + 7;
    at->points = stop_curve(at->stopping, at->arena, &at->point_count);
}

/* A round step that gives a few ticks: 1, 2 or 5 times a power of ten. */
static double round_step(double range)
{
    static const double steps[] = {1, 2, 5, 10};
    double power = pow(10, floor(log10(range / SCORE_TICKS)));
    for (size_t i = 0; i < sizeof steps / sizeof *steps; i++)
        if (range <= steps[i] * power * SCORE_TICKS)
            return steps[i] * power;
    return 10 * power;
}

/* The level of a score as it was written. */
static double level_of(const struct diary_scale *scale, double score)
{
    double share = (score - scale->low) / (scale->high - scale->low);
    return 10 * (scale->higher_is_better ? 1 - share : share);
}

static void put_scores_axis(struct drawing *at)
{
    const struct diary_scale *scale = at->diary->scale;
    double step = round_step(scale->high - scale->low);
    double first = ceil(scale->low / step - 1e-9) + 0.0; /* no "-0" */
    double last = floor(scale->high / step + 1e-9);
    int count = (int)(last - first) + 1;
    for (int i = 0; i < count; i++) {
        double score = (first + i) * step;
        double y = y_of(at, level_of(scale, score));
        svg_line(&at->svg, "grid", LEFT, y, at->svg.width - 2 * SVG_MARGIN, y);
        svg_text(&at->svg, "small quiet", SVG_END, LEFT - 6, y + 4,
                 arena_printf(at->arena, "%g", score));
    }
}

/* Days, weeks, or whole numbers of four weeks. */
static double days_step(double range, double ticks)
{
    static const double steps[] = {1, 2, 7, 14, 28};
    for (size_t i = 0; i < sizeof steps / sizeof *steps; i++)
        if (range <= steps[i] * ticks)
            return steps[i];
    return 28 * ceil(range / 28 / ticks);
}

static void put_days_axis(struct drawing *at)
{
    double y = at->top + PLOT_HEIGHT;
    double room = at->svg.width - LEFT - 2 * SVG_MARGIN;
    double step = days_step(at->last_day - at->first_day, floor(room / DAY_WIDTH));
    svg_line(&at->svg, "axis", LEFT, y, at->svg.width - 2 * SVG_MARGIN, y);
    double first = ceil(at->first_day / step) * step;
    int count = (int)floor((at->last_day - first) / step) + 1;
    for (int i = 0; i < count; i++) {
        double day = first + i * step;
        svg_text(&at->svg, "small quiet", SVG_MIDDLE, x_of(at, day), y + SVG_LINE,
                 at->diary->by_date ? diary_day(at->diary, day, at->arena) + 5 /* month and day */
                                    : arena_printf(at->arena, "%g", at->diary->first_day + day));
    }
    svg_text(&at->svg, "small quiet", SVG_MIDDLE, (LEFT + at->svg.width) / 2.0, y + 2 * SVG_LINE,
             at->diary->by_date ? "date" : "day");
}

static void put_band(struct drawing *at)
{
    double *corners = arena_array(at->arena, 4 * at->point_count, sizeof *corners);
    size_t count = at->point_count;
    for (size_t i = 0; i < count; i++) {
        size_t back = 2 * count - 1 - i;
        corners[2 * i] = x_of(at, at->points[i].day);
        corners[2 * i + 1] = y_of(at, at->points[i].low);
        corners[2 * back] = x_of(at, at->points[i].day);
        corners[2 * back + 1] = y_of(at, at->points[i].high);
    }
    svg_polygon(&at->svg, "likely", corners, 2 * count);
}

static void put_lines(struct drawing *at)
{
    double *expected = arena_array(at->arena, 2 * at->point_count, sizeof *expected);
    double *without = arena_array(at->arena, 2 * at->point_count, sizeof *without);
    for (size_t i = 0; i < at->point_count; i++) {
        expected[2 * i] = without[2 * i] = x_of(at, at->points[i].day);
        expected[2 * i + 1] = y_of(at, at->points[i].expected);
        without[2 * i + 1] = y_of(at, at->points[i].without);
    }
    svg_polyline(&at->svg, "path stone", expected, at->point_count);
    if (at->stopping->plan.knows_course)
        svg_polyline(&at->svg, "without", without, at->point_count);
}

static void put_goal(struct drawing *at)
{
    double y = y_of(at, at->stopping->plan.line);
    double right = at->svg.width - 2 * SVG_MARGIN;
    svg_line(&at->svg, "goal", LEFT, y, right, y);
    svg_text(&at->svg, "small b over", SVG_END, right - 4, y - 6,
             arena_printf(at->arena, "goal %s",
                          stop_goal_told(at->diary, at->stopping->plan.line, at->arena)));
}

/* Where the first session lies among the scores. */
static void put_begin(struct drawing *at)
{
    double x = x_of(at, 0);
    if (at->first_day >= 0)
        return;
    svg_line(&at->svg, "axis", x, at->top, x, at->top + PLOT_HEIGHT);
    svg_text(&at->svg, "small over", SVG_START, x + 4, at->top + 12,
             at->diary->switched != NULL ? "the switch" : "first session");
}

/* The day to look again, its name turned inwards. */
static void put_next(struct drawing *at)
{
    double day = at->stopping->next_review_day;
    if (!(day > 0 && day <= at->last_day))
        return;
    double x = x_of(at, day);
    bool right = day > (at->first_day + at->last_day) / 2;
    svg_line(&at->svg, "axis", x, at->top, x, at->top + PLOT_HEIGHT);
    svg_text(&at->svg, "small over", right ? SVG_END : SVG_START, x + (right ? -4 : 4),
             at->top + PLOT_HEIGHT - 6, "look again");
}

static void put_score(struct drawing *at, const struct diary_score *score)
{
    svg_open(&at->svg, "row");
    svg_data(&at->svg, "day", score->day);
    svg_said(&at->svg,
             arena_printf(at->arena, "%s: %g", diary_day(at->diary, score->day, at->arena),
                          diary_told(score->scale, score->level)));
    svg_circle(&at->svg, "circle", x_of(at, score->day), y_of(at, score->level), 4);
    svg_close(&at->svg);
}

static void put_legend(struct drawing *at, const char *class, const char *text)
{
    struct plot_point point = plot_put_legend(&at->svg, text);
    svg_line(&at->svg, class, point.x - 10, point.y, point.x + 10, point.y);
}

/* What the dots are, and on which scale. */
static void put_scores_legend(struct drawing *at)
{
    const struct diary_scale *scale = at->diary->scale;
    const char *text =
        arena_printf(at->arena, "your scores: %s, %g to %g, %s is better", stop_scored(at->diary),
                     scale->low, scale->high, scale->higher_is_better ? "more" : "less");
    struct plot_point point = plot_put_legend(&at->svg, text);
    svg_circle(&at->svg, "circle", point.x, point.y, 4);
}

static void put_plot(struct drawing *at)
{
    at->top = at->svg.height + 8;
    put_scores_axis(at);
    if (at->point_count > 0) {
        put_band(at);
        put_lines(at);
    }
    put_begin(at);
    put_next(at);
    for (size_t i = 0; i < at->diary->score_count; i++)
        if (is_shown(at, i))
            put_score(at, &at->diary->scores[i]);
    if (at->point_count > 0)
        put_goal(at);
    put_days_axis(at);
    at->svg.height = at->top + PLOT_HEIGHT + 3 * SVG_LINE;
    put_scores_legend(at);
    if (at->point_count == 0)
        return;
    put_legend(at, "path stone", "what is expected with these scores; striped: four times of five");
    if (at->stopping->plan.knows_course)
        put_legend(at, "without", "what is expected without this treatment");
    put_legend(at, "goal", "the goal");
}

void diary_svg(const struct diary *diary, const struct stopping *stopping, int width,
               struct arena *arena, struct buffer *out)
{
    struct drawing at = {
        .diary = diary, .stopping = stopping, .arena = arena, .svg = svg_new(width)};
    const char *title =
        arena_printf(arena, "%s for %s", diary->intervention->name, diary->condition->plain);
    plot_put_title(&at.svg, title);
    plot_put_note(&at.svg, "b", stop_headline(diary, stopping));
    plot_put_note(&at.svg, "note", stopping->sentence);
    if (diary->scale != NULL && stopping->decided != STOP_SEEK_CARE) { /* nothing beside an alarm */
        lay_out(&at);
        put_plot(&at);
    }
    svg_finish(&at.svg, title, stopping->sentence, out);
}
