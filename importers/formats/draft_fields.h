/*
 * The plain fields of a draft as functions of one shape, for tables that say what a field of a
 * format becomes. Each passes over NULL and empty text, and the first value counts (draft_set).
 */
#ifndef TOUCHSTONE_IMPORTERS_FORMATS_DRAFT_FIELDS_H
#define TOUCHSTONE_IMPORTERS_FORMATS_DRAFT_FIELDS_H

#include "importers/formats/draft.h"

typedef void draft_setter(struct draft *draft, const char *value);

draft_setter draft_set_title, draft_set_journal, draft_set_volume, draft_set_issue;
draft_setter draft_set_language, draft_set_first_page, draft_set_last_page, draft_set_source_id;

/* A date as people and programs write them, day and month in no known order (date_read). */
draft_setter draft_set_date_text;

#endif
