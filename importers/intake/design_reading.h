/*
 * What kind of study a record is of, as far as its publication types, headings and title agree.
 *
 * Publication types are indexers' judgements and come first; headings (MeSH, Emtree) next; the
 * title last, where neither says. Words that only tell about a design ("… as Topic", "trials" in
 * the plural) are none. A protocol, a secondary analysis, a comment or a paper about a trial is not
 * the trial. Where two that exclude each other are named, nothing is known.
 */
#ifndef TOUCHSTONE_IMPORTERS_INTAKE_DESIGN_READING_H
#define TOUCHSTONE_IMPORTERS_INTAKE_DESIGN_READING_H

#include "evidence/base/arena.h"
#include "evidence/model/record.h"

struct design_reading {
    bool known;
    enum design design;
    const char *from;   /* "publication type: Randomized Controlled Trial" */
    bool is_about_some; /* a protocol, comment or secondary analysis: its numbers are not a study's
                         */
};

struct design_reading read_design(const struct record *record, struct arena *arena);

#endif
