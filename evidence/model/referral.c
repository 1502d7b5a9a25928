#include "evidence/model/referral.h"

#include "evidence/model/row.h"

const char *const side_names[] = {"critic", "defender", "neutral", NULL};

static void read_muscle(const struct json_reader *at, struct muscle *out)
{
    json_fields(at, (const char *const[]){"id", "name", "pain_felt", "may_be_mistaken_for", "note",
                                          BACKING_FIELDS, NULL});
    *out = (struct muscle){
        .id = row_id(at, "id"),
        .name = json_get_text(at, "name", REQUIRED),
        .pain_felt = row_texts(at, "pain_felt"),
        .may_be_mistaken_for = json_get_texts(at, "may_be_mistaken_for"),
        .note = json_get_text(at, "note", OPTIONAL),
    };
    backing_read(at, &out->backing);
}

static void read_criterion(const struct json_reader *at, struct criterion *out)
{
    json_fields(at, (const char *const[]){"id", "name", "finding", "signs", "figures", "limits",
                                          "pmid", "doi", BACKING_FIELDS, NULL});
    *out = (struct criterion){
        .id = row_id(at, "id"),
        .name = json_get_text(at, "name", REQUIRED),
        .finding = json_get_text(at, "finding", REQUIRED),
        .signs = json_get_texts(at, "signs"),
        .limits = json_get_text(at, "limits", REQUIRED),
        .pmid = json_get_text(at, "pmid", OPTIONAL),
        .doi = json_get_text(at, "doi", OPTIONAL),
    };
    out->figures = data_read(at, "figures", &out->figure_count);
    backing_read(at, &out->backing);
}

static void read_argument(const struct json_reader *at, struct argument *out)
{
    json_fields(at, (const char *const[]){"id", "side", "claim", "pmid", BACKING_FIELDS, NULL});
    *out = (struct argument){
        .id = row_id(at, "id"),
        .side = (enum side)row_choice(at, "side", side_names),
        .claim = json_get_text(at, "claim", REQUIRED),
        .pmid = json_get_text(at, "pmid", OPTIONAL),
    };
    backing_read(at, &out->backing);
}

static void read_about(const struct json_reader *at, struct referral *out)
{
    struct json_reader about = json_get_object(at, "about", REQUIRED);
    if (about.value == NULL)
        return;
    json_fields(&about, (const char *const[]){"maps", "second_reading", NULL});
    out->about_maps = json_get_text(&about, "maps", REQUIRED);
    out->about_second_reading = json_get_text(&about, "second_reading", REQUIRED);
}

static void check_sides(const struct json_reader *at, const struct referral *referral)
{
    bool heard[] = {[SIDE_CRITIC] = false, [SIDE_DEFENDER] = false, [SIDE_NEUTRAL] = false};
    for (size_t i = 0; i < referral->argument_count; i++)
        heard[referral->arguments[i].side] = true;
    if (heard[SIDE_CRITIC] != heard[SIDE_DEFENDER])
        json_problem(at, "controversy", "critics and defenders are both heard, or neither");
}

void referral_read(const struct json_reader *at, struct referral *out)
{
    json_fields(at, (const char *const[]){"about", "muscles", "criteria", "controversy", NULL});
    read_about(at, out);
    ROW_LIST(at, "muscles", struct muscle, read_muscle, out->muscles, out->muscle_count);
    ROW_LIST(at, "criteria", struct criterion, read_criterion, out->criteria, out->criterion_count);
    ROW_LIST(at, "controversy", struct argument, read_argument, out->arguments,
             out->argument_count);
    check_sides(at, out);
}
