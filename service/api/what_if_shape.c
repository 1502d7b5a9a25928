/* What-if: the changes read from a request, the answer as JSON. And what would change a rating. */
#include <math.h>

#include "evidence/rating/stability.h"
#include "service/api/what_if.h"

/* ---- reading ---- */

static void read_leave_out(const struct json_reader *at, struct what_if *out)
{
    size_t count = 0;
    out->leave_out = json_get_texts(at, "leave_out");
    while (out->leave_out[count] != NULL)
        count++;
    out->leave_out_count = count;
}

static void read_risks(const struct json_reader *at, struct what_if *out)
{
    size_t count = json_get_length(at, "risk_of_bias", OPTIONAL);
    struct json_reader list = json_get_list(at, "risk_of_bias");
    struct risk_change *risks = arena_array(at->problems->arena, count, sizeof *risks);
    for (size_t i = 0; i < count; i++) {
        struct json_reader item = json_get_element(&list, i);
        json_fields(&item, (const char *const[]){"study", "risk", NULL});
        int risk = json_get_choice(&item, "risk", REQUIRED, risk_names);
        risks[i] = (struct risk_change){.study = json_get_text(&item, "study", REQUIRED),
                                        .risk = risk < 0 ? RISK_UNKNOWN : (enum risk)risk};
    }
    out->risks = risks;
    out->risk_count = count;
}

static void read_interval(const struct json_reader *at, struct hypothetical *out)
{
    struct json_reader ci = json_get_list(at, "ci");
    out->ci_low = out->ci_high = NAN;
    if (json_array_size(ci.value) != 2 || !json_is_number(json_array_get(ci.value, 0)) ||
        !json_is_number(json_array_get(ci.value, 1))) {
        json_problem(at, "ci", "must be a list of two numbers, low and high, at 95 %%");
        return;
    }
    out->ci_low = json_number_value(json_array_get(ci.value, 0));
    out->ci_high = json_number_value(json_array_get(ci.value, 1));
}

static void read_trials(const struct json_reader *at, struct what_if *out)
{
    enum { LARGEST_TRIAL = 10000000 };
    size_t count = json_get_length(at, "add", OPTIONAL);
    struct json_reader list = json_get_list(at, "add");
    struct hypothetical *trials = arena_array(at->problems->arena, count, sizeof *trials);
    for (size_t i = 0; i < count; i++) {
        struct json_reader item = json_get_element(&list, i);
        json_fields(&item, (const char *const[]){"label", "n", "estimate", "ci", "risk", NULL});
        int risk = json_get_choice(&item, "risk", OPTIONAL, risk_names);
        trials[i] = (struct hypothetical){
            .label = json_get_text(&item, "label", OPTIONAL),
            .n = json_get_count(&item, "n", REQUIRED, 1, LARGEST_TRIAL),
            .estimate = json_get_number(&item, "estimate", REQUIRED),
            .risk = risk < 0 ? RISK_UNKNOWN : (enum risk)risk,
        };
        read_interval(&item, &trials[i]);
    }
    out->add = trials;
    out->add_count = count;
}

void what_if_read(const struct json_reader *at, struct what_if *out)
{
    *out = (struct what_if){0};
    if (!json_fields(at, (const char *const[]){"leave_out", "risk_of_bias", "add", NULL}))
        return;
    read_leave_out(at, out);
    read_risks(at, out);
    read_trials(at, out);
}

/* ---- writing ---- */

static void put_level(struct json_writer *json, const struct rating *rating)
{
    json_put_text(json, certainty_names[rating->certainty.level]);
}

static void put_moved(struct json_writer *json, const char *what, double before, double after)
{
    if (before == after || (isnan(before) && isnan(after)))
        return;
    json_begin_object(json);
    json_field_text(json, "what", what);
    json_field_real(json, "before", before);
    json_field_real(json, "after", after);
    json_end_object(json);
}

static double people_of(const struct rating *rating)
{
    return rating->synthesis.n == COUNT_UNKNOWN ? (double)NAN : rating->synthesis.n;
}

static double estimate_of(const struct rating *rating)
{
    return !rating_has_figure(rating) ? (double)NAN : rating->effect.estimate;
}

void shape_what_if(struct json_writer *json, const struct catalog *catalog,
                   const struct rating *before, const struct rating *after, struct arena *arena)
{
    json_begin_object(json);
    json_put_key(json, "before");
    shape_rating_short(json, before);
    json_put_key(json, "after");
    shape_rating(json, catalog, after, arena);
    json_field_object(json, "certainty");
    json_put_key(json, "before");
    put_level(json, before);
    json_put_key(json, "after");
    put_level(json, after);
    json_end_object(json);
    json_field_array(json, "moved");
    put_moved(json, "estimate", estimate_of(before), estimate_of(after));
    put_moved(json, "trials", before->synthesis.k, after->synthesis.k);
    put_moved(json, "participants", people_of(before), people_of(after));
    for (size_t i = 0; i < DOMAIN_COUNT; i++)
        put_moved(json, domain_names[i], before->certainty.domains[i].change,
                  after->certainty.domains[i].change);
    json_end_array(json);
    json_put_key(json, "trace");
    shape_trace(json, &after->trace);
    json_end_object(json);
}

static void put_flips(struct json_writer *json, const struct stability *stability)
{
    json_field_array(json, "hangs_on");
    for (size_t i = 0; i < stability->flip_count; i++) {
        json_begin_object(json);
        json_field_text(json, "study", stability->flips[i].study->id);
        json_field_text(json, "verdict_without", stability->flips[i].verdict);
        json_field_text(json, "certainty_without", certainty_names[stability->flips[i].certainty]);
        json_end_object(json);
    }
    json_end_array(json);
}

void shape_stability(struct json_writer *json, const struct stability *stability)
{
    json_begin_object(json);
    put_flips(json, stability);
    json_field_count(json, "imputed", stability->imputed);
    json_field_truth(json, "imputed_decide", stability->imputed_decide);
    json_field_count(json, "null_trials_that_turn_it",
                     stability->null_trials > 0 ? stability->null_trials : COUNT_UNKNOWN);
    json_field_truth(json, "null_trials_do_not_turn_it", stability->null_trials_do_not);
    json_field_count(json, "people_needed", stability->people_needed);
    json_field_truth(json, "more_people_alone_will_not", stability->more_people_will_not);
    json_field_count(json, "since", stability->since);
    json_end_object(json);
}
