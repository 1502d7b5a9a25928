#include "evidence/model/threshold.h"

#include <math.h>

#include "evidence/model/row.h"

const char *const threshold_kind_names[] = {"mcid",        "mid", "swe",      "mdc", "sdc",
                                            "sem",         "sd",  "recovery", "icc", "reliability",
                                            "correlation", "auc", NULL};
const char *const threshold_method_names[] = {"anchor", "distribution", "consensus",
                                              "benefit-harm-trade-off", NULL};

static void read_change(const struct json_reader *at, struct baseline_change *out)
{
    json_fields(at, (const char *const[]){"from", "to", "low", "high", NULL});
    *out = (struct baseline_change){
        .from = json_get_number(at, "from", REQUIRED),
        .to = json_get_number(at, "to", REQUIRED),
        .low = json_get_number(at, "low", REQUIRED),
        .high = json_get_number(at, "high", REQUIRED),
    };
    if (out->from > out->to || out->low > out->high)
        json_problem(at, NULL, "the lower end stands above the higher");
}

static void read_changes(const struct json_reader *at, struct threshold *out)
{
    out->absolute = json_get_number(at, "absolute", OPTIONAL);
    out->absolute_range = range_read(at, "absolute_range");
    out->absolute_iqr = range_read(at, "absolute_iqr");
    out->percent = json_get_number(at, "percent", OPTIONAL);
    out->percent_range = range_read(at, "percent_range");
    out->percent_iqr = range_read(at, "percent_iqr");
    ROW_LIST(at, "by_baseline", struct baseline_change, read_change, out->by_baseline,
             out->by_baseline_count);
    out->figures = data_read(at, "figures", &out->figure_count);
    if (isnan(out->absolute) && isnan(out->absolute_range.low) && isnan(out->percent) &&
        isnan(out->percent_range.low) && out->figure_count == 0)
        json_problem(at, NULL, "a threshold without any figure");
    if (out->absolute < 0 || out->percent < 0 || out->percent > 100)
        json_problem(at, NULL, "a change is told without its sign, a percentage within 0 to 100");
}

static void read_row(const struct json_reader *at, const struct base *base, struct threshold *out)
{
    json_fields(at, (const char *const[]){"id",
                                          "outcome",
                                          "scale",
                                          "instrument",
                                          "population",
                                          "conditions",
                                          "kind",
                                          "absolute",
                                          "absolute_range",
                                          "absolute_iqr",
                                          "percent",
                                          "percent_range",
                                          "percent_iqr",
                                          "by_baseline",
                                          "method",
                                          "n",
                                          "figures",
                                          "pmid",
                                          "doi",
                                          "note",
                                          BACKING_FIELDS,
                                          NULL});
    *out = (struct threshold){
        .id = row_id(at, "id"),
        .outcome = row_outcome(at, "outcome", base),
        .scale = row_scale(at, REQUIRED),
        .instrument = json_get_text(at, "instrument", OPTIONAL),
        .population = json_get_text(at, "population", REQUIRED),
        .conditions = row_conditions(at, "conditions", base),
        .kind = (enum threshold_kind)row_choice(at, "kind", threshold_kind_names),
        .method = (enum threshold_method)row_choice(at, "method", threshold_method_names),
        .n = row_count(at, "n"),
        .pmid = json_get_text(at, "pmid", OPTIONAL),
        .doi = json_get_text(at, "doi", OPTIONAL),
        .note = json_get_text(at, "note", OPTIONAL),
    };
    read_changes(at, out);
    backing_read(at, &out->backing);
}

void thresholds_read(const struct json_reader *at, const struct base *base, struct thresholds *out)
{
    json_fields(at, (const char *const[]){"thresholds", NULL});
#define READ_ROW(place, element) read_row(place, base, element)
    ROW_LIST(at, "thresholds", struct threshold, READ_ROW, out->items, out->count);
#undef READ_ROW
}
