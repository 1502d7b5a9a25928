/* Fields of the curated files and of records, written where they are known and left out where they
 * are not: for the writers of this folder alone. */
#ifndef TOUCHSTONE_EVIDENCE_MODEL_KNOWN_FIELDS_H
#define TOUCHSTONE_EVIDENCE_MODEL_KNOWN_FIELDS_H

#include <math.h>

#include "evidence/base/json_reader.h"
#include "evidence/base/json_writer.h"

static inline void put_text(struct json_writer *writer, const char *key, const char *text)
{
    if (text != NULL)
        json_field_text(writer, key, text);
}

static inline void put_real(struct json_writer *writer, const char *key, double value)
{
    if (!isnan(value))
        json_field_real(writer, key, value);
}

static inline void put_count(struct json_writer *writer, const char *key, int value)
{
    if (value != COUNT_UNKNOWN)
        json_field_count(writer, key, value);
}

static inline void put_truth(struct json_writer *writer, const char *key, bool value)
{
    if (value)
        json_field_truth(writer, key, true);
}

static inline void put_texts(struct json_writer *writer, const char *key, const char *const *texts)
{
    if (texts == NULL || texts[0] == NULL)
        return;
    json_field_array(writer, key);
    for (; *texts != NULL; texts++)
        json_put_text(writer, *texts);
    json_end_array(writer);
}

/* Writes the list `key` of objects, or nothing if it is empty. */
#define PUT_LIST(writer, key, put_one, items, count)                                               \
    do {                                                                                           \
        if ((count) == 0)                                                                          \
            break;                                                                                 \
        json_field_array(writer, key);                                                             \
        for (size_t i_ = 0; i_ < (count); i_++) {                                                  \
            json_begin_object(writer);                                                             \
            put_one(&(items)[i_], writer);                                                         \
            json_end_object(writer);                                                               \
        }                                                                                          \
        json_end_array(writer);                                                                    \
    } while (0)

#endif
