-- In the order of load_interventions
SELECT intervention, claim FROM intervention_claim ORDER BY intervention, position
