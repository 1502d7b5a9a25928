#include "service/views/warning_text.h"

#include "evidence/model/red_flag.h"

void warning_text_put(const struct terminal *terminal, const struct raised_flags *flags)
{
    if (flags->count == 0)
        return;
    terminal_put(terminal, INK_BAD, "First of all");
    fputc('\n', terminal->out);
    terminal_paragraph(terminal, NULL, 2, flags->sentence);
    terminal_paragraph(terminal, NULL, 2, flags->items[0].flag->backing.citations[0].url);
    fputc('\n', terminal->out);
}
