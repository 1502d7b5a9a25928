-- A row for each reference to something that is not there: table, rowid, parent, number of the key
PRAGMA foreign_key_check
