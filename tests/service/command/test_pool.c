/* `touchstone pool` from the outside: what goes in, what comes out, and with which exit status. */
#include <fcntl.h>
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>
#include <jansson.h>

#include "service/command/pool.h"
#include "service/command/pool_input.h"

/* ---- running it ---- */

struct result {
    int status;
    char out[200000];
    char err[4000];
};

static struct result result;

static int redirected(int descriptor, const char *path)
{
    int kept = dup(descriptor);
    int file = open(path, O_CREAT | O_TRUNC | O_WRONLY, 0600);
    assert_true(kept >= 0 && file >= 0);
    dup2(file, descriptor);
    close(file);
    return kept;
}

static void restore(int descriptor, int kept)
{
    dup2(kept, descriptor);
    close(kept);
}

static void slurp(const char *path, char *out, size_t size)
{
    FILE *file = fopen(path, "r");
    assert_non_null(file);
    out[fread(out, 1, size - 1, file)] = '\0';
    fclose(file);
}

static char folder[] = "/tmp/touchstone-pool-XXXXXX";

static const char *in_folder(const char *name)
{
    static char paths[3][80];
    static int next;
    next = (next + 1) % 3;
    snprintf(paths[next], sizeof paths[next], "%s/%s", folder, name);
    return paths[next];
}

/* The command with up to three options, over a file that holds `input` (NULL: no file). */
static void run(const char *input, const char *one, const char *two, const char *three)
{
    char path[80];
    snprintf(path, sizeof path, "%s", in_folder("input"));
    unlink(path);
    if (input != NULL) {
        FILE *file = fopen(path, "w");
        assert_non_null(file);
        fputs(input, file);
        fclose(file);
    }
    char *argv[6] = {(char *)"pool"};
    int argc = 1;
    const char *options[] = {one, two, three};
    for (size_t i = 0; i < 3; i++) {
        if (options[i] != NULL)
            argv[argc++] = (char *)options[i];
    }
    argv[argc++] = path;
    fflush(stdout);
    fflush(stderr);
    int out = redirected(STDOUT_FILENO, in_folder("out"));
    int err = redirected(STDERR_FILENO, in_folder("err"));
    result.status = command_pool(argc, argv);
    fflush(stdout);
    fflush(stderr);
    restore(STDOUT_FILENO, out);
    restore(STDERR_FILENO, err);
    slurp(in_folder("out"), result.out, sizeof result.out);
    slurp(in_folder("err"), result.err, sizeof result.err);
}

static int make_folder(void **state)
{
    (void)state;
    return mkdtemp(folder) == NULL;
}

static int remove_folder(void **state)
{
    (void)state;
    const char *names[] = {"input", "out", "err"};
    for (size_t i = 0; i < 3; i++)
        unlink(in_folder(names[i]));
    return rmdir(folder);
}

static json_t *output_json(void)
{
    json_error_t fault;
    json_t *value = json_loads(result.out, 0, &fault);
    if (value == NULL)
        fail_msg("not JSON: %s\n%s", fault.text, result.out);
    return value;
}

static void number_is(const json_t *object, const char *key, double want)
{
    double got = json_number_value(json_object_get(object, key));
    if (!(fabs(got - want) <= 1e-8 * fmax(1, fabs(want))))
        fail_msg("%s is %.15g, not %.15g", key, got, want);
}

static void says(const char *text, const char *part)
{
    if (strstr(text, part) == NULL)
        fail_msg("\"%s\" is not in:\n%s", part, text);
}

/* ---- inputs ---- */

/* Normand 1999; the numbers expected of it are metafor's (../evidence/statistics/data). */
#define NORMAND                                                                                    \
    "{\"measure\":\"GEN\",\"studies\":[{\"label\":\"Edinburgh\",\"yi\":-20,\"vi\":40.5863},"       \
    "{\"yi\":-2,\"vi\":2.0468},{\"yi\":-55,\"vi\":15.2809},{\"yi\":-71,\"vi\":150.2222},"          \
    "{\"yi\":-4,\"vi\":20.1923},{\"yi\":1,\"vi\":1.2235},{\"yi\":11,\"vi\":95.3756},"              \
    "{\"yi\":-10,\"vi\":8.0321},{\"yi\":7,\"vi\":20.6936}]}"

static void one_object_gives_one_object(void **state)
{
    (void)state;
    run(NORMAND, "--json", NULL, NULL);
    assert_int_equal(result.status, 0);
    assert_string_equal(result.err, "");
    json_t *answer = output_json();
    number_is(answer, "k", 9);
    number_is(answer, "b", -15.121685027101);
    number_is(answer, "se", 8.95420075946);
    number_is(answer, "tau2", 685.196494146139);
    number_is(answer, "I2", 98.916165683211);
    number_is(answer, "pi_ub", 39.101497214585);
    number_is(json_object_get(answer, "egger"), "df", 7);
    assert_int_equal(json_array_size(json_object_get(answer, "leave1out")), 9);
    assert_int_equal(json_array_size(json_object_get(answer, "cumulative")), 9);
    assert_true(json_is_null(json_object_get(answer, "df")));
    json_decref(answer);
}

static void every_field_of_the_contract_is_there(void **state)
{
    (void)state;
    static const char *const fields[] = {
        "k",       "b",       "se",    "ci_lb", "ci_ub",    "stat",      "p",          "tau2",
        "se_tau2", "I2",      "H2",    "Q",     "Qp",       "pi_lb",     "pi_ub",      "tau2_lb",
        "tau2_ub", "studies", "egger", "begg",  "trimfill", "leave1out", "cumulative", "fsn"};
    /* One study alone: most of it is null, and all of it is there. */
    run("{\"studies\":[{\"yi\":1,\"vi\":2}]}", "--json", NULL, NULL);
    assert_int_equal(result.status, 0);
    json_t *answer = output_json();
    for (size_t i = 0; i < sizeof fields / sizeof *fields; i++) {
        if (json_object_get(answer, fields[i]) == NULL)
            fail_msg("no %s", fields[i]);
    }
    json_decref(answer);
}

static void options_stand_in_for_what_the_input_does_not_say(void **state)
{
    (void)state;
    run(NORMAND, "--json", "--method=DL", "--test=knha");
    json_t *answer = output_json();
    assert_string_equal(json_string_value(json_object_get(answer, "method")), "DL");
    number_is(answer, "tau2", 218.719200903596);
    number_is(answer, "df", 8);
    json_decref(answer);
}

static void an_array_gives_an_array(void **state)
{
    (void)state;
    run("[" NORMAND ",\n {\"id\":\"bad\",\"studies\":[{\"yi\":1}]}, " NORMAND "]", "--json", NULL,
        NULL);
    assert_int_equal(result.status, 1);
    says(result.err, "no study has the figures");
    json_t *answer = output_json();
    assert_int_equal(json_array_size(answer), 3);
    number_is(json_array_get(answer, 0), "k", 9);
    assert_non_null(json_object_get(json_array_get(answer, 1), "error"));
    assert_string_equal(json_string_value(json_object_get(json_array_get(answer, 1), "id")), "bad");
    number_is(json_array_get(answer, 2), "k", 9);
    json_decref(answer);
}

static void an_empty_array_gives_an_empty_array(void **state)
{
    (void)state;
    run(" [ ] ", "--json", NULL, NULL);
    assert_int_equal(result.status, 0);
    assert_string_equal(result.out, "[]\n");
}

static void lines_of_json_give_lines_of_json(void **state)
{
    (void)state;
    run(NORMAND "\n{\"studies\":[{\"yi\":1,\"vi\":-1}]}\n" NORMAND "\n", "--json", NULL, NULL);
    assert_int_equal(result.status, 1);
    says(result.err, "/studies/0/vi: must not be below 0");
    says(result.err, "line 2");
    size_t lines = 0;
    for (const char *c = result.out; *c != '\0'; c++)
        lines += *c == '\n';
    assert_int_equal(lines, 3);
}

static void rows_of_one_id_are_one_analysis(void **state)
{
    (void)state;
    run("analysis_id,study,measure,ai,n1,ci,n2\n"
        "a,\"Smith, \"\"Jo\"\"\",RR,2,10,5,10\na,B,RR,3,20,6,20\n"
        "b,C,OR,2,10,5,10\n",
        "--json", NULL, NULL);
    assert_int_equal(result.status, 0);
    char *second = strchr(result.out, '\n');
    assert_non_null(second);
    json_t *last = json_loads(second + 1, 0, NULL);
    *second = '\0';
    json_t *first = output_json();
    assert_string_equal(json_string_value(json_object_get(first, "id")), "a");
    number_is(first, "k", 2);
    const json_t *study = json_array_get(json_object_get(first, "studies"), 0);
    assert_string_equal(json_string_value(json_object_get(study, "label")), "Smith, \"Jo\"");
    assert_string_equal(json_string_value(json_object_get(last, "id")), "b");
    number_is(last, "b", log(0.25));
    json_decref(first);
    json_decref(last);
}

static void csv_without_an_id_is_one_analysis(void **state)
{
    (void)state;
    run("\xEF\xBB\xBFyi,vi\r\n1,2\r\n\r\n2,3\r\n", "--json", NULL, NULL);
    assert_int_equal(result.status, 0);
    json_t *answer = output_json();
    number_is(answer, "k", 2);
    json_decref(answer);
}

static void moderators_and_groups_are_answered(void **state)
{
    (void)state;
    run("{\"measure\":\"MD\",\"studies\":["
        "{\"yi\":1,\"vi\":0.1,\"x\":[1,5],\"g\":\"a\"},{\"yi\":2,\"vi\":0.1,\"x\":[2,1],\"g\":"
        "\"a\"},"
        "{\"yi\":4,\"vi\":0.1,\"x\":[3,2],\"g\":\"b\"},{\"yi\":3,\"vi\":0.1,\"x\":[4,9],\"g\":"
        "\"b\"},"
        "{\"yi\":5,\"vi\":0.1,\"x\":[5,3],\"g\":\"b\"}]}",
        "--json", "--method=FE", NULL);
    assert_int_equal(result.status, 0);
    json_t *answer = output_json();
    /* As in test_regression.c, by hand. */
    const json_t *subgroup = json_object_get(answer, "subgroup");
    number_is(json_object_get(subgroup, "between"), "QM", 75);
    assert_int_equal(json_array_size(json_object_get(subgroup, "groups")), 2);
    const json_t *coefficients = json_object_get(json_object_get(answer, "metareg"), "coef");
    assert_int_equal(json_array_size(coefficients), 3);
    assert_string_equal(json_string_value(json_object_get(json_array_get(coefficients, 2), "term")),
                        "x2");
    json_decref(answer);
}

/* ---- for people ---- */

static int columns(const char *line)
{
    int width = 0;
    for (; *line != '\0' && *line != '\n'; line++)
        width += ((unsigned char)*line & 0xC0) != 0x80;
    return width;
}

static void no_line_is_wider_than_the_terminal(void **state)
{
    (void)state;
    for (int width = 30; width <= 130; width += 7) {
        char text[20];
        snprintf(text, sizeof text, "%d", width);
        setenv("COLUMNS", text, 1);
        run(NORMAND, NULL, NULL, NULL);
        unsetenv("COLUMNS");
        assert_int_equal(result.status, 0);
        says(result.out, "GEN, 9 studies, REML, z");
        for (const char *line = result.out; line != NULL && *line != '\0';) {
            if (columns(line) > width)
                fail_msg("%d columns of %d: %.*s", columns(line), width, (int)strcspn(line, "\n"),
                         line);
            line = strchr(line, '\n');
            line = line == NULL ? NULL : line + 1;
        }
    }
}

static void the_plot_has_a_line_a_study_and_one_for_the_pool(void **state)
{
    (void)state;
    setenv("COLUMNS", "80", 1);
    run(NORMAND, NULL, NULL, NULL);
    unsetenv("COLUMNS");
    says(result.out, "Edinburgh");
    says(result.out, "◆");
    says(result.out, "-15 [-33, 2]");
    says(result.out, "Prediction interval [-69, 39], normal");
    assert_null(strchr(result.out, '\033'));
}

static void labels_cannot_steer_the_terminal(void **state)
{
    (void)state;
    run("{\"id\":\"\\u001b[2J\",\"studies\":[{\"label\":\"a\\u001b]0;x\\u0007b\",\"yi\":1,\"vi\":1}"
        "]}",
        NULL, NULL, NULL);
    assert_int_equal(result.status, 0);
    assert_null(strchr(result.out, '\033'));
    assert_null(strchr(result.out, '\007'));
    says(result.out, "a?]0;x?b");
    run("yi,vi,label\n1,1,\xFF\xC3\x9B\n", NULL, NULL, NULL);
    says(result.out, "?Û");
}

static void many_analyses_are_a_table(void **state)
{
    (void)state;
    run("id,yi,vi\none,1,2\none,2,2\ntwo,3,1\nthree,x,1\n", NULL, NULL, NULL);
    assert_int_equal(result.status, 1);
    says(result.out, "one");
    says(result.out, "two");
    says(result.out, "three");
    says(result.err, ":5: field 2 is \"x\"");
}

/* ---- refusals ---- */

static void bad_input_is_refused_with_its_place(void **state)
{
    (void)state;
    static const struct {
        const char *input, *says;
    } cases[] = {
        {"", "nothing in it"},
        {"{", "not JSON"},
        {"{\"studies\":[{\"yi\":1,\"vi\":2}],\"studies\":[]}", "not JSON"},
        {"{\"measure\":\"SMD\"}", "/studies: required"},
        {"{\"studies\":[]}", "without studies"},
        {"{\"studies\":[{\"m1\":1}]}", "no measure"},
        {"{\"measure\":\"smd\",\"studies\":[{\"yi\":1,\"vi\":2}]}", "/measure: must be one of"},
        {"{\"method\":\"XX\",\"studies\":[{\"yi\":1,\"vi\":2}]}", "/method: must be one of"},
        {"{\"test\":\"t\",\"studies\":[{\"yi\":1,\"vi\":2}]}", "/test: must be one of"},
        {"{\"level\":95,\"studies\":[{\"yi\":1,\"vi\":2}]}", "/level: must lie between"},
        {"{\"to\":\"x\",\"studies\":[{\"yi\":1,\"vi\":2}]}", "/to: must be one of"},
        {"{\"add\":-1,\"studies\":[{\"yi\":1,\"vi\":2}]}", "/add: must not be below 0"},
        {"{\"studies\":[{\"yi\":\"1\",\"vi\":2}]}", "/studies/0/yi: must be a number"},
        {"{\"studies\":[{\"yi\":1,\"vi\":2},{\"yi\":1,\"v\":2}]}", "/studies/1/v: unknown field"},
        {"{\"studies\":[{\"yi\":1,\"vi\":-2}]}", "/studies/0/vi: must not be below 0"},
        {"{\"studies\":[{\"yi\":1,\"vi\":0}]}", "no study has the figures"},
        {"{\"studies\":[{\"yi\":1e300,\"vi\":1},{\"yi\":-1e300,\"vi\":1}]}", "too far apart"},
        {"{\"measure\":\"RR\",\"studies\":[{\"ai\":5,\"n1\":4,\"ci\":1,\"n2\":4}]}",
         "/studies/0/ai: more events than people"},
        {"{\"studies\":[{\"yi\":1,\"vi\":2,\"x\":[1,2,3,4,5,6,7,8,9]}]}", "at most 8"},
        {"{\"studies\":[{\"yi\":1,\"vi\":2,\"x\":[\"a\"]}]}", "must hold numbers"},
        {"{\"studies\":[5]}", "/studies/0: must be an object"},
        {"[5]", "not an array of objects"},
        {"[" NORMAND " " NORMAND "]", "',' or ']'"},
        {"[]x", "follows the end"},
        {NORMAND "x", "must begin with"},
        {"yi,v\n1,2\n", "column 2 is called \"v\""},
        {"yi,yi\n1,2\n", "twice"},
        {"yi,vi\n1\n", ":2: 1 fields under 2 columns"},
        {"yi,vi\n1,0x10\n", "not a number"},
        {"yi,vi\n1,inf\n", "not a number"},
        {"yi,vi\n1,1e999\n", "not a number"},
        {"yi,vi\n1,-1\n", ":2: vi: must not be below 0"},
        {"yi,vi\n1,\"2\n", "quote is not closed"},
        {"id,measure,yi,vi\na,MD,1,2\na,SMD,1,2\n", "measure changes"},
        {"id,measure,yi,vi\na,XX,1,2\n", "measure is \"XX\""},
        {"m1,m2\n1,2\n", "no measure"},
        {"yi,vi\n", "no analysis in it"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        run(cases[i].input, NULL, NULL, NULL);
        if (result.status != 1 || strstr(result.err, cases[i].says) == NULL)
            fail_msg("%s\nstatus %d, \"%s\" without \"%s\"", cases[i].input, result.status,
                     result.err, cases[i].says);
    }
}

static void a_file_that_is_not_there_is_bad_input(void **state)
{
    (void)state;
    run(NULL, NULL, NULL, NULL);
    assert_int_equal(result.status, 1);
    says(result.err, "No such file");
}

static void a_wrong_command_line_is_a_usage_error(void **state)
{
    (void)state;
    run(NORMAND, "--method=XX", NULL, NULL);
    assert_int_equal(result.status, 2);
    says(result.err, "usage:");
    run(NORMAND, "--level=95", NULL, NULL);
    assert_int_equal(result.status, 2);
    run(NORMAND, "--nonsense", NULL, NULL);
    assert_int_equal(result.status, 2);
    run(NORMAND, "another", NULL, NULL);
    assert_int_equal(result.status, 2);
}

static void what_is_too_large_is_refused(void **state)
{
    (void)state;
    size_t size = POOL_MAX_ROW_BYTES + 100;
    char *text = malloc(size + 1);
    memset(text, 'a', size);
    memcpy(text, "yi,vi,label\n1,2,", 16);
    text[size] = '\0';
    run(text, NULL, NULL, NULL);
    free(text);
    assert_int_equal(result.status, 1);
    says(result.err, "longer than");
    run("a,b,c,d,e,f,g,h,i,j,k,l,m,n,o,p,q,r,s,t,u,v,w,x,y,z,a,b,c,d,e,f,g,h,i,j,k,l,m,n,o,p,q,r,s,"
        "t,u,v,w,x,y,z,a,b,c,d,e,f,g,h,i,j,k,l,m,n,o,p\n",
        NULL, NULL, NULL);
    says(result.err, "more than 64 columns");
}

/* More than leave-one-out is done for, in one analysis. */
static void thousands_of_studies_are_pooled_without_refitting(void **state)
{
    (void)state;
    size_t rows = 3000, length = 0, size = 12 + rows * 40;
    char *text = malloc(size);
    length += (size_t)snprintf(text, size, "yi,vi\n");
    for (size_t i = 0; i < rows; i++)
        length += (size_t)snprintf(text + length, size - length, "%.3f,%.3f\n",
                                   sin((double)i * 1.7), 0.1 + 0.01 * (double)(i % 7));
    run(text, NULL, NULL, NULL);
    free(text);
    assert_int_equal(result.status, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(one_object_gives_one_object),
        cmocka_unit_test(every_field_of_the_contract_is_there),
        cmocka_unit_test(options_stand_in_for_what_the_input_does_not_say),
        cmocka_unit_test(an_array_gives_an_array),
        cmocka_unit_test(an_empty_array_gives_an_empty_array),
        cmocka_unit_test(lines_of_json_give_lines_of_json),
        cmocka_unit_test(rows_of_one_id_are_one_analysis),
        cmocka_unit_test(csv_without_an_id_is_one_analysis),
        cmocka_unit_test(moderators_and_groups_are_answered),
        cmocka_unit_test(no_line_is_wider_than_the_terminal),
        cmocka_unit_test(the_plot_has_a_line_a_study_and_one_for_the_pool),
        cmocka_unit_test(labels_cannot_steer_the_terminal),
        cmocka_unit_test(many_analyses_are_a_table),
        cmocka_unit_test(bad_input_is_refused_with_its_place),
        cmocka_unit_test(a_file_that_is_not_there_is_bad_input),
        cmocka_unit_test(a_wrong_command_line_is_a_usage_error),
        cmocka_unit_test(what_is_too_large_is_refused),
        cmocka_unit_test(thousands_of_studies_are_pooled_without_refitting),
    };
    return cmocka_run_group_tests(tests, make_folder, remove_folder);
}
