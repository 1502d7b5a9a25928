#include "service/command/diary_date.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

enum { MONTHS = 12, LETTERS_LEAST = 3, CENTURY = 2000 };

/* The beginnings that tell a month from the others, by language. */
static const char *const months[][MONTHS] = {
    {"jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"},
    {"jän", "feb", "mär", "apr", "mai", "jun", "jul", "aug", "sep", "okt", "nov", "dez"},
    {"jan", "fév", "mrz", "avr", "mei", "juin", "juil", "aoû", "sept", "okt", "nov", "déc"},
    {"ene", "fev", "maa", "abr", "mayo", "jun", "jul", "ago", "set", "oct", "nov", "dic"},
};

static int month_called(const char *name)
{
    for (size_t i = 0; i < sizeof months / sizeof *months; i++)
        for (int month = 0; month < MONTHS; month++)
            if (strncasecmp(name, months[i][month], strlen(months[i][month])) == 0)
                return month + 1;
    return 0;
}

/* A part of a date: a number of so many digits, or a name. */
struct part {
    int number;
    size_t digits; /* 0: it is a name */
    int month;
};

static bool is_letter(char byte)
{
    return isalpha((unsigned char)byte) || (unsigned char)byte >= 0x80;
}

static const char *read_part(const char *text, struct part *out)
{
    *out = (struct part){.digits = strspn(text, "0123456789")};
    if (out->digits > 4)
        return NULL;
    if (out->digits > 0) {
        out->number = atoi(text);
        return text + out->digits;
    }
    const char *end = text;
    while (is_letter(*end))
        end++;
    out->month = end - text >= LETTERS_LEAST ? month_called(text) : 0;
    return out->month > 0 ? end : NULL;
}

static const char *after_gap(const char *text)
{
    size_t length = strspn(text, " -/.,");
    return length > 0 ? text + length : NULL;
}

/* Three parts, and nothing after them but a time of day. */
static bool three_parts(const char *text, struct part parts[3])
{
    for (int i = 0; i < 3; i++) {
        text = i > 0 ? after_gap(text) : text;
        text = text == NULL ? NULL : read_part(text, &parts[i]);
        if (text == NULL)
            return false;
    }
    return *text == '\0' || *text == 'T' || *text == ' ';
}

static bool is_year(const struct part *part)
{
    return part->digits == 4 || part->digits == 2;
}

static int year_of(const struct part *part)
{
    return part->digits == 2 ? CENTURY + part->number : part->number;
}

static bool is_small(const struct part *part)
{
    return part->digits == 1 || part->digits == 2;
}

bool date_written(const char *text, struct written_date *out)
{
    struct part part[3];
    if (!three_parts(text, part))
        return false;
    *out = (struct written_date){0};
    if (part[0].digits == 4 && part[1].digits == 2 && part[2].digits == 2)
        *out = (struct written_date){part[0].number, part[1].number, part[2].number, false};
    else if (is_small(&part[0]) && part[1].month > 0 && is_year(&part[2]))
        *out = (struct written_date){year_of(&part[2]), part[1].month, part[0].number, false};
    else if (part[0].month > 0 && is_small(&part[1]) && part[2].digits == 4)
        *out = (struct written_date){part[2].number, part[0].month, part[1].number, false};
    else if (is_small(&part[0]) && is_small(&part[1]) && is_year(&part[2]))
        *out = (struct written_date){year_of(&part[2]), part[0].number, part[1].number, true};
    return out->first > 0 && out->second > 0;
}

const char *date_told(const struct written_date *date, bool day_first, struct arena *arena)
{
    bool turned = date->in_doubt && day_first;
    return arena_printf(arena, "%04d-%02d-%02d", date->year, turned ? date->second : date->first,
                        turned ? date->first : date->second);
}
