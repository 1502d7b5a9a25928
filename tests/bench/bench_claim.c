/*
 * How long it takes to vet a text: ordinary adverts, a page of 100 kB made of them, and 1 MB of one
 * word, which has no claim in it. Prints median and 99th percentile of processor time.
 *
 *   bench_claim DATA_FOLDER [ROUNDS]
 */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "evidence/base/buffer.h"
#include "evidence/judgement/claim/claim.h"
#include "evidence/judgement/knowledge.h"

enum { ROUNDS = 2000, PAGE_ROUNDS = 60, PAGE_BYTES = 100000, ROUNDS_MOST = 1000000 };

static const char *const adverts[] = {
    "Melts muscle knots in 60 seconds! Our pocket massage gun is clinically proven to end neck "
    "pain "
    "for good. No side effects, FDA registered, 10,000 five star reviews.",
    "Dry needling at our practice may ease a stiff neck for a few weeks. A small bruise or "
    "soreness "
    "for a day is common. Tell us if you take blood thinners.",
    "\xE2\x9C\x85 Boosts circulation \xE2\x9C\x85 Flushes toxins \xE2\x9C\x85 Relieves arthritis, "
    "sciatica and back pain \xE2\x9C\x85 Suitable for everyone. Copper knee sleeve, sizes S to XL.",
    "Does a TENS unit help with lower back pain? I heard that it works while it is on, and that "
    "doctors recommend it.",
    "<p>The <b>SpineStretch&trade;</b> realigns discs, takes the pressure off nerves and relieves "
    "back pain by up to 87%.</p><ul><li>Patented</li><li>Lasting relief in 10 minutes a "
    "day</li></ul>",
    "Foam rolling for two minutes a muscle brings a few more degrees of movement for a short "
    "while. "
    "It does not break down scar tissue and will not cure tendon pain.",
    "Warm wheat pillow with lavender. Heats in the microwave, stays warm for half an hour, and "
    "soothes tense shoulders better than pills ever could.",
    "Wear the magnetic bracelet day and night. Used for centuries, it balances your energy, "
    "improves "
    "sleep and reduces inflammation. Money back within 60 days."};
enum { ADVERTS = sizeof adverts / sizeof *adverts };

static double now_us(void)
{
    struct timespec time;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time); /* others may be at work here */
    return (double)time.tv_sec * 1e6 + (double)time.tv_nsec / 1e3;
}

static int by_time(const void *left, const void *right)
{
    double a = *(const double *)left;
    double b = *(const double *)right;
    return a < b ? -1 : a > b;
}

/* Vets once; gives the atoms found. */
static size_t vet(const struct catalog *catalog, const char *text, size_t length)
{
    struct arena *arena = arena_new();
    struct claim claim;
    struct error err = {0};
    if (!claim_vet(catalog, text, length, NULL, arena, &claim, &err)) {
        fprintf(stderr, "%s\n", err.message);
        exit(1);
    }
    size_t atoms = claim.atom_count;
    arena_free(arena);
    return atoms;
}

static void print_times(const char *what, double *times, size_t count, size_t atoms)
{
    qsort(times, count, sizeof *times, by_time);
    printf("%-28s p50 %8.1f us   p99 %8.1f us   (%zu runs, %zu claims)\n", what, times[count / 2],
           times[count * 99 / 100], count, atoms);
}

static void time_adverts(const struct catalog *catalog, size_t rounds)
{
    double *times = calloc(rounds, sizeof *times);
    size_t atoms = 0;
    for (size_t i = 0; times != NULL && i < rounds; i++) {
        const char *text = adverts[i % ADVERTS];
        double began = now_us();
        atoms += vet(catalog, text, strlen(text));
        times[i] = now_us() - began;
    }
    if (times != NULL)
        print_times("an ordinary advert", times, rounds, atoms);
    free(times);
}

static void time_text(const struct catalog *catalog, const char *what, const struct buffer *text)
{
    double times[PAGE_ROUNDS];
    size_t atoms = 0;
    for (size_t i = 0; i < PAGE_ROUNDS; i++) {
        double began = now_us();
        atoms = vet(catalog, buffer_string(text), text->length);
        times[i] = now_us() - began;
    }
    print_times(what, times, PAGE_ROUNDS, atoms);
}

static void time_page(const struct catalog *catalog)
{
    struct buffer page = {0};
    for (size_t i = 0; page.length < PAGE_BYTES; i++)
        buffer_printf(&page, "%s\n\n", adverts[i % ADVERTS]);
    time_text(catalog, "a page of 100 kB", &page);
    buffer_release(&page);
}

static void time_one_word(const struct catalog *catalog)
{
    struct buffer word = {0};
    for (size_t i = 0; i < CLAIM_BYTES; i++)
        buffer_byte(&word, 'a');
    time_text(catalog, "1 MB of one word", &word);
    buffer_release(&word);
}

int main(int argc, char **argv)
{
    long rounds = argc > 2 ? atol(argv[2]) : ROUNDS;
    if (argc < 2 || rounds < 1 || rounds > ROUNDS_MOST) {
        fputs("usage: bench_claim DATA_FOLDER [ROUNDS]\n", stderr);
        return 2;
    }
    struct arena *arena = arena_new();
    struct problems problems = {.arena = arena};
    struct base base;
    struct catalog_stamp stamp = {.hash = "bench"};
    struct error err = {0};
    base_read_folder(argv[1], &base, &problems);
    struct catalog *catalog = knowledge_of(arena, &base, &stamp, &err);
    if (catalog == NULL) {
        fprintf(stderr, "%s\n", err.message);
        return 1;
    }
    vet(catalog, adverts[0], strlen(adverts[0])); /* the words are made ready once */
    time_adverts(catalog, (size_t)rounds);
    time_page(catalog);
    time_one_word(catalog);
    catalog_release(catalog);
    return 0;
}
