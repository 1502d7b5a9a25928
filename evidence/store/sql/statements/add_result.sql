-- ?1 study_key, ?2 position, ?3 intervention, ?4 comparator, ?5 comparator_detail, ?6 condition,
-- ?7 outcome, ?8 scale_name, ?9 scale_low, ?10 scale_high, ?11 scale_unit, ?12 better,
-- ?13 window, ?14 days, ?15 time, ?16 measure, ?17 estimate, ?18 ci_low, ?19 ci_high,
-- ?20 ci_level, ?21 se, ?22 p, ?23 p_bound, ?24 k, ?25 n, ?26 i2, ?27 control_risk,
-- ?28 group_name, ?29 paired, ?30 favours, ?31 main, ?32 grade, ?33 grade_by, ?34 grade_where,
-- ?35 dose_response, ?36 borderline, ?37 ignored, ?38 note, ?39 source_review,
-- ?40 source_analysis, ?41 source_subgroup
INSERT INTO result (study_key, position, intervention, comparator, comparator_detail, condition,
                    outcome, scale_name, scale_low, scale_high, scale_unit, better, "window", days,
                    time, measure, estimate, ci_low, ci_high, ci_level, se, p, p_bound, k, n, i2,
                    control_risk, group_name, paired, favours, main, grade, grade_by, grade_where,
                    dose_response, borderline, ignored, note, source_review, source_analysis,
                    source_subgroup)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19, ?20,
        ?21, ?22, ?23, ?24, ?25, ?26, ?27, ?28, ?29, ?30, ?31, ?32, ?33, ?34, ?35, ?36, ?37, ?38,
        ?39, ?40, ?41)
