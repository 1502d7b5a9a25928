/*
 * One small row of every rule book and one safe use, over the curated names. Quotes are written as
 * ' and turned.
 */
#ifndef TOUCHSTONE_TESTS_EVIDENCE_MODEL_SMALL_BOOKS_H
#define TOUCHSTONE_TESTS_EVIDENCE_MODEL_SMALL_BOOKS_H

#include <stdlib.h>
#include <string.h>

#include "evidence/model/rulebooks.h"

#define SMALL_SOURCE                                                                               \
    "'sources':[{'url':'https://doi.org/10.1/a','where':'abstract','kind':'study'}]"

struct small_book {
    const char *name;
    const char *text;
};

static const struct small_book small_books[] = {
    {"regions", "{'regions':[{'id':'head','name':'Head','conditions':['migraine']},"
                "{'id':'neck','name':'Neck','conditions':['neck-mtrp','neck-pain']}]}"},
    {"rulebooks/course",
     "{'courses':[{'id':'neck-pain-course-1','condition':'neck-pain','what':'natural-course',"
     "'finding':'It halves.','scale':{'name':'0-100','low':0,'high':100},"
     "'points':[{'group':'pain','days':0,'mean':64,'mean_ci':[61,67]},"
     "{'group':'pain','days':45.5,'change_mean':-29,'change_sd':20,'change_sd_assumes_r':0.24}],"
     "'figures':[{'name':'studies','value':7},{'name':'p','text':'<0.001'}],'use':'prior',"
     "'derived':true," SMALL_SOURCE "}]}"},
    {"rulebooks/drug-links",
     "{'drug_links':[{'id':'opioids-withdrawal','drug_class':'opioids, on stopping',"
     "'examples':['morphine'],'interventions':['opioids'],'effect':'Aches.','certainty':'cohort',"
     "'what_to_do':'Reduce slowly.','pmids':['1']," SMALL_SOURCE "}]}"},
    {"rulebooks/instruments",
     "{'instruments':[{'id':'rob-2','instrument':'RoB 2','name':'RoB 2','for':'A trial.',"
     "'overall':'The worst.','judgements':['low','some-concerns','high'],'items':[{'id':'D1',"
     "'name':'chance','questions':[{'id':'1.1','ask':'By chance?'},{'id':'1.2','ask':'Hidden?',"
     "'asked_if':[{'1.1':'yes|unknown'}]}],'judged_by':[[{'when':{'1.1':'no'},'judgement':'high'},"
     "{'when':{'1.2':'yes'},'judgement':'low'},{'judgement':'some-concerns'}]]}]," SMALL_SOURCE
     "}]}"},
    {"rulebooks/medicines",
     "{'medicines':[{'id':'opioids','name':'opioid painkillers','words':['opioid'],"
     "'members':[{'name':'morphine','brands':['Zomorph']},{'name':'codeine'}],"
     "'links':['opioids-withdrawal'],'interventions':['opioids']," SMALL_SOURCE "},"
     "{'id':'blood-thinners','name':'blood thinners','members':[{'name':'warfarin'}],"
     "'state':'blood-thinner'," SMALL_SOURCE "}],"
     "'together':[{'link':'opioids-withdrawal','least':2}],'nothing':['none']}"},
    {"rulebooks/red-flags",
     "{'about':{'phrases':'p','escalate':'e','less_likely':'l','urgency':'u','not_covered':'n'},"
     "'red_flags':[{'id':'clot','presentation':'A swollen calf.','may_mimic':'A sore calf',"
     "'conditions':['muscle-soreness'],'suspect':['deep vein thrombosis'],'means':'This can be a "
     "clot.','urgency':'same-day','action':'Be seen today.',"
     "'phrases':['one calf swollen and sore'],'escalate':[{'if':'breathless',"
     "'urgency':'emergency','phrases':['short of breath']}],'less_likely':['Both legs alike.'],"
     "'sources':[{'url':'https://www.nhs.uk/a','where':'page','kind':'health-service'}],"
     "'checked':{'by':'second reading','on':'2026-11-22','agrees':false,'note':'Mended.'}},"
     "{'id':'stiffness','presentation':'Stiff.','may_mimic':'Sore shoulders',"
     "'suspect':['polymyalgia'],'means':'This can be stiffness.','urgency':'soon','action':'See a "
     "doctor.',"
     "'phrases':['stiff every morning']," SMALL_SOURCE "}]}"},
    {"rulebooks/referral",
     "{'about':{'maps':'Guides only.','second_reading':'Once.'},"
     "'muscles':[{'id':'soleus','name':'soleus','pain_felt':['heel']," SMALL_SOURCE "}],"
     "'criteria':[{'id':'delphi','name':'Panel','finding':'Three signs.','signs':['taut band'],"
     "'figures':[{'name':'kappa','values':[0.22,1]}],'limits':'Opinion.'," SMALL_SOURCE "}],"
     "'controversy':[{'id':'for','side':'defender','claim':'They exist.'," SMALL_SOURCE "},"
     "{'id':'against','side':'critic','claim':'They do not.'," SMALL_SOURCE "}]}"},
    {"rulebooks/regulatory-actions",
     "{'regulatory_actions':[{'id':'tens-ftc-2020','intervention':'tens','body':'FTC',"
     "'year':2020,'what':'A settlement.','doubtful':'Read once.','sources':[{'where':'news',"
     "'read_at':'https://copy.example/a','kind':'news'}]}]}"},
    {"rulebooks/sign-words",
     "{'ignored':['sick leave'],'concepts':[{'id':'calf','words':['calf']},"
     "{'id':'swollen','words':['swollen','bigger']},{'id':'breath','words':['short of "
     "breath'],'passes':true},"
     "{'id':'blood-thinner','words':['blood thinner','warfarin'],"
     "'state':'blood-thinning medicine'},{'id':'burn','words':['burn']}],"
     "'patterns':[{'flag':'clot','all':['calf','swollen']},"
     "{'flag':'clot','all':['calf','swollen|breath','breath'],'urgency':'emergency','near':9}],"
     "'serious':[{'all':['burn'],'urgency':'same-day','sentence':'Have it looked at.'}],"
     "'negation':{'negators':['no'],'breaks':['but'],'joins':['or'],'cannot':['unable to'],"
     "'fillers':['my'],'past':['years "
     "ago'],'whole':['burning'],'short':[{'word':'dont','means':'do not'}]},'note':'Small.'}"},
    {"rulebooks/stop-model",
     "{'decision':{'stop_below':0.1,'stop_early_below':0.02,'worse_above':0.9},"
     "'goal':{'share':0.3,'least_share_of_scale':0.1,'threshold':'nprs-mcid','note':'Ours.'},"
     "'start_days':14,'course_days':42,'unknown_spread':0.3,'error_weight':4,"
     "'trials':[{'days':42,'least_days':14,'least_sessions':4},"
     "{'outcome':'muscle-soreness','days':3,'least_days':1,'least_sessions':1}],"
     "'paces':[{'share_of_trial':0.5,'weight':0.25},{'share_of_trial':1,'weight':0.75}],"
     "'errors':[{'share_of_scale':0.1},{'outcome':'pain-intensity','share_of_scale':0.102,"
     "'threshold':'nprs-mcid'}],"
     "'outcomes':[{'outcome':'pain-intensity','better':'lower','is_pain':true,'low':0,'high':10,"
     "'high_else':100},{'outcome':'performance'}],"
     "'instruments':[{'names':['NPRS'],'outcomes':['pain-intensity'],'low':0,'high':10,"
     "'better':'lower'}],"
     "'changes':{'begins':['started'],'switches':['switched to'],'ends':['stopped']},"
     "'words':[{'word':'mild','share':0.2}]}"},
    {"rulebooks/stop-rules",
     "{'stop_rules':[{'id':'needling-five-hours','interventions':['acupuncture','dry-needling'],"
     "'conditions':['neck-pain'],'rule':'Five hours at most.','kind':'trial-length',"
     "'trial_sessions':10,'basis':'guideline','strength':'Plain'," SMALL_SOURCE "},"
     "{'id':'thirty-percent','rule':'Less is not enough.','kind':'no-benefit',"
     "'basis':'consensus','strength':'Wide','superseded_by':'A newer one'," SMALL_SOURCE "},"
     "{'id':'tens-not-for','interventions':['tens'],'rule':'Not with a pacemaker.',"
     "'kind':'contraindication','basis':'label','strength':'Leaflets'," SMALL_SOURCE "},"
     "{'id':'opioids-slowly','interventions':['opioids'],'rule':'Never at once.','kind':'harm',"
     "'basis':'guideline','strength':'Plain','come_off_slowly':true," SMALL_SOURCE "}]}"},
    {"rulebooks/thresholds",
     "{'thresholds':[{'id':'nprs-mcid','outcome':'pain-intensity','scale':{'name':'NPRS 0-10',"
     "'low':0,'high':10},'instrument':'NPRS','population':'Chronic pain',"
     "'conditions':['neck-pain'],'kind':'mcid','absolute':2,'percent':30,"
     "'percent_range':[20,40],'by_baseline':[{'from':1,'to':4,'low':1,'high':1}],"
     "'method':'anchor','n':2724,'figures':[{'name':'auc','value':0.7,'ci':[0.6,0.8]}],"
     "'pmid':'11690728'," SMALL_SOURCE "}]}"},
    {"safe-use/tens",
     "{'intervention':'tens','setting':'both','dose':[{'what':'Ten minutes.',"
     "'parameters':{'seconds':'600','frequency_hz':'100'},'from':'a trial','note':'It helped.',"
     "'sources':[0]}],'how':[{'text':'Whole skin only.','sources':[0,1]}],"
     "'not_for':[{'text':'A pacemaker.','sources':[1,2]}],'who':{'text':'Anyone.','sources':[2]},"
     "'sources':[{'url':'https://doi.org/10.1/a','kind':'study'},"
     "{'url':'https://seller.example/','kind':'maker'},"
     "{'read_at':'http://192.0.2.1/copy','kind':'clinic'}]}"},
};
enum { SMALL_BOOK_COUNT = sizeof small_books / sizeof *small_books };

static int small_by_name(const void *left, const void *right)
{
    return strcmp(((const struct document *)left)->name, ((const struct document *)right)->name);
}

static char *small_quoted(const char *text, struct arena *arena)
{
    char *out = arena_strdup(arena, text);
    for (char *at = out; *at != '\0'; at++)
        if (*at == '\'')
            *at = '"';
    return out;
}

/* Adds the books to the documents of `base`, the one called `name` (NULL: none) with `other` as its
 * text; an `other` of NULL leaves it out. */
static void small_books_add(struct base *base, struct arena *arena, const char *name,
                            const char *other)
{
    struct document *all =
        arena_array(arena, base->document_count + SMALL_BOOK_COUNT + 1, sizeof *all);
    size_t count = 0;
    for (; count < base->document_count; count++)
        all[count] = base->documents[count];
    for (size_t i = 0; i < SMALL_BOOK_COUNT; i++) {
        bool replaced = name != NULL && strcmp(small_books[i].name, name) == 0;
        const char *text = replaced ? other : small_books[i].text;
        if (text == NULL)
            continue;
        char *quoted = small_quoted(text, arena);
        all[count++] = (struct document){small_books[i].name, quoted, strlen(quoted)};
    }
    qsort(all, count, sizeof *all, small_by_name);
    base->documents = all;
    base->document_count = count;
}

#endif
