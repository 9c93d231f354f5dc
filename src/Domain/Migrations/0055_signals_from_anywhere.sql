-- Whoever is limited to some rows may still find trouble that is about none of them in particular: the case is then the house's, and
-- they do not see it again. Refusing to hear of it would lose it.
alter policy row_scope_write on exception_case with check (true);
alter policy row_scope_write on exception_signal with check (true);
