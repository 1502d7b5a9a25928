-- ?1 and ?2 the first and the last study_key
SELECT study_key, result, role, name, id, n, mean, sd, baseline_mean, baseline_sd, change_mean,
       change_sd, median, q1, q3, events
FROM arm
WHERE study_key BETWEEN ?1 AND ?2
ORDER BY study_key, result, position
