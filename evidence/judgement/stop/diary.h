/*
 * A person's diary of one treatment, as it is sent: what is tried, for what, the scores with their
 * days, sessions, changes, complaints and medicines. Brought into one form: days
 * counted from the first session, levels on 0 to 10 with less being better, whatever scale they
 * were written on. It is held for as long as the answer takes, and never stored or logged.
 */
#ifndef TOUCHSTONE_EVIDENCE_JUDGEMENT_STOP_DIARY_H
#define TOUCHSTONE_EVIDENCE_JUDGEMENT_STOP_DIARY_H

#include "evidence/base/json_reader.h"
#include "evidence/model/stop_model.h"
#include "evidence/rating/catalog.h"

/* More than a score every day for five years is refused; so are complaints, medicines or changes of
 * more bytes in all than DIARY_TEXT_MOST, and one change told in more than DIARY_CHANGE_MOST. */
enum {
    DIARY_SCORES_MOST = 2000,
    DIARY_LIST_MOST = 2000,
    DIARY_TEXT_MOST = 20000,
    DIARY_CHANGE_MOST = 2000
};

/* The scale that scores were written on. */
struct diary_scale {
    double low;
    double high;
    bool higher_is_better;
    const struct stop_instrument *instrument; /* NULL: none was named */
};

struct diary_score {
    double day;   /* from the first session: 0 and less is before the treatment could act */
    double level; /* 0 to 10, less is better */
    const struct outcome *outcome;
    const struct diary_scale *scale; /* as written */
};

/* What a change on the way was. */
enum change_kind {
    CHANGE_OTHER,      /* nothing that is known here */
    CHANGE_BEGINS,     /* what is tried began: what stood before belongs to something else */
    CHANGE_ENDS,       /* what is tried ended */
    CHANGE_TO_ANOTHER, /* likewise, and `other` took its place */
    CHANGE_ANOTHER     /* `other` began or ended beside it */
};

struct diary_change {
    double day;
    const char *what; /* as it was told */
    enum change_kind kind;
    const struct intervention *other; /* NULL: none was named */
};

struct diary {
    const struct intervention *intervention;
    const char *tried_as; /* the name that it was told by */
    const struct condition *condition;
    const char *tried_for; /* the pain that it was told by where its condition is not known, and
                              pain in general stands in; NULL: it is known */
    const struct outcome *outcome;    /* that is decided on */
    const struct diary_scale *scale;  /* of that outcome, to tell levels back */
    const char *counted;              /* what its scores count: "days per week"; NULL: nothing */
    bool outcome_is_guessed;          /* nobody told the outcome, and others were possible */
    const struct diary_score *scores; /* by day, of all outcomes */
    size_t score_count;
    double first_day; /* what the sender called the day of the first session; where days … */
    bool by_date;     /* … were dates, since 1970-01-01 */
    const double *sessions; /* days, sorted; those before the first day left out */
    size_t session_count;
    bool sessions_told;                 /* false: nobody said when or how often */
    const struct diary_change *changes; /* by day */
    size_t change_count;
    const struct diary_change *switched; /* from which the days count, NULL: none */
    double ended;                        /* the day on which what is tried ended; INFINITY */
    const char *const *adverse_events;
    const char *const *symptoms;
    const char *const *medicines;
    const char *const *notes;    /* beside scores */
    double trial_days;           /* the sender's own wish, NAN */
    int trial_sessions;          /* likewise, COUNT_UNKNOWN */
    const char *const *warnings; /* what was taken for granted, ended by NULL */
};

/*
 * Reads the input of POST /v1/stop, strictly: unknown fields and names, days without order, scores
 * off their scale are problems at their place. `out` may be used only if there is none; it lives in
 * the problems' arena. Names are ids or names as people type them.
 *
 * A change that names what is tried as begun ("switched from massage to TENS") moves the first day
 * there: the scores before it are those of the time before the treatment.
 */
void diary_read(const struct json_reader *at, const struct catalog *catalog, struct diary *out);

/* A level back on the scale that it was written on. */
double diary_told(const struct diary_scale *scale, double level);

/* A day from the first session as the sender counts days: "day 21", "2026-11-22"; in `arena`. */
const char *diary_day(const struct diary *diary, double day, struct arena *arena);

#endif
