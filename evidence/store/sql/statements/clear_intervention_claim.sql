-- ?1 intervention
DELETE FROM intervention_claim WHERE intervention = ?1
