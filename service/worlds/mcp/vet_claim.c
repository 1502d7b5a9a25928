/* What an advert or somebody says, taken apart and judged. */
#include <string.h>

#include "embedded.h"
#include "evidence/judgement/claim/claim.h"
#include "service/api/claim_shape.h"
#include "service/worlds/mcp/summary.h"
#include "service/worlds/mcp/tool.h"

enum { SAID_MOST = 8, RATINGS_SAID_MOST = 5, ACTIONS_SAID_MOST = 3 };

static bool run(const struct request *request, const struct json_reader *arguments,
                struct json_writer *json, struct error *err)
{
    struct claim claim;
    struct error wrong = {0};
    json_fields(arguments, (const char *const[]){"text", NULL});
    const char *text = json_get_text(arguments, "text", REQUIRED);
    if (arguments->problems->count > 0)
        return true;
    if (!claim_vet(request->catalog, text, strlen(text), NULL, request->arena, &claim, &wrong)) {
        if (wrong.kind != ERROR_LIMIT)
            return error_set(err, wrong.kind, "%s", wrong.message);
        json_problem(arguments, "text", "%s", wrong.message);
        return true;
    }
    shape_claim(json, request->catalog, text, strlen(text), &claim, request->arena);
    return true;
}

static void tell_atoms(const json_t *atoms, struct buffer *out)
{
    size_t count = json_array_size(atoms);
    for (size_t i = 0; i < count && i < SAID_MOST; i++) {
        const json_t *atom = json_array_get(atoms, i);
        buffer_printf(out, "- \"%s\": %s. %s\n", tree_text(atom, "text"),
                      tree_text(atom, "verdict"), tree_text(atom, "reason"));
    }
    if (count > SAID_MOST)
        buffer_printf(out, "- and %zu more\n", count - SAID_MOST);
}

static bool came_before(const char *const *ids, size_t count, const char *id)
{
    for (size_t i = 0; i < count; i++)
        if (strcmp(ids[i], id) == 0)
            return true;
    return false;
}

/* The ratings that the verdicts stand on, where they can be read. */
static void tell_ratings(const struct request *request, const json_t *atoms, struct buffer *out)
{
    const char *said[RATINGS_SAID_MOST];
    size_t count = 0;
    size_t i;
    size_t k;
    const json_t *atom;
    const json_t *rating;
    json_array_foreach((json_t *)atoms, i, atom)
        json_array_foreach(json_object_get(atom, "ratings"), k, rating)
    {
        const char *id = json_string_value(rating);
        if (count == RATINGS_SAID_MOST || came_before(said, count, id))
            continue;
        said[count++] = id;
        buffer_printf(out, "%s- %s/v1/ratings/%s\n", count == 1 ? "Judged by these ratings:\n" : "",
                      request->origin, id);
    }
}

/* "- FTC: address" for the first few. */
static void tell_actions(const json_t *atoms, struct buffer *out)
{
    const char *said[ACTIONS_SAID_MOST];
    size_t count = 0;
    size_t i;
    size_t k;
    const json_t *atom;
    const json_t *action;
    json_array_foreach((json_t *)atoms, i, atom)
        json_array_foreach(json_object_get(atom, "actions"), k, action)
    {
        const char *url = tree_text(json_array_get(json_object_get(action, "sources"), 0), "url");
        if (url == NULL || count == ACTIONS_SAID_MOST || came_before(said, count, url))
            continue;
        said[count++] = url;
        buffer_printf(out, "%s- %s: %s\n",
                      count == 1 ? "What regulators did about such claims:\n" : "",
                      tree_text(action, "body"), url);
    }
}

static void tell(const struct request *request, const json_t *tree, struct buffer *out)
{
    const json_t *atoms = json_object_get(tree, "atoms");
    summary_around(out, "WARNING: ", tree_text(tree, "warning"), "\n");
    summary_line(out, tree_text(tree, "summary"));
    summary_around(out, "Verdict on the whole: ", tree_text(tree, "verdict"), ".");
    tell_atoms(atoms, out);
    summary_around(out, "What can be said: ", tree_text(tree, "supported_wording"), "");
    tell_ratings(request, atoms, out);
    tell_actions(atoms, out);
    summary_end(out, request);
}

static const struct tree_cut cuts[] = {{"text", 0}, {"atoms", 30}, {"curated", 5}};

const struct tool tool_vet_claim = {
    .name = "vet_claim",
    .definition = embedded_service_worlds_mcp_vet_claim_json,
    .length = embedded_service_worlds_mcp_vet_claim_json_length,
    .run = run,
    .tell = tell,
    .cuts = cuts,
    .cut_count = sizeof cuts / sizeof *cuts,
};
