using Platform.Domain.Kernel;
using Platform.Domain.Partners;
using Platform.Domain.Stewardship;

namespace Platform.Domain.Catalog;

/// <summary>Lets one item stand in for another, for a time, for all customers or for some.</summary>
[Needs("catalog.write")]
[Refuses<InvalidField>, Refuses<SubstituteIsItself>, Refuses<ItemNotFound>, Refuses<ItemIsRetired>]
[Refuses<SubstituteUnitDiffers>, Refuses<SubstituteExists>, Refuses<CustomerNotFound>]
public sealed record LinkSubstitute(
    ItemId Item,
    ItemId Substitute,
    bool IsSymmetric,
    int Rank,
    DateOnly ValidFrom,
    DateOnly? ValidTo,
    bool NeedsApproval,
    IReadOnlyList<SubstituteCustomer> Customers) : ICommand<SubstituteLinked>;

public sealed record SubstituteLinked(
    ItemSubstituteId Link,
    ItemId Item,
    ItemId Substitute,
    bool IsSymmetric,
    int Rank,
    DateOnly ValidFrom,
    DateOnly? ValidTo,
    bool NeedsApproval,
    IReadOnlyList<SubstituteCustomer> Customers) : IEvent
{
    public Subject Subject => new(nameof(ItemSubstitute), Link.Value);
}

internal sealed class LinkSubstituteHandler(PlatformDb db)
    : ICommandHandler<LinkSubstitute, SubstituteLinked>, IConstraintRefusals<LinkSubstitute>
{
    private const int MostCustomers = 500;

    public async Task<Result<SubstituteLinked>> HandleAsync(
        LinkSubstitute command, Envelope envelope, CancellationToken ct)
    {
        if (Check(command) is { } invalid)
        {
            return invalid;
        }

        var items = await db.LockItemsAsync([command.Item, command.Substitute], ct);
        var between = await db.FindSubstitutesBetweenAsync(command.Item, command.Substitute, ct);
        var customers = command.Customers.Select(rule => rule.Customer).ToList();
        var unknown = await db.FindUnknownCustomersAsync(customers, ct);
        if (unknown.Count > 0)
        {
            return new CustomerNotFound(unknown[0]);
        }

        var id = new ItemSubstituteId(Guid.CreateVersion7(envelope.Now));
        var result = Decide(command, id, items, between);
        if (result.Succeeded(out var linked))
        {
            db.Add(ItemSubstitute.Create(linked, envelope.Now));
            db.RegisterChange(
                new Changed(
                    RecordKind.ItemSubstitute, id.Value, FieldGroup.Identity, BaseVersion: 0, Before: null, linked,
                    Reason: null),
                envelope);
            db.Raise(linked);
        }

        return result;
    }

    public DomainError? RefusalFor(LinkSubstitute command, string constraint) =>
        constraint == "item_substitute_once"
            ? new SubstituteExists(command.Item, command.Substitute, new ItemSubstituteId(Guid.Empty))
            : null;

    internal static DomainError? Check(LinkSubstitute command)
    {
        if (command.Item == command.Substitute)
        {
            return new SubstituteIsItself(command.Item);
        }

        var rules = command.Customers.Select(customer => customer.Rule).Distinct().Count();
        var names = command.Customers.Select(customer => customer.Customer).Distinct().Count();
        return Field.Whole("rank", command.Rank, least: 1, most: 999)
            ?? Field.Whole("customers", command.Customers.Count, least: 0, most: MostCustomers)
            ?? (rules > 1 ? Field.Invalid("customers", "must all be allowed or all be denied", "both") : null)
            ?? (names < command.Customers.Count ? Field.Invalid("customers", "must name a customer once", "twice") : null)
            ?? (command.ValidTo < command.ValidFrom
                ? Field.Invalid("validTo", "must not be before validFrom", $"{command.ValidTo:O}")
                : null);
    }

    internal static Result<SubstituteLinked> Decide(
        LinkSubstitute command, ItemSubstituteId id, IReadOnlyList<Item> items, IReadOnlyList<ItemSubstitute> between)
    {
        var item = items.FirstOrDefault(found => found.Id == command.Item);
        var substitute = items.FirstOrDefault(found => found.Id == command.Substitute);
        if (item is null || substitute is null)
        {
            return new ItemNotFound(item is null ? command.Item : command.Substitute);
        }

        if (items.FirstOrDefault(found => found.Status == MasterStatus.Retired) is { } retired)
        {
            return new ItemIsRetired(retired.Id);
        }

        if (item.BaseUnit != substitute.BaseUnit)
        {
            return new SubstituteUnitDiffers(item.Id, item.BaseUnit, substitute.Id, substitute.BaseUnit);
        }

        // The other direction is a link of its own, unless one of the two already means both.
        var existing = between.FirstOrDefault(link =>
            link.ItemId == command.Item || link.IsSymmetric || command.IsSymmetric);
        return existing is not null
            ? new SubstituteExists(command.Item, command.Substitute, existing.Id)
            : new SubstituteLinked(
                id, command.Item, command.Substitute, command.IsSymmetric, command.Rank, command.ValidFrom,
                command.ValidTo, command.NeedsApproval, command.Customers);
    }
}
