#include "evidence/model/appraisal.h"

#include <ctype.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { MOST_DOMAINS = 16, PEDRO_ITEMS = 10, NOT_JUDGED = -1, NO_DOMAIN = 0, WORD_SIZE = 40 };

/* ---- words ---- */

/* A word with its rank, the best 0. */
struct word {
    const char *word;
    int rank;
};

enum { ROB_LOW, ROB_SOME, ROB_HIGH };
static const char *const rob2_names[] = {"low", "some-concerns", "high", NULL};
static const struct word rob2_words[] = {
    {"low", ROB_LOW},           {"+", ROB_LOW},  {"some concerns", ROB_SOME}, {"some", ROB_SOME},
    {"moderate", ROB_SOME},     {"?", ROB_SOME}, {"high", ROB_HIGH},          {"-", ROB_HIGH},
    {"\xe2\x88\x92", ROB_HIGH}, {NULL, 0}};

/* The first form of RoB 1 asked whether a domain was adequate: yes is a low risk. */
static const char *const rob1_names[] = {"low", "unclear", "high", NULL};
static const struct word rob1_words[] = {{"low", ROB_LOW},
                                         {"yes", ROB_LOW},
                                         {"+", ROB_LOW},
                                         {"unclear", ROB_SOME},
                                         {"some concerns", ROB_SOME},
                                         {"?", ROB_SOME},
                                         {"high", ROB_HIGH},
                                         {"no", ROB_HIGH},
                                         {"-", ROB_HIGH},
                                         {"\xe2\x88\x92", ROB_HIGH},
                                         {NULL, 0}};

enum { ROBINS_LOW, ROBINS_MODERATE, ROBINS_UNCLEAR, ROBINS_SERIOUS, ROBINS_CRITICAL };
static const char *const robins_names[] = {"low",     "moderate", "unclear",
                                           "serious", "critical", NULL};
static const struct word robins_words[] = {
    {"low", ROBINS_LOW},           {"moderate", ROBINS_MODERATE},
    {"unclear", ROBINS_UNCLEAR},   {"no information", ROBINS_UNCLEAR},
    {"ni", ROBINS_UNCLEAR},        {"serious", ROBINS_SERIOUS},
    {"critical", ROBINS_CRITICAL}, {NULL, 0}};

enum { AMSTAR_HIGH, AMSTAR_MODERATE, AMSTAR_LOW, AMSTAR_CRITICALLY_LOW };
enum { AMSTAR_MET, AMSTAR_NOT_MET };
static const char *const amstar_names[] = {"high", "moderate", "low", "critically-low", NULL};
static const struct word amstar_words[] = {{"yes", AMSTAR_MET},
                                           {"y", AMSTAR_MET},
                                           {"partial yes", AMSTAR_MET},
                                           {"partially yes", AMSTAR_MET},
                                           {"py", AMSTAR_MET},
                                           {"no meta analysis", AMSTAR_MET},
                                           {"no meta analysis conducted", AMSTAR_MET},
                                           {"no ma", AMSTAR_MET},
                                           {"not applicable", AMSTAR_MET},
                                           {"n/a", AMSTAR_MET},
                                           {"na", AMSTAR_MET},
                                           {"no", AMSTAR_NOT_MET},
                                           {"n", AMSTAR_NOT_MET},
                                           {NULL, 0}};

/* Lower case, hyphens as spaces, without "risk" and "risk of bias" behind it. */
static void plain_word(const char *text, char out[WORD_SIZE])
{
    static const char *const endings[] = {" risk of bias", " risk"};
    size_t length = 0;
    for (; text[length] != '\0' && length + 1 < WORD_SIZE; length++) {
        bool joint = length > 0 && (text[length] == '-' || text[length] == '_');
        out[length] = joint ? ' ' : (char)tolower((unsigned char)text[length]);
    }
    out[length] = '\0';
    for (size_t i = 0; i < sizeof endings / sizeof *endings; i++) {
        size_t ending = strlen(endings[i]);
        if (length > ending && strcmp(out + length - ending, endings[i]) == 0)
            length -= ending;
        out[length] = '\0';
    }
}

static int rank_of(const struct word *words, const char *text)
{
    char plain[WORD_SIZE];
    plain_word(text, plain);
    for (; words->word != NULL; words++)
        if (strcmp(plain, words->word) == 0)
            return words->rank;
    return NOT_JUDGED;
}

/* ---- domains ---- */

/* What an item may be called. The first that fits is taken; `other` is a second domain that it
 * covers. */
struct domain {
    int number;
    int other;
    const char *part; /* of its name */
};

static const struct domain rob2_domains[] = {
    {1, 0, "randomi"},    {2, 0, "deviation"}, {2, 0, "intended"}, {3, 0, "missing"},
    {4, 0, "measure"},    {5, 0, "report"},    {5, 0, "selecti"},  {6, 0, "carryover"},
    {6, 0, "carry-over"}, {6, 0, "period"},    {7, 0, "recruit"},  {7, 0, "identification"},
    {0, 0, NULL}};

static const struct domain rob1_domains[] = {{1, 0, "sequence"},
                                             {2, 0, "conceal"},
                                             {1, 0, "random"},
                                             {4, 0, "assess"},
                                             {3, 0, "participant"},
                                             {3, 0, "personnel"},
                                             {3, 4, "blinding (performance bias and"},
                                             {4, 0, "detection"},
                                             {3, 0, "performance"},
                                             {5, 0, "incomplete"},
                                             {5, 0, "attrition"},
                                             {5, 0, "missing"},
                                             {6, 0, "selective"},
                                             {6, 0, "report"},
                                             {1, 2, "selection bias"},
                                             {3, 4, "blinding"},
                                             {7, 0, "other"},
                                             {0, 0, NULL}};

static const struct domain robins_domains[] = {
    {7, 0, "report"},         {1, 0, "confounding"}, {2, 0, "selection"},
    {3, 0, "classification"}, {4, 0, "deviation"},   {4, 0, "intended"},
    {5, 0, "missing"},        {6, 0, "measure"},     {0, 0, NULL}};

static const struct domain amstar_domains[] = {{0, 0, NULL}};

/* How one instrument is read. */
struct form {
    const struct domain *domains;
    const struct word *answers;
    int numbers;  /* that its items have */
    int further;  /* what an item of another name counts as; NO_DOMAIN: nothing */
    bool letters; /* A for 1, as RevMan prints them */
};

static const struct form forms[] = {
    [INSTRUMENT_ROB2] = {rob2_domains, rob2_words, 5, 6, false},
    [INSTRUMENT_ROB1] = {rob1_domains, rob1_words, 7, 7, true},
    [INSTRUMENT_ROBINS_I] = {robins_domains, robins_words, 7, 8, false},
    [INSTRUMENT_AMSTAR2] = {amstar_domains, amstar_words, 16, NO_DOMAIN, false},
    [INSTRUMENT_OTHER] = {NULL, NULL, 0, NO_DOMAIN, false},
};

/* "2", "2. Protocol", "Item 2", "Q2", "D2", "11a": the number it begins with, else NO_DOMAIN. */
static int leading_number(const char *name, int most)
{
    static const char *const before[] = {"item", "question", "domain", "q", "d"};
    for (size_t i = 0; i < sizeof before / sizeof *before; i++)
        if (strncasecmp(name, before[i], strlen(before[i])) == 0) {
            name += strlen(before[i]);
            break;
        }
    name += strspn(name, " .:#");
    if (!isdigit((unsigned char)*name))
        return NO_DOMAIN;
    char *end;
    long number = strtol(name, &end, 10);
    bool part = isalpha((unsigned char)end[0]) && !isalnum((unsigned char)end[1]);
    bool ends = !isalnum((unsigned char)end[0]) || part;
    return ends && number >= 1 && number <= most ? (int)number : NO_DOMAIN;
}

static struct domain domain_of(const struct form *form, const char *name)
{
    struct domain found = {.number = leading_number(name, form->numbers)};
    if (found.number != NO_DOMAIN || strcasestr(name, "overall") != NULL)
        return found;
    if (form->letters && name[0] >= 'A' && name[0] < 'A' + form->numbers && name[1] == '\0')
        return (struct domain){.number = name[0] - 'A' + 1};
    for (const struct domain *domain = form->domains; domain->part != NULL; domain++)
        if (strcasestr(name, domain->part) != NULL)
            return *domain;
    return (struct domain){.number = form->further};
}

/* The worst answer by domain, from 1; NOT_JUDGED. */
struct answers {
    int of[MOST_DOMAINS + 1];
    bool any;
};

static void answer(struct answers *answers, int domain, int rank)
{
    if (domain == NO_DOMAIN)
        return;
    answers->any = true;
    if (rank > answers->of[domain])
        answers->of[domain] = rank;
}

static struct answers answers_of(const struct appraisal *appraisal, const struct form *form)
{
    struct answers answers = {.any = false};
    for (size_t i = 0; i <= MOST_DOMAINS; i++)
        answers.of[i] = NOT_JUDGED;
    for (size_t i = 0; appraisal->item_names[i] != NULL; i++) {
        int rank = rank_of(form->answers, appraisal->item_values[i]);
        struct domain domain = domain_of(form, appraisal->item_names[i]);
        if (rank == NOT_JUDGED)
            continue;
        answer(&answers, domain.number, rank);
        answer(&answers, domain.other, rank);
    }
    return answers;
}

/* ---- the algorithms: ranks of the best, the worst and the overall judgement ---- */

struct ranks {
    int best, worst;
    int overall; /* NOT_JUDGED */
};

/* The worst answer of the domains named (ended by 0), and whether one is not judged. */
static int worst_of(const struct answers *answers, const int *domains, bool *missing)
{
    int worst = 0;
    *missing = false;
    for (; *domains != 0; domains++) {
        *missing = *missing || answers->of[*domains] == NOT_JUDGED;
        worst = answers->of[*domains] > worst ? answers->of[*domains] : worst;
    }
    return worst;
}

static struct ranks rob2_ranks(const struct answers *answers)
{
    static const int needed[] = {1, 2, 3, 4, 5, 0};
    static const int further[] = {6, 7, 0}; /* of crossover and cluster trials, or of other names */
    bool missing;
    bool none;
    int concerns = 0;
    int worst = worst_of(answers, needed, &missing);
    int extra = worst_of(answers, further, &none);
    worst = extra > worst ? extra : worst;
    for (int domain = 1; domain <= 7; domain++)
        concerns += answers->of[domain] == ROB_SOME;
    return (struct ranks){.best = worst,
                          .worst = missing || concerns > 1 ? ROB_HIGH : worst,
                          .overall = missing && worst < ROB_HIGH ? NOT_JUDGED : worst};
}

static struct ranks rob1_ranks(const struct answers *answers)
{
    static const int key[] = {1, 2, 4, 5, 0};
    static const int others[] = {3, 6, 7, 0};
    bool missing;
    bool none;
    int worst = worst_of(answers, key, &missing);
    int other = worst_of(answers, others, &none);
    return (struct ranks){.best = worst,
                          .worst = missing         ? ROB_HIGH
                                   : other > worst ? other
                                                   : worst,
                          .overall = missing && worst < ROB_SOME ? ROB_SOME : worst};
}

static struct ranks robins_ranks(const struct answers *answers)
{
    static const int all[] = {1, 2, 3, 4, 5, 6, 7, 0};
    bool missing;
    int worst = worst_of(answers, all, &missing);
    worst = answers->of[8] > worst ? answers->of[8] : worst;
    return (struct ranks){.best = worst,
                          .worst = missing ? ROBINS_CRITICAL : worst,
                          .overall = missing && worst < ROBINS_SERIOUS ? NOT_JUDGED : worst};
}

static int amstar_rank(int flaws, int weaknesses)
{
    if (flaws > 0)
        return flaws > 1 ? AMSTAR_CRITICALLY_LOW : AMSTAR_LOW;
    return weaknesses > 1 ? AMSTAR_MODERATE : AMSTAR_HIGH;
}

static struct ranks amstar_ranks(const struct answers *answers)
{
    static const bool critical[MOST_DOMAINS + 1] = {
        [2] = true, [4] = true, [7] = true, [9] = true, [11] = true, [13] = true, [15] = true};
    int flaws = 0;
    int weaknesses = 0;
    int open_flaws = 0;
    int open_weaknesses = 0;
    for (int item = 1; item <= MOST_DOMAINS; item++) {
        bool open = answers->of[item] == NOT_JUDGED;
        bool bad = answers->of[item] == AMSTAR_NOT_MET;
        flaws += critical[item] && bad;
        weaknesses += !critical[item] && bad;
        open_flaws += critical[item] && open;
        open_weaknesses += !critical[item] && open;
    }
    int best = amstar_rank(flaws, weaknesses);
    int worst = amstar_rank(flaws + open_flaws, weaknesses + open_weaknesses);
    return (struct ranks){.best = best,
                          .worst = worst == AMSTAR_MODERATE ? AMSTAR_LOW : worst,
                          .overall = best == worst ? best : NOT_JUDGED};
}

static bool ranks_of(const struct appraisal *appraisal, struct ranks *out)
{
    bool known =
        appraisal->instrument == INSTRUMENT_ROB2 || appraisal->instrument == INSTRUMENT_ROB1 ||
        appraisal->instrument == INSTRUMENT_ROBINS_I || appraisal->instrument == INSTRUMENT_AMSTAR2;
    if (!known || appraisal->item_names == NULL)
        return false;
    struct answers answers = answers_of(appraisal, &forms[appraisal->instrument]);
    *out = appraisal->instrument == INSTRUMENT_ROB2       ? rob2_ranks(&answers)
           : appraisal->instrument == INSTRUMENT_ROB1     ? rob1_ranks(&answers)
           : appraisal->instrument == INSTRUMENT_ROBINS_I ? robins_ranks(&answers)
                                                          : amstar_ranks(&answers);
    return answers.any;
}

static const char *const *ranked_names(enum instrument instrument)
{
    return instrument == INSTRUMENT_ROB2       ? rob2_names
           : instrument == INSTRUMENT_ROB1     ? rob1_names
           : instrument == INSTRUMENT_ROBINS_I ? robins_names
                                               : amstar_names;
}

/* ---- for others ---- */

bool appraisal_range_of(const struct appraisal *appraisal, struct appraisal_range *out)
{
    struct ranks ranks;
    const char *const *names = ranked_names(appraisal->instrument);
    if (!ranks_of(appraisal, &ranks))
        return false;
    *out = (struct appraisal_range){.best = names[ranks.best],
                                    .worst = names[ranks.worst],
                                    .overall =
                                        ranks.overall == NOT_JUDGED ? NULL : names[ranks.overall]};
    return true;
}

const char *appraisal_overall(const struct appraisal *appraisal)
{
    struct appraisal_range range;
    if (appraisal->overall != NULL)
        return appraisal->overall;
    return appraisal_range_of(appraisal, &range) ? range.overall : NULL;
}

/* RoB 1 has two words of one rank. */
static int overall_rank(enum instrument instrument, const char *word)
{
    const char *const *names = ranked_names(instrument);
    for (int rank = 0; names[rank] != NULL; rank++)
        if (strcmp(names[rank], word) == 0)
            return rank;
    return instrument == INSTRUMENT_ROB1 && strcmp(word, "some-concerns") == 0 ? ROB_SOME
                                                                               : NOT_JUDGED;
}

bool appraisal_contradicts_items(const struct appraisal *appraisal, struct appraisal_range *range)
{
    struct ranks ranks;
    if (appraisal->overall == NULL || !ranks_of(appraisal, &ranks) ||
        !appraisal_range_of(appraisal, range))
        return false;
    int rank = overall_rank(appraisal->instrument, appraisal->overall);
    return rank != NOT_JUDGED && (rank < ranks.best || rank > ranks.worst);
}

const char *const *appraisal_overall_words(enum instrument instrument)
{
    static const char *const rob1[] = {"low", "some-concerns", "unclear", "high", NULL};
    static const char *const robis[] = {"low", "unclear", "high", NULL};
    switch (instrument) {
    case INSTRUMENT_ROB2:
    case INSTRUMENT_ROBINS_I:
    case INSTRUMENT_AMSTAR2:
        return ranked_names(instrument);
    case INSTRUMENT_ROB1:
        return rob1;
    case INSTRUMENT_ROBIS:
        return robis;
    case INSTRUMENT_GRADE:
        return certainty_names;
    case INSTRUMENT_PEDRO:
    case INSTRUMENT_JADAD:
    case INSTRUMENT_OTHER:
        break;
    }
    return NULL;
}

int appraisal_pedro_yes(const struct appraisal *appraisal, size_t *judged)
{
    int yes = 0;
    *judged = 0;
    for (size_t i = 0; appraisal->item_names != NULL && appraisal->item_names[i] != NULL; i++) {
        if (strcasestr(appraisal->item_names[i], "eligib") != NULL)
            continue;
        yes += strcasecmp(appraisal->item_values[i], "yes") == 0;
        ++*judged;
    }
    return yes;
}

double appraisal_pedro_total(const struct appraisal *appraisal)
{
    size_t judged;
    int yes = appraisal_pedro_yes(appraisal, &judged);
    if (!isnan(appraisal->score) || judged < PEDRO_ITEMS)
        return appraisal->score;
    return yes;
}
