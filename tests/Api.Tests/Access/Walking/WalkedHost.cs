using System.Collections.Concurrent;
using Microsoft.Extensions.DependencyInjection;
using Platform.Api.Reading.Declaring;
using Platform.Api.Seeding;
using Platform.Domain.Access;
using Platform.Domain.Catalog;
using Platform.Domain.Partners;
using Platform.Domain.Warehouses;
using Platform.GraphQL.Conventions;
using Platform.GraphQL.TypeSystem;
using Platform.Tests.Support;

namespace Platform.Tests.Api.Access.Walking;

/// <summary>The whole application on the demo distributor, and for each limit somebody with every role who is under it.</summary>
public sealed class WalkedHost : TestHost
{
    private readonly Dictionary<string, WalkedLimit> _limits = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, HashSet<string>> _never = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _tokens = new(StringComparer.Ordinal);

    protected override IReadOnlyDictionary<string, string?> Configuration { get; } = new Dictionary<string, string?>(StringComparer.Ordinal)
    {
        ["Platform:Access:PointsPerMinute"] = "100000000",
        ["Platform:Live:Heartbeat"] = "00:00:00.2",
        ["Platform:Webhooks:AllowedNetworks"] = "127.0.0.0/8",
    };

    public Schema Schema => HostServices.GetRequiredService<Schema>();

    internal ReadModel Model => HostServices.GetRequiredService<ReadModel>();

    internal DemoDistributor Demo { get; private set; } = null!;

    internal WalkedLimit Limit(string name) => _limits[name];

    public string Token(string limit) => _tokens[limit];

    /// <summary>Everything that must never be told, in the form of the graph and as it is stored.</summary>
    private HashSet<string> Never(string limit)
    {
        var never = new HashSet<string>(StringComparer.Ordinal);
        foreach (var id in _limits[limit].Never)
        {
            never.Add(id);
            if (NodeIdFormat.TryRead(id, out _, out var raw) && NodeIdFormat.Value(raw, typeof(Guid)) is Guid stored)
            {
                never.Add(stored.ToString());
            }
        }

        return never;
    }

    /// <summary>What of it stands in a text of JSON, as a whole string.</summary>
    public IEnumerable<string> Told(string limit, string json)
    {
        var never = _never.GetOrAdd(limit, Never);
        return json.Split('"').Where(never.Contains).Distinct(StringComparer.Ordinal);
    }

    protected override async Task PrepareAsync()
    {
        await base.PrepareAsync();
        Demo = await DemoDistributor.BuildAsync(Runner, MasterData.Steward, new DateOnly(2026, 1, 1), 1);
        await LookAsync(async db =>
        {
            await OpeningStock.PostAsync(Demo, db, CancellationToken.None);
            return 0;
        });
        await LotsOfSuppliersAsync();
        foreach (var (name, rows) in WalkedLimit.Of(Demo))
        {
            _limits[name] = await WalkedLimit.MeasureAsync(rows, Model, Owner);
            var limits = new RowLimits(
                rows.LegalEntities?.Select(LegalEntityId.From).ToList(), rows.Warehouses?.Select(WarehouseId.From).ToList(),
                rows.Suppliers?.Select(SupplierId.From).ToList());
            _tokens[name] = await TokenOfAsync(await AlmightyAsync(limits));
        }
    }

    /// <summary>Somebody with every role, which the house refuses: here only the rows shall stand in the way.</summary>
    private async Task<UserId> AlmightyAsync(RowLimits limits)
    {
        var user = await UserAsync([Role.Operations], limits);
        foreach (var role in Enum.GetValues<Role>().Where(role => role is not Role.Operations))
        {
            await ExecuteAsync(
                $"insert into role_grant values ('{user}', '{Platform.Api.Writing.GraphWords.EnumValue(role.ToString())}', '{user}', now())");
        }

        return user;
    }

    /// <summary>Lots are of suppliers, and things happen to them after they came.</summary>
    private async Task LotsOfSuppliersAsync()
    {
        foreach (var supplier in Demo.Suppliers.Values.Take(2))
        {
            var item = await this.ActiveItemAsync(MasterData.NewItem().WithTracking(Tracking.Lot));
            var lot = await RunAsync(
                new RegisterLot(item, MasterData.Code("LOT"), supplier, null, null, null, null, null), MasterData.Steward);
            (await RunAsync(new BlockLot(lot.Value.Lot, Version: 1, "damp"), MasterData.Steward)).Error.ShouldBeNull();
        }
    }
}
