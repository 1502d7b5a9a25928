-- The conditions and the outcomes in the order of their lists
SELECT 'condition', id, position FROM condition
UNION ALL
SELECT 'outcome', id, position FROM outcome
ORDER BY 1, 3, 2
