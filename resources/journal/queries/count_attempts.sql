SELECT count(*) AS number FROM attempt
