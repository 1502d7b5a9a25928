SELECT study_key, result, role, name, id, n, mean, sd, baseline_mean, baseline_sd, change_mean,
       change_sd, median, q1, q3, events
FROM arm
ORDER BY study_key, result, position
