#include "evidence/model/drug_link.h"

#include <string.h>

#include "evidence/model/row.h"

const char *const link_certainty_names[] = {"rct", "cohort", "label", "case-reports", NULL};

static void read_row(const struct json_reader *at, const struct base *base, struct drug_link *out)
{
    json_fields(at, (const char *const[]){"id", "drug_class", "examples", "interventions", "effect",
                                          "frequency", "certainty", "what_to_do", "pmids",
                                          BACKING_FIELDS, NULL});
    *out = (struct drug_link){
        .id = row_id(at, "id"),
        .drug_class = json_get_text(at, "drug_class", REQUIRED),
        .examples = row_texts(at, "examples"),
        .interventions = row_interventions(at, "interventions", base),
        .effect = json_get_text(at, "effect", REQUIRED),
        .frequency = json_get_text(at, "frequency", OPTIONAL),
        .certainty = (enum link_certainty)row_choice(at, "certainty", link_certainty_names),
        .what_to_do = json_get_text(at, "what_to_do", REQUIRED),
        .pmids = json_get_texts(at, "pmids"),
    };
    backing_read(at, &out->backing);
}

void drug_links_read(const struct json_reader *at, const struct base *base, struct drug_links *out)
{
    json_fields(at, (const char *const[]){"drug_links", NULL});
#define READ_ROW(place, element) read_row(place, base, element)
    ROW_LIST(at, "drug_links", struct drug_link, READ_ROW, out->items, out->count);
#undef READ_ROW
}

bool drug_link_is_of(const struct drug_link *link, const char *intervention)
{
    for (const char *const *id = link->interventions; *id != NULL; id++)
        if (strcmp(*id, intervention) == 0)
            return true;
    return false;
}
