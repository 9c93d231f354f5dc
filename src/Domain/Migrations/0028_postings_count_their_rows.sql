-- What a posting updates, it has locked and read before. A count that differs means that a lock was missed, and then nothing of the
-- document may stay. The server counts, because the statements travel together with the commit that they must be able to prevent.
create function all_written(rows bigint, wanted bigint) returns void language plpgsql as $$
begin
    if rows <> wanted then
        raise exception '% rows written instead of %; nothing is committed', rows, wanted using errcode = 'internal_error';
    end if;
end $$;
