-- ?1 outcome
DELETE FROM outcome_alias WHERE outcome = ?1
