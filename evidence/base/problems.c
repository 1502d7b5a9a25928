#include "evidence/base/problems.h"

#include <stdio.h>

enum { DETAIL_SIZE = 600 };

void problems_add(struct problems *problems, const char *file, const char *pointer,
                  const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    problems_add_list(problems, file, pointer, format, arguments);
    va_end(arguments);
}

void problems_add_list(struct problems *problems, const char *file, const char *pointer,
                       const char *format, va_list arguments)
{
    problems->count++;
    if (problems->kept == PROBLEMS_KEPT)
        return;
    if (problems->items == NULL)
        problems->items = arena_array(problems->arena, PROBLEMS_KEPT, sizeof *problems->items);
    char detail[DETAIL_SIZE];
    vsnprintf(detail, sizeof detail, format, arguments);
    struct problem *problem = arena_alloc(problems->arena, sizeof *problem);
    problem->file = file;
    problem->pointer = arena_strdup(problems->arena, pointer);
    problem->detail = arena_strdup(problems->arena, detail);
    problems->items[problems->kept++] = problem;
}

bool problems_none(const struct problems *problems, struct error *err)
{
    if (problems->count == 0)
        return true;
    const struct problem *first = problems->items[0];
    const char *place = first->file == NULL ? "" : first->file;
    const char *colon = first->file == NULL ? "" : ": ";
    if (problems->count == 1)
        return error_set(err, ERROR_INVALID, "%s%s%s: %s", place, colon,
                         first->pointer[0] == '\0' ? "/" : first->pointer, first->detail);
    return error_set(err, ERROR_INVALID, "%s%s%s: %s (and %zu more)", place, colon,
                     first->pointer[0] == '\0' ? "/" : first->pointer, first->detail,
                     problems->count - 1);
}
