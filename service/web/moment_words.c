#include "service/web/moment_words.h"

#include "service/web/layout.h"

enum { MOMENT_SIZE = 24, DATE_LENGTH = 10 };

const char *moment_in_words(time_t at, struct arena *arena)
{
    char text[MOMENT_SIZE] = "";
    struct tm parts;
    if (gmtime_r(&at, &parts) == NULL || strftime(text, sizeof text, "%Y-%m-%d %H:%M", &parts) == 0)
        return "an unknown time";
    const char *day = date_in_words(arena_strndup(arena, text, DATE_LENGTH), arena);
    return arena_printf(arena, "%s, %s UTC", day, text + DATE_LENGTH + 1);
}
