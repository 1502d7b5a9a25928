#include "service/views/claim_text.h"

#include <stdio.h>
#include <string.h>

enum { INDENT = 4 };

/* A verdict is told in words and by its ink, never by ink alone. */
static enum ink ink_of(enum claim_verdict verdict)
{
    const char *name = claim_verdict_names[verdict];
    if (strcmp(name, "supported") == 0 || strcmp(name, "partly-supported") == 0)
        return INK_GOOD;
    if (strcmp(name, "contradicted") == 0 || strcmp(name, "misleading") == 0)
        return INK_BAD;
    return strcmp(name, "no-claim") == 0 ? INK_PLAIN : INK_UNSURE;
}

/* "partly-supported" as people read it. */
static const char *words_of(enum claim_verdict verdict, struct arena *arena)
{
    char *words = arena_strdup(arena, claim_verdict_names[verdict]);
    for (char *at = words; *at != '\0'; at++)
        if (*at == '-')
            *at = ' ';
    return words;
}

static void print_behind(const struct terminal *terminal, const struct claim_atom *atom,
                         struct arena *arena)
{
    const char *list = NULL;
    for (size_t i = 0; i < atom->rating_count; i++)
        list = list == NULL ? atom->ratings[i]->question.id
                            : arena_printf(arena, "%s, %s", list, atom->ratings[i]->question.id);
    if (list != NULL)
        terminal_paragraph(terminal, NULL, INDENT, arena_printf(arena, "Ratings: %s", list));
    for (const struct regulatory_action *const *action = atom->actions; *action != NULL; action++)
        terminal_paragraph(
            terminal, NULL, INDENT,
            arena_printf(arena, "%s, %d: %s", (*action)->body, (*action)->year, (*action)->what));
}

static void print_atom(const struct terminal *terminal, const char *text,
                       const struct claim_atom *atom, struct arena *arena)
{
    const char *quote =
        arena_strndup(arena, text + atom->start_byte, atom->end_byte - atom->start_byte);
    fputs("\n  ", terminal->out);
    terminal_put(terminal, ink_of(atom->verdict), words_of(atom->verdict, arena));
    fprintf(terminal->out, "  (%s, %s)\n", atom_type_names[atom->type], stance_names[atom->stance]);
    terminal_paragraph(terminal, NULL, INDENT,
                       arena_printf(arena, "\xE2\x80\x9C%s\xE2\x80\x9D", quote));
    terminal_paragraph(terminal, NULL, INDENT, atom->reason);
    print_behind(terminal, atom, arena);
}

void print_claim(const struct terminal *terminal, const char *text, const struct claim *claim,
                 struct arena *arena)
{
    terminal_put(terminal, ink_of(claim->verdict), words_of(claim->verdict, arena));
    fputc('\n', terminal->out);
    terminal_paragraph(terminal, NULL, 2, claim->summary);
    for (size_t i = 0; i < claim->atom_count; i++)
        print_atom(terminal, text, &claim->atoms[i], arena);
    if (claim->cut)
        terminal_paragraph(terminal, NULL, 2, "There are more claims in it than are told here.");
    if (claim->supported_wording != NULL) {
        terminal_heading(terminal, "What the evidence would support");
        terminal_paragraph(terminal, NULL, 2, claim->supported_wording);
    }
    if (claim->not_checked[0] != NULL)
        terminal_heading(terminal, "What could not be checked");
    for (const char *const *one = claim->not_checked; *one != NULL; one++)
        terminal_paragraph(terminal, NULL, 2, *one);
}
