using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Platform.Api.Hosting.Postgres;
using Platform.Domain.Catalog;
using Platform.Domain.Kernel;
using Platform.Domain.Kernel.Storage;
using Platform.Domain.Partners;
using Platform.Domain.Warehouses;
using Platform.Tests.Support;

namespace Platform.Tests.Benchmarks.Stock;

/// <summary>A flushed cluster of its own with 100 000 balances, beside pgbench's tables at scale 20.</summary>
internal sealed class BenchLedger : IAsyncDisposable
{
    public const int Items = 100_000;
    public const int Bins = 5;

    private readonly string _folder;
    private readonly PrivateCluster _cluster;
    private readonly ServiceProvider _services;
    private readonly NpgsqlDataSource _owner;

    private BenchLedger(string folder, PrivateCluster cluster, ServiceProvider services, NpgsqlDataSource owner)
    {
        _folder = folder;
        _cluster = cluster;
        _services = services;
        _owner = owner;
    }

    public NpgsqlDataSource Owner => _owner;

    public IServiceProvider Services => _services;

    public CommandRunner Runner => _services.GetRequiredService<CommandRunner>();

    public Caller Caller { get; } = Callers.Supervisor with { IdempotencyKey = null };

    public LegalEntityId Entity { get; } = LegalEntityId.From(Id(0, 1));

    public double ServerCpuMicros => ServerCpu.Micros(_cluster.ServerProcessId);

    public string ConnectionString => _cluster.ConnectionString;

    public static BinId Bin(int number) => BinId.From(Id(2, number));

    public static ItemId Item(int number) => ItemId.From(Id(3, number));

    public static async Task<BenchLedger> StartAsync(CancellationToken ct)
    {
        var binaries = PostgresBinaries.Find(Environment.GetEnvironmentVariable("Platform__Postgres__Bin"))
            ?? throw new MissingPrerequisiteException("The benchmark needs PostgreSQL 15 or newer: apt-get install postgresql");
        // Not made here: the server drops root's rights and must own its folder.
        var folder = Path.Combine(Path.GetTempPath(), $"platform-bench-{Environment.ProcessId}");
        var cluster = await PrivateCluster.StartPersistentAsync(binaries, folder, ct);
        var owner = DatabaseAccess.AsOwner(cluster.ConnectionString);
        await Migrations.ApplyAsync(owner, ct);
        var services = new ServiceCollection();
        services.AddDomain(DatabaseAccess.AsApplication(cluster.ConnectionString));
        services.AddSingleton(DatabaseAccess.AsScoped(cluster.ConnectionString));
        var ledger = new BenchLedger(folder, cluster, services.BuildServiceProvider(), owner);
        await ledger.FillAsync(ct);
        await PgBench.InitialiseAsync(binaries, cluster.ConnectionString, ct);
        return ledger;
    }

    public async Task ExecuteAsync(string sql, CancellationToken ct)
    {
        await using var command = _owner.CreateCommand(sql);
        command.CommandTimeout = 0;
        await command.ExecuteNonQueryAsync(ct);
    }

    /// <summary>
    /// A million there-and-back movements written as rows: what counts here is that they exist. In balance, without value.
    /// </summary>
    public Task MillionMovementsAsync(ItemId item, CancellationToken ct) => ExecuteAsync(
        $"""
        insert into stock_movement (id, posting_id, line, type, legal_entity_id, item_id, owner_id, from_place, from_bin_id, from_condition,
                                    to_place, to_bin_id, to_condition, quantity, occurred_at, recorded_at)
        select nextval('stock_ledger_id'), bench_id(4, 1), n + 1000000, 'MOVE', '{Entity}', '{item}', '{Entity}',
               'BIN', bench_id(2, n % 2), 'USABLE', 'BIN', bench_id(2, 1 - n % 2), 'USABLE', 1, now(), now()
        from generate_series(0, 999999) n
        """, ct);

    public async ValueTask DisposeAsync()
    {
        await _services.DisposeAsync();
        await _owner.DisposeAsync();
        await _cluster.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    /// <summary>Opening balances as one posting, with the value they have: the invariants hold from the first row.</summary>
    private async Task FillAsync(CancellationToken ct)
    {
        await ExecuteAsync(Rows, ct);
        await ExecuteAsync("vacuum analyze", ct);
    }

    private static readonly string Rows =
        $$"""
        create function bench_id(kind int, number int) returns uuid immutable language sql
            return (lpad(to_hex(kind), 8, '0') || '-0000-7000-8000-' || lpad(to_hex(number), 12, '0'))::uuid;
        insert into legal_entity (id, code, name, currency_code, country, status, version, created_at, updated_at)
            values (bench_id(0, 1), 'LE', 'Bench', 'EUR', 'DE', 'ACTIVE', 1, now(), now());
        insert into owner (id, legal_entity_id, kind, status, version, created_at, updated_at)
            values (bench_id(0, 1), bench_id(0, 1), 'OWN', 'ACTIVE', 1, now(), now()) on conflict do nothing;
        insert into calendar (id, code, name, weekdays, version, created_at, updated_at)
            values (bench_id(0, 2), 'CAL', 'Always', 127, 1, now(), now());
        insert into warehouse (id, legal_entity_id, code, name, role, calendar_id, time_zone, country, status, version, created_at, updated_at)
            values (bench_id(1, 1), bench_id(0, 1), 'WH', 'Bench', 'HUB', bench_id(0, 2), 'UTC', 'DE', 'ACTIVE', 1, now(), now());
        insert into zone (id, warehouse_id, code, name, temperature, hazard_classes, rank, status, version, created_at, updated_at)
            values (bench_id(1, 2), bench_id(1, 1), 'Z', 'Zone', 'AMBIENT', '{}'::text[], 1, 'ACTIVE', 1, now(), now());
        insert into bin (id, legal_entity_id, warehouse_id, zone_id, is_group, code, role, rank, mixing, is_blocked_in, is_blocked_out, status, version, created_at, updated_at)
            select bench_id(2, n), bench_id(0, 1), bench_id(1, 1), bench_id(1, 2), false, 'B' || n, 'STAGING', 1, 'ANY', false, false, 'ACTIVE', 1, now(), now()
            from generate_series(0, {{Bins - 1}}) n;
        insert into item (id, code, status, name, name_key, base_unit, tracking, is_catch_weight, temperature, hazard_class, size_class,
                          handling_class, costing_method, is_regulated, is_imported, version, created_at, updated_at)
            select bench_id(3, n), 'I' || n, 'ACTIVE', 'Item ' || n, 'I' || n, 'EA', 'NONE', false, 'AMBIENT', 'NONE', 'SMALL',
                   'STANDARD', 'MOVING_AVERAGE', false, false, 1, now(), now()
            from generate_series(0, {{Items - 1}}) n;
        insert into cost_pool (legal_entity_id, item_id, flow, quantity, value, generation, decay, epoch, last_cost, standard_cost, last_layer)
            select bench_id(0, 1), bench_id(3, n), 'MOVING_AVERAGE', 1000000, 1000000, 0, 1000000000000, 0, 0, 0, 0
            from generate_series(0, {{Items - 1}}) n;
        insert into stock_posting (id, legal_entity_id, document_kind, actor_kind, actor_id, correlation_id, posting_date, recorded_at)
            values (bench_id(4, 1), bench_id(0, 1), 'Opening', 'SERVICE', bench_id(0, 9), bench_id(0, 9), current_date, now());
        insert into stock_movement (id, posting_id, line, type, legal_entity_id, item_id, owner_id, from_place, to_place, to_bin_id, to_condition, quantity, occurred_at, recorded_at)
            select nextval('stock_ledger_id'), bench_id(4, 1), row_number() over (), 'OPENING', bench_id(0, 1), bench_id(3, i), bench_id(0, 1), 'OPENING', 'BIN', bench_id(2, i % {{Bins}}), 'USABLE', 1000000, now(), now()
            from generate_series(0, {{Items - 1}}) i;
        insert into stock_balance (legal_entity_id, warehouse_id, bin_id, item_id, owner_id, condition, on_hand, weight, allocated, floor, last_moved_at, version)
            select legal_entity_id, bench_id(1, 1), to_bin_id, item_id, owner_id, to_condition, quantity, 0, 0, 0, now(), 1 from stock_movement;
        insert into value_entry (id, pool_id, posting_id, movement_id, kind, quantity, on_hand, rest, generation, decay, epoch, layer, posting_date, recorded_at)
            select m.id, p.id, m.posting_id, m.id, 'RECEIPT', m.quantity, m.quantity, 0, 0, 1000000000000, 0, 0, current_date, now()
            from stock_movement m join cost_pool p on p.item_id = m.item_id;
        insert into journal_line (journal_id, line, debit_account_id, credit_account_id, amount, posting_date, recorded_at)
            select v.id, 1, d.id, c.id, v.on_hand, current_date, now()
            from value_entry v, account d, account c where d.role = 'INVENTORY' and c.role = 'OPENING_BALANCE';
        """;

    private static Guid Id(int kind, int number) => Guid.ParseExact($"{kind:x8}-0000-7000-8000-{number:x12}", "D");
}
