/* Bytes into the reader of OpenAlex; `make fuzz` builds and runs it. */
#include "tests/fuzz/remote_answer.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static const char sample[] =
    "{\"meta\": {\"count\": 9, \"per_page\": 2, \"next_cursor\": \"Ils\"}, \"results\": ["
    "{\"id\": \"https://openalex.org/W1\", \"doi\": \"https://doi.org/10.1000/ABC\","
    "\"title\": \"Needling of <i>knots</i>\", \"publication_year\": 2020,"
    "\"publication_date\": \"2020-03-05\", \"type\": \"article\","
    "\"ids\": {\"pmid\": \"https://pubmed.ncbi.nlm.nih.gov/29456894\","
    " \"pmcid\": \"https://www.ncbi.nlm.nih.gov/pmc/articles/5815332\"},"
    "\"authorships\": [{\"raw_author_name\": \"Jane A. Roe\"},"
    " {\"author\": {\"display_name\": \"Ludwig van Doe\"}}],"
    "\"biblio\": {\"first_page\": \"10\", \"last_page\": \"19\"},"
    "\"mesh\": [{\"descriptor_name\": \"Humans\"}],"
    "\"abstract_inverted_index\": {\"hurt.\": [1], \"Knots\": [0, 2], \"<br>p\": [3]},"
    "\"is_retracted\": true, \"updated_date\": \"2025-06-11T00:03:37.532706\"}],"
    "\"error\": \"Bad\", \"message\": \"budget\"}";

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    return fuzz_remote(&remote_openalex, sample, data, size);
}
