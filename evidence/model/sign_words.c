#include "evidence/model/sign_words.h"

#include <string.h>

#include "evidence/model/row.h"

struct reading {
    const struct red_flags *flags;
    const struct sign_words *words; /* its concepts are read */
};

static void read_concept(const struct json_reader *at, struct sign_concept *out)
{
    json_fields(at,
                (const char *const[]){"id", "words", "state", "people", "asks", "passes", NULL});
    *out = (struct sign_concept){
        .id = row_id(at, "id"),
        .words = row_texts(at, "words"),
        .state = json_get_text(at, "state", OPTIONAL),
        .people = json_get_text(at, "people", OPTIONAL),
        .asks = json_get_text(at, "asks", json_has(at, "people") ? REQUIRED : OPTIONAL),
        .passes = json_get_truth(at, "passes"),
    };
}

static int concept_called(const struct sign_words *words, const char *id, size_t length)
{
    for (size_t i = 0; i < words->concept_count; i++)
        if (words->concepts[i].id != NULL && strlen(words->concepts[i].id) == length &&
            strncmp(words->concepts[i].id, id, length) == 0)
            return (int)i;
    return SIGN_NONE;
}

/* "arm|jaw": one or the other. */
static void read_group(const struct json_reader *at, const char *text,
                       const struct reading *reading, struct sign_group *out)
{
    size_t count = 0;
    while (text != NULL && count < SIGN_ALTERNATIVES_MOST) {
        size_t length = strcspn(text, "|");
        int found = concept_called(reading->words, text, length);
        if (found == SIGN_NONE)
            json_problem(at, "all", "there is no concept \"%.*s\"", (int)length, text);
        else
            out->concepts[count++] = found;
        text = text[length] == '|' ? text + length + 1 : NULL;
    }
    if (text != NULL)
        json_problem(at, "all", "at most %d alternatives are taken", SIGN_ALTERNATIVES_MOST);
    out->concepts[count] = SIGN_NONE;
}

static void read_groups(const struct json_reader *at, const struct reading *reading,
                        struct sign_pattern *out)
{
    const char *const *texts = row_texts(at, "all");
    for (; *texts != NULL && out->group_count < SIGN_GROUPS_MOST; texts++)
        read_group(at, *texts, reading, &out->groups[out->group_count++]);
    if (*texts != NULL)
        json_problem(at, "all", "at most %d are taken", SIGN_GROUPS_MOST);
}

static const struct red_flag *flag_called(const struct red_flags *flags, const char *id)
{
    for (size_t i = 0; id != NULL && i < flags->count; i++)
        if (strcmp(flags->items[i].id, id) == 0)
            return &flags->items[i];
    return NULL;
}

static void read_pattern(const struct json_reader *at, const struct reading *reading,
                         struct sign_pattern *out)
{
    json_fields(at, (const char *const[]){"flag", "all", "urgency", "near", NULL});
    const char *flag = json_get_text(at, "flag", REQUIRED);
    int urgency = json_get_choice(at, "urgency", OPTIONAL, urgency_names);
    *out = (struct sign_pattern){.flag = flag_called(reading->flags, flag),
                                 .near = json_get_count(at, "near", OPTIONAL, 1, 1000)};
    read_groups(at, reading, out);
    if (flag != NULL && out->flag == NULL)
        json_problem(at, "flag", "there is no red flag \"%s\"", flag);
    else if (out->flag != NULL)
        out->urgency = urgency < 0 ? out->flag->urgency : (enum urgency)urgency;
}

static void read_serious(const struct json_reader *at, const struct reading *reading,
                         struct sign_pattern *out)
{
    json_fields(at, (const char *const[]){"all", "urgency", "sentence", NULL});
    *out = (struct sign_pattern){
        .sentence = json_get_text(at, "sentence", REQUIRED),
        .urgency = (enum urgency)row_choice(at, "urgency", urgency_names),
        .near = COUNT_UNKNOWN,
    };
    read_groups(at, reading, out);
}

static void read_short(const struct json_reader *at, struct sign_short *out)
{
    json_fields(at, (const char *const[]){"word", "means", NULL});
    *out = (struct sign_short){json_get_text(at, "word", REQUIRED),
                               json_get_text(at, "means", REQUIRED)};
}

static void read_negation(const struct json_reader *at, struct sign_negation *out)
{
    json_fields(at, (const char *const[]){"negators", "breaks", "joins", "cannot", "fillers",
                                          "past", "short", "whole", NULL});
    out->negators = row_texts(at, "negators");
    out->breaks = row_texts(at, "breaks");
    out->joins = row_texts(at, "joins");
    out->cannot = row_texts(at, "cannot");
    out->fillers = row_texts(at, "fillers");
    out->past = json_get_texts(at, "past");
    out->whole = json_get_texts(at, "whole");
    ROW_LIST(at, "short", struct sign_short, read_short, out->shorts, out->short_count);
}

void sign_words_read(const struct json_reader *at, const struct red_flags *flags,
                     struct sign_words *out)
{
    const struct reading reading = {flags, out};
    json_fields(at, (const char *const[]){"ignored", "concepts", "patterns", "serious", "negation",
                                          "offers", "note", NULL});
    out->ignored = json_get_texts(at, "ignored");
    out->offers = json_get_texts(at, "offers");
    out->note = json_get_text(at, "note", OPTIONAL);
    struct json_reader negation = json_get_object(at, "negation", REQUIRED);
    if (negation.value != NULL)
        read_negation(&negation, &out->negation);
    ROW_LIST(at, "concepts", struct sign_concept, read_concept, out->concepts, out->concept_count);
#define READ_PATTERN(place, element) read_pattern(place, &reading, element)
#define READ_SERIOUS(place, element) read_serious(place, &reading, element)
    ROW_LIST(at, "patterns", struct sign_pattern, READ_PATTERN, out->patterns, out->pattern_count);
    ROW_LIST(at, "serious", struct sign_pattern, READ_SERIOUS, out->serious, out->serious_count);
#undef READ_PATTERN
#undef READ_SERIOUS
}
