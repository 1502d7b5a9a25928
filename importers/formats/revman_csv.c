/*
 * The tables of RevMan: "data and analyses" of RevMan 5 and the data rows of RevMan Web. A record
 * is a study with all its figures; what they mean is told by revman.h.
 *
 * RevMan 5 writes comparisons, outcomes, subgroups and studies as rows of one table: an outcome and
 * a subgroup have a data type, a study has none. RevMan Web writes studies alone, and keeps the
 * measure and the names of the groups in another file, so that no estimate can be taken from it.
 *
 * Studies are handed on when all rows were read, since one stands under many outcomes.
 */
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "importers/formats/csv_table.h"
#include "importers/formats/formats.h"
#include "importers/formats/markup.h"
#include "importers/formats/revman_parts.h"

/* RevMan's default, where the export does not say. */
static const double USUAL_LEVEL = 95;

enum what {
    WHAT_EVENTS_1,
    WHAT_EVENTS_2,
    WHAT_MEAN_1,
    WHAT_MEAN_2,
    WHAT_SD_1,
    WHAT_SD_2,
    WHAT_TOTAL_1,
    WHAT_TOTAL_2,
    WHAT_EFFECT,
    WHAT_SE,
    WHAT_LOW,
    WHAT_HIGH,
    WHAT_NUMBER_COUNT, /* those above are numbers */
    WHAT_OUTCOME_NUMBER,
    WHAT_SUBGROUP_NUMBER,
    WHAT_NAME,
    WHAT_STUDY,
    WHAT_OUTCOME,
    WHAT_SUBGROUP,
    WHAT_TYPE,
    WHAT_MEASURE,
    WHAT_LABEL_1,
    WHAT_LABEL_2,
    WHAT_UNIT,
    WHAT_LEVEL,
    WHAT_SWAPPED,
    WHAT_YEAR
};

static const struct csv_column columns[] = {
    {"outcomenumber", WHAT_OUTCOME_NUMBER},
    {"subgroupnumber", WHAT_SUBGROUP_NUMBER},
    {"name", WHAT_NAME},
    {"datatype", WHAT_TYPE},
    {"effectmeasure", WHAT_MEASURE},
    {"events1", WHAT_EVENTS_1},
    {"events2", WHAT_EVENTS_2},
    {"mean1", WHAT_MEAN_1},
    {"mean2", WHAT_MEAN_2},
    {"sd1", WHAT_SD_1},
    {"sd2", WHAT_SD_2},
    {"total1", WHAT_TOTAL_1},
    {"total2", WHAT_TOTAL_2},
    {"effectestimate", WHAT_EFFECT},
    {"se", WHAT_SE},
    {"cistart", WHAT_LOW},
    {"ciend", WHAT_HIGH},
    {"grouplabel1", WHAT_LABEL_1},
    {"grouplabel2", WHAT_LABEL_2},
    {"unitofmeasure", WHAT_UNIT},
    {"studyconfidenceinterval", WHAT_LEVEL},
    {"swapeventandnonevent", WHAT_SWAPPED},
    {"yearofstudy", WHAT_YEAR},
    /* RevMan Web */
    {"analysisname", WHAT_OUTCOME},
    {"subgroup", WHAT_SUBGROUP},
    {"study", WHAT_STUDY},
    {"studyyear", WHAT_YEAR},
    {"experimentalcases", WHAT_EVENTS_1},
    {"controlcases", WHAT_EVENTS_2},
    {"experimentalmean", WHAT_MEAN_1},
    {"controlmean", WHAT_MEAN_2},
    {"experimentalsd", WHAT_SD_1},
    {"controlsd", WHAT_SD_2},
    {"experimentaln", WHAT_TOTAL_1},
    {"controln", WHAT_TOTAL_2},
    {"givmean", WHAT_EFFECT},
    {"givse", WHAT_SE},
    {NULL, 0},
};

static const struct {
    const char *name;
    enum revman_data data;
} types[] = {
    {"DIC", REVMAN_DICHOTOMOUS},     {"CON", REVMAN_CONTINUOUS}, {"GIV", REVMAN_INVERSE_VARIANCE},
    {"IV", REVMAN_INVERSE_VARIANCE}, {"OEV", REVMAN_O_E},        {"IPD", REVMAN_O_E},
};

struct listed_study {
    const char *name;
    const char *within; /* the first comparison or outcome it stands under */
    const char *year;
    size_t first; /* its rows, in the order of the file … */
    size_t last;  /* … each pointing to the next */
};

struct row {
    struct record_result result;
    size_t next; /* NO_ROW at the end */
};

static const size_t NO_ROW = (size_t)-1;

struct review {
    struct arena *arena;
    struct vector studies; /* struct listed_study */
    struct vector rows;    /* struct row */
    json_t *places;        /* of studies by their name */
    struct revman_outcome outcome;
    size_t line; /* of the first row */
};

/* ---- headings ---- */

static const char *keep(struct review *review, const char *text)
{
    return text == NULL ? NULL : markup_line(text, strlen(text), review->arena);
}

static bool is_zero(const char *text)
{
    return text == NULL || strcmp(text, "0") == 0;
}

static void take_comparison(struct csv_table *table, struct review *review)
{
    review->outcome = (struct revman_outcome){
        .comparison = keep(review, csv_table_value(table, WHAT_NAME)), .row_level = USUAL_LEVEL};
}

static enum revman_data type_named(const char *name)
{
    for (size_t i = 0; i < sizeof types / sizeof *types; i++)
        if (strncasecmp(types[i].name, name, strlen(types[i].name)) == 0)
            return types[i].data;
    return REVMAN_DICHOTOMOUS;
}

static double level_of(const char *text)
{
    double level = text == NULL ? NAN : strtod(text, NULL);
    return level > 0 && level < 100 ? level : USUAL_LEVEL;
}

static void take_outcome(struct csv_table *table, struct review *review)
{
    const char *swapped = csv_table_value(table, WHAT_SWAPPED);
    review->outcome = (struct revman_outcome){
        .data = type_named(csv_table_value(table, WHAT_TYPE)),
        .comparison = review->outcome.comparison,
        .name = keep(review, csv_table_value(table, WHAT_NAME)),
        .label = {keep(review, csv_table_value(table, WHAT_LABEL_1)),
                  keep(review, csv_table_value(table, WHAT_LABEL_2))},
        .unit = keep(review, csv_table_value(table, WHAT_UNIT)),
        .measure = keep(review, csv_table_value(table, WHAT_MEASURE)),
        .row_level = level_of(csv_table_value(table, WHAT_LEVEL)),
        .swapped = swapped != NULL && strncasecmp(swapped, "y", 1) == 0,
    };
}

/* ---- studies ---- */

static struct listed_study *study_named(struct review *review, const char *name)
{
    const json_t *place = json_object_get(review->places, name);
    if (place != NULL)
        return (struct listed_study *)review->studies.items + json_integer_value(place);
    json_object_set_new(review->places, name, json_integer((json_int_t)review->studies.count));
    struct listed_study *study = vector_add(&review->studies, sizeof *study);
    *study = (struct listed_study){.name = keep(review, name),
                                   .within = review->outcome.comparison != NULL
                                                 ? review->outcome.comparison
                                                 : review->outcome.name,
                                   .first = NO_ROW,
                                   .last = NO_ROW};
    return study;
}

static void add_row(struct review *review, struct listed_study *study,
                    const struct record_result *result)
{
    size_t place = review->rows.count;
    struct row *row = vector_add(&review->rows, sizeof *row);
    *row = (struct row){.result = *result, .next = NO_ROW};
    if (study->first == NO_ROW)
        study->first = place;
    else
        ((struct row *)review->rows.items)[study->last].next = place;
    study->last = place;
}

/* RevMan fills the cells of other data types with zeros. */
static struct revman_figures figures_of(const struct revman_outcome *outcome, const double *numbers)
{
    struct revman_figures figures = {
        .estimable = isfinite(numbers[WHAT_EFFECT]),
        .effect = numbers[WHAT_EFFECT],
        .low = numbers[WHAT_LOW],
        .high = numbers[WHAT_HIGH],
        .se = numbers[WHAT_SE],
        .p = NAN,
        .total = {numbers[WHAT_TOTAL_1], numbers[WHAT_TOTAL_2]},
        .events = {NAN, NAN},
        .mean = {NAN, NAN},
        .sd = {NAN, NAN},
    };
    for (int i = 0; i < 2; i++) {
        if (outcome->data == REVMAN_DICHOTOMOUS || outcome->data == REVMAN_O_E)
            figures.events[i] = numbers[WHAT_EVENTS_1 + i];
        if (outcome->data == REVMAN_CONTINUOUS) {
            figures.mean[i] = numbers[WHAT_MEAN_1 + i];
            figures.sd[i] = numbers[WHAT_SD_1 + i];
        }
    }
    return figures;
}

static bool take_figures(struct csv_table *table, struct review *review, const char *name,
                         const struct revman_figures *figures)
{
    struct record_result result;
    if (review->rows.count == REVMAN_ROWS_MOST)
        return csv_table_refuse(table, "the file has more than %d rows", (int)REVMAN_ROWS_MOST);
    if (!revman_result(&review->outcome, figures, review->outcome.row_level, review->arena,
                       &result))
        return csv_table_refuse(table, "it has no figures");
    const char *plain = keep(review, name);
    if (plain == NULL)
        return csv_table_refuse(table, "it names no study");
    struct listed_study *study = study_named(review, plain);
    result.study_label = study->name;
    if (study->year == NULL)
        study->year = keep(review, csv_table_value(table, WHAT_YEAR));
    add_row(review, study, &result);
    return true;
}

static bool take_study(struct csv_table *table, struct review *review)
{
    double numbers[WHAT_NUMBER_COUNT];
    const char *name = csv_table_value(table, WHAT_NAME);
    if (name == NULL)
        return csv_table_refuse(table, "it names no study");
    if (review->outcome.name == NULL)
        return csv_table_refuse(table, "it stands under no outcome");
    if (!csv_table_numbers(table, numbers, WHAT_NUMBER_COUNT))
        return true;
    struct revman_figures figures = figures_of(&review->outcome, numbers);
    return take_figures(table, review, name, &figures);
}

/* RevMan Web: which cells are filled tells the kind of data. */
static enum revman_data data_of(const double *numbers)
{
    if (isfinite(numbers[WHAT_MEAN_1]) || isfinite(numbers[WHAT_MEAN_2]))
        return REVMAN_CONTINUOUS;
    if (isfinite(numbers[WHAT_EFFECT]))
        return REVMAN_INVERSE_VARIANCE;
    return REVMAN_DICHOTOMOUS;
}

static bool take_web_row(struct csv_table *table, struct review *review)
{
    double numbers[WHAT_NUMBER_COUNT];
    const char *name = csv_table_value(table, WHAT_STUDY);
    if (name == NULL)
        return csv_table_refuse(table, "it names no study");
    if (!csv_table_numbers(table, numbers, WHAT_NUMBER_COUNT))
        return true;
    review->outcome = (struct revman_outcome){
        .data = data_of(numbers),
        .name = keep(review, csv_table_value(table, WHAT_OUTCOME)),
        .subgroup = keep(review, csv_table_value(table, WHAT_SUBGROUP)),
        .row_level = USUAL_LEVEL,
    };
    struct revman_figures figures = figures_of(&review->outcome, numbers);
    figures.estimable = false; /* of a measure that another file tells */
    return take_figures(table, review, name, &figures);
}

static bool take(struct csv_table *table, struct error *err)
{
    (void)err;
    struct review *review = table->context;
    if (csv_table_value(table, WHAT_STUDY) != NULL)
        return take_web_row(table, review);
    bool typed = csv_table_value(table, WHAT_TYPE) != NULL;
    if (is_zero(csv_table_value(table, WHAT_OUTCOME_NUMBER)))
        take_comparison(table, review);
    else if (typed && is_zero(csv_table_value(table, WHAT_SUBGROUP_NUMBER)))
        take_outcome(table, review);
    else if (typed)
        review->outcome.subgroup = keep(review, csv_table_value(table, WHAT_NAME));
    else
        return take_study(table, review);
    return true;
}

/* ---- records ---- */

static void put_results(struct draft *draft, const struct review *review,
                        const struct listed_study *study)
{
    const struct row *rows = review->rows.items;
    for (size_t i = study->first; i != NO_ROW; i = rows[i].next)
        *draft_add_result(draft) = rows[i].result;
}

/* "Davis" is another study in another review. */
static bool hand_on_study(struct csv_table *table, const struct review *review,
                          const struct listed_study *study, struct error *err)
{
    struct draft *draft = &table->draft;
    draft_start(draft, "revman-csv");
    const char *within = study->within == NULL ? table->file : study->within;
    draft_set(draft, &draft->record.title,
              arena_printf(draft->arena, "%s (study in: %s)", study->name, within));
    draft_set_date(draft, date_read(study->year, DATE_ORDER_UNKNOWN));
    put_results(draft, review, study);
    return draft_hand_on(draft, table->stream, 1, table->sink, table->counts, err);
}

static bool finish(struct csv_table *table, struct error *err)
{
    const struct review *review = table->context;
    const struct listed_study *studies = review->studies.items;
    for (size_t i = 0; i < review->studies.count; i++)
        if (!hand_on_study(table, review, &studies[i], err))
            return false;
    return true;
}

static const struct csv_table_format format = {.columns = columns, .take = take, .finish = finish};

static bool read_revman_csv(struct input *input, const struct record_sink *sink,
                            const struct format_warnings *warnings, struct format_counts *counts,
                            struct error *err)
{
    struct review review = {.arena = arena_new(), .places = json_object()};
    bool ok = csv_table_read(&format, &review, input, sink, warnings, counts, err);
    json_decref(review.places);
    vector_release(&review.studies);
    vector_release(&review.rows);
    arena_free(review.arena);
    return ok;
}

static int recognise(const char *head, size_t length)
{
    struct csv_reader header;
    if (!csv_reader_head(head, length, &header))
        return 0;
    bool five = csv_reader_has(&header, "comparisonnumber") &&
                csv_reader_has(&header, "outcomenumber") && csv_reader_has(&header, "name");
    bool web = csv_reader_has(&header, "analysisgroup") &&
               csv_reader_has(&header, "analysisnumber") && csv_reader_has(&header, "study");
    csv_reader_release(&header);
    return five || web ? 95 : 0;
}

const struct format format_revman_csv = {
    .name = "revman-csv",
    .title = "RevMan data and analyses (CSV)",
    .recognise = recognise,
    .read = read_revman_csv,
};
