SELECT * FROM attempt WHERE shown_at IS NULL AND outcome = 'captured' ORDER BY started_at
