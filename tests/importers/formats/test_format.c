#include "tests/importers/formats/reading.h"

#include <dirent.h>

static void a_format_is_found_by_its_name(void **state)
{
    (void)state;
    for (const struct format *const *format = formats; *format != NULL; format++) {
        assert_ptr_equal(format_named((*format)->name), *format);
        assert_true(strlen((*format)->title) > 0);
    }
    assert_null(format_named("pdf"));
    assert_null(format_named(""));
}

static const char *name_of(const void *bytes, size_t length, struct error *err)
{
    struct input *input = input_memory(bytes, length, "memory", &input_limits_default);
    const struct format *format = format_of(input, err);
    input_close(input);
    return format == NULL ? "nothing" : format->name;
}

/* One small file of each text kind, and what it is. */
static void files_are_known_by_their_content(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        const char *name;
    } rows[] = {
        {"TY  - JOUR\nTI  - A\nER  - \n", "ris"},
        {"Record 1 of 2\n1.\nTY  - JOUR\nTI  - A\nER  - \n", "ris"},
        {"\xEF\xBB\xBFTY  - JOUR\r\nTI  - A\r\nER  - \r\n", "ris"},
        {"TI  - A\nAU  - B\n", "ris"}, /* of a lost beginning; its reader says so */
        {"PMID- 12\nOWN - NLM\nTI  - A\n", "nbib"},
        {"FN Clarivate\nVR 1.0\nPT J\nAU A\nER\n", "web-of-science"},
        {"% comment\n@article{a, title={A}}", "bibtex"},
        {"[{\"type\": \"article-journal\", \"title\": \"A\"}]", "csl-json"},
        {"Record ID,Title,OriginalPaperDOI,RetractionNature\n", "retraction-watch"},
        {"Comparison Number,Outcome Number,Subgroup Number,Name\n", "revman-csv"},
        {"study,yi,vi\nA,1,2\n", "effects-csv"},
        {"Title;Year;DOI\nA;2000;x\n", "csv"},
        {"PMID,Title,Authors,Citation\n", "csv"},
        {"<?xml version=\"1.0\"?>\n<PubmedArticleSet></PubmedArticleSet>", "pubmed-xml"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct error err = {0};
        const char *name = name_of(rows[i].text, strlen(rows[i].text), &err);
        if (strcmp(name, rows[i].name) != 0)
            fail_msg("%s is taken for %s: %s", rows[i].text, name, err.message);
    }
}

static void what_a_file_looks_like_is_told_when_it_is_not_known(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        const char *looks;
    } rows[] = {
        {"", "it is empty"},
        {" \n\n", "it is empty"},
        {"%PDF-1.7", "a PDF"},
        {"PK\003\004xyz", "ZIP archive"},
        {"<!doctype HTML>", "a web page"},
        {"<svg/>", "XML of a kind that is not known"},
        {"{\"a\": 1}", "JSON of a kind that is not known"},
        {"Dear all,\nplease find attached", "text of a kind that is not known"},
        {"name,age\nAnn,3\n", "text of a kind that is not known"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct error err = {0};
        assert_string_equal(name_of(rows[i].text, strlen(rows[i].text), &err), "nothing");
        assert_int_equal(err.kind, ERROR_INVALID);
        if (strstr(err.message, rows[i].looks) == NULL || strstr(err.message, "RIS") == NULL)
            fail_msg("%s", err.message);
    }
    struct error err = {0};
    assert_string_equal(name_of("\x01\x02\0\x03", 4, &err), "nothing");
    assert_non_null(strstr(err.message, "binary data"));
}

/* The first bytes may be cut anywhere. */
static void any_beginning_of_a_file_can_be_looked_at(void **state)
{
    (void)state;
    static const char *const texts[] = {"TY  - JOUR\nTI  - \xC3\xA4\nER  - \n",
                                        "PMID- 12\nOWN - NLM\n",
                                        "@article{a, title = {A}}",
                                        "\n@a",
                                        "[{\"type\": \"article-journal\", \"title\": \"A\\\"\"}]",
                                        "Title,Year,\"D\"\"OI\"\nA,2000,x\n",
                                        "\xFF\xFET\0Y\0 \0 \0-\0 \0"};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        for (size_t length = 0; length <= strlen(texts[i]); length++) {
            char *exact = malloc(length + 1); /* so that a byte read too far is found */
            memcpy(exact, texts[i], length);
            for (const struct format *const *format = formats; *format != NULL; format++) {
                int sure = (*format)->recognise(exact, length);
                assert_true(sure >= 0 && sure <= 100);
            }
            free(exact);
        }
}

/* ---- all fixtures ---- */

static const struct {
    const char *folder;
    const char *suffix;
    const char *format; /* NULL: none of the formats of files */
} kinds[] = {
    {"ris", ".ris", "ris"},
    {"nbib", "", "nbib"},
    {"bibtex", ".bib", "bibtex"},
    {"csl-json", ".json", "csl-json"},
    {"retractionwatch", ".csv", "retraction-watch"},
    {"zotero", ".csv", "csv"},
    {"screening", ".csv", "csv"},
    {"revman", ".csv", "revman-csv"},
    {"revman", ".rm5", "revman"},
    {"endnote", ".xml", "endnote-xml"},
    {"crossref", "", NULL},
    {"openalex", ".json", NULL},
    {"europepmc", ".json", NULL},
    {"clinicaltrials", ".json", NULL},
    {"semanticscholar", ".json", NULL},
    {"eutils", ".json", NULL},
};

static bool ends_with(const char *text, const char *end)
{
    size_t length = strlen(text), size = strlen(end);
    return length >= size && strcmp(text + length - size, end) == 0;
}

static void assert_kind(const char *folder, const char *file, const char *expected)
{
    char path[512];
    snprintf(path, sizeof path, "../shared/fixtures/%s/%s", folder, file);
    struct error err = {0};
    struct input *input = input_open(path, &input_limits_default, &err);
    assert_non_null(input);
    const struct format *format = format_of(input, &err);
    input_close(input);
    /* One file among the RIS ones is Web of Science's. */
    if (strcmp(file, "rispy_wos.ris") == 0)
        expected = "web-of-science";
    if ((format == NULL) != (expected == NULL) ||
        (format != NULL && strcmp(format->name, expected) != 0))
        fail_msg("%s/%s is taken for %s", folder, file, format == NULL ? "nothing" : format->name);
}

static void every_real_file_is_taken_for_what_it_is(void **state)
{
    (void)state;
    size_t seen = 0;
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
        char path[512];
        snprintf(path, sizeof path, "../shared/fixtures/%s", kinds[i].folder);
        DIR *folder = opendir(path);
        if (folder == NULL) {
            print_message("skipped: %s is not there\n", path);
            skip();
        }
        for (struct dirent *entry; (entry = readdir(folder)) != NULL;)
            if (entry->d_name[0] != '.' && ends_with(entry->d_name, kinds[i].suffix)) {
                assert_kind(kinds[i].folder, entry->d_name, kinds[i].format);
                seen++;
            }
        closedir(folder);
    }
    assert_true(seen >= 60);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_format_is_found_by_its_name),
        cmocka_unit_test(files_are_known_by_their_content),
        cmocka_unit_test(what_a_file_looks_like_is_told_when_it_is_not_known),
        cmocka_unit_test(any_beginning_of_a_file_can_be_looked_at),
        cmocka_unit_test(every_real_file_is_taken_for_what_it_is),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
