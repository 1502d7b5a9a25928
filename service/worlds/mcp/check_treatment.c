/* "Does this help that?" */
#include <string.h>

#include "embedded.h"
#include "evidence/judgement/question/check.h"
#include "service/api/check_shape.h"
#include "service/worlds/mcp/summary.h"
#include "service/worlds/mcp/tool.h"

enum { SAID_MOST = 5 };

/* What is asked, however it was told; NULL after saying what is wrong. */
struct asked {
    const char *question;
    const char *intervention;
    const char *condition;
};

static bool read_asked(const struct json_reader *at, struct asked *out)
{
    static const char *const known[] = {"question", "intervention", "condition", NULL};
    size_t before = at->problems->count;
    json_fields(at, known);
    *out = (struct asked){json_get_text(at, "question", OPTIONAL),
                          json_get_text(at, "intervention", OPTIONAL),
                          json_get_text(at, "condition", OPTIONAL)};
    bool pair = out->intervention != NULL || out->condition != NULL;
    if (at->problems->count == before && (out->question != NULL) == pair)
        json_problem(at, NULL,
                     "give either \"question\", a plain question such as \"does dry needling help "
                     "neck knots?\", or \"intervention\" and \"condition\", or one of these two");
    return at->problems->count == before;
}

/* The two as one question in words: names where they are ids. */
static const char *as_question(const struct asked *asked, const struct intervention *intervention,
                               const struct condition *condition, struct arena *arena)
{
    const char *treatment = intervention != NULL ? intervention->name : asked->intervention;
    const char *complaint = condition != NULL ? condition->plain : asked->condition;
    if (treatment == NULL || complaint == NULL)
        return treatment == NULL ? complaint : treatment;
    return arena_printf(arena, "%s for %s", treatment, complaint);
}

static void check(const struct request *request, const struct asked *asked, struct checked *out)
{
    const struct base *base = catalog_base(request->catalog);
    const char *question = asked->question;
    if (question == NULL) {
        const struct intervention *intervention =
            asked->intervention == NULL ? NULL : base_intervention(base, asked->intervention);
        const struct condition *condition =
            asked->condition == NULL ? NULL : base_condition(base, asked->condition);
        if (intervention != NULL && condition != NULL) {
            check_about(request->catalog, intervention, condition, request->arena, out);
            return;
        }
        question = as_question(asked, intervention, condition, request->arena);
    }
    check_question(request->catalog, question, strlen(question), request->arena, out);
}

static bool run(const struct request *request, const struct json_reader *arguments,
                struct json_writer *json, struct error *err)
{
    struct asked asked;
    struct checked checked;
    (void)err;
    if (!read_asked(arguments, &asked))
        return true;
    check(request, &asked, &checked);
    shape_check(json, request->catalog, &checked, request->arena);
    return true;
}

static void tell_answer(const json_t *tree, struct buffer *out)
{
    const json_t *answer = json_object_get(tree, "answer");
    summary_around(out, "Verdict: ", tree_text(answer, "badge"), ".");
    if (tree_text(answer, "id") == NULL) /* nothing that there could be certainty of */
        return;
    const char *level = tree_text(answer, "certainty.level");
    const char *meaning = tree_text(answer, "certainty.meaning");
    buffer_printf(out, "How sure that is: %s certainty; %s.\n", level, meaning);
    if (json_is_true(json_object_get(answer, "borrowed")))
        summary_around(out, "The studies are of another complaint: ",
                       tree_text(answer, "evidence_from.name"), ".");
}

static void tell(const struct request *request, const json_t *tree, struct buffer *out)
{
    const char *ask = tree_text(tree, "ask");
    const char *sentence = tree_text(tree, "sentence");
    bool about_treatment = tree_text(tree, "understood.intervention.id") != NULL;
    summary_around(out, "WARNING: ", tree_text(tree, "warning"), "\n");
    summary_line(out, sentence);
    tell_answer(tree, out);
    if (ask != NULL && strstr(sentence, ask) == NULL)
        summary_around(out, "To ask back: ", ask, "");
    summary_headlines(
        out,
        about_treatment ? "What it has been studied for:" : "Studied for it, best rated first:",
        json_object_get(tree, "ranked"), about_treatment ? "condition" : "intervention", SAID_MOST);
    summary_headlines(out, "Rated better for the same:", json_object_get(tree, "alternatives"),
                      "intervention", SAID_MOST);
    summary_around(out, "Safety: ", tree_text(tree, "safety.sentence"), "");
    summary_studies(out, tree_at(tree, "answer.studies"), SAID_MOST);
    summary_end(out, request);
}

static const struct tree_cut cuts[] = {
    {"query", 0},                               /* the client has it */
    {"answer.safety", 0},                       /* stands beside it once more */
    {"answer.studies", 8}, {"safety.harms", 5}, /* the worst come first */
    {"ranked", 6},
};

const struct tool tool_check_treatment = {
    .name = "check_treatment",
    .definition = embedded_service_worlds_mcp_check_treatment_json,
    .length = embedded_service_worlds_mcp_check_treatment_json_length,
    .run = run,
    .tell = tell,
    .cuts = cuts,
    .cut_count = sizeof cuts / sizeof *cuts,
};
