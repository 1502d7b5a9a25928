-- The store that a public copy is made of, beside the copy.
-- :path its file
ATTACH :path AS kept
