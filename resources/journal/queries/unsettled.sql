-- What a start has to deal with: open attempts, and results that nobody was told of.
SELECT * FROM attempt WHERE outcome IS NULL OR (shown_at IS NULL AND outcome = 'captured')
