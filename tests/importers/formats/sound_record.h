/*
 * What every record promises (evidence/model/record.h), whatever it was read from: for tests and
 * for fuzzing.
 */
#ifndef TOUCHSTONE_TESTS_IMPORTERS_FORMATS_SOUND_RECORD_H
#define TOUCHSTONE_TESTS_IMPORTERS_FORMATS_SOUND_RECORD_H

#include <stdbool.h>
#include <string.h>

#include "evidence/base/text.h"
#include "evidence/model/record.h"

/* UTF-8, no control characters, no blanks at the ends or twice; never empty. */
static inline bool sound_text(const char *text, bool paragraphs)
{
    if (text == NULL)
        return true;
    size_t left = strlen(text);
    if (left == 0 || text[0] == ' ' || text[0] == '\n' || text[left - 1] == ' ' ||
        text[left - 1] == '\n')
        return false;
    uint32_t before = 0;
    while (left > 0) {
        uint32_t code;
        size_t used = text_decode(text, left, &code);
        if ((code == TEXT_NO_CHARACTER && used == 1) || code == 0x7F ||
            (code < ' ' && !(paragraphs && code == '\n')) || (code == ' ' && before == ' '))
            return false;
        before = code;
        text += used;
        left -= used;
    }
    return true;
}

static inline bool sound_texts(const char *const *texts)
{
    if (texts == NULL)
        return false;
    for (; *texts != NULL; texts++)
        if (!sound_text(*texts, false))
            return false;
    return true;
}

static inline bool sound_digits(const char *text)
{
    return text == NULL ||
           (*text != '\0' && *text != '0' && text[strspn(text, "0123456789")] == '\0');
}

static inline bool sound_notices(const struct record_notice *notices, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        const struct record_notice *notice = &notices[i];
        if (!sound_text(notice->doi, false) || !sound_digits(notice->pmid) ||
            !sound_text(notice->date, false) || !sound_text(notice->source, false) ||
            !sound_text(notice->reason, false) || notice->type > NOTICE_REINSTATEMENT)
            return false;
    }
    return true;
}

static inline bool sound_results(const struct record_result *results, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        const struct record_result *result = &results[i];
        if (!sound_text(result->outcome, false) || !sound_text(result->comparison, false) ||
            !sound_text(result->subgroup, false) || !sound_text(result->study_label, false) ||
            !sound_text(result->note, false) || result->figure > FIGURE_NONE || result->se < 0)
            return false;
        for (size_t arm = 0; arm < result->arm_count; arm++)
            if (!sound_text(result->arms[arm].label, false) ||
                result->arms[arm].n < COUNT_UNKNOWN || result->arms[arm].events < COUNT_UNKNOWN ||
                result->arms[arm].sd < 0)
                return false;
    }
    return true;
}

static inline bool sound_judgements(const struct record_judgement *judgements, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (judgements[i].judgement == NULL || !sound_text(judgements[i].judgement, false) ||
            !sound_text(judgements[i].item, false) || !sound_text(judgements[i].outcomes, false) ||
            !sound_text(judgements[i].support, false))
            return false;
    return true;
}

/* What is wrong with a record, NULL if nothing is. */
static inline const char *unsound(const struct record *record)
{
    const char *const lines[] = {
        record->source, record->source_id, record->pmid,     record->doi,  record->pmcid,
        record->title,  record->date,      record->journal,  record->issn, record->volume,
        record->issue,  record->pages,     record->language, record->url};
    for (size_t i = 0; i < sizeof lines / sizeof *lines; i++)
        if (!sound_text(lines[i], false))
            return "a text that is not plain";
    if (!sound_text(record->abstract, true))
        return "an abstract that is not plain";
    if (record->source == NULL)
        return "no source";
    const char *const *const lists[] = {record->registrations,     record->other_titles,
                                        record->publication_types, record->keywords,
                                        record->conditions,        record->treatments,
                                        record->reports,           record->machine.registrations};
    for (size_t i = 0; i < sizeof lists / sizeof *lists; i++)
        if (!sound_texts(lists[i]))
            return "a list that is not plain";
    for (size_t i = 0; i < record->author_count; i++) {
        const struct author *author = &record->authors[i];
        if ((author->family == NULL) == (author->group == NULL) ||
            !sound_text(author->family, false) || !sound_text(author->given, false) ||
            !sound_text(author->group, false))
            return "an author that is not plain";
    }
    if (!sound_digits(record->pmid) || (record->doi != NULL && strncmp(record->doi, "10.", 3) != 0))
        return "an identifier that is none";
    if (record->year != COUNT_UNKNOWN && (record->year < 1700 || record->year > 2100))
        return "a year that cannot be";
    if (!sound_notices(record->notices, record->notice_count) ||
        !sound_notices(record->updates, record->update_count))
        return "a notice that is not plain";
    if (!sound_results(record->results, record->result_count))
        return "a result that cannot be";
    if (!sound_judgements(record->judgements, record->judgement_count))
        return "a judgement that is none";
    for (size_t i = 0; i < record->label_count; i++)
        if (record->labels[i].decision == NULL || !sound_text(record->labels[i].who, false) ||
            !sound_text(record->labels[i].reason, false))
            return "a label without a decision";
    return NULL;
}

#endif
