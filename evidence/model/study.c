#include "evidence/model/study.h"

#include <ctype.h>
#include <math.h>
#include <string.h>

static bool starts_with(const char *text, const char *prefix)
{
    return strncmp(text, prefix, strlen(prefix)) == 0;
}

static bool is_all(const char *text, int (*test)(int))
{
    if (*text == '\0')
        return false;
    for (; *text != '\0'; text++)
        if (!test((unsigned char)*text))
            return false;
    return true;
}

static bool is_lower_doi(const char *doi)
{
    if (!starts_with(doi, "10.") || strchr(doi, '/') == NULL)
        return false;
    for (; *doi != '\0'; doi++)
        if (!isgraph((unsigned char)*doi) || isupper((unsigned char)*doi))
            return false;
    return true;
}

bool study_id_is_valid(const char *id)
{
    if (starts_with(id, "pmid:"))
        return is_all(id + 5, isdigit);
    if (starts_with(id, "doi:"))
        return is_lower_doi(id + 4);
    if (starts_with(id, "pmcid:PMC"))
        return is_all(id + 9, isdigit);
    if (starts_with(id, "nct:"))
        return is_all(id + 4, isalnum);
    return starts_with(id, "ts:") && is_slug(id + 3);
}

static bool list_holds(const char *const *list, const char *text)
{
    for (; *list != NULL; list++)
        if (strcmp(*list, text) == 0)
            return true;
    return false;
}

bool study_is_also(const struct study *study, const char *id)
{
    if (list_holds(study->aliases, id))
        return true;
    if (study->doi != NULL && strncmp(id, "doi:", 4) == 0 && strcmp(study->doi, id + 4) == 0)
        return true;
    return study->pmcid != NULL && strncmp(id, "pmcid:", 6) == 0 &&
           strcmp(study->pmcid, id + 6) == 0;
}

char *study_file_name(const char *id, struct arena *arena)
{
    char *name = arena_printf(arena, "%s.json", id);
    for (char *at = name; *at != '\0'; at++)
        if (*at == ':' || *at == '/')
            *at = '-';
    return name;
}

bool scale_same_points(const struct scale *a, const struct scale *b)
{
    if (isfinite(a->low) || isfinite(b->low))
        return a->low == b->low && a->high == b->high;
    return a->name != NULL && b->name != NULL && strcmp(a->name, b->name) == 0;
}

/* The first words of a title, without the brackets of one that was not read. */
static const char *title_start(const char *title, struct arena *arena)
{
    enum { WORDS = 6 };
    size_t length = 0;
    title += strspn(title, "[ ");
    for (size_t words = 0; words < WORDS && title[length] != '\0'; words++) {
        length += strspn(title + length, " ");
        length += strcspn(title + length, " ");
    }
    bool whole = title[length] == '\0';
    while (length > 0 && strchr(" ,;:.]", title[length - 1]) != NULL)
        length--;
    return arena_printf(arena, "%.*s%s", (int)length, title, whole ? "" : " …");
}

/* Who wrote it; else where it stands, where the year tells which; else what it is called. */
static const char *name_of(const struct study *study, struct arena *arena)
{
    if (study->author_count > 0 && study->authors[0].family != NULL)
        return study->authors[0].family;
    if (study->author_count > 0)
        return study->authors[0].group;
    if (study->journal != NULL && study->year != COUNT_UNKNOWN)
        return study->journal;
    return study->title == NULL ? study->id : title_start(study->title, arena);
}

const char *study_label(const struct study *study, struct arena *arena)
{
    const char *name = name_of(study, arena);
    if (study->year == COUNT_UNKNOWN)
        return name;
    return arena_printf(arena, "%s %d", name, study->year);
}

enum readings study_reading(const struct study *study)
{
    if (!study->checked)
        return READING_ONCE;
    return study->checked_agrees ? READING_TWICE : READING_DIFFERED;
}

const char *study_reading_words(const struct study *study)
{
    switch (study_reading(study)) {
    case READING_ONCE:
        return "figures read once, not confirmed";
    case READING_DIFFERED:
        return "figures read twice, and the readings differed";
    case READING_TWICE:
        break;
    }
    return NULL;
}

const char *study_url(const struct study *study, struct arena *arena)
{
    if (study->pmid != NULL)
        return arena_printf(arena, "https://pubmed.ncbi.nlm.nih.gov/%s/", study->pmid);
    if (study->doi != NULL)
        return arena_printf(arena, "https://doi.org/%s", study->doi);
    if (study->pmcid != NULL)
        return arena_printf(arena, "https://pmc.ncbi.nlm.nih.gov/articles/%s/", study->pmcid);
    for (size_t i = 0; i < study->source_count; i++)
        if (study->sources[i].url != NULL)
            return study->sources[i].url;
    return NULL;
}
