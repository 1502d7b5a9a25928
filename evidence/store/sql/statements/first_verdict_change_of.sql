-- Since when the questions whose ids begin alike are followed; NULL: they are not.
-- ?1 how the ids begin, up to and without a full stop
SELECT MIN(at) FROM verdict_change WHERE question >= ?1 || '.' AND question < ?1 || '/'
