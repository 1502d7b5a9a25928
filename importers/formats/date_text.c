#include "importers/formats/date_text.h"

#include <ctype.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

enum {
    FIRST_YEAR = 1700,
    LAST_YEAR = 2100,
    PARTS_MOST = 8,
    NAME_LETTERS = 3 /* a month's name is told by three letters */
};

static const char *const months[] = {"january",   "february", "march",    "april",
                                     "may",       "june",     "july",     "august",
                                     "september", "october",  "november", "december"};

/* A number or the name of a month, and what stood before it. */
struct part {
    int value;
    int digits; /* 0: the name of a month */
    char before;
};

struct parts {
    struct part items[PARTS_MOST];
    size_t count;
};

/* The month that a word of `length` letters names, wholly or by its beginning. */
static int named_month(const char *word, size_t length)
{
    if (length < NAME_LETTERS)
        return 0;
    for (int i = 0; i < 12; i++)
        if (length <= strlen(months[i]) && strncasecmp(word, months[i], length) == 0)
            return i + 1;
    return length == 4 && strncasecmp(word, "sept", 4) == 0 ? 9 : 0;
}

static size_t run_of(const char *text, int (*is)(int))
{
    size_t length = 0;
    while (is((unsigned char)text[length]))
        length++;
    return length;
}

/* "0:00" and "T15:53:33Z" are a time of day. */
static const char *skip_time(const char *text)
{
    while (isdigit((unsigned char)*text) || *text == ':' || *text == '.' || *text == 'Z')
        text++;
    return text;
}

static bool is_time(const char *text)
{
    size_t digits = run_of(text, isdigit);
    return digits > 0 && digits <= 2 && text[digits] == ':' &&
           isdigit((unsigned char)text[digits + 1]);
}

static const char *add_number(struct parts *parts, const char *text, char before)
{
    size_t digits = run_of(text, isdigit);
    if (digits <= 8)
        parts->items[parts->count++] =
            (struct part){.value = atoi(text), .digits = (int)digits, .before = before};
    text += digits;
    /* "2017.0" is a year that went through a spreadsheet. */
    return strncmp(text, ".0", 2) == 0 && !isdigit((unsigned char)text[2]) ? text + 2 : text;
}

static const char *add_word(struct parts *parts, const char *text, char before)
{
    size_t letters = run_of(text, isalpha);
    int month = named_month(text, letters);
    if (month > 0)
        parts->items[parts->count++] = (struct part){.value = month, .before = before};
    return text + letters;
}

static void cut(const char *text, struct parts *parts)
{
    while (parts->count < PARTS_MOST) {
        char before = ' ';
        for (; *text != '\0' && !isalnum((unsigned char)*text); text++)
            before = *text == ' ' ? before : *text;
        if (*text == '\0')
            return;
        if (is_time(text))
            text = skip_time(text);
        else if (isdigit((unsigned char)*text))
            text = add_number(parts, text, before);
        else
            text = add_word(parts, text, before);
    }
}

static bool is_year(const struct part *part)
{
    return part->digits == 4 && part->value >= FIRST_YEAR && part->value <= LAST_YEAR;
}

static int days_of(int year, int month)
{
    static const int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    bool leap = year == 0 || (year % 4 == 0 && (year % 100 != 0 || year % 400 == 0));
    return month == 2 && leap ? 29 : days[month - 1];
}

/* Leaves out the parts that cannot be. */
static struct date possible(int year, int month, int day)
{
    if (month < 1 || month > 12)
        return (struct date){.year = year};
    if (day < 1 || day > days_of(year, month))
        return (struct date){.year = year, .month = month};
    return (struct date){.year = year, .month = month, .day = day};
}

static bool is_short_number(const struct parts *parts, size_t i)
{
    return i < parts->count && parts->items[i].digits >= 1 && parts->items[i].digits <= 2;
}

static bool is_joined(const struct parts *parts, size_t i)
{
    return i < parts->count && strchr("/-.", parts->items[i].before) != NULL;
}

/* 2016/09/03, 2016-09, 2016 9 3 */
static struct date year_first(const struct parts *parts, size_t at)
{
    int year = parts->items[at].value;
    if (!is_short_number(parts, at + 1))
        return possible(year, 0, 0);
    int day = is_short_number(parts, at + 2) ? parts->items[at + 2].value : 0;
    return possible(year, parts->items[at + 1].value, day);
}

/* 9/27/2023, 27.9.2023, 09/2023 */
static struct date year_last(const struct parts *parts, size_t at, enum date_order order)
{
    int year = parts->items[at].value;
    if (!is_joined(parts, at) || !is_short_number(parts, at - 1))
        return possible(year, 0, 0);
    int second = parts->items[at - 1].value;
    if (at == 1)
        return possible(year, second, 0);
    if (!is_joined(parts, at - 1) || !is_short_number(parts, at - 2))
        return possible(year, 0, 0);
    int first = parts->items[at - 2].value;
    if (order == DATE_ORDER_MONTH_FIRST || second > 12)
        return possible(year, first, second);
    if (first > 12 || first == second)
        return possible(year, second, first);
    return possible(year, 0, 0);
}

/* With a month by its name every other short number is the day, unless there are several. */
static struct date with_named_month(const struct parts *parts, int year)
{
    int month = 0, names = 0, day = 0, numbers = 0;
    for (size_t i = 0; i < parts->count; i++) {
        const struct part *part = &parts->items[i];
        if (part->digits == 0 && names++ == 0)
            month = part->value;
        if (is_short_number(parts, i) && numbers++ == 0)
            day = part->value;
    }
    if (names > 1)
        return possible(year, 0, 0);
    return possible(year, month, numbers == 1 ? day : 0);
}

static bool has_named_month(const struct parts *parts)
{
    for (size_t i = 0; i < parts->count; i++)
        if (parts->items[i].digits == 0)
            return true;
    return false;
}

/* Where the first year stands, `count` if none does. Of a span over years its beginning is the
 * year, as the National Library of Medicine files it, and nothing more exact. */
static size_t find_year(const struct parts *parts, bool *span)
{
    size_t at = parts->count;
    *span = false;
    for (size_t i = 0; i < parts->count; i++) {
        if (!is_year(&parts->items[i]))
            continue;
        *span = *span || (at < parts->count && parts->items[at].value != parts->items[i].value);
        at = at < parts->count ? at : i;
    }
    return at;
}

static struct date of_digits(int value)
{
    int year = value / 10000;
    if (year < FIRST_YEAR || year > LAST_YEAR)
        return (struct date){0};
    return possible(year, value / 100 % 100, value % 100);
}

struct date date_read(const char *text, enum date_order order)
{
    struct parts parts = {.count = 0};
    if (text == NULL)
        return (struct date){0};
    cut(text, &parts);
    if (parts.count > 0 && parts.items[0].digits == 8)
        return of_digits(parts.items[0].value);

    bool span;
    size_t at = find_year(&parts, &span);
    int year = at < parts.count ? parts.items[at].value : 0;
    if (span)
        return possible(year, 0, 0);
    if (has_named_month(&parts))
        return with_named_month(&parts, year);
    if (year == 0)
        return (struct date){0};
    return at == 0 ? year_first(&parts, at) : year_last(&parts, at, order);
}

int date_month(const char *text)
{
    if (text == NULL)
        return 0;
    while (*text == ' ')
        text++;
    size_t digits = run_of(text, isdigit);
    size_t letters = run_of(text, isalpha);
    if (letters > 0)
        return named_month(text, letters);
    int month = digits > 0 && digits <= 2 ? atoi(text) : 0;
    return month <= 12 ? month : 0;
}

const char *date_write(struct date date, struct arena *arena)
{
    if (date.year == 0)
        return NULL;
    if (date.month == 0)
        return arena_printf(arena, "%04d", date.year);
    if (date.day == 0)
        return arena_printf(arena, "%04d-%02d", date.year, date.month);
    return arena_printf(arena, "%04d-%02d-%02d", date.year, date.month, date.day);
}
