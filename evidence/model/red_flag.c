#include "evidence/model/red_flag.h"

#include "evidence/model/row.h"

const char *const urgency_names[] = {"emergency", "same-day", "soon", NULL};

static void read_escalation(const struct json_reader *at, struct escalation *out)
{
    json_fields(at, (const char *const[]){"if", "urgency", "phrases", NULL});
    *out = (struct escalation){
        .when = json_get_text(at, "if", REQUIRED),
        .urgency = (enum urgency)row_choice(at, "urgency", urgency_names),
        .phrases = row_texts(at, "phrases"),
    };
}

static void check_escalations(const struct json_reader *at, const struct red_flag *flag)
{
    for (size_t i = 0; i < flag->escalation_count; i++)
        if (flag->escalations[i].urgency >= flag->urgency)
            json_problem(at, "escalate", "\"%s\" must be more urgent than the entry itself",
                         flag->escalations[i].when);
}

static void read_red_flag(const struct json_reader *at, const struct base *base,
                          struct red_flag *out)
{
    json_fields(at,
                (const char *const[]){"id", "presentation", "may_mimic", "conditions", "suspect",
                                      "means", "urgency", "action", "evidence", "phrases",
                                      "escalate", "less_likely", BACKING_FIELDS, NULL});
    *out = (struct red_flag){
        .id = row_id(at, "id"),
        .presentation = json_get_text(at, "presentation", REQUIRED),
        .may_mimic = json_get_text(at, "may_mimic", REQUIRED),
        .conditions = row_conditions(at, "conditions", base),
        .suspect = row_texts(at, "suspect"),
        .means = json_get_text(at, "means", REQUIRED),
        .urgency = (enum urgency)row_choice(at, "urgency", urgency_names),
        .action = json_get_text(at, "action", REQUIRED),
        .evidence = json_get_text(at, "evidence", OPTIONAL),
        .phrases = row_texts(at, "phrases"),
        .less_likely = json_get_texts(at, "less_likely"),
    };
    ROW_LIST(at, "escalate", struct escalation, read_escalation, out->escalations,
             out->escalation_count);
    check_escalations(at, out);
    backing_read(at, &out->backing);
}

static void read_about(const struct json_reader *at, struct red_flags_about *out)
{
    struct json_reader about = json_get_object(at, "about", REQUIRED);
    if (about.value == NULL)
        return;
    json_fields(&about, (const char *const[]){"phrases", "escalate", "less_likely", "urgency",
                                              "not_covered", NULL});
    *out = (struct red_flags_about){
        .phrases = json_get_text(&about, "phrases", REQUIRED),
        .escalate = json_get_text(&about, "escalate", REQUIRED),
        .less_likely = json_get_text(&about, "less_likely", REQUIRED),
        .urgency = json_get_text(&about, "urgency", REQUIRED),
        .not_covered = json_get_text(&about, "not_covered", REQUIRED),
    };
}

void red_flags_read(const struct json_reader *at, const struct base *base, struct red_flags *out)
{
    json_fields(at, (const char *const[]){"about", "red_flags", NULL});
    read_about(at, &out->about);
#define READ_ROW(place, element) read_red_flag(place, base, element)
    ROW_LIST(at, "red_flags", struct red_flag, READ_ROW, out->items, out->count);
#undef READ_ROW
}

static bool is_about(const struct red_flag *flag, const struct base *base, const char *condition)
{
    for (const char *const *id = flag->conditions; *id != NULL; id++)
        if (base_condition_descends(base, condition, *id) ||
            base_condition_descends(base, *id, condition))
            return true;
    return false;
}

const struct red_flag *const *red_flags_about(const struct red_flags *flags,
                                              const struct base *base, const char *condition,
                                              struct arena *arena, size_t *count)
{
    const struct red_flag **found = arena_array(arena, flags->count, sizeof *found);
    *count = 0;
    for (int urgency = URGENCY_EMERGENCY; urgency <= URGENCY_SOON; urgency++)
        for (size_t i = 0; i < flags->count; i++)
            if ((int)flags->items[i].urgency == urgency &&
                is_about(&flags->items[i], base, condition))
                found[(*count)++] = &flags->items[i];
    return found;
}
