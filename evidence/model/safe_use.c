#include "evidence/model/safe_use.h"

#include "evidence/model/row.h"

const char *const setting_names[] = {"self", "clinician", "both", NULL};
const char *const dose_part_names[] = {"seconds",
                                       "repetitions",
                                       "sessions_per_week",
                                       "weeks",
                                       "pressure",
                                       "frequency_hz",
                                       "pulse_us",
                                       "temperature_c",
                                       "wavelength_nm",
                                       "joules_per_point",
                                       NULL};
const char *const advice_names[] = {"how",       "expect",  "avoid", "not_for",
                                    "ask_first", "stop_if", NULL};

static size_t source_at(const struct json_reader *list, size_t index, size_t source_count)
{
    struct json_reader element = json_get_element(list, index);
    json_int_t position = json_integer_value(element.value);
    if (json_is_integer(element.value) && position >= 0 && (size_t)position < source_count)
        return (size_t)position;
    json_problem(&element, NULL, "must be the position of one of the document's %zu sources",
                 source_count);
    return 0;
}

static void read_sources(const struct json_reader *at, size_t source_count, struct statement *out)
{
    struct json_reader list = json_get_list(at, "sources");
    out->source_count = json_get_length(at, "sources", REQUIRED);
    size_t *sources = arena_array(at->problems->arena, out->source_count, sizeof *sources);
    for (size_t i = 0; i < out->source_count; i++)
        sources[i] = source_at(&list, i, source_count);
    out->sources = sources;
    if (json_is_array(list.value) && out->source_count == 0)
        json_problem(at, "sources", "nothing stands here without a source");
}

static void read_statement(const struct json_reader *at, size_t source_count, struct statement *out)
{
    json_fields(at, (const char *const[]){"text", "sources", NULL});
    *out = (struct statement){.text = json_get_text(at, "text", REQUIRED)};
    read_sources(at, source_count, out);
}

static void read_parts(const struct json_reader *at, struct dose *out)
{
    struct json_reader parts = json_get_object(at, "parameters", OPTIONAL);
    if (parts.value == NULL)
        return;
    json_fields(&parts, dose_part_names);
    for (int i = 0; i < DOSE_PART_COUNT; i++)
        out->parts[i] = json_get_text(&parts, dose_part_names[i], OPTIONAL);
}

static void read_dose(const struct json_reader *at, size_t source_count, struct dose *out)
{
    json_fields(at, (const char *const[]){"what", "parameters", "from", "note", "sources", NULL});
    *out = (struct dose){
        .what.text = json_get_text(at, "what", REQUIRED),
        .from = json_get_text(at, "from", REQUIRED),
        .note = json_get_text(at, "note", REQUIRED),
    };
    read_sources(at, source_count, &out->what);
    read_parts(at, out);
}

static void read_lists(const struct json_reader *at, struct safe_use *out)
{
#define READ_DOSE(place, element)      read_dose(place, out->backing.citation_count, element)
#define READ_STATEMENT(place, element) read_statement(place, out->backing.citation_count, element)
    ROW_LIST(at, "dose", struct dose, READ_DOSE, out->doses, out->dose_count);
    for (int i = 0; i < ADVICE_COUNT; i++)
        ROW_LIST(at, advice_names[i], struct statement, READ_STATEMENT, out->advice[i].items,
                 out->advice[i].count);
#undef READ_DOSE
#undef READ_STATEMENT
    struct json_reader who = json_get_object(at, "who", OPTIONAL);
    if (who.value != NULL)
        read_statement(&who, out->backing.citation_count, &out->who);
}

void safe_use_read(const struct json_reader *at, const struct base *base, struct safe_use *out)
{
    *out = (struct safe_use){0};
    if (!json_fields(at, (const char *const[]){"intervention", "setting", "dose", "how", "expect",
                                               "avoid", "not_for", "ask_first", "stop_if", "who",
                                               "note", BACKING_FIELDS, NULL}))
        return;
    out->intervention = row_intervention(at, "intervention", base);
    out->setting = (enum setting)row_choice(at, "setting", setting_names);
    out->note = json_get_text(at, "note", OPTIONAL);
    backing_read(at, &out->backing);
    read_lists(at, out);
}

bool statement_rests_on(const struct statement *statement, const struct safe_use *use,
                        enum source_kind kind)
{
    for (size_t i = 0; i < statement->source_count; i++)
        if (use->backing.citations[statement->sources[i]].kind == kind)
            return true;
    return false;
}
