-- ?1 publication_key that stays, ?2 that goes: what only the latter was decided counts on
UPDATE publication
SET screening = (SELECT screening FROM publication WHERE publication_key = ?2)
WHERE publication_key = ?1 AND screening = 'unscreened'
