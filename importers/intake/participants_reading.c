#include "importers/intake/participants_reading.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "evidence/base/json_reader.h"
#include "importers/intake/phrase_number.h"

enum {
    ABSTRACT_MOST = 20000, /* bytes that are looked at */
    FROM_MOST = 160,
    ADJECTIVES_MOST = 4, /* between a number and the people: "62 adult female neck pain patients" */
    CLAUSE_MOST = 16,    /* words between the people and what was done with them */
    BACK_MOST = 4,       /* words looked back for what a number belongs to */
    LEAST = 2,
    MOST = 10000000,
    SMALLEST_ARM = 5
};

/* ---- words (patterns of phrase.h) ---- */

static const char people[] =
    "patients|participants|subjects|individuals|adults|people|persons|volunteers|women|men|females|"
    "males|children|adolescents|athletes|players|runners|students|workers|nurses|soldiers|veterans|"
    "outpatients|inpatients|boys|girls|sufferers|respondents|elders";

/* Sexes are parts of a whole, where both are told. */
static const char female[] = "women|females|girls|woman|female|girl";
static const char male[] = "men|males|boys|man|male|boy";
static const char female_or_male[] = "women|females|girls|men|males|boys";

/* Others that are counted beside those: "62 healthy controls". */
static const char others_near[] =
    "~2 controls|control|siblings|relatives|carers|caregivers|family|families|partners|spouses|"
    "parents|juveniles|juvenile";

static const char animals[] = "dogs|dog|rats|rat|mice|mouse|cats|cat|horses|horse|rabbits|rabbit|"
                              "pigs|pig|sheep|animals|animal|monkeys|cows|goats|zebrafish|bitches";

/* What may stand between a number and the people. */
static const char adjectives[] =
    "adult|older|elderly|young|younger|middle|aged|consecutive|eligible|healthy|asymptomatic|"
    "symptomatic|female|male|pregnant|postmenopausal|community|dwelling|sedentary|active|"
    "physically|"
    "untrained|trained|recreational|recreationally|professional|amateur|elite|office|university|"
    "college|overweight|obese|chronic|acute|subacute|neck|back|low|shoulder|knee|hip|pain|painful|"
    "headache|migraine|fibromyalgia|osteoarthritis|stroke|cancer|cardiac|surgical|dental|"
    "musculoskeletal|myofascial|mps|tmd|cp|oa|ra|fm|right|handed|of|the|these|included|randomised|"
    "randomized|recruited|enrolled|outpatient|hospitalised|hospitalized|human|male|new|suitable";

/* Only before these words may "of" and "the" stand: "62 of the patients" is a part. */
static const char never_between[] = "of|the|these";

/* What is done with all people of a study. */
static const char taken_in[] =
    "randomised|randomized|enrolled|recruited|included|allocated|assigned|studied|entered|"
    "investigated|selected|divided|distributed";
static const char allotted[] = "randomised|randomized|enrolled|recruited|allocated|assigned";

/* People are put into one arm, unless another is named with it. */
static const char put_into[] = "randomised|randomized|allocated|assigned";
static const char several[] =
    "or|either|and|two|three|four|five|six|groups|arms|between|versus|vs|both";

/* What is done with other people than those, or with some of them. */
static const char not_all[] =
    "screened|assessed|approached|invited|contacted|identified|eligible|ineligible|excluded|"
    "completed|completing|declined|refused|withdrew|withdrawn|lost|dropped|discontinued|analysed|"
    "analyzed|evaluated|responded|reported|improved|experienced|developed|died|underwent|remained|"
    "missing|attended|available|registered|referred|showed|achieved|whom|which";

/* What is not done yet, or was counted before it was. */
static const char planned[] = "will|would|planned|plan|plans|aim|aims|require|required|needed|"
                              "calculated|estimated|power|anticipated|expected|intend|intended";

/* A number belongs to one group. */
static const char group_words[] =
    "group|groups|arm|arms|placebo|sham|control|controls|intervention|"
    "experimental|comparison|cohort|cohorts|subgroup|subset|each|per|"
    "treatment|active|waitlist|trials|studies|rcts|articles|papers|"
    "sites|centers|centres|events|knees|teeth|sessions|respectively";

static const char about[] =
    "approximately|about|around|nearly|almost|over|least|up|than|circa|some|"
    "average|mean|median";

static const char adverbs[] = "then|finally|initially|prospectively|subsequently|equally|also|"
                              "successfully|eventually|thus|consecutively|randomly|blindly|further";

/* ---- clauses ---- */

/* True if one of the words stands among those before `word`, in the same clause. */
static bool is_before(const struct phrase_text *text, size_t word, const char *wanted, size_t most)
{
    for (size_t i = 0; i < most && word > 0 && !phrase_breaks_before(text, word); i++)
        if (phrase_is(text, --word, wanted))
            return true;
    return false;
}

static size_t start_of_sentence(const struct phrase_text *text, size_t word)
{
    while (!phrase_breaks_before(text, word))
        word--;
    return word;
}

static bool is_in_sentence(const struct phrase_text *text, size_t word, const char *wanted)
{
    word = start_of_sentence(text, word);
    do {
        if (phrase_is(text, word, wanted))
            return true;
        word++;
    } while (word < text->words.count && !phrase_breaks_before(text, word));
    return false;
}

/* The word behind the people that a number counts ("62 adult patients"); 0 if it counts none. */
static size_t people_behind(const struct phrase_text *text, size_t word)
{
    for (size_t i = 0; i <= ADJECTIVES_MOST; i++, word++) {
        if (word >= text->words.count || phrase_breaks_before(text, word) ||
            phrase_is(text, word, never_between))
            return 0;
        if (phrase_is(text, word, people))
            return word + 1;
        if (!phrase_is(text, word, adjectives))
            return 0;
    }
    return 0;
}

/* "62 healthy controls", "30 men" at `word`. */
static bool counts_others(const struct phrase_text *text, size_t word)
{
    struct phrase_number number = phrase_number_at(text, word);
    return number.end > 0 &&
           (people_behind(text, number.end) > 0 || phrase_match(text, number.end, others_near) > 0);
}

/* Past what stands in brackets, if they open before `word`. */
static size_t skip_brackets(const struct phrase_text *text, size_t word)
{
    if (word == 0 || !phrase_gap_has(text, word - 1, '('))
        return word;
    while (word < text->words.count && !phrase_gap_has(text, word, ')'))
        word++;
    return word + (word < text->words.count);
}

/* Behind "were randomly", "had been" at `word`; `word` itself if it is none of that. */
static size_t auxiliary(const struct phrase_text *text, size_t word)
{
    size_t verb = word;
    if (phrase_is(text, word, "were|was"))
        verb = word + 1;
    else if (phrase_is(text, word, "had|have") && phrase_is(text, word + 1, "been"))
        verb = word + 2;
    while (verb > word && phrase_is(text, verb, adverbs))
        verb++;
    return verb;
}

/* "assigned to sham" tells of one arm, "assigned to needling or sham" of all. */
static bool is_one_arm(const struct phrase_text *text, size_t verb)
{
    if (!phrase_is(text, verb, put_into) || !phrase_is(text, verb + 1, "to|into|in"))
        return false;
    for (size_t word = verb + 1; word < text->words.count && !phrase_breaks_before(text, word);
         word++)
        if (phrase_is(text, word, several))
            return false;
    return true;
}

/* "included in the final analysis" is what became of some. */
static bool is_of_analysis(const struct phrase_text *text, size_t verb)
{
    return phrase_match(text, verb + 1, "in ~3 analysis|analyses") > 0;
}

/* Behind "were randomly assigned", where it says of the people before `word` what was done with all
 * of them; 0 if it does not. */
static size_t done_with_all(const struct phrase_text *text, size_t word)
{
    for (size_t i = 0; i < CLAUSE_MOST; i++, word++) {
        word = skip_brackets(text, word);
        if (word >= text->words.count || phrase_breaks_before(text, word) ||
            phrase_is(text, word, not_all) || (i > 0 && phrase_is(text, word, people)) ||
            counts_others(text, word))
            return 0;
        size_t verb = auxiliary(text, word);
        bool passive = verb > word && phrase_is(text, verb, taken_in);
        bool direct =
            phrase_is(text, word, "participated") || (i == 0 && phrase_is(text, word, allotted));
        /* "120 patients, of whom 60 were randomised" */
        bool of_others = i > 0 && phrase_number_at(text, word - 1).end == word;
        if (passive || direct)
            return of_others || is_one_arm(text, verb) || is_of_analysis(text, verb) ? 0 : verb + 1;
        if (verb > word && !is_before(text, word, "who|that", 1))
            return 0;
    }
    return 0;
}

/* ---- arms ---- */

/* A number of people in one arm: "(n = 31)", "30 to sham", "31 received". */
static int arm_at(const struct phrase_text *text, size_t word, size_t *end)
{
    struct phrase_number number = phrase_number_at(text, word);
    if (number.end == 0)
        return 0;
    *end = number.end;
    if (number.value < SMALLEST_ARM || is_before(text, word, "groups|arms|of", 2))
        return 0;
    bool counted = word > 0 && phrase_is(text, word - 1, "n");
    size_t behind = people_behind(text, number.end);
    bool people_follow = behind > 0 && !phrase_is(text, behind - 1, female_or_male);
    bool others_follow = phrase_match(text, number.end, others_near) > 0;
    bool allotted_follow = phrase_is(text, number.end, "to|in|received|were|allocated|assigned") &&
                           !phrase_breaks_before(text, number.end);
    return counted || people_follow || others_follow || allotted_follow ? number.value : 0;
}

/* False if arms are told behind a total, up to the end of the sentence, that do not add up to it.
 */
static bool arms_add_up(const struct phrase_text *text, size_t word, int total)
{
    long sum = 0;
    while (word < text->words.count && !phrase_breaks_before(text, word)) {
        size_t end = word + 1;
        int arm = arm_at(text, word, &end);
        if (arm >= total)
            return false; /* the "total" was another arm */
        sum += arm;
        word = end;
    }
    return sum == 0 || sum == total;
}

/* ---- totals ---- */

struct total {
    int value;
    size_t first; /* the words it stands in */
    size_t end;
};

/* "Sixty-two patients were randomised", "62 patients with neck pain (mean age 40) were enrolled" */
static bool read_passive(const struct phrase_text *text, size_t word,
                         const struct phrase_number *number, struct total *out)
{
    size_t behind = people_behind(text, number->end);
    bool bracketed = behind > 0 && phrase_gap_has(text, behind - 1, ')');
    bool of_arm = is_before(text, word, "group|arm|groups|arms", BACK_MOST);
    size_t end = behind == 0 || bracketed || of_arm ? 0 : done_with_all(text, behind);
    *out = (struct total){.value = number->value, .first = word, .end = end};
    return end > 0 && arms_add_up(text, end, number->value);
}

/* "30 patients in the control group" */
static bool is_within_group(const struct phrase_text *text, size_t word)
{
    return phrase_match(text, word, "in|from|of|to ~3 group|arm") > 0;
}

/* "We randomly assigned 120 adults" */
static bool read_active(const struct phrase_text *text, size_t word,
                        const struct phrase_number *number, struct total *out)
{
    size_t behind = people_behind(text, number->end);
    size_t verb = word - 1;
    if (word == 0 || behind == 0 || phrase_breaks_before(text, word))
        return false;
    if (!phrase_is(text, verb,
                   "randomised|randomized|enrolled|recruited|included|assigned|allocated|"
                   "studied") ||
        is_before(text, verb, "to|not|were|was|been|which|that", 1) ||
        is_before(text, verb, group_words, BACK_MOST) ||
        is_before(text, verb, "trials|studies|rcts|review|reviews", BACK_MOST))
        return false;
    *out = (struct total){.value = number->value, .first = verb, .end = behind};
    return !is_within_group(text, behind) && arms_add_up(text, behind, number->value);
}

/* "Of 200 patients screened, 120 were randomised" */
static bool read_bare(const struct phrase_text *text, size_t word,
                      const struct phrase_number *number, struct total *out)
{
    size_t verb = auxiliary(text, number->end);
    if (verb == number->end || phrase_breaks_before(text, number->end) ||
        !phrase_is(text, verb, "randomised|randomized") ||
        phrase_is(text, verb + 1, "to|into|in") || !is_in_sentence(text, word, "of") ||
        is_before(text, word, "whom|which|them|these|those", 1))
        return false;
    *out = (struct total){.value = number->value, .first = word, .end = verb + 1};
    return true;
}

/* "a total of 120 patients", unless it goes on "were screened" */
static bool read_total_of(const struct phrase_text *text, size_t word,
                          const struct phrase_number *number, struct total *out)
{
    size_t behind = people_behind(text, number->end);
    if (word < 2 || behind == 0 || !phrase_is(text, word - 1, "of") ||
        !phrase_is(text, word - 2, "total"))
        return false;
    for (size_t i = behind; i < text->words.count && i < behind + CLAUSE_MOST; i++) {
        if (phrase_breaks_before(text, i))
            break;
        if (phrase_is(text, i, not_all))
            return false;
    }
    *out = (struct total){.value = number->value, .first = word - 2, .end = behind};
    return !is_within_group(text, behind) && arms_add_up(text, behind, number->value);
}

/* "We included 12 trials (1,024 participants)", "36 studies with 2340 patients were included" */
static bool read_of_trials(const struct phrase_text *text, size_t word,
                           const struct phrase_number *number, struct total *out)
{
    static const char of_trials[] = "trials|studies|rcts";
    size_t behind = people_behind(text, number->end);
    if (behind == 0 || !is_before(text, word, of_trials, 3) ||
        !is_in_sentence(text, word, "included|include|identified|met|eligible|inclusion"))
        return false;
    *out = (struct total){.value = number->value, .first = word, .end = behind};
    return true;
}

static bool is_symbol(const struct phrase_text *text, size_t word, char symbol)
{
    return phrase_is(text, word, "n") && phrase_gap_has(text, word, '=') &&
           text->text[text->words.items[word].start] == symbol;
}

/* "N = 120)", and not "N = 56,647 voxels" */
static bool ends_phrase(const struct phrase_text *text, size_t word)
{
    size_t length;
    const char *gap = phrase_gap(text, word - 1, &length);
    return word == text->words.count || strncmp(gap, " ", length) != 0;
}

/* "(N = 120)" with a capital, "patients (n = 120)" */
static bool read_symbol(const struct phrase_text *text, size_t word,
                        const struct phrase_number *number, struct total *out)
{
    if (word == 0 || is_before(text, word - 1, group_words, BACK_MOST) ||
        !(people_behind(text, number->end) > 0 || ends_phrase(text, number->end)))
        return false;
    bool small = is_symbol(text, word - 1, 'n') && is_before(text, word - 1, people, 1);
    if (!small && !is_symbol(text, word - 1, 'N'))
        return false;
    *out = (struct total){.value = number->value, .first = word - 1, .end = number->end};
    return true;
}

/* How many "n = 23" (or with a capital) there are: one among others is an arm's, whatever stands
 * before it. */
static size_t count_symbols(const struct phrase_text *text, char symbol)
{
    size_t count = 0;
    for (size_t word = 1; word < text->words.count; word++)
        count += is_symbol(text, word - 1, symbol) && phrase_number_in_digits(text, word).end > 0;
    return count;
}

struct symbols {
    bool one_small;
    bool one_capital;
};

/* A number of people of one sex at `word`. */
static bool counts_sex(const struct phrase_text *text, size_t word)
{
    struct phrase_number number = phrase_number_at(text, word);
    size_t behind = number.end == 0 ? 0 : people_behind(text, number.end);
    return behind > 0 && phrase_is(text, behind - 1, female_or_male);
}

/* "14 women and 19 men", "1 child and 17 adults": one of two numbers that belong together. */
static bool is_a_part(const struct phrase_text *text, size_t word,
                      const struct phrase_number *number)
{
    size_t behind = people_behind(text, number->end);
    bool of_one_sex = behind > 0 && phrase_is(text, behind - 1, female_or_male);
    bool joined = word > 0 && phrase_is(text, word - 1, "and|plus");
    if (of_one_sex && is_in_sentence(text, word, female) && is_in_sentence(text, word, male))
        return true;
    size_t at = start_of_sentence(text, word);
    do {
        if (joined && at + 1 < word && phrase_number_at(text, at).value >= 1)
            return true;
        if (of_one_sex && (at < word || at >= number->end) && counts_sex(text, at))
            return true;
        at++;
    } while (at < text->words.count && !phrase_breaks_before(text, at));
    return false;
}

static bool read_total(const struct phrase_text *text, size_t word,
                       const struct phrase_number *number, const struct symbols *symbols,
                       struct total *out)
{
    if (number->value < LEAST || number->value > MOST || is_in_sentence(text, word, planned) ||
        is_in_sentence(text, word, animals) || is_before(text, word, about, 2) ||
        is_a_part(text, word, number))
        return false;
    if (word > 0 && is_symbol(text, word - 1, 'n') && !symbols->one_small)
        return false;
    if (word > 0 && is_symbol(text, word - 1, 'N') && !symbols->one_capital)
        return false;
    return read_symbol(text, word, number, out) || read_passive(text, word, number, out) ||
           read_active(text, word, number, out) || read_bare(text, word, number, out) ||
           read_total_of(text, word, number, out) || read_of_trials(text, word, number, out);
}

struct participants_reading read_participants(const char *abstract, struct arena *arena)
{
    struct participants_reading none = {.participants = COUNT_UNKNOWN};
    struct participants_reading found = none;
    struct phrase_text text = phrase_cut(abstract, ABSTRACT_MOST, arena);
    const struct symbols symbols = {.one_small = count_symbols(&text, 'n') == 1,
                                    .one_capital = count_symbols(&text, 'N') == 1};
    for (size_t word = 0; word < text.words.count;) {
        struct phrase_number number = phrase_number_at(&text, word);
        struct total total;
        if (number.end > 0 && read_total(&text, word, &number, &symbols, &total)) {
            if (found.from != NULL && found.participants != total.value)
                return none;
            if (found.from == NULL)
                found.from = phrase_words(&text, total.first, total.end, FROM_MOST, arena);
            found.participants = total.value;
        }
        word = number.end > 0 ? number.end : word + 1;
    }
    return found;
}
