#include "evidence/base/error.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

bool error_set(struct error *err, enum error_kind kind, const char *format, ...)
{
    if (err == NULL || err->kind != ERROR_NONE)
        return false;
    err->kind = kind;
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(err->message, sizeof err->message, format, arguments);
    va_end(arguments);
    return false;
}

void error_while(struct error *err, const char *format, ...)
{
    if (err == NULL || err->kind == ERROR_NONE)
        return;
    char doing[ERROR_MESSAGE_SIZE / 2];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(doing, sizeof doing, format, arguments);
    va_end(arguments);

    size_t length = strlen(err->message);
    size_t shift = strlen(doing) + 2;
    if (shift + length >= sizeof err->message)
        length = sizeof err->message - shift - 1;
    memmove(err->message + shift, err->message, length);
    err->message[shift + length] = '\0';
    memcpy(err->message, doing, shift - 2);
    memcpy(err->message + shift - 2, ": ", 2);
}
