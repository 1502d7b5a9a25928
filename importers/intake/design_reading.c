#include "importers/intake/design_reading.h"

#include <string.h>
#include <strings.h>

#include "importers/intake/phrase.h"

enum { TITLE_MOST = 2000, ABSTRACT_MOST = 20000, FROM_MOST = 160, HEADINGS_MOST = 2000 };

/* What words can say of a design. Marks decide nothing by themselves. */
enum claim {
    CLAIM_RCT,
    CLAIM_NON_RANDOMISED,
    CLAIM_COHORT,
    CLAIM_CASE_CONTROL,
    CLAIM_CASE_SERIES,
    CLAIM_CASE_REPORT,
    CLAIM_SYSTEMATIC_REVIEW,
    CLAIM_GUIDELINE,
    CLAIM_NARRATIVE_REVIEW,
    CLAIM_DESIGN_COUNT,
    MARK_CROSSOVER = CLAIM_DESIGN_COUNT,
    MARK_CLUSTER,
    MARK_NOT_RANDOMISED, /* retrospective, observational: no trial */
    MARK_ABOUT_TRIAL,    /* a secondary analysis, if there is a trial */
    MARK_ABOUT_SOME,     /* a protocol, a comment: no study of its own */
    CLAIM_COUNT
};

static const enum design design_of[CLAIM_DESIGN_COUNT] = {
    [CLAIM_RCT] = DESIGN_RCT,
    [CLAIM_NON_RANDOMISED] = DESIGN_NON_RANDOMISED,
    [CLAIM_COHORT] = DESIGN_COHORT,
    [CLAIM_CASE_CONTROL] = DESIGN_CASE_CONTROL,
    [CLAIM_CASE_SERIES] = DESIGN_CASE_SERIES,
    [CLAIM_CASE_REPORT] = DESIGN_CASE_REPORT,
    [CLAIM_SYSTEMATIC_REVIEW] = DESIGN_SYSTEMATIC_REVIEW,
    [CLAIM_GUIDELINE] = DESIGN_GUIDELINE,
    [CLAIM_NARRATIVE_REVIEW] = DESIGN_NARRATIVE_REVIEW,
};

/* How much a claim weighs, by where it stands. */
enum level { LEVEL_NONE, LEVEL_TITLE, LEVEL_HEADING, LEVEL_TYPE };

/* ---- words ---- */

struct wording {
    const char *words;
    enum claim claim;
};

/* Publication types of MEDLINE (the National Library of Medicine's list) and of other indexes. */
static const struct wording types[] = {
    {"Randomized Controlled Trial", CLAIM_RCT},
    {"Randomised Controlled Trial", CLAIM_RCT},
    {"Randomized Controlled Trial, Veterinary", CLAIM_RCT},
    {"Randomized Clinical Trial", CLAIM_RCT},
    {"Systematic Review", CLAIM_SYSTEMATIC_REVIEW},
    {"Meta-Analysis", CLAIM_SYSTEMATIC_REVIEW},
    {"Network Meta-Analysis", CLAIM_SYSTEMATIC_REVIEW},
    {"Practice Guideline", CLAIM_GUIDELINE},
    {"Guideline", CLAIM_GUIDELINE},
    {"Case Reports", CLAIM_CASE_REPORT},
    {"Case Report", CLAIM_CASE_REPORT},
    {"Case Series", CLAIM_CASE_SERIES},
    {"Cohort Study", CLAIM_COHORT},
    {"Case-Control Study", CLAIM_CASE_CONTROL},
    {"Review", CLAIM_NARRATIVE_REVIEW},
    {"Review Article", CLAIM_NARRATIVE_REVIEW},
    {"Narrative Review", CLAIM_NARRATIVE_REVIEW},
    {"Observational Study", MARK_NOT_RANDOMISED},
    {"Observational Study, Veterinary", MARK_NOT_RANDOMISED},
    {"Clinical Trial Protocol", MARK_ABOUT_SOME},
    {"Comment", MARK_ABOUT_SOME},
    {"Editorial", MARK_ABOUT_SOME},
    {"Letter", MARK_ABOUT_SOME},
    {"News", MARK_ABOUT_SOME},
    {"Newspaper Article", MARK_ABOUT_SOME},
    {"Published Erratum", MARK_ABOUT_SOME},
    {"Erratum", MARK_ABOUT_SOME},
    {"Correction", MARK_ABOUT_SOME},
    {"Expression of Concern", MARK_ABOUT_SOME},
    {"Retraction of Publication", MARK_ABOUT_SOME},
    {"Retraction Notice", MARK_ABOUT_SOME},
    {"Peer Review", MARK_ABOUT_SOME},
};

/* MeSH headings of what a study is. Those that end in "as Topic" stand nowhere here. */
static const struct wording headings[] = {
    {"Cross-Over Studies", MARK_CROSSOVER},
    {"Retrospective Studies", MARK_NOT_RANDOMISED},
    {"Cohort Studies", MARK_NOT_RANDOMISED},
    {"Case-Control Studies", MARK_NOT_RANDOMISED},
};

/* Indexers give these to whatever compares patients with others or follows people, so that they
 * tell the design only where the article calls itself that. */
static const struct {
    const char *heading;
    const char *pattern;
    enum claim claim;
} confirmed_headings[] = {
    {"Cohort Studies", "cohort", CLAIM_COHORT},
    {"Case-Control Studies", "case control", CLAIM_CASE_CONTROL},
};

/* A Cochrane review was indexed as "Review" before there was a type for it. */
static const char cochrane_journal[] = "cochrane ~1 database";
static const char cochrane_protocol[] = "this is a|the protocol";

/* A "Review" whose abstract speaks of these may be a systematic one or not. */
static const char systematic_words[] =
    "systematic*|searched|databases|medline|embase|pubmed|prisma|"
    "cochrane|metaanalys*";

/* Emtree terms: Embase has no publication type for them. Authors use the same words as keywords for
 * what they write about, so they count only beside a term that none but Embase's indexers use. */
static const struct wording emtree_terms[] = {
    {"randomized controlled trial", CLAIM_RCT},
    {"systematic review", CLAIM_SYSTEMATIC_REVIEW},
    {"meta analysis", CLAIM_SYSTEMATIC_REVIEW},
    {"cohort analysis", CLAIM_COHORT},
    {"case control study", CLAIM_CASE_CONTROL},
    {"case report", CLAIM_CASE_REPORT},
    {"crossover procedure", MARK_CROSSOVER},
    {"retrospective study", MARK_NOT_RANDOMISED},
    {"editorial", MARK_ABOUT_SOME},
    {"letter", MARK_ABOUT_SOME},
};
static const char *const emtree_own[] = {"controlled study", "major clinical study",
                                         "priority journal", "nonhuman", NULL};

/* In titles; patterns of phrase.h. */
static const struct wording title_patterns[] = {
    {"randomised|randomized ~4 trial|study|experiment|pilot", CLAIM_RCT},
    {"rct", CLAIM_RCT},
    {"randomisiert* ~3 studie", CLAIM_RCT},
    {"essai ~4 randomise*", CLAIM_RCT},
    {"ensayo ~4 aleatori*", CLAIM_RCT},
    {"ensaio ~4 randomizado|aleatori*", CLAIM_RCT},
    {"studio|trial ~4 randomizzato", CLAIM_RCT},
    {"non|quasi|pseudo randomi*", CLAIM_NON_RANDOMISED},
    {"nonrandomi*|quasirandomi*", CLAIM_NON_RANDOMISED},
    {"quasi experiment*", CLAIM_NON_RANDOMISED},
    {"controlled before after|and", CLAIM_NON_RANDOMISED},
    {"cohort ~2 study|analysis", CLAIM_COHORT},
    {"prospective|retrospective|historical|longitudinal ~2 cohort", CLAIM_COHORT},
    {"case control study|analysis|design", CLAIM_CASE_CONTROL},
    {"case referent study", CLAIM_CASE_CONTROL},
    {"case series", CLAIM_CASE_SERIES},
    {"series of ~3 cases|patients", CLAIM_CASE_SERIES},
    {"case report*", CLAIM_CASE_REPORT},
    {"report of ~2 case", CLAIM_CASE_REPORT},
    {"report of ~2 cases", CLAIM_CASE_SERIES},
    {"a case of", CLAIM_CASE_REPORT},
    {"systematic ~2 review", CLAIM_SYSTEMATIC_REVIEW},
    {"meta analys*|analytic*|regression", CLAIM_SYSTEMATIC_REVIEW},
    {"metaanalys*", CLAIM_SYSTEMATIC_REVIEW},
    {"cochrane review", CLAIM_SYSTEMATIC_REVIEW},
    {"revision|revisao|revisione|revue sistematica|systematique", CLAIM_SYSTEMATIC_REVIEW},
    {"practice guideline*", CLAIM_GUIDELINE},
    {"evidence based ~3 guideline*", CLAIM_GUIDELINE},
    {"guideline* for|on the? management|treatment|diagnosis|care|prevention", CLAIM_GUIDELINE},
    {"narrative|literature|critical|clinical|mini|topical|integrative review",
     CLAIM_NARRATIVE_REVIEW},
    {"review of ~1 literature", CLAIM_NARRATIVE_REVIEW},
    {"review article", CLAIM_NARRATIVE_REVIEW},
    {"a review $", CLAIM_NARRATIVE_REVIEW},
    {"crossover", MARK_CROSSOVER},
    {"cross over", MARK_CROSSOVER},
    {"cluster randomi*", MARK_CLUSTER},
    {"randomi* cluster trial|study", MARK_CLUSTER},
    {"retrospective*|observational|uncontrolled", MARK_NOT_RANDOMISED},
    {"cross sectional", MARK_NOT_RANDOMISED},
    {"single arm", MARK_NOT_RANDOMISED},
    {"propensity score*|matched|matching", MARK_NOT_RANDOMISED},
    /* A trial is told of, and this is not its report. */
    {"secondary ~2 analys*|outcomes|study", MARK_ABOUT_TRIAL},
    {"post hoc", MARK_ABOUT_TRIAL},
    {"posthoc", MARK_ABOUT_TRIAL},
    {"ancillary ~1 study|analys*", MARK_ABOUT_TRIAL},
    {"exploratory|subgroup|subset|responder|mediation|moderation|moderator|mediator|pooled|interim|"
     "sensitivity analys*",
     MARK_ABOUT_TRIAL},
    {"substudy|reanalysis|predictors|predictor|prognostic", MARK_ABOUT_TRIAL},
    {"mediators|moderators of ~3 effect*|outcome*|response|treatment", MARK_ABOUT_TRIAL},
    {"sub study", MARK_ABOUT_TRIAL},
    {"re analysis", MARK_ABOUT_TRIAL},
    {"nested within|in", MARK_ABOUT_TRIAL},
    {"predict* ~2 response|outcome|outcomes|success", MARK_ABOUT_TRIAL},
    {"cost effectiveness|utility|benefit|analysis", MARK_ABOUT_TRIAL},
    {"economic evaluation|analysis", MARK_ABOUT_TRIAL},
    {"process evaluation", MARK_ABOUT_TRIAL},
    {"qualitative|interview|interviews", MARK_ABOUT_TRIAL},
    {"focus groups", MARK_ABOUT_TRIAL},
    {"experiences|perceptions|views|perspectives of|on", MARK_ABOUT_TRIAL},
    {"baseline characteristics|data|findings", MARK_ABOUT_TRIAL},
    {"recruitment|recruiting|retention|adherence ~3 trial|study|trials", MARK_ABOUT_TRIAL},
    {"lessons ~2 learned|learnt|from", MARK_ABOUT_TRIAL},
    {"challenges|barriers|methodological|fragility", MARK_ABOUT_TRIAL},
    {"mendelian randomi*", MARK_ABOUT_TRIAL},
    {"extension study|trial|phase", MARK_ABOUT_TRIAL},
    /* No study at all, or a plan of one. */
    {"study|trial|research|review protocol", MARK_ABOUT_SOME},
    {"design and rationale", MARK_ABOUT_SOME},
    {"rationale and ~1 design", MARK_ABOUT_SOME},
    {"rationale design", MARK_ABOUT_SOME},
    {"design of a|the", MARK_ABOUT_SOME},
    {"study|trial design", MARK_ABOUT_SOME},
    {"statistical analysis plan", MARK_ABOUT_SOME},
    {"umbrella|scoping|rapid|mapping ~1 review", MARK_ABOUT_SOME},
    {"overview|review of ~3 reviews", MARK_ABOUT_SOME},
    {"adherence|compliance|concordance|implementation|uptake|quality|appraisal|comparison ~4 "
     "guideline*",
     MARK_ABOUT_SOME},
    {"guideline* adherence|implementation|concordan*|development", MARK_ABOUT_SOME},
    {"commentary", MARK_ABOUT_SOME},
    {"letter to ~1 editor", MARK_ABOUT_SOME},
    {"author* reply|response", MARK_ABOUT_SOME},
    {"^comment* on", MARK_ABOUT_SOME},
    {"^comment|editorial|letter|reply|re|response|correction|retraction|perspective $",
     MARK_ABOUT_SOME},
    {"^reply|correction|letter to", MARK_ABOUT_SOME},
    {"^response to ~3 comment*|letter*|editor|reviewer*", MARK_ABOUT_SOME},
    {"^erratum|corrigendum|addendum|errata", MARK_ABOUT_SOME},
    {"^retraction ~1 of|note|notice", MARK_ABOUT_SOME},
    {"expression of concern", MARK_ABOUT_SOME},
    {"journal club", MARK_ABOUT_SOME},
    {"critically appraised", MARK_ABOUT_SOME},
};

/* A protocol is a plan of a study, unless it is one of treatment: "an exercise protocol". */
static const char treatments[] = "treatment|exercise|training|rehabilitation|needling|injection|"
                                 "dosing|stimulation|stretching|intervention|therapy|massage|"
                                 "manipulation|physiotherapy|loading|strengthening|home|new|"
                                 "standard|different|specific";

/* ---- claims ---- */

struct claims {
    enum level level[CLAIM_COUNT]; /* the highest at which it is made */
    const char *from[CLAIM_COUNT];
    struct arena *arena;
};

static void make(struct claims *claims, enum claim claim, enum level level, const char *where,
                 const char *words)
{
    if (claims->level[claim] >= level)
        return;
    claims->level[claim] = level;
    claims->from[claim] = arena_printf(claims->arena, "%s: %.*s", where, FROM_MOST, words);
}

static void drop(struct claims *claims, enum claim claim, enum level up_to)
{
    if (claims->level[claim] <= up_to)
        claims->level[claim] = LEVEL_NONE;
}

static void read_types(struct claims *claims, const char *const *list)
{
    for (; *list != NULL; list++)
        for (size_t i = 0; i < sizeof types / sizeof *types; i++)
            if (strcasecmp(types[i].words, *list) == 0)
                make(claims, types[i].claim, LEVEL_TYPE, "publication type", *list);
}

static bool is_of_embase(const char *const *keywords)
{
    for (size_t i = 0; keywords[i] != NULL && i < HEADINGS_MOST; i++)
        for (const char *const *own = emtree_own; *own != NULL; own++)
            if (strcasecmp(keywords[i], *own) == 0)
                return true;
    return false;
}

static void read_headings(struct claims *claims, const char *const *keywords)
{
    bool embase = is_of_embase(keywords);
    for (size_t k = 0; keywords[k] != NULL && k < HEADINGS_MOST; k++) {
        for (size_t i = 0; i < sizeof headings / sizeof *headings; i++)
            if (strcasecmp(keywords[k], headings[i].words) == 0)
                make(claims, headings[i].claim, LEVEL_HEADING, "heading", keywords[k]);
        for (size_t i = 0; embase && i < sizeof emtree_terms / sizeof *emtree_terms; i++)
            if (strcasecmp(keywords[k], emtree_terms[i].words) == 0)
                make(claims, emtree_terms[i].claim, LEVEL_HEADING, "heading", keywords[k]);
    }
}

static bool holds(const struct phrase_text *text, const char *pattern)
{
    size_t first;
    return phrase_find(text, pattern, &first) > 0;
}

static bool is_listed(const char *const *keywords, const char *heading)
{
    for (size_t i = 0; keywords[i] != NULL && i < HEADINGS_MOST; i++)
        if (strcasecmp(keywords[i], heading) == 0)
            return true;
    return false;
}

/* What the abstract says of itself, where types and headings leave it open. */
static void read_abstract(struct claims *claims, const struct record *record)
{
    struct phrase_text title = phrase_cut(record->title, TITLE_MOST, claims->arena);
    struct phrase_text abstract = phrase_cut(record->abstract, ABSTRACT_MOST, claims->arena);
    struct phrase_text journal = phrase_cut(record->journal, TITLE_MOST, claims->arena);
    for (size_t i = 0; i < sizeof confirmed_headings / sizeof *confirmed_headings; i++)
        if (is_listed(record->keywords, confirmed_headings[i].heading) &&
            (holds(&title, confirmed_headings[i].pattern) ||
             holds(&abstract, confirmed_headings[i].pattern)))
            make(claims, confirmed_headings[i].claim, LEVEL_HEADING, "heading",
                 confirmed_headings[i].heading);
    if (holds(&journal, cochrane_journal))
        make(claims, CLAIM_SYSTEMATIC_REVIEW, LEVEL_HEADING, "journal", record->journal);
    if (holds(&abstract, cochrane_protocol))
        make(claims, MARK_ABOUT_SOME, LEVEL_TITLE, "abstract", cochrane_protocol);
    if (holds(&abstract, systematic_words))
        drop(claims, CLAIM_NARRATIVE_REVIEW, LEVEL_TYPE);
}

/* "Non-randomised trial" holds the words of a randomised one. */
static bool is_denied(const struct phrase_text *title, size_t word, enum claim claim)
{
    return (claim == CLAIM_RCT || claim == MARK_CLUSTER) && word > 0 &&
           phrase_is(title, word - 1, "non|quasi|pseudo|not|mendelian");
}

static bool is_plan(const struct phrase_text *title, size_t word)
{
    return phrase_is(title, word, "protocol|protokoll|protocole|protocolo") &&
           !(word > 0 && phrase_is(title, word - 1, treatments));
}

static void read_title(struct claims *claims, const char *text)
{
    struct phrase_text title = phrase_cut(text, TITLE_MOST, claims->arena);
    for (size_t word = 0; word < title.words.count; word++) {
        if (is_plan(&title, word))
            make(claims, MARK_ABOUT_SOME, LEVEL_TITLE, "title", text);
        for (size_t i = 0; i < sizeof title_patterns / sizeof *title_patterns; i++) {
            const struct wording *wording = &title_patterns[i];
            size_t end = phrase_match(&title, word, wording->words);
            if (end > 0 && !is_denied(&title, word, wording->claim))
                make(claims, wording->claim, LEVEL_TITLE, "title",
                     phrase_words(&title, word, end, FROM_MOST, claims->arena));
        }
    }
}

/* ---- the judgement ---- */

/* What one design says of others is about them, and no claim: a review's title names the trials it
 * reviewed, a case report looks at the literature too. */
static void absorb(struct claims *claims)
{
    static const enum claim reviewed[] = {CLAIM_RCT,          CLAIM_NON_RANDOMISED, CLAIM_COHORT,
                                          CLAIM_CASE_CONTROL, CLAIM_CASE_SERIES,    MARK_CROSSOVER,
                                          MARK_CLUSTER,       MARK_NOT_RANDOMISED};
    if (claims->level[CLAIM_SYSTEMATIC_REVIEW] != LEVEL_NONE) {
        for (size_t i = 0; i < sizeof reviewed / sizeof *reviewed; i++)
            drop(claims, reviewed[i], LEVEL_HEADING);
        drop(claims, CLAIM_NARRATIVE_REVIEW, LEVEL_TYPE); /* "Review" is the wider type */
    }
    if (claims->level[CLAIM_CASE_REPORT] != LEVEL_NONE ||
        claims->level[CLAIM_CASE_SERIES] != LEVEL_NONE)
        drop(claims, CLAIM_NARRATIVE_REVIEW, LEVEL_TYPE);
    if (claims->level[CLAIM_GUIDELINE] == LEVEL_TYPE) {
        drop(claims, CLAIM_NARRATIVE_REVIEW, LEVEL_TYPE);
        drop(claims, CLAIM_SYSTEMATIC_REVIEW, LEVEL_TITLE);
    }
    /* A review that was indexed as one may speak of guidelines, and of cohorts. */
    if (claims->level[CLAIM_NARRATIVE_REVIEW] == LEVEL_TYPE)
        drop(claims, CLAIM_GUIDELINE, LEVEL_TITLE);
}

/* The only design that is claimed; CLAIM_DESIGN_COUNT if there is none or more than one. */
static enum claim only_design(const struct claims *claims)
{
    enum claim only = CLAIM_DESIGN_COUNT;
    for (enum claim claim = 0; claim < CLAIM_DESIGN_COUNT; claim++) {
        if (claims->level[claim] == LEVEL_NONE)
            continue;
        if (only != CLAIM_DESIGN_COUNT)
            return CLAIM_DESIGN_COUNT;
        only = claim;
    }
    return only;
}

static struct design_reading known(enum design design, const char *from)
{
    return (struct design_reading){.known = true, .design = design, .from = from};
}

/* A randomised trial, of the kind that marks tell. */
static struct design_reading randomised(const struct claims *claims)
{
    bool crossover = claims->level[MARK_CROSSOVER] != LEVEL_NONE;
    bool cluster = claims->level[MARK_CLUSTER] != LEVEL_NONE;
    const char *from = claims->from[CLAIM_RCT];
    if (claims->level[MARK_NOT_RANDOMISED] != LEVEL_NONE || (crossover && cluster))
        return (struct design_reading){0};
    if (!crossover && !cluster)
        return known(DESIGN_RCT, from);
    enum claim mark = crossover ? MARK_CROSSOVER : MARK_CLUSTER;
    return known(crossover ? DESIGN_CROSSOVER_RCT : DESIGN_CLUSTER_RCT,
                 arena_printf(claims->arena, "%s; %s", from, claims->from[mark]));
}

struct design_reading read_design(const struct record *record, struct arena *arena)
{
    struct claims claims = {.arena = arena};
    read_types(&claims, record->publication_types);
    read_headings(&claims, record->keywords);
    read_title(&claims, record->title);
    read_abstract(&claims, record);
    /* A cluster randomised trial is randomised, whether or not the title says trial. */
    if (claims.level[MARK_CLUSTER] != LEVEL_NONE && claims.level[CLAIM_RCT] == LEVEL_NONE) {
        claims.level[CLAIM_RCT] = claims.level[MARK_CLUSTER];
        claims.from[CLAIM_RCT] = claims.from[MARK_CLUSTER];
    }
    bool is_trial =
        claims.level[CLAIM_RCT] != LEVEL_NONE || claims.level[CLAIM_NON_RANDOMISED] != LEVEL_NONE;
    bool is_review = claims.level[CLAIM_SYSTEMATIC_REVIEW] != LEVEL_NONE;
    if (claims.level[MARK_ABOUT_SOME] != LEVEL_NONE ||
        (claims.level[MARK_ABOUT_TRIAL] != LEVEL_NONE && is_trial && !is_review))
        return (struct design_reading){.is_about_some = true};
    absorb(&claims);
    enum claim only = only_design(&claims);
    bool studied = claims.level[MARK_NOT_RANDOMISED] != LEVEL_NONE;
    if (only == CLAIM_DESIGN_COUNT || (only == CLAIM_NARRATIVE_REVIEW && studied))
        return (struct design_reading){0};
    return only == CLAIM_RCT ? randomised(&claims) : known(design_of[only], claims.from[only]);
}
