-- ?1 publication_key, ?2 id, ?3 study, ?4 title, ?5 year, ?6 merged, ?7 retracted, ?8 withdrawn,
-- ?9 searchable, ?10 now
UPDATE publication
SET id = ?2, study = ?3, title = ?4, year = ?5, merged = ?6, retracted = ?7, withdrawn = ?8,
    searchable = ?9, changed = ?10
WHERE publication_key = ?1
