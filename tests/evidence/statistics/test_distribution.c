/* Expected numbers: R 4.2.2, pt(), qt(), pchisq(), qchisq(), pf(), pnorm(), qnorm(), with 17
 * digits. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "evidence/statistics/distribution.h"

enum function {
    T_UPPER,
    T_QUANTILE,
    CHI2_UPPER,
    CHI2_QUANTILE,
    F_UPPER,
    NORMAL_UPPER,
    NORMAL_QUANTILE
};

/* at: the argument (x or p), then the degrees of freedom. */
static const struct {
    enum function function;
    double at, df, df2;
    double expected;
} from_r[] = {
    {T_UPPER, 0.01, 1, 0, 0.49681700723509176},
    {T_UPPER, 1, 1, 0, 0.24999999999999978},
    {T_UPPER, 2, 1, 0, 0.14758361765043321},
    {T_UPPER, 5, 1, 0, 0.06283295818900117},
    {T_UPPER, 30, 1, 0, 0.010606402405535424},
    {T_QUANTILE, 9.9999999999999998e-13, 1, 0, -318309886183.79071},
    {T_QUANTILE, 0.001, 1, 0, -318.30883898555044},
    {T_QUANTILE, 0.025000000000000001, 1, 0, -12.706204736174707},
    {T_QUANTILE, 0.29999999999999999, 1, 0, -0.72654252800536101},
    {T_QUANTILE, 0.49990000000000001, 1, 0, -0.00031415927569453578},
    {CHI2_UPPER, 0.10000000000000001, 1, 0, 0.75182963404584935},
    {CHI2_UPPER, 1, 1, 0, 0.31731050786291415},
    {CHI2_UPPER, 4, 1, 0, 0.045500263896358473},
    {CHI2_UPPER, 20, 1, 0, 7.7442164310440858e-06},
    {CHI2_QUANTILE, 0.025000000000000001, 1, 0, 0.00098206911717525617},
    {CHI2_QUANTILE, 0.5, 1, 0, 0.45493642311957283},
    {CHI2_QUANTILE, 0.97499999999999998, 1, 0, 5.0238861873148846},
    {CHI2_QUANTILE, 0.999, 1, 0, 10.827566170662729},
    {T_UPPER, 0.01, 2, 0, 0.49646455447910048},
    {T_UPPER, 1, 2, 0, 0.21132486540518713},
    {T_UPPER, 2, 2, 0, 0.091751709536136955},
    {T_UPPER, 5, 2, 0, 0.018874775675311862},
    {T_UPPER, 30, 2, 0, 0.00055463134097982942},
    {T_QUANTILE, 9.9999999999999998e-13, 2, 0, -707106.78118548694},
    {T_QUANTILE, 0.001, 2, 0, -22.327124770119873},
    {T_QUANTILE, 0.025000000000000001, 2, 0, -4.3026527297494637},
    {T_QUANTILE, 0.29999999999999999, 2, 0, -0.61721339984836765},
    {T_QUANTILE, 0.49990000000000001, 2, 0, -0.00028284271813144228},
    {CHI2_UPPER, 0.20000000000000001, 2, 0, 0.90483741803595952},
    {CHI2_UPPER, 2, 2, 0, 0.36787944117144233},
    {CHI2_UPPER, 8, 2, 0, 0.018315638888734179},
    {CHI2_UPPER, 40, 2, 0, 2.0611536224385579e-09},
    {CHI2_QUANTILE, 0.025000000000000001, 2, 0, 0.050635615968579753},
    {CHI2_QUANTILE, 0.5, 2, 0, 1.3862943611198906},
    {CHI2_QUANTILE, 0.97499999999999998, 2, 0, 7.3777589082278707},
    {CHI2_QUANTILE, 0.999, 2, 0, 13.815510557964272},
    {T_UPPER, 0.01, 3, 0, 0.49632455570642597},
    {T_UPPER, 1, 3, 0, 0.19550110947788527},
    {T_UPPER, 2, 3, 0, 0.069662984279421566},
    {T_UPPER, 5, 3, 0, 0.0076962190366511481},
    {T_UPPER, 30, 3, 0, 4.0676402135819837e-05},
    {T_QUANTILE, 9.9999999999999998e-13, 3, 0, -10331.108244292485},
    {T_QUANTILE, 0.001, 3, 0, -10.214531852407385},
    {T_QUANTILE, 0.025000000000000001, 3, 0, -3.1824463052837091},
    {T_QUANTILE, 0.29999999999999999, 3, 0, -0.58438972743981865},
    {T_QUANTILE, 0.49990000000000001, 3, 0, -0.0002720699091105723},
    {CHI2_QUANTILE, 0.025000000000000001, 3, 0, 0.21579528262389788},
    {CHI2_QUANTILE, 0.5, 3, 0, 2.3659738843753377},
    {CHI2_QUANTILE, 0.97499999999999998, 3, 0, 9.3484036044961449},
    {CHI2_QUANTILE, 0.999, 3, 0, 16.266236196238129},
    {F_UPPER, 0.5, 1, 3, 0.530477770932957},
    {F_UPPER, 3, 1, 3, 0.18169011381620923},
    {F_UPPER, 10, 1, 3, 0.050781866286493768},
    {F_UPPER, 0.5, 2, 3, 0.649519052838329},
    {F_UPPER, 3, 2, 3, 0.19245008972987523},
    {F_UPPER, 10, 2, 3, 0.04710750772921405},
    {F_UPPER, 0.5, 5, 3, 0.76737608199992136},
    {F_UPPER, 3, 5, 3, 0.19742293764891611},
    {F_UPPER, 10, 5, 3, 0.043418655665730027},
    {T_UPPER, 0.01, 4, 0, 0.4962500781229493},
    {T_UPPER, 1, 4, 0, 0.18695048315002949},
    {T_UPPER, 2, 4, 0, 0.058058261758407753},
    {T_UPPER, 5, 4, 0, 0.003745216940637263},
    {T_UPPER, 30, 4, 0, 3.6764280488306617e-06},
    {T_QUANTILE, 9.9999999999999998e-13, 4, 0, -1316.0727465592572},
    {T_QUANTILE, 0.001, 4, 0, -7.1731822197823094},
    {T_QUANTILE, 0.025000000000000001, 4, 0, -2.7764451051977943},
    {T_QUANTILE, 0.29999999999999999, 4, 0, -0.56864906304970553},
    {T_QUANTILE, 0.49990000000000001, 4, 0, -0.00026666667061729334},
    {CHI2_UPPER, 0.5, 5, 0, 0.9921232932326296},
    {CHI2_UPPER, 5, 5, 0, 0.41588018699550794},
    {CHI2_UPPER, 20, 5, 0, 0.0012497305630313755},
    {CHI2_UPPER, 100, 5, 0, 5.28514836094324e-20},
    {T_UPPER, 0.01, 7, 0, 0.4961501588218109},
    {T_UPPER, 1, 7, 0, 0.17530833141010374},
    {T_UPPER, 2, 7, 0, 0.042809664281487983},
    {T_UPPER, 5, 7, 0, 0.000782638976586412},
    {T_UPPER, 30, 7, 0, 5.8942344403665628e-09},
    {CHI2_QUANTILE, 0.025000000000000001, 10, 0, 3.2469727802368413},
    {CHI2_QUANTILE, 0.5, 10, 0, 9.3418177655919692},
    {CHI2_QUANTILE, 0.97499999999999998, 10, 0, 20.483177350807395},
    {CHI2_QUANTILE, 0.999, 10, 0, 29.588298445074418},
    {T_QUANTILE, 9.9999999999999998e-13, 11, 0, -33.507191552725061},
    {T_QUANTILE, 0.001, 11, 0, -4.0247010376307379},
    {T_QUANTILE, 0.025000000000000001, 11, 0, -2.2009851600916397},
    {T_QUANTILE, 0.29999999999999999, 11, 0, -0.53993787846586261},
    {T_QUANTILE, 0.49990000000000001, 11, 0, -0.00025641699400035287},
    {CHI2_UPPER, 1.1000000000000001, 11, 0, 0.99991837254563931},
    {CHI2_UPPER, 11, 11, 0, 0.44326327842646535},
    {CHI2_UPPER, 44, 11, 0, 7.2669690622171342e-06},
    {CHI2_UPPER, 220, 11, 0, 5.1639894845969286e-41},
    {F_UPPER, 0.5, 1, 11, 0.49420788490246026},
    {F_UPPER, 3, 1, 11, 0.11117295276905709},
    {F_UPPER, 10, 1, 11, 0.0090421663515528345},
    {F_UPPER, 0.5, 2, 11, 0.61967348705659253},
    {F_UPPER, 3, 2, 11, 0.09124113956258148},
    {F_UPPER, 10, 2, 11, 0.0033509693249178397},
    {F_UPPER, 0.5, 5, 11, 0.77041421813264488},
    {F_UPPER, 3, 5, 11, 0.059896576189190663},
    {F_UPPER, 10, 5, 11, 0.00083213149118989253},
    {T_UPPER, 0.01, 30, 0, 0.49604374628658887},
    {T_UPPER, 1, 30, 0, 0.16265430771301492},
    {T_UPPER, 2, 30, 0, 0.02731252248149155},
    {T_UPPER, 5, 30, 0, 1.1648342733503893e-05},
    {T_UPPER, 30, 30, 0, 3.1258958153044494e-24},
    {T_QUANTILE, 9.9999999999999998e-13, 31, 0, -11.20020719288479},
    {T_QUANTILE, 0.001, 31, 0, -3.3748992804233016},
    {T_QUANTILE, 0.025000000000000001, 31, 0, -2.0395134463964086},
    {T_QUANTILE, 0.29999999999999999, 31, 0, -0.52983631667825437},
    {T_QUANTILE, 0.49990000000000001, 31, 0, -0.00025269212473258418},
    {CHI2_QUANTILE, 0.025000000000000001, 99, 0, 73.361080191283662},
    {CHI2_QUANTILE, 0.5, 99, 0, 98.334137334473951},
    {CHI2_QUANTILE, 0.97499999999999998, 99, 0, 128.42198864384028},
    {CHI2_QUANTILE, 0.999, 99, 0, 148.2303591651017},
    {T_UPPER, 0.01, 100, 0, 0.49602060511721424},
    {T_UPPER, 1, 100, 0, 0.15986207789206186},
    {T_UPPER, 2, 100, 0, 0.024106089365566834},
    {T_UPPER, 5, 100, 0, 1.225086706751898e-06},
    {T_UPPER, 30, 100, 0, 4.190166279344168e-52},
    {CHI2_UPPER, 20, 200, 0, 1},
    {CHI2_UPPER, 200, 200, 0, 0.48670120172085113},
    {CHI2_UPPER, 800, 200, 0, 1.0943747087346984e-72},
    {CHI2_UPPER, 20.100000000000001, 201, 0, 1},
    {CHI2_UPPER, 201, 201, 0, 0.48673432806026734},
    {CHI2_UPPER, 804, 201, 0, 4.871722559862331e-73},
    {T_UPPER, 0.01, 350.5, 0, 0.4960134883317755},
    {T_UPPER, 1, 350.5, 0, 0.15900018695974633},
    {T_UPPER, 2, 350.5, 0, 0.023135748084906139},
    {T_UPPER, 5, 350.5, 0, 4.5388515596642462e-07},
    {T_UPPER, 30, 350.5, 0, 3.9071182112783444e-99},
    {T_QUANTILE, 9.9999999999999998e-13, 350.5, 0, -7.2957397310158187},
    {T_QUANTILE, 0.001, 350.5, 0, -3.1136463105721526},
    {T_QUANTILE, 0.025000000000000001, 350.5, 0, -1.9667552679912617},
    {T_QUANTILE, 0.29999999999999999, 350.5, 0, -0.52487775449801599},
    {T_QUANTILE, 0.49990000000000001, 350.5, 0, -0.00025084168309910107},
    {CHI2_QUANTILE, 0.025000000000000001, 350.5, 0, 300.52667755862927},
    {CHI2_QUANTILE, 0.5, 350.5, 0, 349.83355923070172},
    {CHI2_QUANTILE, 0.97499999999999998, 350.5, 0, 404.26037668222205},
    {CHI2_QUANTILE, 0.999, 350.5, 0, 438.04661195549886},
    {F_UPPER, 0.5, 1, 350.5, 0.47996997048138024},
    {F_UPPER, 3, 1, 350.5, 0.084144285846993891},
    {F_UPPER, 10, 1, 350.5, 0.0017020323717693588},
    {F_UPPER, 0.5, 2, 350.5, 0.60696261050731648},
    {F_UPPER, 3, 2, 350.5, 0.051067258305529523},
    {F_UPPER, 10, 2, 350.5, 5.9764281169251753e-05},
    {F_UPPER, 0.5, 5, 350.5, 0.77622947925053709},
    {F_UPPER, 3, 5, 350.5, 0.011483637358303401},
    {F_UPPER, 10, 5, 350.5, 5.8499993817050645e-09},
    {F_UPPER, 0.5, 1, 4999, 0.47953308186654753},
    {F_UPPER, 3, 1, 4999, 0.083326201130823577},
    {F_UPPER, 10, 1, 4999, 0.0015747704566321415},
    {F_UPPER, 0.5, 2, 4999, 0.60656098902586741},
    {F_UPPER, 3, 2, 4999, 0.049876711966984885},
    {F_UPPER, 10, 2, 4999, 4.631479070163125e-05},
    {F_UPPER, 0.5, 5, 4999, 0.77647625673587151},
    {F_UPPER, 3, 5, 4999, 0.010439384911317018},
    {F_UPPER, 10, 5, 4999, 1.5469276072142166e-09},
    {T_QUANTILE, 9.9999999999999998e-13, 5001, 0, -7.0522749656360668},
    {T_QUANTILE, 0.001, 5001, 0, -3.0918627937058494},
    {T_QUANTILE, 0.025000000000000001, 5001, 0, -1.9604384567894739},
    {T_QUANTILE, 0.29999999999999999, 5001, 0, -0.52443393814714523},
    {T_QUANTILE, 0.49990000000000001, 5001, 0, -0.00025067536103729723},
    {T_UPPER, 0.01, 10000, 0, 0.49601074342467788},
    {T_UPPER, 1, 10000, 0, 0.15866735216521471},
    {T_UPPER, 2, 10000, 0, 0.022763630330717734},
    {T_UPPER, 5, 10000, 0, 2.9151633068313211e-07},
    {T_UPPER, 30, 10000, 0, 1.0221635237128654e-189},
    {CHI2_UPPER, 1000, 10000, 0, 1},
    {CHI2_UPPER, 10000, 10000, 0, 0.49811936596618267},
    {CHI2_QUANTILE, 0.025000000000000001, 99999, 0, 99124.377683278668},
    {CHI2_QUANTILE, 0.5, 99999, 0, 99998.333334123468},
    {CHI2_QUANTILE, 0.97499999999999998, 99999, 0, 100877.4109230342},
    {CHI2_QUANTILE, 0.999, 99999, 0, 101386.6886225523},
    {T_UPPER, 0.01, 1000000, 0, 0.49601064468277384},
    {T_UPPER, 1, 1000000, 0, 0.15865537491678908},
    {T_UPPER, 2, 1000000, 0, 0.022750266925659592},
    {T_UPPER, 5, 1000000, 0, 2.8669989354453676e-07},
    {T_UPPER, 30, 1000000, 0, 6.0100471168316661e-198},
    {NORMAL_UPPER, -30, 0, 0, 1},
    {NORMAL_UPPER, -8, 0, 0, 0.99999999999999933},
    {NORMAL_UPPER, -2, 0, 0, 0.97724986805182079},
    {NORMAL_UPPER, -0.10000000000000001, 0, 0, 0.53982783727702899},
    {NORMAL_UPPER, 0, 0, 0, 0.5},
    {NORMAL_UPPER, 0.29999999999999999, 0, 0, 0.38208857781104733},
    {NORMAL_UPPER, 1, 0, 0, 0.15865525393145705},
    {NORMAL_UPPER, 5, 0, 0, 2.8665157187919391e-07},
    {NORMAL_UPPER, 20, 0, 0, 2.7536241186062337e-89},
    {NORMAL_UPPER, 37, 0, 0, 5.7255712225245771e-300},
    {NORMAL_QUANTILE, 1e-300, 0, 0, -37.047096299361201},
    {NORMAL_QUANTILE, 9.9999999999999995e-21, 0, 0, -9.2623400897984052},
    {NORMAL_QUANTILE, 0.001, 0, 0, -3.0902323061678132},
    {NORMAL_QUANTILE, 0.025000000000000001, 0, 0, -1.9599639845400538},
    {NORMAL_QUANTILE, 0.29999999999999999, 0, 0, -0.52440051270804067},
    {NORMAL_QUANTILE, 0.5, 0, 0, 0},
    {NORMAL_QUANTILE, 0.69999999999999996, 0, 0, 0.52440051270804067},
    {NORMAL_QUANTILE, 0.999, 0, 0, 3.0902323061678132},
};

static double value_of(enum function function, double at, double df, double df2)
{
    switch (function) {
    case T_UPPER:
        return t_upper(at, df);
    case T_QUANTILE:
        return t_quantile(at, df);
    case CHI2_UPPER:
        return chi2_upper(at, df);
    case CHI2_QUANTILE:
        return chi2_quantile(at, df);
    case F_UPPER:
        return f_upper(at, df, df2);
    case NORMAL_UPPER:
        return normal_upper(at);
    case NORMAL_QUANTILE:
        return normal_quantile(at);
    }
    return NAN;
}

static void check_near(double got, double want, double relative)
{
    if (!(fabs(got - want) <= relative * fabs(want)))
        fail_msg("got %.17g, want %.17g", got, want);
}

static void distributions_are_those_of_r(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof from_r / sizeof *from_r; i++) {
        double tolerance = from_r[i].df > 5000 ? 1e-10 : 1e-12;
        double got = value_of(from_r[i].function, from_r[i].at, from_r[i].df, from_r[i].df2);
        if (!(fabs(got - from_r[i].expected) <= tolerance * fabs(from_r[i].expected)))
            fail_msg("row %zu (at %g, df %g, %g): got %.17g, want %.17g", i, from_r[i].at,
                     from_r[i].df, from_r[i].df2, got, from_r[i].expected);
    }
}

static void quantiles_and_tails_undo_each_other(void **state)
{
    (void)state;
    for (double df = 0.5; df < 3000; df *= 1.7) {
        for (double p = 1e-10; p < 1; p = p < 0.1 ? p * 7 : p + 0.09) {
            check_near(t_cdf(t_quantile(p, df), df), p, 1e-10);
            check_near(1 - chi2_upper(chi2_quantile(p, df), df), p, 1e-5);
            check_near(chi2_upper(chi2_quantile(1 - p, df), df), p, 1e-5);
        }
    }
}

static void critical_values_are_the_known_ones(void **state)
{
    (void)state;
    /* Any table of the normal and of t. */
    check_near(normal_critical(0.95), 1.959963984540054, 1e-15);
    check_near(t_critical(0.95, 9), 2.2621571627982, 1e-12);
    check_near(t_critical(0.95, 1), 12.7062047361747, 1e-12);
    check_near(t_critical(0.95, INFINITY), 1.959963984540054, 1e-15);
}

static void what_lies_outside_a_domain_is_nan(void **state)
{
    (void)state;
    const double bad[] = {
        t_cdf(1, 0),           t_cdf(1, -2),       t_cdf(NAN, 3),      t_quantile(1.1, 3),
        t_quantile(0.5, NAN),  chi2_upper(1, 0),   chi2_upper(NAN, 1), chi2_quantile(-0.1, 2),
        chi2_quantile(0.5, 0), f_upper(1, 0, 1),   f_upper(1, 1, NAN), normal_quantile(2),
        normal_quantile(NAN),  normal_critical(3),
    };
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        if (!isnan(bad[i]))
            fail_msg("%zu is %g", i, bad[i]);
    }
}

static void the_ends_of_a_domain_have_values(void **state)
{
    (void)state;
    assert_true(chi2_upper(0, 3) == 1);
    assert_true(chi2_upper(INFINITY, 3) == 0);
    assert_true(chi2_quantile(0, 3) == 0);
    assert_true(isinf(chi2_quantile(1, 3)));
    assert_true(f_upper(0, 1, 2) == 1);
    assert_true(t_two_sided(INFINITY, 3) == 0);
    assert_true(t_quantile(0.5, 3) == 0);
    assert_true(isinf(t_quantile(1, 3)));
    assert_true(t_cdf(0, 3) == 0.5);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(distributions_are_those_of_r),
        cmocka_unit_test(quantiles_and_tails_undo_each_other),
        cmocka_unit_test(critical_values_are_the_known_ones),
        cmocka_unit_test(what_lies_outside_a_domain_is_nan),
        cmocka_unit_test(the_ends_of_a_domain_have_values),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
