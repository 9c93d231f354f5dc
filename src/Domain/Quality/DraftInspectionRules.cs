using Platform.Domain.Catalog;
using Platform.Domain.Kernel;
using Platform.Domain.Partners;
using Platform.Domain.Policies;
using Platform.Domain.Warehouses;

namespace Platform.Domain.Quality;

/// <summary>Writes the next version of the rules of inspection, whole; it decides nothing until it was simulated and somebody else publishes it.</summary>
[Needs("quality.rules")]
[Refuses<InvalidField>, Refuses<ItemNotFound>, Refuses<SupplierNotFound>, Refuses<WarehouseNotFound>]
public sealed record DraftInspectionRules(InspectionRules Inspection, string Note) : ICommand<PolicyDrafted>;

internal sealed class DraftInspectionRulesHandler(PlatformDb db) : ICommandHandler<DraftInspectionRules, PolicyDrafted>
{
    private const int MostRules = 500;

    public async Task<Result<PolicyDrafted>> HandleAsync(DraftInspectionRules command, Envelope envelope, CancellationToken ct)
    {
        var rules = command.Inspection.Rules;
        var invalid = Field.Whole("rules", rules.Count, least: 1, most: MostRules)
            ?? Field.Text("note", command.Note, most: 500)
            ?? rules.Select((rule, at) => rule.Check(FormattableString.Invariant($"rules.{at}"))).FirstOrDefault(found => found is not null);
        if (invalid is not null)
        {
            return invalid;
        }

        if (await db.FindUnknownItemAsync([.. rules.SelectMany(rule => rule.Items)], ct) is { } item)
        {
            return new ItemNotFound(item);
        }

        foreach (var supplier in rules.SelectMany(rule => rule.Suppliers).Distinct())
        {
            if (await db.FindSupplierAsync(supplier, ct) is null)
            {
                return new SupplierNotFound(supplier);
            }
        }

        foreach (var warehouse in rules.SelectMany(rule => rule.Warehouses).Distinct())
        {
            if (await db.ShareWarehouseAsync(warehouse, ct) is null)
            {
                return new WarehouseNotFound(warehouse);
            }
        }

        return await db.DraftPolicyAsync(PolicyKind.Inspection, command.Inspection, command.Note, envelope, ct);
    }
}

/// <summary>Plays a draft against the lots of the last months: which would have been inspected, one after the other, as they came.</summary>
internal sealed class InspectionSimulation(PlatformDb db) : IPolicySimulation
{
    private const int MostLots = 10_000;
    private const int Days = 90;

    public PolicyKind Kind => PolicyKind.Inspection;

    public async Task<IReadOnlyList<(string Was, string WouldBe)>> RunAsync(PolicyVersion draft, DateTimeOffset now, CancellationToken ct)
    {
        var rules = draft.Read<InspectionRules>();
        var played = new List<(string Was, string WouldBe)>();
        var histories = new Dictionary<(ItemId, WarehouseId, SupplierId?), LotHistory>();
        foreach (var (lot, category, isRegulated) in await db.FindJudgedLotsAsync(now.AddDays(-Days), MostLots, ct))
        {
            var history = histories.GetValueOrDefault((lot.ItemId, lot.WarehouseId, lot.SupplierId)) ?? new LotHistory(SinceInspected: null, WasAccepted: false);
            var need = InspectionJudge.Judge(
                rules, policy: null,
                new Inspectable(lot.ItemId, category, isRegulated, lot.SupplierId, lot.WarehouseId, lot.Risk, lot.Quantity), history);
            // A lot that would have been inspected is taken to pass: what it would have shown, nobody knows.
            histories[(lot.ItemId, lot.WarehouseId, lot.SupplierId)] = need.IsNeeded
                ? new LotHistory(0, WasAccepted: true)
                : history with { SinceInspected = history.SinceInspected + 1 };
            played.Add((Word(lot.IsInspected), Word(need.IsNeeded)));
        }

        return played;
    }

    private static string Word(bool isInspected) => isInspected ? "inspected" : "passed";
}
