SELECT id, name, plain, primary_window FROM condition ORDER BY position, id
