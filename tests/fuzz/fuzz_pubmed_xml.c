/*
 * Bytes into the reader of PubMed's XML. Nothing may crash, hang, leak or give a record that is
 * none. `make fuzz` builds and runs it.
 */
#include "importers/formats/pubmed_xml.h"
#include "tests/fuzz/fuzz_xml.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static const char *const elements[] = {
    "PubmedArticleSet",
    "PubmedArticle",
    "MedlineCitation",
    "PMID",
    "Article",
    "Journal",
    "ISSN",
    "JournalIssue",
    "Volume",
    "PubDate",
    "Year",
    "Month",
    "Day",
    "MedlineDate",
    "Title",
    "ArticleTitle",
    "Pagination",
    "StartPage",
    "EndPage",
    "MedlinePgn",
    "ELocationID EIdType='doi'",
    "Abstract",
    "AbstractText Label='A'",
    "AuthorList CompleteYN='Y'",
    "Author",
    "LastName",
    "ForeName",
    "Initials",
    "Suffix",
    "CollectiveName",
    "Language",
    "DataBankList",
    "DataBank",
    "AccessionNumberList",
    "AccessionNumber",
    "PublicationTypeList",
    "PublicationType",
    "ArticleDate",
    "MedlineJournalInfo",
    "MedlineTA",
    "CommentsCorrectionsList",
    "CommentsCorrections RefType='RetractionIn'",
    "CommentsCorrections RefType='ErratumFor'",
    "RefSource",
    "Note",
    "MeshHeadingList",
    "MeshHeading",
    "DescriptorName",
    "KeywordList",
    "Keyword",
    "PubmedData",
    "ArticleIdList",
    "ArticleId IdType='doi'",
    "ArticleId IdType='pubmed'",
    "ArticleId IdType='pmc'",
    "ReferenceList",
    "PubmedBookArticle",
    "BookDocument",
    "Book",
    "BookTitle",
    "DeleteCitation",
    "MedlineCitationSet",
    "sup",
    "sub",
    "i",
    "math",
    "msup",
    "mfrac",
    "mrow",
    "mi",
    "mn",
    NULL,
};

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct buffer document = {0};
    fuzz_document(data, size, "sample-pubmed.xml", elements, &document);
    fuzz_read(&format_pubmed_xml, buffer_string(&document), document.length);
    buffer_release(&document);
    return 0;
}
