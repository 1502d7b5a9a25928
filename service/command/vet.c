/* touchstone vet: a claim, judged part by part. */
#include <stdio.h>
#include <string.h>

#include "evidence/judgement/signs/signs.h"
#include "service/api/claim_shape.h"
#include "service/command/command.h"
#include "service/views/claim_text.h"
#include "service/views/warning_text.h"

static const char *const usage = "touchstone vet [OPTIONS] \"CLAIM\" | -";
static const char *const about =
    "Judges a claim, as in: touchstone vet \"Melts knots in 60 seconds, no side effects\"\n"
    "With - the text is read from standard input. Exit status 1 where it holds no claim.\n";

/* Standard input whole, one byte beyond the limit at most. */
static void read_input(struct buffer *out)
{
    char block[65536];
    size_t got;
    while (out->length <= CLAIM_BYTES && (got = fread(block, 1, sizeof block, stdin)) > 0)
        buffer_append(out, block, got);
}

static void print_json(const struct catalog *catalog, const struct buffer *text,
                       const struct claim *claim, struct arena *arena)
{
    struct buffer out = {0};
    struct json_writer json;
    json_writer_init(&json, &out, 2);
    shape_claim(&json, catalog, buffer_string(text), text->length, claim, arena);
    command_print(&out);
}

static void print_text(const struct catalog *catalog, const struct buffer *text,
                       const struct claim *claim, struct arena *arena)
{
    struct terminal terminal = terminal_of(stdout);
    struct raised_flags flags;
    red_flags_told_in(catalog, buffer_string(text), text->length, claim->words, arena, &flags);
    warning_text_put(&terminal, &flags);
    print_claim(&terminal, buffer_string(text), claim, arena);
}

static void join(int argc, char **argv, struct buffer *out)
{
    for (int i = 0; i < argc; i++)
        buffer_printf(out, "%s%s", i == 0 ? "" : " ", argv[i]);
}

static int vet(const struct catalog *catalog, const struct buffer *text, bool as_json)
{
    struct arena *arena = arena_new();
    struct claim claim;
    struct error err = {0};
    int status = EXIT_DONE;
    if (!claim_vet(catalog, buffer_string(text), text->length, NULL, arena, &claim, &err)) {
        arena_free(arena);
        return command_fail(&err);
    }
    if (as_json)
        print_json(catalog, text, &claim, arena);
    else
        print_text(catalog, text, &claim, arena);
    if (claim.atom_count == 0)
        status = EXIT_INPUT;
    arena_free(arena);
    return status;
}

int command_vet(int argc, char **argv)
{
    const char *db = NULL;
    bool as_json = false;
    const struct option_spec options[] = {OPTION_DB(db), OPTION_JSON(as_json), {0}};
    const struct command_help help = {usage, about, options};
    int left = command_options(argc, argv, &help);
    if (left < 0)
        return EXIT_USAGE;
    if (left == 0)
        return command_usage(usage, "a claim is needed");
    struct db_path room;
    struct error err = {0};
    struct catalog *catalog = command_catalog(command_db(db, &room), &err);
    if (catalog == NULL)
        return command_fail(&err);
    struct buffer text = {0};
    if (left == 1 && strcmp(argv[1], "-") == 0)
        read_input(&text);
    else
        join(left, argv + 1, &text);
    int status = vet(catalog, &text, as_json);
    buffer_release(&text);
    catalog_release(catalog);
    return status;
}
