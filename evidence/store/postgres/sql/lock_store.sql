-- One writer at a time: held until the end of the transaction
SELECT version FROM touchstone_store FOR UPDATE
