#include "importers/formats/draft_fields.h"

void draft_set_title(struct draft *draft, const char *value)
{
    draft_set(draft, &draft->record.title, value);
}

void draft_set_journal(struct draft *draft, const char *value)
{
    draft_set(draft, &draft->record.journal, value);
}

void draft_set_volume(struct draft *draft, const char *value)
{
    draft_set(draft, &draft->record.volume, value);
}

void draft_set_issue(struct draft *draft, const char *value)
{
    draft_set(draft, &draft->record.issue, value);
}

void draft_set_language(struct draft *draft, const char *value)
{
    draft_set(draft, &draft->record.language, value);
}

void draft_set_first_page(struct draft *draft, const char *value)
{
    draft_set(draft, &draft->first_page, value);
}

void draft_set_last_page(struct draft *draft, const char *value)
{
    draft_set(draft, &draft->last_page, value);
}

void draft_set_source_id(struct draft *draft, const char *value)
{
    draft_set(draft, &draft->record.source_id, value);
}

void draft_set_date_text(struct draft *draft, const char *value)
{
    draft_set_date(draft, date_read(value, DATE_ORDER_UNKNOWN));
}
