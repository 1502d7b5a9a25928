/* What the files that read a diary share. For them alone. */
#ifndef TOUCHSTONE_EVIDENCE_JUDGEMENT_STOP_DIARY_PARTS_H
#define TOUCHSTONE_EVIDENCE_JUDGEMENT_STOP_DIARY_PARTS_H

#include "evidence/judgement/question/question.h"
#include "evidence/judgement/stop/diary.h"
#include "evidence/judgement/stop/diary_day.h"

enum { DIARY_WARNINGS_MOST = 8 };

struct diary_reading {
    const struct catalog *catalog;
    const struct stop_model *model;
    struct arena *arena;
    struct diary *out;
    const char **warnings;
    size_t warning_count;
    const char **notes;
    size_t note_count;
    enum day_kind kind;
    const char *else_told; /* the name of a condition that pain in general stands in for */
};

/* Kept once each, so many at most. */
void diary_warn(struct diary_reading *reading, const char *text);

/* The member "intervention", "condition" or "outcome": an id, or a name as people type it; NULL
 * with a problem. A pain of which no condition is known is judged as pain in general, with a
 * warning. An absent outcome is `otherwise`. */
const struct intervention *diary_intervention(const struct json_reader *at,
                                              const struct diary_reading *reading);
const struct condition *diary_condition(const struct json_reader *at,
                                        struct diary_reading *reading);
const struct outcome *diary_outcome(const struct json_reader *at,
                                    const struct diary_reading *reading,
                                    const struct outcome *otherwise);

/* What is scored where nobody says: what the named questionnaire measures, else pain where the
 * condition is judged by pain, else its first outcome. */
const struct outcome *diary_outcome_meant(const struct json_reader *at,
                                          struct diary_reading *reading);

/* A score as it stands in the diary. */
struct diary_entry {
    double day;
    double value;     /* on `scale` */
    bool is_word;     /* `value` is a share of the scale, more being worse … */
    bool is_compared; /* … or, until diary_settle_compared, of where the outcome began */
    const struct outcome *outcome;
    const struct diary_scale *scale; /* NULL: not told */
    size_t index;                    /* in the list */
};

/* Reads the member "score" of a day, which is `score`; NULL if it is absent. */
void diary_score(const struct json_reader *at, const json_t *score, struct diary_reading *reading,
                 struct diary_entry *out);

/* True if more of the outcome is better, as far as that is known. */
bool diary_more_is_better(const struct diary_reading *reading, const struct outcome *outcome);

/* The questionnaire that the member "scale" names; NULL: none. */
const struct stop_instrument *diary_instrument(const struct json_reader *at,
                                               const struct diary_reading *reading);

/* The member "scale" of the diary or of a day; `otherwise` where none is told. Its ends are NAN
 * where it names a questionnaire of which they vary. */
const struct diary_scale *diary_scale_of(const struct json_reader *at,
                                         const struct diary_reading *reading,
                                         const struct outcome *outcome,
                                         const struct diary_scale *otherwise);

/* Gives every score its scale: its own, the diary's, or one guessed; a score off its scale, and one
 * whose scale cannot be guessed, is a problem. */
void diary_settle_scales(const struct json_reader *list, struct diary_reading *reading,
                         const struct diary_scale *told, struct diary_entry *entries, size_t count);

/* Turns what is told as a share of the start into one of the scale; the entries by day. Where
 * nothing tells the start, that is a problem. */
void diary_settle_compared(const struct json_reader *list, struct diary_entry *entries,
                           size_t count);

/* 0 to 10, less being better. */
double diary_level(const struct diary_entry *entry);

/* Reads the member "changes" and understands each. */
void diary_changes(const struct json_reader *at, struct diary_reading *reading);

#endif
