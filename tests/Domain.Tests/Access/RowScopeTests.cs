using Npgsql;
using Platform.Domain.Catalog;
using Platform.Domain.Kernel;
using Platform.Domain.Kernel.Storage;
using Platform.Domain.Stock;
using Platform.Domain.Warehouses;
using Platform.Tests.Support;

namespace Platform.Tests.Domain.Access;

/// <summary>R-44: PostgreSQL shows and takes no foreign row, whatever a statement asks for.</summary>
public sealed class RowScopeTests(StockWorld world) : IClassFixture<StockWorld>, IAsyncLifetime
{
    private readonly ScopedDataSource _scoped = DatabaseAccess.AsScoped(world.ConnectionString);

    public static TheoryData<string> Limits => ["one company", "one warehouse", "one supplier", "nothing"];

    public async Task InitializeAsync()
    {
        var item = await world.ItemAsync(new ItemTraits());
        await world.PostedAsync(world.Receipt(item, world.Reserve, 10, 2), world.Receipt(item, world.OtherReserve, 7, 2));
        await world.RunAsync(new PostMovements(world.Request(world.Receipt(item, world.YenReserve, 5, 300)) with
        {
            LegalEntity = world.YenEntity,
            Lines = [world.Receipt(item, world.YenReserve, 5, 300) with { Owner = new(world.YenEntity.Value) }],
        }));
        await world.SupplierAsync();
    }

    public async Task DisposeAsync() => await _scoped.DisposeAsync();

    [Fact]
    public async Task Every_table_says_whose_its_rows_are()
    {
        var undeclared = await world.ScalarAsync<string[]>(
            """
            select coalesce(array_agg(c.relname order by c.relname), '{}') from pg_class c
            where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and not c.relispartition
              and not c.relrowsecurity and c.relname not in (select name from shared_table)
            """);

        undeclared.ShouldBeEmpty("say `select scope_rows(…)`, `scope_to_nobody(…)` or `share_rows(…)` in the migration that makes the table");
    }

    [Fact]
    public async Task Every_view_asks_with_the_rights_of_whoever_asks_it() =>
        (await world.ScalarAsync<string[]>(
            """
            select coalesce(array_agg(relname order by relname), '{}') from pg_class
            where relnamespace = 'public'::regnamespace and relkind in ('v', 'm')
              and not coalesce(reloptions @> '{security_invoker=true}', false)
            """)).ShouldBeEmpty();

    [Fact]
    public async Task Without_settings_the_scoped_role_sees_no_row_of_anything_that_is_somebodys()
    {
        await using var connection = await _scoped.Source.OpenConnectionAsync();
        foreach (var table in await ScopedTablesAsync())
        {
            (await CountAsync(connection, table)).ShouldBe(0, table);
        }
    }

    [Fact]
    public async Task The_scoped_role_has_no_way_around_its_policies() =>
        (await world.ScalarAsync<bool>(
            "select rolbypassrls or rolsuper or rolcreaterole or rolcreatedb or rolcanlogin from pg_roles where rolname = 'platform_scoped'"))
            .ShouldBeFalse();

    /// <summary>Judged by the columns that say whose a row is, not by the policies.</summary>
    [Theory, MemberData(nameof(Limits))]
    public async Task No_table_shows_a_foreign_row(string limits)
    {
        var rows = RowsOf(limits);
        await using var connection = await _scoped.Source.OpenConnectionAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        await using (var settings = new NpgsqlBatch(connection, transaction) { BatchCommands = { RowSettings.Of(rows) } })
        {
            await settings.ExecuteNonQueryAsync();
        }

        var seen = 0L;
        foreach (var (table, column, kind) in await OwnedColumnsAsync())
        {
            var ids = kind switch { "legal_entity" => rows.LegalEntities, "warehouse" => rows.Warehouses, _ => rows.Suppliers };
            if (ids is not null)
            {
                await using var foreign = new NpgsqlCommand(
                    $"select count(*) from {table} where {column} is not null and not ({column} = any ($1))", connection);
                foreign.Parameters.Add(new NpgsqlParameter<Guid[]> { TypedValue = [.. ids] });
                ((long)(await foreign.ExecuteScalarAsync())!).ShouldBe(0, $"{table}.{column}");
            }

            seen += await CountAsync(connection, table);
        }

        (seen > 0).ShouldBe(limits is "one company" or "one warehouse" or "one supplier", "the test looked at something");
    }

    [Fact]
    public async Task Foreign_rows_are_neither_changed_nor_removed_nor_added()
    {
        await using var connection = await _scoped.Source.OpenConnectionAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        await using (var settings = new NpgsqlBatch(connection, transaction) { BatchCommands = { RowSettings.Of(OfWarehouse()) } })
        {
            await settings.ExecuteNonQueryAsync();
        }

        (await ExecuteAsync(connection, $"update stock_balance set version = version where warehouse_id = '{world.OtherWarehouse}'")).ShouldBe(0);
        (await ExecuteAsync(connection, $"update bin set rank = 2 where warehouse_id = '{world.OtherWarehouse}'")).ShouldBe(0);
        (await ExecuteAsync(connection, $"delete from cut_off where warehouse_id = '{world.OtherWarehouse}'")).ShouldBe(0);
        var moved = await Should.ThrowAsync<PostgresException>(() => ExecuteAsync(
            connection, $"update bin set warehouse_id = '{world.OtherWarehouse}' where id = '{world.Reserve}'"));
        moved.SqlState.ShouldBe(PostgresErrorCodes.InsufficientPrivilege);
    }

    [Fact]
    public async Task A_limited_caller_works_in_their_warehouse_and_finds_no_other()
    {
        var worker = Callers.Supervisor with { Rows = OfWarehouse() };
        var item = await world.ItemAsync(new ItemTraits());
        await world.PostedAsync(world.Receipt(item, world.Reserve, 10, 2), world.Receipt(item, world.OtherReserve, 7, 2));
        var before = await world.FootprintAsync();
        var absent = new BinId(Guid.CreateVersion7());

        var foreign = await world.RunAsync(new PostMovements(world.Request(world.Move(item, world.Reserve, world.OtherReserve, 1))), worker);
        var unknown = await world.RunAsync(new PostMovements(world.Request(world.Move(item, world.Reserve, absent, 1))), worker);

        // The same answer for absent and not theirs, and no trace of either.
        foreign.Error!.Message.Replace(world.OtherReserve.ToString(), "the bin", StringComparison.Ordinal)
            .ShouldBe(unknown.Error!.Message.Replace(absent.ToString(), "the bin", StringComparison.Ordinal));
        (await world.FootprintAsync()).ShouldBe(before);

        (await world.RunAsync(new PostMovements(world.Request(world.Move(item, world.Reserve, world.Pick, 4))), worker)).Error.ShouldBeNull();
        (await world.RunAsync(new PostMovements(world.Request(world.Shipment(item, world.Pick, 3))), worker)).Error.ShouldBeNull();
        (await world.OnHandAsync(item, world.Pick)).ShouldBe(1);
        await world.ShouldHoldAsync();
    }

    [Fact]
    public async Task A_serial_that_stands_where_the_caller_cannot_see_is_refused_and_breaks_nothing()
    {
        var worker = Callers.Supervisor with { Rows = OfWarehouse() };
        var item = await world.ItemAsync(new ItemTraits { Tracking = "SERIAL" });
        var serial = await world.SerialAsync(item);
        await world.PostedAsync(world.Receipt(item, world.OtherReserve, 1, 2) with { Serial = serial });
        var before = await world.FootprintAsync();

        var refused = await world.RunAsync(
            new PostMovements(world.Request(world.Receipt(item, world.Reserve, 1, 2) with { Serial = serial })), worker);

        refused.Error.ShouldBe(new SerialAlreadyOnHand(1, serial));
        (await world.FootprintAsync()).ShouldBe(before);
    }

    [Fact]
    public async Task A_pooled_connection_carries_nothing_over()
    {
        var worker = Callers.Supervisor with { Rows = OfWarehouse() };
        var item = await world.ItemAsync(new ItemTraits());
        await world.PostedAsync(world.Receipt(item, world.Reserve, 100, 2), world.Receipt(item, world.OtherReserve, 100, 2));

        for (var turn = 0; turn < 20; turn++)
        {
            (await world.RunAsync(new PostMovements(world.Request(world.Move(item, world.Reserve, world.Pick, 1))), worker)).Error.ShouldBeNull();
            (await world.RunAsync(new PostMovements(world.Request(world.Shipment(item, world.OtherReserve, 1))))).Error.ShouldBeNull();
            (await world.RunAsync(new PostMovements(world.Request(world.Shipment(item, world.OtherReserve, 1))), worker)).Error.ShouldNotBeNull();
        }
    }

    [Fact]
    public async Task What_would_need_to_see_everything_is_refused_to_whoever_is_limited()
    {
        var worker = Callers.Supervisor with { Rows = OfWarehouse() };
        var item = await world.ItemAsync(new ItemTraits());

        (await world.RunAsync(new RetireItem(item, Version: 1, "no longer sold"), worker)).Error.ShouldBe(new BeyondYourRows(nameof(RetireItem)));
        (await world.ScalarAsync<string>($"select status from item where id = '{item}'")).ShouldBe("ACTIVE");
        (await world.ScalarAsync<long>("select count(*) from audit where outcome = 'BEYOND_YOUR_ROWS'")).ShouldBe(1);
    }

    private RowScope OfWarehouse() => RowScope.Everything with { Warehouses = new HashSet<Guid> { world.Warehouse.Value } };

    private RowScope RowsOf(string limits) => limits switch
    {
        "one company" => RowScope.Everything with { LegalEntities = new HashSet<Guid> { world.YenEntity.Value } },
        "one warehouse" => OfWarehouse(),
        "one supplier" => RowScope.Everything with { Suppliers = new HashSet<Guid> { Guid.CreateVersion7() } },
        _ => RowScope.Nothing,
    };

    private Task<string[]> ScopedTablesAsync() => world.ScalarAsync<string[]>(
        """
        select array_agg(relname order by relname)::text[] from pg_class
        where relnamespace = 'public'::regnamespace and relkind in ('r', 'p') and not relispartition and relrowsecurity
        """);

    private async Task<List<(string Table, string Column, string Kind)>> OwnedColumnsAsync()
    {
        await using var find = world.Owner.CreateCommand(
            """
            select c.table_name, c.column_name, case
                when c.column_name = 'id' then c.table_name else left(c.column_name, -3) end
            from information_schema.columns c join pg_class t on t.oid = c.table_name::regclass
            where c.table_schema = 'public' and t.relkind in ('r', 'p') and not t.relispartition and t.relrowsecurity
              and (c.column_name in ('legal_entity_id', 'warehouse_id', 'supplier_id')
                   or (c.column_name = 'id' and c.table_name in ('legal_entity', 'warehouse', 'supplier')))
            """);
        await using var row = await find.ExecuteReaderAsync();
        var columns = new List<(string, string, string)>();
        while (await row.ReadAsync())
        {
            columns.Add((row.GetString(0), row.GetString(1), row.GetString(2)));
        }

        return columns;
    }

    private static async Task<long> CountAsync(NpgsqlConnection connection, string table)
    {
        await using var count = new NpgsqlCommand($"select count(*) from {table}", connection);
        return (long)(await count.ExecuteScalarAsync())!;
    }

    private static async Task<int> ExecuteAsync(NpgsqlConnection connection, string sql)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        return await command.ExecuteNonQueryAsync();
    }
}
