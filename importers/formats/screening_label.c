#include "importers/formats/screening_label.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

static const char included[] = "included";
static const char excluded[] = "excluded";

static const struct {
    const char *written;
    const char *decision;
} rayyan_words[] = {
    {"included", included}, {"excluded", excluded}, {"maybe", "maybe"},
    {"true", included},     {"false", excluded}, /* before there was a "maybe" */
};

static const struct {
    const char *written;
    const char *decision;
} asreview_words[] = {
    {"ASReview_relevant", included},
    {"ASReview_irrelevant", excluded},
};

/* ---- Rayyan ---- */

static const char *decision_of(const char *word, size_t length)
{
    for (size_t i = 0; i < sizeof rayyan_words / sizeof *rayyan_words; i++)
        if (strlen(rayyan_words[i].written) == length &&
            strncasecmp(rayyan_words[i].written, word, length) == 0)
            return rayyan_words[i].decision;
    return NULL;
}

/* The text behind `name` up to the next '|', without blanks around it; NULL if there is none. */
static const char *value_of(const char *notes, const char *name, struct arena *arena)
{
    const char *at = strstr(notes, name);
    if (at == NULL)
        return NULL;
    at += strlen(name);
    at += strspn(at, ": ");
    size_t length = strcspn(at, "|");
    while (length > 0 && isspace((unsigned char)at[length - 1]))
        length--;
    return length == 0 ? NULL : arena_strndup(arena, at, length);
}

/* Where the quoted text that begins behind `at` ends; NULL if it does not. */
static const char *end_of_quoted(const char *at)
{
    for (; *at != '\0' && *at != '"'; at++)
        if (*at == '\\' && at[1] != '\0')
            at++;
    return *at == '"' ? at : NULL;
}

/* The word behind "=>" or ":", quoted or not. */
static const char *read_decision(const char *at, const char **word, size_t *length)
{
    at += strspn(at, " =>:");
    bool quoted = *at == '"';
    *word = at + quoted;
    *length = strspn(*word, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ");
    return *word + *length + (quoted && (*word)[*length] == '"');
}

static void read_rayyan(const char *notes, struct arena *arena, screening_label_taken *take,
                        void *context)
{
    const char *reason = value_of(notes, "RAYYAN-EXCLUSION-REASONS", arena);
    const char *at = strstr(notes, "RAYYAN-INCLUSION");
    const char *open = at == NULL ? NULL : strchr(at, '{');
    for (at = open; at != NULL && *at != '\0' && *at != '}';) {
        if (*at != '"') {
            at++;
            continue;
        }
        const char *who = at + 1;
        const char *end = end_of_quoted(who);
        if (end == NULL)
            return;
        const char *word;
        size_t length;
        at = read_decision(end + 1, &word, &length);
        const char *decision = decision_of(word, length);
        struct record_label label = {.who = arena_strndup(arena, who, (size_t)(end - who)),
                                     .decision = decision,
                                     .reason = decision == excluded ? reason : NULL};
        if (decision != NULL)
            take(context, &label);
    }
}

/* ---- ASReview ---- */

static bool is_word_byte(char c)
{
    return isalnum((unsigned char)c) || c == '_';
}

static bool has_word(const char *notes, const char *word)
{
    size_t length = strlen(word);
    for (const char *at = notes; (at = strstr(at, word)) != NULL; at += length)
        if ((at == notes || !is_word_byte(at[-1])) && !is_word_byte(at[length]))
            return true;
    return false;
}

static void read_asreview(const char *notes, screening_label_taken *take, void *context)
{
    for (size_t i = 0; i < sizeof asreview_words / sizeof *asreview_words; i++) {
        struct record_label label = {.who = "ASReview", .decision = asreview_words[i].decision};
        if (has_word(notes, asreview_words[i].written))
            take(context, &label);
    }
}

void screening_labels_read(const char *notes, struct arena *arena, screening_label_taken *take,
                           void *context)
{
    if (notes == NULL)
        return;
    read_rayyan(notes, arena, take, context);
    read_asreview(notes, take, context);
}

const char *screening_decision_of_number(const char *value)
{
    static const struct {
        const char *written;
        const char *decision;
    } numbers[] = {{"1", included}, {"1.0", included}, {"0", excluded}, {"0.0", excluded}};
    for (size_t i = 0; value != NULL && i < sizeof numbers / sizeof *numbers; i++)
        if (strcmp(value, numbers[i].written) == 0)
            return numbers[i].decision;
    return NULL;
}
