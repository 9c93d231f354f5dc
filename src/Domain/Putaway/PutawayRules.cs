using Platform.Domain.Catalog;
using Platform.Domain.Kernel;
using Platform.Domain.Policies;
using Platform.Domain.Warehouses;

namespace Platform.Domain.Putaway;

/// <summary>Bins that goods are offered to, in the order of the rule.</summary>
/// <param name="Role">What they are for.</param>
/// <param name="Zones">In which parts of the warehouse; everywhere when empty.</param>
/// <param name="UpTo">No bin is filled above so many units of the item, where the bin itself says nothing (PUT-06).</param>
public sealed record PutawayTarget(BinRole Role, IReadOnlyList<ZoneId> Zones, decimal? UpTo);

/// <summary>One line: goods that fulfil all that it asks go where it says. What is null or empty is not asked.</summary>
/// <param name="Name">What the line is called where it is applied.</param>
/// <param name="Warehouses">Sites.</param>
/// <param name="Items">Items.</param>
/// <param name="Categories">Categories of items.</param>
/// <param name="Velocities">How fast items move.</param>
/// <param name="Sizes">Classes of size.</param>
/// <param name="Handlings">How goods want to be handled.</param>
/// <param name="Targets">Where they go, the best first.</param>
public sealed record PutawayRule(
    string Name,
    IReadOnlyList<WarehouseId> Warehouses,
    IReadOnlyList<ItemId> Items,
    IReadOnlyList<string> Categories,
    IReadOnlyList<Velocity> Velocities,
    IReadOnlyList<SizeClass> Sizes,
    IReadOnlyList<HandlingClass> Handlings,
    IReadOnlyList<PutawayTarget> Targets)
{
    internal InvalidField? Check(string at) =>
        Field.Text($"{at}.name", Name, most: 100)
        ?? Field.Whole($"{at}.targets", Targets.Count, least: 1, most: 20)
        ?? Targets.Select(target =>
            target.Role is BinRole.Reserve or BinRole.ForwardPick or BinRole.Quarantine or BinRole.Returns or BinRole.Inspection
                ? Field.Positive($"{at}.targets.upTo", target.UpTo, most: 1_000_000_000m, decimals: 6)
                : Field.Invalid($"{at}.targets.role", "must be one in which goods are kept", target.Role.ToString()))
            .FirstOrDefault(found => found is not null);

    internal bool Fits(Item item, WarehouseId warehouse) =>
        (Warehouses.Count == 0 || Warehouses.Contains(warehouse))
        && (Items.Count == 0 || Items.Contains(item.Id))
        && (Categories.Count == 0 || (item.Category is { } category && Categories.Contains(category, StringComparer.Ordinal)))
        && (Velocities.Count == 0 || (item.Velocity is { } velocity && Velocities.Contains(velocity)))
        && (Sizes.Count == 0 || Sizes.Contains(item.SizeClass))
        && (Handlings.Count == 0 || Handlings.Contains(item.HandlingClass));
}

/// <summary>Where goods are put, and how strictly it is scanned.</summary>
/// <param name="Rules">The first line that fits decides.</param>
/// <param name="ScanCompliance">Nothing goes from the dock straight to where orders leave without a scan there (RCV-11).</param>
/// <param name="DueMinutes">How long goods may wait to be put away.</param>
/// <param name="ByHand">People say when bins are looked for; otherwise it happens by itself once goods may be carried.</param>
public sealed record PutawayRules(IReadOnlyList<PutawayRule> Rules, bool ScanCompliance, int DueMinutes, bool? ByHand)
{
    /// <summary>Where nobody published any: what moves fast goes to the pick faces first, everything else to reserve.</summary>
    public static PutawayRules Usual { get; } = new(
        [
            new PutawayRule(
                "fast movers to the pick face", [], [], [], [Velocity.Fast], [], [],
                [new PutawayTarget(BinRole.ForwardPick, [], null), new PutawayTarget(BinRole.Reserve, [], null)]),
            new PutawayRule(
                "everything else to reserve", [], [], [], [], [], [],
                [new PutawayTarget(BinRole.Reserve, [], null), new PutawayTarget(BinRole.ForwardPick, [], null)]),
        ],
        ScanCompliance: false,
        DueMinutes: 240,
        ByHand: false);
}

/// <summary>Writes the next version of the rules of putaway, whole; it decides nothing until it was simulated and somebody else publishes it.</summary>
[Needs("putaway.rules")]
[Refuses<InvalidField>, Refuses<WarehouseNotFound>]
public sealed record DraftPutawayRules(PutawayRules Putaway, string Note) : ICommand<PolicyDrafted>;

internal sealed class DraftPutawayRulesHandler(PlatformDb db) : ICommandHandler<DraftPutawayRules, PolicyDrafted>
{
    private const int MostRules = 500;

    public async Task<Result<PolicyDrafted>> HandleAsync(DraftPutawayRules command, Envelope envelope, CancellationToken ct)
    {
        var rules = command.Putaway.Rules;
        var invalid = Field.Whole("rules", rules.Count, least: 1, most: MostRules)
            ?? Field.Text("note", command.Note, most: 500)
            ?? Field.Whole("dueMinutes", command.Putaway.DueMinutes, least: 1, most: 43_200)
            ?? rules.Select((rule, at) => rule.Check(FormattableString.Invariant($"rules.{at}"))).FirstOrDefault(found => found is not null);
        if (invalid is not null)
        {
            return invalid;
        }

        foreach (var warehouse in rules.SelectMany(rule => rule.Warehouses).Distinct())
        {
            if (await db.ShareWarehouseAsync(warehouse, ct) is null)
            {
                return new WarehouseNotFound(warehouse);
            }
        }

        return await db.DraftPolicyAsync(PolicyKind.Putaway, command.Putaway, command.Note, envelope, ct);
    }
}

/// <summary>Plays a draft against what was put away lately: to bins of which kind it would have gone.</summary>
internal sealed class PutawaySimulation(PlatformDb db) : IPolicySimulation
{
    private const int MostTasks = 10_000;
    private const int Days = 90;

    public PolicyKind Kind => PolicyKind.Putaway;

    public async Task<IReadOnlyList<(string Was, string WouldBe)>> RunAsync(PolicyVersion draft, DateTimeOffset now, CancellationToken ct)
    {
        var rules = draft.Read<PutawayRules>();
        var done = await db.FindDoneTasksAsync(now.AddDays(-Days), MostTasks, ct);
        return done.ConvertAll(one => (
            one.Role.ToString(),
            rules.Rules.FirstOrDefault(rule => rule.Fits(one.Item, one.Warehouse))?.Targets[0].Role.ToString() ?? "no rule"));
    }
}
