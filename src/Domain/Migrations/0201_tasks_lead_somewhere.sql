-- Work in the warehouse leads from one bin to another, and a single unit is carried by one person at a time.

alter table warehouse_task
    add constraint warehouse_task_leads_away check (to_bin_id is distinct from from_bin_id and actual_bin_id is distinct from from_bin_id);
create unique index warehouse_task_serial_once on warehouse_task (serial_id)
    where serial_id is not null and status in ('OFFERED', 'CLAIMED', 'EXCEPTION');
