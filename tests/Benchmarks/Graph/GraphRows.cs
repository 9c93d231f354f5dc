using Platform.Api.Hosting.Postgres;
using Platform.Domain.Kernel.Storage;
using Platform.Tests.Benchmarks.Stock;

namespace Platform.Tests.Benchmarks.Graph;

/// <summary>A cluster of its own with 20 000 items in four warehouses and 2 000 documents of ten movements.</summary>
internal sealed class GraphRows : IAsyncDisposable
{
    private readonly string _folder;
    private readonly PrivateCluster _cluster;

    private GraphRows(string folder, PrivateCluster cluster)
    {
        _folder = folder;
        _cluster = cluster;
    }

    public string ConnectionString => _cluster.ConnectionString;

    public double ServerCpuMicros => ServerCpu.Micros(_cluster.ServerProcessId);

    public static Guid Id(int kind, int number) => Guid.ParseExact($"{kind:x8}-0000-7000-8000-{number:x12}", "D");

    public static async Task<GraphRows> StartAsync(CancellationToken ct)
    {
        var binaries = PostgresBinaries.Find(Environment.GetEnvironmentVariable("Platform__Postgres__Bin"))
            ?? throw new MissingPrerequisiteException("The benchmark needs PostgreSQL 15 or newer: apt-get install postgresql");
        var folder = Path.Combine(Path.GetTempPath(), $"platform-graph-{Environment.ProcessId}");
        var rows = new GraphRows(folder, await PrivateCluster.StartPersistentAsync(binaries, folder, ct));
        await using var owner = DatabaseAccess.AsOwner(rows.ConnectionString);
        await Migrations.ApplyAsync(owner, ct);
        await using (var fill = owner.CreateCommand(Rows + Views))
        {
            fill.CommandTimeout = 0;
            await fill.ExecuteNonQueryAsync(ct);
        }

        await using var analyze = owner.CreateCommand("vacuum analyze");
        await analyze.ExecuteNonQueryAsync(ct);
        return rows;
    }

    public async ValueTask DisposeAsync()
    {
        await _cluster.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    /// <summary>
    /// What PostGraphile is shown: it knows no column of transaction numbers, so it gets the six tables as views, with their keys as
    /// its documentation says, and the filtered and sorted page as a function, as it has no operators of texts.
    /// </summary>
    private const string Views =
        """
        create schema bench;
        create view bench.legal_entity as select * from legal_entity;
        create view bench.warehouse as select * from warehouse;
        create view bench.item as select * from item;
        create view bench.stock_posting as select id, legal_entity_id, document_number, posting_date from stock_posting;
        create view bench.stock_movement as select id, posting_id, item_id, line, quantity from stock_movement;
        create view bench.stock_balance as select id, item_id, warehouse_id, on_hand from stock_balance;
        comment on view bench.legal_entity is '@primaryKey id';
        comment on view bench.warehouse is '@primaryKey id';
        comment on view bench.item is '@primaryKey id';
        comment on view bench.stock_posting is E'@primaryKey id\n@foreignKey (legal_entity_id) references legal_entity (id)';
        comment on view bench.stock_movement is
            E'@primaryKey id\n@foreignKey (posting_id) references stock_posting (id)\n@foreignKey (item_id) references item (id)';
        comment on view bench.stock_balance is
            E'@primaryKey id\n@foreignKey (item_id) references item (id)\n@foreignKey (warehouse_id) references warehouse (id)';
        create function bench.items(prefix text) returns setof bench.item stable language sql
            as $$ select * from bench.item where code like prefix || '%' order by name, id $$;
        """;

    private const string Rows =
        """
        create function bench_id(kind int, number int) returns uuid immutable language sql
            return (lpad(to_hex(kind), 8, '0') || '-0000-7000-8000-' || lpad(to_hex(number), 12, '0'))::uuid;
        insert into legal_entity (id, code, name, currency_code, country, status, version, created_at, updated_at)
            values (bench_id(0, 1), 'LE', 'Bench', 'EUR', 'DE', 'ACTIVE', 1, now(), now());
        insert into owner (id, legal_entity_id, kind, status, version, created_at, updated_at)
            values (bench_id(0, 1), bench_id(0, 1), 'OWN', 'ACTIVE', 1, now(), now()) on conflict do nothing;
        insert into calendar (id, code, name, weekdays, version, created_at, updated_at)
            values (bench_id(0, 2), 'CAL', 'Always', 127, 1, now(), now());
        insert into warehouse (id, legal_entity_id, code, name, role, calendar_id, time_zone, country, status, version, created_at, updated_at)
            select bench_id(1, w), bench_id(0, 1), 'WH' || w, 'Bench ' || w, 'HUB', bench_id(0, 2), 'UTC', 'DE', 'ACTIVE', 1, now(), now()
            from generate_series(1, 4) w;
        insert into zone (id, warehouse_id, code, name, temperature, hazard_classes, rank, status, version, created_at, updated_at)
            select bench_id(5, w), bench_id(1, w), 'Z', 'Zone', 'AMBIENT', '{}'::text[], 1, 'ACTIVE', 1, now(), now() from generate_series(1, 4) w;
        insert into bin (id, legal_entity_id, warehouse_id, zone_id, is_group, code, role, rank, mixing, is_blocked_in, is_blocked_out, status, version, created_at, updated_at)
            select bench_id(2, w), bench_id(0, 1), bench_id(1, w), bench_id(5, w), false, 'B' || w, 'RESERVE', 1, 'ANY', false, false, 'ACTIVE', 1, now(), now()
            from generate_series(1, 4) w;
        insert into item (id, code, status, name, name_key, base_unit, tracking, is_catch_weight, temperature, hazard_class, size_class,
                          handling_class, costing_method, is_regulated, is_imported, version, created_at, updated_at)
            select bench_id(3, n), 'I' || lpad(n::text, 6, '0'), 'ACTIVE', 'Item ' || (n * 7919) % 20000, 'I' || n, 'EA', 'NONE', false, 'AMBIENT', 'NONE', 'SMALL',
                   'STANDARD', 'MOVING_AVERAGE', false, false, 1, now(), now()
            from generate_series(0, 19999) n;
        insert into stock_balance (legal_entity_id, warehouse_id, bin_id, item_id, owner_id, condition, on_hand, weight, allocated, floor, last_moved_at, version)
            select bench_id(0, 1), bench_id(1, w), bench_id(2, w), bench_id(3, n), bench_id(0, 1), 'USABLE', 1000 + n, 0, 0, 0, now(), 1
            from generate_series(0, 19999) n, generate_series(1, 4) w;
        insert into stock_posting (id, legal_entity_id, document_kind, document_number, actor_kind, actor_id, correlation_id, posting_date, recorded_at)
            select bench_id(4, p), bench_id(0, 1), 'Opening', 'D' || p, 'SERVICE', bench_id(0, 9), bench_id(0, 9), current_date, now() from generate_series(0, 1999) p;
        insert into stock_movement (id, posting_id, line, type, legal_entity_id, item_id, owner_id, from_place, to_place, to_bin_id, to_condition, quantity, occurred_at, recorded_at)
            select nextval('stock_ledger_id'), bench_id(4, p), l, 'OPENING', bench_id(0, 1), bench_id(3, (p * 37 + l * 11) % 20000), bench_id(0, 1), 'OPENING', 'BIN',
                   bench_id(2, 1 + l % 4), 'USABLE', 10 + l, now(), now()
            from generate_series(0, 1999) p, generate_series(1, 10) l;
        """;
}
