/*
 * Bytes into the reader of EndNote's XML. Nothing may crash, hang, leak or give a record that is
 * none. `make fuzz` builds and runs it.
 */
#include "importers/formats/endnote_xml.h"
#include "tests/fuzz/fuzz_xml.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static const char *const elements[] = {
    "xml",
    "records",
    "record",
    "rec-number",
    "ref-type name='Book'",
    "contributors",
    "authors",
    "author",
    "titles",
    "title",
    "secondary-title",
    "translated-title",
    "periodical",
    "full-title",
    "pages",
    "volume",
    "number",
    "issue",
    "keywords",
    "keyword",
    "dates",
    "year",
    "pub-dates",
    "date",
    "isbn",
    "electronic-resource-num",
    "accession-num",
    "custom2",
    "remote-database-name",
    "abstract",
    "language",
    "urls",
    "related-urls",
    "web-urls",
    "url",
    "style face='normal'",
    "style face='superscript'",
    "style face='subscript'",
    NULL,
};

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct buffer document = {0};
    fuzz_document(data, size, "sample-endnote.xml", elements, &document);
    fuzz_read(&format_endnote_xml, buffer_string(&document), document.length);
    buffer_release(&document);
    return 0;
}
