using Platform.Domain.Kernel;
using Platform.Domain.Partners;
using Platform.Domain.Stewardship;

namespace Platform.Domain.Warehouses;

/// <summary>Adds a bin to a zone, or a group under which bins are sorted.</summary>
[Needs("network.layout"), WithinRows]
[Refuses<InvalidField>, Refuses<GroupHoldsNothing>, Refuses<ZoneNotFound>, Refuses<ZoneIsRetired>]
[Refuses<WarehouseIsRetired>, Refuses<ParentIsNoGroup>, Refuses<BinCodeTaken>]
public sealed record CreateBin(ZoneId Zone, string Code, BinId? Parent, BinSetup Setup) : ICommand<BinCreated>;

public sealed record BinCreated(
    BinId Bin,
    LegalEntityId LegalEntity,
    WarehouseId Warehouse,
    ZoneId Zone,
    string Code,
    BinId? Parent,
    BinSetup Setup,
    DateTimeOffset At) : IEvent
{
    public Subject Subject => new(nameof(Warehouses.Bin), Bin.Value);
}

internal sealed class CreateBinHandler(PlatformDb db)
    : ICommandHandler<CreateBin, BinCreated>, IConstraintRefusals<CreateBin>
{
    public async Task<Result<BinCreated>> HandleAsync(CreateBin command, Envelope envelope, CancellationToken ct)
    {
        var zone = await db.ShareZoneAsync(command.Zone, ct);
        if (zone is null)
        {
            return new ZoneNotFound(command.Zone);
        }

        var parent = command.Parent is { } named ? await db.LockBinAsync(named, ct) : null;
        var taken = await db.BinCodesTakenAsync(zone.WarehouseId, [command.Code], ct);
        var warehouse = await db.ShareWarehouseAsync(zone.WarehouseId, ct)
            ?? throw new InvalidOperationException($"Zone {zone.Id} names a warehouse that does not exist.");
        var id = new BinId(Guid.CreateVersion7(envelope.Now));
        var result = Decide(
            command, new BinFacts(id, warehouse, zone, parent, taken.Contains(command.Code)), envelope.Now);
        if (result.Succeeded(out var created))
        {
            db.AddBin(created, envelope);
        }

        return result;
    }

    public DomainError? RefusalFor(CreateBin command, string constraint) =>
        constraint == "bin_once" ? new BinCodeTaken(command.Zone, command.Code) : null;

    internal static Result<BinCreated> Decide(CreateBin command, BinFacts facts, DateTimeOffset now)
    {
        if ((Field.Code("code", command.Code) ?? command.Setup.Check()) is { } invalid)
        {
            return invalid;
        }

        if (BinRules.RefuseGroup(command.Setup) is { } impossible)
        {
            return impossible;
        }

        if (facts.Warehouse.Status == MasterStatus.Retired)
        {
            return new WarehouseIsRetired(facts.Warehouse.Id);
        }

        if (facts.Zone.Status == PlaceStatus.Retired)
        {
            return new ZoneIsRetired(facts.Zone.Id);
        }

        var isUnderAGroup = facts.Parent is { IsGroup: true, Status: PlaceStatus.Active }
            && facts.Parent.ZoneId == facts.Zone.Id;
        if (command.Parent is { } parent && !isUnderAGroup)
        {
            return new ParentIsNoGroup(parent);
        }

        return facts.CodeIsTaken
            ? new BinCodeTaken(facts.Zone.Id, command.Code)
            : new BinCreated(
                facts.Id, facts.Warehouse.LegalEntityId, facts.Warehouse.Id, facts.Zone.Id, command.Code, command.Parent,
                command.Setup, now);
    }
}

/// <summary>What a new bin is decided by.</summary>
internal sealed record BinFacts(BinId Id, Warehouse Warehouse, Zone Zone, Bin? Parent, bool CodeIsTaken);
