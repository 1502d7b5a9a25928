-- The store that a public copy is made of, beside the copy.
-- ?1 its file
ATTACH ?1 AS kept
