SELECT study_key, type, doi, date, source FROM notice ORDER BY study_key, position
