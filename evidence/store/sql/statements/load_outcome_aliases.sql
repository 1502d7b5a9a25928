-- In the order of load_outcomes
SELECT list.outcome, list.alias
FROM outcome_alias AS list JOIN outcome AS owner ON owner.id = list.outcome
ORDER BY owner.position, owner.id, list.position
