-- In the order of load_interventions
SELECT intervention, alias FROM intervention_alias ORDER BY intervention, position
