/*
 * How fast PubMed's XML is read and how much memory it takes, beside xmllint --stream --noout,
 * which reads and does nothing, and a reader in Python's standard library. Writes files of its own
 * under TMPDIR, one ten times as long as the other, and takes them away again.
 *
 *   bench_xml [MEGABYTES]     of the longer one, 250 without
 *
 * Each reader is a process of its own; the best of RUNS counts, all of them in turn. Prints speed,
 * ratios and the peak of resident memory for both sizes.
 */
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "evidence/base/buffer.h"
#include "importers/formats/pubmed_xml.h"

enum { RUNS = 3, MEGABYTE = 1 << 20, DEFAULT_MEGABYTES = 250, SHORTER = 10, NOT_INSTALLED = 127 };
enum { AUTHORS = 6, HEADINGS = 12, REFERENCES = 25 };

/* ---- the files ---- */

/* Sentences that nobody published, with what abstracts have in them. */
static const char *const sentences[] = {
    "Tight muscles were pressed until they gave way, and then a little longer.",
    "The mean fell from 6.1 &#xb1; 1.2 to 3.4 &#xb1; 1.3 points (P&lt;0.05).",
    "Nobody knew which of the two rooms held the working lamp.",
    "Cells were counted at 10<sup>6</sup> per field in <i>Felis catus</i>.",
    "The confidence interval reached from 0.71 to 1.04, so that little can be said.",
    "Afterwards all of them slept – the nurses’ notes agree – for nine hours.",
};

static void add_sentences(struct buffer *out, size_t record, size_t count)
{
    for (size_t i = 0; i < count; i++)
        buffer_printf(out, "%s%s", i == 0 ? "" : " ",
                      sentences[(record + i) % (sizeof sentences / sizeof *sentences)]);
}

static void add_authors(struct buffer *out, size_t record)
{
    buffer_text(out, "<AuthorList CompleteYN=\"Y\">");
    for (size_t i = 0; i < AUTHORS; i++)
        buffer_printf(
            out,
            "<Author ValidYN=\"Y\"><LastName>Name%zu</LastName><ForeName>Given %zu"
            "</ForeName><Initials>G</Initials><AffiliationInfo><Affiliation>Department of "
            "Pressing, House %zu, Long Street, Some Town.</Affiliation></AffiliationInfo>"
            "</Author>",
            (record * 7 + i) % 5000, i, i);
    buffer_text(out, "</AuthorList>");
}

static void add_abstract(struct buffer *out, size_t record)
{
    static const char *const labels[] = {"BACKGROUND", "METHODS", "RESULTS", "CONCLUSIONS"};
    buffer_text(out, "<Abstract>");
    for (size_t i = 0; i < sizeof labels / sizeof *labels; i++) {
        buffer_printf(out, "<AbstractText Label=\"%s\" NlmCategory=\"%s\">", labels[i], labels[i]);
        add_sentences(out, record + i, 5);
        buffer_text(out, "</AbstractText>");
    }
    buffer_text(out, "</Abstract>");
}

static void add_article(struct buffer *out, size_t record)
{
    buffer_text(out,
                "<Article PubModel=\"Print\"><Journal><ISSN IssnType=\"Print\">1234-5678</ISSN>"
                "<JournalIssue CitedMedium=\"Internet\"><Volume>12</Volume><Issue>3</Issue>"
                "<PubDate><Year>2021</Year><Month>Feb</Month></PubDate></JournalIssue><Title>"
                "Journal of Sore Muscles</Title><ISOAbbreviation>J Sore Musc"
                "</ISOAbbreviation></Journal>");
    buffer_printf(out, "<ArticleTitle>Trial number %zu of pressing.</ArticleTitle>", record);
    buffer_printf(out, "<ELocationID EIdType=\"doi\" ValidYN=\"Y\">10.1000/jsm.%zu</ELocationID>",
                  record);
    add_abstract(out, record);
    add_authors(out, record);
    buffer_text(out, "<Language>eng</Language><PublicationTypeList><PublicationType UI=\"D016428\">"
                     "Journal Article</PublicationType></PublicationTypeList></Article>");
}

static void add_headings(struct buffer *out, size_t record)
{
    buffer_text(out, "<MeshHeadingList>");
    for (size_t i = 0; i < HEADINGS; i++)
        buffer_printf(out,
                      "<MeshHeading><DescriptorName UI=\"D%06zu\" MajorTopicYN=\"N\">Heading %zu"
                      "</DescriptorName></MeshHeading>",
                      (record + i) % 30000, (record + i) % 30000);
    buffer_text(out, "</MeshHeadingList>");
}

static void add_pubmed_data(struct buffer *out, size_t record)
{
    buffer_printf(
        out,
        "<PubmedData><History><PubMedPubDate PubStatus=\"pubmed\"><Year>2021</Year><Month>"
        "2</Month><Day>9</Day></PubMedPubDate></History><ArticleIdList><ArticleId "
        "IdType=\"pubmed\">%zu</ArticleId><ArticleId IdType=\"doi\">10.1000/jsm.%zu"
        "</ArticleId></ArticleIdList><ReferenceList>",
        record, record);
    for (size_t i = 0; i < REFERENCES; i++)
        buffer_printf(out,
                      "<Reference><Citation>Someone, of a place. J Sore Musc. 2001;1:%zu</Citation>"
                      "<ArticleIdList><ArticleId IdType=\"pubmed\">%zu</ArticleId></ArticleIdList>"
                      "</Reference>\n",
                      i, record + i);
    buffer_text(out, "</ReferenceList></PubmedData>");
}

static void add_record(struct buffer *out, size_t record)
{
    buffer_printf(out,
                  "<PubmedArticle><MedlineCitation Status=\"MEDLINE\" Owner=\"NLM\"><PMID "
                  "Version=\"1\">%zu</PMID>\n",
                  record);
    add_article(out, record);
    buffer_text(out, "<MedlineJournalInfo><Country>Nowhere</Country><MedlineTA>J Sore Musc"
                     "</MedlineTA></MedlineJournalInfo>");
    add_headings(out, record);
    buffer_text(out, "</MedlineCitation>");
    add_pubmed_data(out, record);
    buffer_text(out, "</PubmedArticle>\n");
}

static size_t write_file(const char *path, size_t bytes)
{
    FILE *file = fopen(path, "wb");
    struct buffer record = {0};
    size_t written = 0;
    size_t records = 0;
    if (file == NULL) {
        perror(path);
        exit(1);
    }
    fputs("<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<PubmedArticleSet>\n", file);
    while (written < bytes) {
        buffer_clear(&record);
        add_record(&record, ++records);
        written += fwrite(record.bytes, 1, record.length, file);
    }
    fputs("</PubmedArticleSet>\n", file);
    buffer_release(&record);
    if (fclose(file) != 0) {
        perror(path);
        unlink(path);
        exit(1);
    }
    return records;
}

/* ---- the readers ---- */

static bool take(void *context, const struct record *record, struct error *err)
{
    (void)err;
    size_t *bytes = context;
    *bytes += record->title != NULL && record->abstract != NULL && record->doi != NULL;
    return true;
}

static int read_ours(const char *path)
{
    size_t whole = 0;
    const struct record_sink sink = {.take = take, .context = &whole};
    struct format_counts counts = {0};
    struct error err = {0};
    struct input *input = input_open(path, &input_limits_default, &err);
    bool good = input != NULL && format_pubmed_xml.read(input, &sink, NULL, &counts, &err);
    input_close(input);
    if (!good)
        fprintf(stderr, "%s\n", err.message);
    return good && whole == counts.records ? 0 : 1;
}

static int read_xmllint(const char *path)
{
    execlp("xmllint", "xmllint", "--stream", "--noout", "--nonet", path, (char *)NULL);
    return NOT_INSTALLED;
}

static int read_python(const char *path)
{
    execlp("python3", "python3", "-c",
           "import sys, xml.etree.ElementTree as E\n"
           "events = iter(E.iterparse(sys.argv[1], events=('start', 'end')))\n"
           "_, root = next(events)\n"
           "for event, element in events:\n"
           "    if event == 'end' and element.tag == 'PubmedArticle':\n"
           "        [''.join(x.itertext()) for x in element.iter('AbstractText')]\n"
           "        [x.text for x in element.iter('LastName')]\n"
           "        element.findtext('.//PMID'), element.findtext('.//ArticleTitle')\n"
           "        root.clear()\n",
           path, (char *)NULL);
    return NOT_INSTALLED;
}

struct reader {
    const char *name;
    int (*read)(const char *path);
    bool missing;
    double best_s;
    double peak_mb[2]; /* of the shorter and the longer file */
};

static double now_s(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

/* Seconds for one reading in a process of its own; `peak_mb` is the memory it needed. */
static double run(struct reader *reader, const char *path, double *peak_mb)
{
    struct rusage usage;
    int status;
    double began = now_s();
    pid_t pid = fork();
    if (pid == 0)
        _exit(reader->read(path));
    if (pid < 0 || wait4(pid, &status, 0, &usage) != pid) {
        perror("fork");
        exit(1);
    }
    reader->missing = WIFEXITED(status) && WEXITSTATUS(status) == NOT_INSTALLED;
    if (!reader->missing && status != 0)
        fprintf(stderr, "%s failed\n", reader->name);
    *peak_mb = (double)usage.ru_maxrss / 1024;
    return now_s() - began;
}

static void measure(struct reader *reader, const char *shorter, const char *longer)
{
    if (reader->missing)
        return;
    run(reader, shorter, &reader->peak_mb[0]);
    double seconds = run(reader, longer, &reader->peak_mb[1]);
    if (reader->best_s == 0 || seconds < reader->best_s)
        reader->best_s = seconds;
}

static void print(const struct reader *reader, const struct reader *ours, size_t megabytes)
{
    if (reader->missing) {
        printf("  %-24s skipped: not installed\n", reader->name);
        return;
    }
    printf("  %-24s %7.2f s  %6.0f MB/s  ours is %5.2f times as fast  %5.1f MB, then %5.1f MB\n",
           reader->name, reader->best_s, (double)megabytes / reader->best_s,
           reader->best_s / ours->best_s, reader->peak_mb[0], reader->peak_mb[1]);
}

static void temporary_name(char *path, size_t size)
{
    const char *folder = getenv("TMPDIR");
    snprintf(path, size, "%s/touchstone-bench-XXXXXX", folder == NULL ? "/tmp" : folder);
    int file = mkstemp(path);
    if (file < 0) {
        perror(path);
        exit(1);
    }
    close(file);
}

int main(int argc, char **argv)
{
    struct reader readers[] = {
        {.name = "touchstone", .read = read_ours},
        {.name = "xmllint --stream --noout", .read = read_xmllint},
        {.name = "python3 iterparse", .read = read_python},
    };
    enum { READERS = sizeof readers / sizeof *readers };
    size_t megabytes = argc > 1 ? (size_t)strtoul(argv[1], NULL, 10) : DEFAULT_MEGABYTES;
    char longer[4096];
    char shorter[4096];
    temporary_name(longer, sizeof longer);
    temporary_name(shorter, sizeof shorter);
    size_t records = write_file(longer, megabytes * MEGABYTE);
    write_file(shorter, megabytes * MEGABYTE / SHORTER);
    for (int i = 0; i < RUNS; i++)
        for (size_t j = 0; j < READERS; j++)
            measure(&readers[j], shorter, longer);
    unlink(longer);
    unlink(shorter);
    printf("PubMed XML, %zu records in %zu MB (memory: for a tenth of it, then for all)\n", records,
           megabytes);
    for (size_t j = 0; j < READERS; j++)
        print(&readers[j], &readers[0], megabytes);
    return 0;
}
