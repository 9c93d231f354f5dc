-- Roles of accounts and kinds of policies are closed lists again: whoever adds one says so here.

alter table account drop constraint account_role_check;
alter table account add constraint account_role_check check (role in (
    'INVENTORY', 'INVENTORY_INTERIM', 'GOODS_RECEIVED_NOT_INVOICED', 'ACCOUNTS_PAYABLE', 'LANDED_COST_ACCRUAL', 'CONSIGNMENT_PAYABLE',
    'COST_OF_GOODS_SOLD', 'PURCHASE_VARIANCE', 'COUNT_VARIANCE', 'ADJUSTMENT', 'WRITE_OFF', 'REVALUATION', 'OPENING_BALANCE',
    'INPUT_TAX', 'EXCHANGE_DIFFERENCE', 'PURCHASED_SERVICES', 'PAYMENTS'));

alter table policy_version drop constraint policy_version_kind_check;
alter table policy_version add constraint policy_version_kind_check check (kind in (
    'EXCEPTION_ROUTING', 'APPROVAL_MATRIX', 'INSPECTION', 'PUTAWAY', 'RECEIVING', 'INVOICE_MATCH'));
