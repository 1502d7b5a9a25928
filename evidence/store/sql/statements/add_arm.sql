-- ?1 study_key, ?2 result, ?3 position, ?4 role, ?5 name, ?6 id, ?7 n, ?8 mean, ?9 sd,
-- ?10 baseline_mean, ?11 baseline_sd, ?12 change_mean, ?13 change_sd, ?14 median, ?15 q1, ?16 q3,
-- ?17 events
INSERT INTO arm (study_key, result, position, role, name, id, n, mean, sd, baseline_mean,
                 baseline_sd, change_mean, change_sd, median, q1, q3, events)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17)
