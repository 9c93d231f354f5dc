-- Tokens of identity providers cannot be called back one by one; those from before this moment are refused.
alter table user_account add column tokens_since timestamptz;
