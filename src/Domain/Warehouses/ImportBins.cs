using Platform.Domain.Kernel;

namespace Platform.Domain.Warehouses;

/// <summary>A bin of an import: its zone and its group are named by their codes, as they stand on the plan.</summary>
public sealed record BinLine(string Zone, string Code, string? Parent, BinSetup Setup);

/// <summary>Adds many bins to a warehouse at once, with one outcome per line. Groups come before the bins under them.</summary>
[Needs("network.import")]
[Refuses<InvalidField>, Refuses<WarehouseNotFound>, Refuses<WarehouseIsRetired>, Refuses<ImportRejected>]
[Refuses<ImportCollided>, Refuses<PlaceCodeUnknown>, Refuses<ZoneIsRetired>, Refuses<GroupHoldsNothing>]
[Refuses<ParentIsNoGroup>, Refuses<BinCodeTaken>]
public sealed record ImportBins(WarehouseId Warehouse, IReadOnlyList<BinLine> Lines, ImportPolicy Policy)
    : ICommand<Imported>;

/// <summary>A line names a zone or a group that the warehouse does not have.</summary>
public sealed record PlaceCodeUnknown(string Field, string PlaceCode) : DomainError
{
    public override string Message => $"The warehouse has no {Field} {PlaceCode} in use.";
}

internal sealed class ImportBinsHandler(PlatformDb db)
    : ICommandHandler<ImportBins, Imported>, IConstraintRefusals<ImportBins>
{
    public async Task<Result<Imported>> HandleAsync(ImportBins command, Envelope envelope, CancellationToken ct)
    {
        if (ImportLines.Check(command.Lines.Count, command.Policy) is { } invalid)
        {
            return invalid;
        }

        // The warehouse's lock lets one import at a time come to it, and keeps its zones' bins from being cloned halfway.
        var warehouse = await db.LockWarehouseAsync(command.Warehouse, ct);
        if (warehouse is null)
        {
            return new WarehouseNotFound(command.Warehouse);
        }

        if (warehouse.Status == Stewardship.MasterStatus.Retired)
        {
            return new WarehouseIsRetired(warehouse.Id);
        }

        var plan = await PlanAsync(command, warehouse, ct);
        var outcomes = new List<LineOutcome>(command.Lines.Count);
        for (var i = 0; i < command.Lines.Count; i++)
        {
            var id = new BinId(Guid.CreateVersion7(envelope.Now));
            var (result, problems) = ImportLines.Decide(
                command.Lines[i], command.Policy, line => plan.Decide(line, id, envelope.Now), Without);
            if (result.Succeeded(out var bin))
            {
                plan.Add(bin);
            }

            outcomes.Add(new LineOutcome(i, bin?.Bin.Value, problems));
        }

        if (command.Policy == ImportPolicy.RejectEverything && outcomes.Exists(line => line.Id is null))
        {
            return new ImportRejected(outcomes.FindAll(line => line.Id is null));
        }

        foreach (var bin in plan.Added)
        {
            db.AddBin(bin, envelope);
        }

        return Imported.Of(outcomes);
    }

    private async Task<BinPlan> PlanAsync(ImportBins command, Warehouse warehouse, CancellationToken ct)
    {
        var zones = await db.ShareZonesAsync(warehouse.Id, ct);
        var codes = command.Lines.Select(line => line.Code).Distinct(StringComparer.Ordinal).ToArray();
        var taken = await db.BinCodesTakenAsync(warehouse.Id, codes, ct);
        var groups = await db.ShareBinGroupsAsync(warehouse.Id, ct);
        return new BinPlan(warehouse, zones, groups, taken);
    }

    public DomainError? RefusalFor(ImportBins command, string constraint) =>
        constraint == "bin_once" ? new ImportCollided(constraint) : null;

    /// <summary>The line without an optional field that was wrong.</summary>
    internal static BinLine? Without(BinLine line, string field)
    {
        var capacity = line.Setup.Capacity;
        var wider = field switch
        {
            "capacity.units" => capacity with { Units = null },
            "capacity.weightKg" => capacity with { WeightKg = null },
            "capacity.volumeM3" => capacity with { VolumeM3 = null },
            "capacity.handlingUnits" => capacity with { HandlingUnits = null },
            _ => null,
        };
        return wider is null ? null : line with { Setup = line.Setup with { Capacity = wider } };
    }
}

/// <summary>The zones and groups of a warehouse while an import adds to them.</summary>
internal sealed class BinPlan(Warehouse warehouse, List<Zone> zones, List<Bin> groups, HashSet<string> taken)
{
    private readonly List<BinCreated> _added = [];

    public IReadOnlyList<BinCreated> Added => _added;

    public Result<BinCreated> Decide(BinLine line, BinId id, DateTimeOffset now)
    {
        if (zones.Find(zone => zone.Code == line.Zone) is not { } zone)
        {
            return new PlaceCodeUnknown("zone", line.Zone);
        }

        var parent = line.Parent is null ? null : groups.Find(group => group.Code == line.Parent);
        if (line.Parent is not null && parent is null)
        {
            return new PlaceCodeUnknown("group", line.Parent);
        }

        return CreateBinHandler.Decide(
            new CreateBin(zone.Id, line.Code, parent?.Id, line.Setup),
            new BinFacts(id, warehouse, zone, parent, taken.Contains(line.Code)),
            now);
    }

    public void Add(BinCreated bin)
    {
        _added.Add(bin);
        taken.Add(bin.Code);
        if (bin.Setup.IsGroup)
        {
            groups.Add(Bin.Create(bin));
        }
    }
}
