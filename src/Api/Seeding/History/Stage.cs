using Npgsql;
using Platform.Domain.Partners;
using Platform.Domain.Warehouses;

namespace Platform.Api.Seeding.History;

/// <summary>A warehouse that trades.</summary>
/// <param name="Number">Its place among those that trade.</param>
/// <param name="Code">Its code.</param>
/// <param name="Entity">Whose it is.</param>
/// <param name="Warehouse">Its id.</param>
/// <param name="Dock">Where goods come in.</param>
/// <param name="Racks">Where they are kept, in the order in which that is filled.</param>
internal sealed record Site(int Number, string Code, LegalEntityId Entity, WarehouseId Warehouse, BinId Dock, IReadOnlyList<BinId> Racks);

/// <summary>What everybody who plays a part of the history stands on.</summary>
internal sealed record Stage
{
    public required HistoryPlan Plan { get; init; }

    public required DemoDistributor Demo { get; init; }

    public required IReadOnlyList<Site> Sites { get; init; }

    public required Assortment Assortment { get; init; }

    public required IReadOnlyDictionary<int, SupplierCharacter> Suppliers { get; init; }

    public required Cast Cast { get; init; }

    public required SimulatedClock Clock { get; init; }

    public required Books Books { get; init; }

    public required Shelves Shelves { get; init; }

    public required KnownTruth Truth { get; init; }

    /// <summary>A supplier's goods are priced in one currency.</summary>
    public static string CurrencyOf(int supplier) => supplier % 2 == 0 ? "EUR" : "USD";
}

/// <summary>What the people of the history look up before they act.</summary>
internal sealed class Books(NpgsqlDataSource source)
{
    public async Task<T> OneAsync<T>(string sql, CancellationToken ct, params IReadOnlyList<Guid> ids)
    {
        await using var command = Command(sql, ids);
        return (T)(await command.ExecuteScalarAsync(ct))!;
    }

    public async Task<IReadOnlyList<T>> AllAsync<T>(string sql, Func<NpgsqlDataReader, T> read, CancellationToken ct, params IReadOnlyList<Guid> ids)
    {
        await using var command = Command(sql, ids);
        await using var rows = await command.ExecuteReaderAsync(ct);
        var found = new List<T>();
        while (await rows.ReadAsync(ct))
        {
            found.Add(read(rows));
        }

        return found;
    }

    private NpgsqlCommand Command(string sql, IReadOnlyList<Guid> ids)
    {
        var command = source.CreateCommand(sql);
        foreach (var id in ids)
        {
            command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = id });
        }

        return command;
    }
}
