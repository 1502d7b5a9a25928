-- The key of a study that is added now.
SELECT coalesce(max(study_key), 0) + 1 FROM study
