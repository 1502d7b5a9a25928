-- ?1 and ?2 the first and the last study_key
SELECT study_key, id, pmid, doi, pmcid, title, authors_complete, year, journal, design, condition,
       population, participants, trials, funding, retracted, conclusion, note, checked,
       checked_agrees, checked_by, checked_on, checked_note
FROM study
WHERE study_key BETWEEN ?1 AND ?2
ORDER BY study_key
