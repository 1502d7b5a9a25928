-- All statements until the end see one state of the store
BEGIN DEFERRED
