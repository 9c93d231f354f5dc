-- A file of comma-separated rows names its columns once; its lines are the cells. A file of JSON lines has no columns.
alter table bulk_file add column columns text[] check (cardinality(columns) between 1 and 500);
