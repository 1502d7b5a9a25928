-- ?1 intervention, ?2 position, ?3 claim
INSERT INTO intervention_claim (intervention, position, claim)
VALUES (?1, ?2, ?3)
