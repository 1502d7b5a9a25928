/*
 * Bytes into the reader of Review Manager files. Nothing may crash, hang, leak or give a record
 * that is none. `make fuzz` builds and runs it.
 */
#include "importers/formats/revman.h"
#include "tests/fuzz/fuzz_xml.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static const char *const elements[] = {
    "COCHRANE_REVIEW ID='1' DOI='10.1000/a' STAGE='R'",
    "COVER_SHEET",
    "TITLE",
    "CREATORS",
    "PERSON ROLE='AUTHOR'",
    "FIRST_NAME",
    "MIDDLE_INITIALS",
    "LAST_NAME",
    "DATES",
    "LAST_CITATION_ISSUE YEAR='2011'",
    "KEYWORDS",
    "KEYWORD",
    "MAIN_TEXT",
    "ABSTRACT",
    "ABS_BACKGROUND",
    "ABS_RESULTS",
    "P",
    "STUDIES_AND_REFERENCES",
    "STUDIES",
    "INCLUDED_STUDIES",
    "EXCLUDED_STUDIES",
    "AWAITING_STUDIES",
    "ONGOING_STUDIES",
    "STUDY ID='S1' NAME='A 1999' YEAR='1999'",
    "STUDY ID='S2' NAME='B'",
    "STUDY",
    "REFERENCE PRIMARY='YES'",
    "REFERENCE",
    "AU",
    "TI",
    "TO",
    "SO",
    "YR",
    "VL",
    "NO",
    "PG",
    "IDENTIFIERS",
    "IDENTIFIER TYPE='DOI' VALUE='10.1000/b'",
    "IDENTIFIER TYPE='PUBMED' VALUE='7'",
    "IDENTIFIER TYPE='OTHER' VALUE='NCT01234567'",
    "CHARACTERISTICS_OF_STUDIES",
    "CHARACTERISTICS_OF_EXCLUDED_STUDIES",
    "EXCLUDED_CHAR STUDY_ID='S2'",
    "CHAR_REASON_FOR_EXCLUSION",
    "QUALITY_ITEMS",
    "QUALITY_ITEM",
    "NAME",
    "DESCRIPTION",
    "QUALITY_ITEM_DATA_ENTRY_GROUP ID='G'",
    "QUALITY_ITEM_DATA",
    "QUALITY_ITEM_DATA_ENTRY STUDY_ID='S1' RESULT='NO' GROUP_ID='G'",
    "ANALYSES_AND_DATA",
    "COMPARISON",
    "DICH_OUTCOME EFFECT_MEASURE='RR' CI_STUDY='95' CI_TOTAL='95' TOTALS='YES' EFFECT_SIZE='2' "
    "CI_START='1' CI_END='3'",
    "CONT_OUTCOME EFFECT_MEASURE='MD' CI_STUDY='90' UNITS='cm' TOTALS='SUB'",
    "IV_OUTCOME CI_STUDY='95' LOG_DATA='NO'",
    "IPD_OUTCOME",
    "GROUP_LABEL_1",
    "GROUP_LABEL_2",
    "EFFECT_MEASURE",
    "DICH_SUBGROUP EFFECT_SIZE='-1'",
    "CONT_SUBGROUP",
    "IV_SUBGROUP",
    "DICH_DATA STUDY_ID='S1' EVENTS_1='3' TOTAL_1='9' EVENTS_2='1' TOTAL_2='8' EFFECT_SIZE='2' "
    "CI_START='1' CI_END='3'",
    "CONT_DATA STUDY_ID='S2' MEAN_1='-1' SD_1='-2' TOTAL_1='1e9' TOTAL_2='0'",
    "IV_DATA STUDY_ID='S1' EFFECT_SIZE='0.1' CI_START='0' CI_END='9' SE='0.2'",
    "IPD_DATA STUDY_ID='S9' TOTAL_1='4'",
    "sup",
    "sub",
    NULL,
};

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct buffer document = {0};
    fuzz_document(data, size, "sample-revman-data.rm5", elements, &document);
    fuzz_read(&format_revman, buffer_string(&document), document.length);
    buffer_release(&document);
    return 0;
}
