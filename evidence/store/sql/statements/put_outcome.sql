-- ?1 id, ?2 position, ?3 name, ?4 plain, ?5 kind, ?6 stand_in_for, ?7 mid_value,
-- ?8 mid_scale_name, ?9 mid_scale_low, ?10 mid_scale_high, ?11 mid_source_url,
-- ?12 mid_source_where, ?13 mid_note, ?14 hash
INSERT INTO outcome (id, position, name, plain, kind, stand_in_for, mid_value, mid_scale_name,
                     mid_scale_low, mid_scale_high, mid_source_url, mid_source_where, mid_note,
                     hash)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14)
ON CONFLICT (id) DO UPDATE SET
    position = excluded.position,
    name = excluded.name,
    plain = excluded.plain,
    kind = excluded.kind,
    stand_in_for = excluded.stand_in_for,
    mid_value = excluded.mid_value,
    mid_scale_name = excluded.mid_scale_name,
    mid_scale_low = excluded.mid_scale_low,
    mid_scale_high = excluded.mid_scale_high,
    mid_source_url = excluded.mid_source_url,
    mid_source_where = excluded.mid_source_where,
    mid_note = excluded.mid_note,
    hash = excluded.hash
