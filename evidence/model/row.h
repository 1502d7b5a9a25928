/*
 * What the readers of this folder share: lists of rows, and names that must have an entry in the
 * base. For the readers in this folder alone.
 */
#ifndef TOUCHSTONE_EVIDENCE_MODEL_ROW_H
#define TOUCHSTONE_EVIDENCE_MODEL_ROW_H

#include "evidence/model/base.h"

enum { ROW_LARGEST_COUNT = 100000000 };

/* Allocates the elements of the list `key` in the problems' arena and reads each with
 * read_one(place, element). */
#define ROW_LIST(at, key, type, read_one, list, list_count)                                        \
    do {                                                                                           \
        size_t count_ = json_get_length(at, key, OPTIONAL);                                        \
        struct json_reader list_ = json_get_list(at, key);                                         \
        type *items_ = arena_array((at)->problems->arena, count_, sizeof *items_);                 \
        for (size_t i_ = 0; i_ < count_; i_++) {                                                   \
            struct json_reader item_ = json_get_element(&list_, i_);                               \
            read_one(&item_, &items_[i_]);                                                         \
        }                                                                                          \
        (list) = items_;                                                                           \
        (list_count) = count_;                                                                     \
    } while (0)

/* A required choice; 0 with a problem, so that the value is never used. */
int row_choice(const struct json_reader *at, const char *key, const char *const *names);

/* A required slug, of the row itself. */
const char *row_id(const struct json_reader *at, const char *key);

/* A whole number, COUNT_UNKNOWN if absent. */
int row_count(const struct json_reader *at, const char *key);

/* A list of strings that must not be empty. */
const char *const *row_texts(const struct json_reader *at, const char *key);

/* The member "scale" {name, low, high}; its name is NULL where it is absent. */
struct scale row_scale(const struct json_reader *at, enum need need);

/* Ids that must stand in the base; a name without an entry is a problem. */
const char *row_intervention(const struct json_reader *at, const char *key,
                             const struct base *base);
const char *row_condition(const struct json_reader *at, const char *key, const struct base *base);
const char *row_outcome(const struct json_reader *at, const char *key, const struct base *base);

/* Lists of them, ended by NULL, empty if absent. */
const char *const *row_interventions(const struct json_reader *at, const char *key,
                                     const struct base *base);
const char *const *row_conditions(const struct json_reader *at, const char *key,
                                  const struct base *base);

#endif
