-- The place after the last of a list.
-- ?1 condition or outcome
SELECT coalesce(max(position) + 1, 0)
FROM (SELECT position FROM condition WHERE ?1 = 'condition'
      UNION ALL
      SELECT position FROM outcome WHERE ?1 = 'outcome') AS list
