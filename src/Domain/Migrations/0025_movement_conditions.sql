-- The words of a movement's conditions, as of a balance's.
alter table stock_movement
    add constraint stock_movement_from_condition_known check (from_condition in ('RECEIVING', 'INSPECTION', 'USABLE', 'QUARANTINED', 'DAMAGED', 'RETURN_REVIEW')),
    add constraint stock_movement_to_condition_known check (to_condition in ('RECEIVING', 'INSPECTION', 'USABLE', 'QUARANTINED', 'DAMAGED', 'RETURN_REVIEW'));
