-- ?1 study_key, ?2 id, ?3 pmid, ?4 doi, ?5 pmcid, ?6 title, ?7 authors_complete, ?8 year,
-- ?9 journal, ?10 design, ?11 condition, ?12 population, ?13 participants, ?14 trials,
-- ?15 funding, ?16 retracted, ?17 conclusion, ?18 note, ?19 checked, ?20 checked_agrees,
-- ?21 checked_by, ?22 checked_on, ?23 checked_note, ?24 hash
INSERT INTO study (study_key, id, pmid, doi, pmcid, title, authors_complete, year, journal,
                   design, condition, population, participants, trials, funding, retracted,
                   conclusion, note, checked, checked_agrees, checked_by, checked_on,
                   checked_note, hash)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19, ?20,
        ?21, ?22, ?23, ?24)
