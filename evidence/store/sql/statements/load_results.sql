-- ?1 and ?2 the first and the last study_key
SELECT study_key, intervention, comparator, comparator_detail, condition, outcome, scale_name,
       scale_low, scale_high, scale_unit, better, "window", days, time, measure, estimate, ci_low,
       ci_high, ci_level, se, p, p_bound, k, n, i2, control_risk, group_name, paired, favours,
       main, grade, grade_by, grade_where, dose_response, borderline, ignored, note, source_review,
       source_analysis, source_subgroup
FROM result
WHERE study_key BETWEEN ?1 AND ?2
ORDER BY study_key, position
