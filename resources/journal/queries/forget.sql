-- What nobody has been told of stays, and so does an attempt whose end is not known.
DELETE FROM attempt
WHERE started_at < :before AND outcome IS NOT NULL AND (shown_at IS NOT NULL OR outcome <> 'captured')
