SELECT study_key, id, pmid, doi, pmcid, title, authors_complete, year, journal, design, condition,
       population, participants, trials, funding, retracted, conclusion, note, checked,
       checked_agrees, checked_by, checked_on, checked_note
FROM study
ORDER BY study_key
