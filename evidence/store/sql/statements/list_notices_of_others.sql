-- ?1 publication_key: what the records of others say befell it, each once
SELECT type, doi, pmid, date, source, reason
FROM (SELECT type, notice.doi, notice.pmid, notice.date, notice.source, notice.reason,
             row_number() OVER (ORDER BY notice.record_key, notice.position) AS place
      FROM source_record AS own
      CROSS JOIN record_identifier AS id ON id.record_key = own.record_key
      CROSS JOIN found_notice AS notice
          ON notice.target_kind = id.kind AND notice.target_value = id.value
      CROSS JOIN source_record AS teller ON teller.record_key = notice.record_key
      WHERE own.publication_key = ?1 AND teller.publication_key <> ?1 AND teller.deleted = 0) AS told
GROUP BY type, doi, pmid, date, source, reason
ORDER BY min(place)
