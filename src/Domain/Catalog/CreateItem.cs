using Platform.Domain.Kernel;

namespace Platform.Domain.Catalog;

/// <summary>Describes a new item, as a draft: nothing can be ordered, received or sold until it is activated.</summary>
[Needs("catalog.write")]
[Refuses<InvalidField>, Refuses<ItemCodeTaken>, Refuses<UnitUnknown>, Refuses<UnitIsNoWeight>]
public sealed record CreateItem(
    string Code,
    string BaseUnit,
    ItemIdentity Identity,
    ItemTracking Tracking,
    ItemWeighing Weighing,
    ItemStorage Storage,
    ItemCosting Costing,
    ItemOrigin Origin) : ICommand<ItemCreated>;

public sealed record ItemCreated(
    ItemId Item,
    string Code,
    string BaseUnit,
    ItemIdentity Identity,
    ItemTracking Tracking,
    ItemWeighing Weighing,
    ItemStorage Storage,
    ItemCosting Costing,
    ItemOrigin Origin,
    DateTimeOffset At) : IEvent
{
    public Subject Subject => new(nameof(Catalog.Item), Item.Value);
}

internal sealed class CreateItemHandler(PlatformDb db)
    : ICommandHandler<CreateItem, ItemCreated>, IConstraintRefusals<CreateItem>
{
    public async Task<Result<ItemCreated>> HandleAsync(CreateItem command, Envelope envelope, CancellationToken ct)
    {
        var units = await db.FindUnitsAsync([command.BaseUnit, command.Weighing.CatchWeight?.Unit], ct);
        var taken = await db.ItemCodesTakenAsync([command.Code], ct);
        var id = new ItemId(Guid.CreateVersion7(envelope.Now));
        var result = Decide(command, id, units, taken.Contains(command.Code), envelope.Now);
        if (result.Succeeded(out var created))
        {
            db.AddItem(created, units[created.BaseUnit], envelope);
        }

        return result;
    }

    public DomainError? RefusalFor(CreateItem command, string constraint) =>
        constraint == "item_code_key" ? new ItemCodeTaken(command.Code) : null;

    internal static Result<ItemCreated> Decide(
        CreateItem command, ItemId id, IReadOnlyDictionary<string, UnitOfMeasure> units, bool codeIsTaken,
        DateTimeOffset now)
    {
        var invalid = Field.Code("code", command.Code)
            ?? UnitRules.Code("baseUnit", command.BaseUnit)
            ?? command.Identity.Check()
            ?? command.Tracking.Check()
            ?? command.Weighing.Check()
            ?? command.Storage.Check()
            ?? command.Costing.Check()
            ?? command.Origin.Check();
        if (invalid is not null)
        {
            return invalid;
        }

        if (codeIsTaken)
        {
            return new ItemCodeTaken(command.Code);
        }

        if (!units.ContainsKey(command.BaseUnit))
        {
            return new UnitUnknown(command.BaseUnit);
        }

        if (WeightUnit.Refuse(command.Weighing, units) is { } wrongUnit)
        {
            return wrongUnit;
        }

        return new ItemCreated(
            id, command.Code, command.BaseUnit, command.Identity, command.Tracking, command.Weighing,
            command.Storage, command.Costing, command.Origin, now);
    }
}

/// <summary>Catch weight is captured in a unit of weight that exists (CAT-11).</summary>
internal static class WeightUnit
{
    public static DomainError? Refuse(ItemWeighing weighing, IReadOnlyDictionary<string, UnitOfMeasure> units)
    {
        if (weighing.CatchWeight is not { } rule)
        {
            return null;
        }

        if (!units.TryGetValue(rule.Unit, out var unit))
        {
            return new UnitUnknown(rule.Unit);
        }

        return unit.Kind == UnitKind.Weight ? null : new UnitIsNoWeight(rule.Unit, unit.Kind);
    }
}
