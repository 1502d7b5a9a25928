-- In the order of load_conditions
SELECT list.condition, list.parent
FROM condition_parent AS list JOIN condition AS owner ON owner.id = list.condition
ORDER BY owner.position, owner.id, list.position
