-- ?1 intervention
DELETE FROM intervention_alias WHERE intervention = ?1
