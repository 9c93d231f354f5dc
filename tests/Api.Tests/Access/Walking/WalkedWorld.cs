using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Platform.Api.Reading.Declaring;
using Platform.Api.Seeding;
using Platform.Domain.Kernel;
using Platform.Domain.Kernel.Storage;
using Platform.GraphQL.Conventions;
using Platform.Tests.Api.Reading;
using Platform.Tests.Support;

namespace Platform.Tests.Api.Access.Walking;

/// <summary>The demo distributor: two companies, six warehouses, and stock in four of them.</summary>
public class WalkedWorld : ReadWorld
{
    public static IReadOnlyList<string> LimitNames { get; } = ["one company", "one warehouse", "one supplier", "nothing"];

    internal Dictionary<string, WalkedLimit> Limits { get; } = new(StringComparer.Ordinal);

    /// <summary>Asks as somebody who may read everything, of these rows only.</summary>
    internal virtual Task<Answer> AskAsync(WalkedLimit limit, string query, object? variables) =>
        AskAsync(Everyone with { Rows = limit.Rows }, query, variables);

    protected override async Task PrepareAsync()
    {
        await base.PrepareAsync();
        var demo = await DemoDistributor.BuildAsync(Runner, MasterData.Steward, new DateOnly(2026, 1, 1), 1);
        await LookAsync(async db =>
        {
            await OpeningStock.PostAsync(demo, db, CancellationToken.None);
            return 0;
        });
        foreach (var (name, rows) in WalkedLimit.Of(demo))
        {
            Limits[name] = await WalkedLimit.MeasureAsync(rows, Model, Owner);
        }
    }
}

/// <summary>The same, with PostgreSQL's own wall taken down: what the planner writes must do alone.</summary>
public sealed class UnwalledWorld : WalkedWorld
{
    protected override ScopedDataSource Scoped() => new(DatabaseAccess.AsApplication(ConnectionString));
}

/// <summary>The same, with a planner that filters nothing: PostgreSQL's wall must do alone (R-44).</summary>
public sealed class WallOnlyWorld : WalkedWorld
{
    private readonly List<IAsyncDisposable> _built = [];
    private readonly Dictionary<WalkedLimit, ServiceProvider> _graphs = [];

    internal override Task<Answer> AskAsync(WalkedLimit limit, string query, object? variables) =>
        AskAsync(_graphs[limit], Everyone, query, variables);

    protected override async Task PrepareAsync()
    {
        await base.PrepareAsync();
        foreach (var limit in Limits.Values)
        {
            var connection = new NpgsqlConnectionStringBuilder(ConnectionString) { Options = Settings(limit.Rows) };
            var source = DatabaseAccess.AsScoped(connection.ConnectionString);
            _graphs[limit] = GraphOver(source.Source);
            _built.AddRange([source, _graphs[limit]]);
        }
    }

    protected override async Task LeaveAsync()
    {
        foreach (var built in Enumerable.Reverse(_built))
        {
            await built.DisposeAsync();
        }

        await base.LeaveAsync();
    }

    private static string Settings(RowScope rows)
    {
        return $"-c platform.legal_entities={Text(rows.LegalEntities)} -c platform.warehouses={Text(rows.Warehouses)} "
            + $"-c platform.suppliers={Text(rows.Suppliers)}";

        static string Text(IReadOnlySet<Guid>? ids) => ids is null ? "*" : $"{{{string.Join(',', ids)}}}";
    }
}

/// <summary>Whose rows somebody may see, and by type what lies outside of them.</summary>
internal sealed class WalkedLimit(RowScope rows)
{
    /// <summary>What is in a warehouse because its goods are: both ends elsewhere, or all of its movements.</summary>
    private static readonly Dictionary<string, string> _byBins = new(StringComparer.Ordinal)
    {
        ["stock_movement"] = "not exists (select from bin b where b.id in (from_bin_id, to_bin_id) and b.warehouse_id = any ($seen))",
        ["value_entry"] = """
            (movement_id is not null and not exists (select from stock_movement m join bin b on b.id in (m.from_bin_id, m.to_bin_id)
                where m.id = movement_id and b.warehouse_id = any ($seen)))
            """,
        ["stock_posting"] = """
            (exists (select from stock_movement m where m.posting_id = stock_posting.id) and not exists (
                select from stock_movement m join bin b on b.id in (m.from_bin_id, m.to_bin_id)
                where m.posting_id = stock_posting.id and b.warehouse_id = any ($seen)))
            """,
    };

    public RowScope Rows => rows;

    /// <summary>The ids of the graph that must never be seen.</summary>
    public Dictionary<string, IReadOnlyList<string>> Foreign { get; } = new(StringComparer.Ordinal);

    /// <summary>How many rows there are that are not foreign: no count may exceed it.</summary>
    public Dictionary<string, long> Most { get; } = new(StringComparer.Ordinal);

    public IEnumerable<string> Never => Foreign.Values.SelectMany(ids => ids);

    internal static IEnumerable<(string Name, RowScope Rows)> Of(DemoDistributor demo) =>
    [
        ("one company", RowScope.Everything with { LegalEntities = Only(demo.Entities["NORD"].Value) }),
        ("one warehouse", RowScope.Everything with { Warehouses = Only(demo.Warehouses["KAS"].Value) }),
        ("one supplier", RowScope.Everything with { Suppliers = Only(demo.Suppliers.Values.First().Value) }),
        ("nothing", RowScope.Nothing),
    ];

    internal static async Task<WalkedLimit> MeasureAsync(RowScope rows, ReadModel model, NpgsqlDataSource owner)
    {
        var limit = new WalkedLimit(rows);
        foreach (var type in model.Types)
        {
            await limit.MeasureAsync(type, owner);
        }

        return limit;
    }

    private static HashSet<Guid> Only(Guid id) => [id];

    private async Task MeasureAsync(ReadType type, NpgsqlDataSource owner)
    {
        var condition = await ForeignAsync(type, owner);
        await using var count = owner.CreateCommand($"select count(*) from {type.Table} where not ({condition})");
        Most[type.Name] = (long)(await count.ExecuteScalarAsync())!;
        if (!type.IsNode)
        {
            return;
        }

        await using var find = owner.CreateCommand($"select {type.Id.Column} from {type.Table} where {condition}");
        await using var row = await find.ExecuteReaderAsync();
        var ids = new List<string>();
        while (await row.ReadAsync())
        {
            ids.Add(NodeIdFormat.Write(type.Name, row.GetValue(0)));
        }

        Foreign[type.Name] = ids;
    }

    /// <summary>Judged by the columns that say whose a row is: neither by the declarations nor by the policies.</summary>
    private async Task<string> ForeignAsync(ReadType type, NpgsqlDataSource owner)
    {
        await using var find = owner.CreateCommand(
            $"select coalesce(array_agg(column_name::text), '{{}}') from information_schema.columns where table_name = '{type.Table}'");
        var columns = (string[])(await find.ExecuteScalarAsync())!;
        var conditions = new List<string> { "false" };
        Add("legal_entity", rows.LegalEntities);
        Add("warehouse", rows.Warehouses);
        Add("supplier", rows.Suppliers);
        if (rows.Warehouses is { } warehouses && _byBins.TryGetValue(type.Table, out var condition))
        {
            conditions.Add(condition.Replace("$seen", $"array[{string.Join(',', warehouses.Select(id => $"'{id}'"))}]::uuid[]", StringComparison.Ordinal));
        }

        return string.Join(" or ", conditions);

        void Add(string kind, IReadOnlySet<Guid>? ids)
        {
            var column = type.Table == kind ? "id" : $"{kind}_id";
            if (ids is not null && columns.Contains(column))
            {
                conditions.Add($"({column} is not null and not {column} = any (array[{string.Join(',', ids.Select(id => $"'{id}'"))}]::uuid[]))");
            }
        }
    }
}
