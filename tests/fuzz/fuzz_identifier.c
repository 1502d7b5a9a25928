/*
 * Identifiers, names, dates and what a machine reads, from any text. What is read once is read the
 * same again. `make fuzz` builds and runs it.
 */
#include "tests/fuzz/fuzz_text_format.h"

#include "importers/formats/author_name.h"
#include "importers/formats/date_text.h"
#include "importers/formats/latex.h"
#include "importers/formats/screening_label.h"
#include "importers/intake/identifier.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

typedef const char *reader(const char *text, struct arena *arena);

static void must_stay(reader *read, const char *text, struct arena *arena)
{
    const char *once = read(text, arena);
    if (once == NULL)
        return;
    const char *twice = read(once, arena);
    if (twice == NULL || strcmp(once, twice) != 0)
        fuzz_die("read otherwise the second time", once);
}

static void take_name(void *context, const char *text)
{
    struct arena *arena = context;
    struct author author;
    if (author_name_read(text, NAME_FAMILY_FIRST, arena, &author) &&
        (author.family == NULL) == (author.group == NULL))
        fuzz_die("neither a person nor a group", text);
    if (author_name_read(text, NAME_GIVEN_FIRST, arena, &author) &&
        (author.family == NULL) == (author.group == NULL))
        fuzz_die("neither a person nor a group", text);
}

static void take_label(void *context, const struct record_label *label)
{
    (void)context;
    if (label->decision == NULL)
        fuzz_die("a label", "without a decision");
}

static void must_be_a_day(struct date date, struct arena *arena)
{
    const char *text = date_write(date, arena);
    struct date again = date_read(text, DATE_ORDER_UNKNOWN);
    if (text != NULL &&
        (again.year != date.year || again.month != date.month || again.day != date.day))
        fuzz_die("another day the second time", text);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct arena *arena = arena_new();
    const char *text = arena_strndup(arena, (const char *)data, size);
    must_stay(identifier_doi, text, arena);
    must_stay(identifier_pmid, text, arena);
    must_stay(identifier_pmcid, text, arena);
    must_stay(identifier_registration, text, arena);
    for (const char *const *found = identifier_registrations_in(text, arena); *found != NULL;
         found++)
        must_stay(identifier_registration, *found, arena);
    author_names_split(text, take_name, arena, arena);
    take_name(arena, text);
    screening_labels_read(text, arena, take_label, NULL);
    must_be_a_day(date_read(text, DATE_ORDER_UNKNOWN), arena);
    must_be_a_day(date_read(text, DATE_ORDER_MONTH_FIRST), arena);
    struct buffer out = {0};
    latex_decode(text, strlen(text), LATEX_TEXT, &out);
    latex_decode(text, strlen(text), LATEX_VERBATIM, &out);
    buffer_release(&out);

    struct record record;
    record_init(&record);
    record.title = text;
    record.abstract = text;
    machine_read(&record, arena);
    arena_free(arena);
    return 0;
}
