SELECT id, name, plain, kind, stand_in_for, mid_value, mid_scale_name, mid_scale_low, mid_scale_high,
       mid_source_url, mid_source_where, mid_note
FROM outcome
ORDER BY position, id
