SELECT * FROM attempt ORDER BY started_at DESC, rowid DESC LIMIT :limit
