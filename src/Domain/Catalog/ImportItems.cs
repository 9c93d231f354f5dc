using Platform.Domain.Kernel;

namespace Platform.Domain.Catalog;

/// <summary>Describes many items at once, as drafts, with one outcome per line: a line is refused as the item would be.</summary>
[Needs("catalog.import")]
[Refuses<InvalidField>, Refuses<ImportRejected>, Refuses<ImportCollided>, RefusesLike<CreateItem>]
public sealed record ImportItems(IReadOnlyList<CreateItem> Lines, ImportPolicy Policy) : ICommand<Imported>;

internal sealed class ImportItemsHandler(PlatformDb db)
    : ICommandHandler<ImportItems, Imported>, IConstraintRefusals<ImportItems>
{
    public async Task<Result<Imported>> HandleAsync(ImportItems command, Envelope envelope, CancellationToken ct)
    {
        if (ImportLines.Check(command.Lines.Count, command.Policy) is { } invalid)
        {
            return invalid;
        }

        // One import at a time: codes that two imports share are then seen by the second.
        await db.LockItemImportAsync(ct);
        var codes = command.Lines.Select(line => line.Code).Distinct(StringComparer.Ordinal).ToArray();
        var taken = await db.ItemCodesTakenAsync(codes, ct);
        var units = await db.FindUnitsAsync(
            command.Lines.SelectMany(line => new[] { line.BaseUnit, line.Weighing.CatchWeight?.Unit }), ct);

        var outcomes = new List<LineOutcome>(command.Lines.Count);
        var created = new List<ItemCreated>(command.Lines.Count);
        for (var i = 0; i < command.Lines.Count; i++)
        {
            var id = new ItemId(Guid.CreateVersion7(envelope.Now));
            var (result, problems) = ImportLines.Decide(
                command.Lines[i],
                command.Policy,
                line => CreateItemHandler.Decide(line, id, units, taken.Contains(line.Code), envelope.Now),
                Without);
            if (result.Succeeded(out var item))
            {
                created.Add(item);
                taken.Add(item.Code);
            }

            outcomes.Add(new LineOutcome(i, item?.Item.Value, problems));
        }

        if (command.Policy == ImportPolicy.RejectEverything && outcomes.Exists(line => line.Id is null))
        {
            return new ImportRejected(outcomes.FindAll(line => line.Id is null));
        }

        foreach (var item in created)
        {
            db.AddItem(item, units[item.BaseUnit], envelope);
        }

        return Imported.Of(outcomes);
    }

    public DomainError? RefusalFor(ImportItems command, string constraint) =>
        constraint == "item_code_key" ? new ImportCollided(constraint) : null;

    /// <summary>The line without an optional field that was wrong.</summary>
    internal static CreateItem? Without(CreateItem line, string field) => field switch
    {
        "description" => line with { Identity = line.Identity with { Description = null } },
        "brand" => line with { Identity = line.Identity with { Brand = null } },
        "category" => line with { Identity = line.Identity with { Category = null } },
        "gtin" => line with { Identity = line.Identity with { Gtin = null } },
        "countryOfOrigin" => line with { Origin = line.Origin with { CountryOfOrigin = null } },
        _ => null,
    };
}
