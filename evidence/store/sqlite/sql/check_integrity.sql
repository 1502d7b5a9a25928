-- "ok", or what is broken, a row each
PRAGMA integrity_check(20)
