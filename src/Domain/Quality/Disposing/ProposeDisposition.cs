using System.Globalization;
using Platform.Domain.Approvals;
using Platform.Domain.Catalog;
using Platform.Domain.Kernel;
using Platform.Domain.Partners;
using Platform.Domain.Stock;
using Platform.Domain.Stock.Adjusting;
using Platform.Domain.Warehouses;

namespace Platform.Domain.Quality.Disposing;

/// <summary>
/// Proposes what becomes of quarantined or damaged goods; each way has its own kind of approval (QLT-03). It happens when those who
/// must have agreed, and not before.
/// </summary>
/// <param name="LegalEntity">Whose company.</param>
/// <param name="Kind">What becomes of them.</param>
/// <param name="Spot">Where they lie, and as what.</param>
/// <param name="Quantity">How many base units.</param>
/// <param name="Weight">Their weight, for goods priced by weight.</param>
/// <param name="Inspection">The inspection that rejected them.</param>
/// <param name="Source">The receipt line that brought them, where no inspection says it; found by itself where it is left out.</param>
/// <param name="Supplier">Who takes them back.</param>
/// <param name="Reason">Why.</param>
/// <param name="Evidence">Where the photo or the document is kept.</param>
[Needs("quality.dispose"), WithinRows]
[Refuses<InvalidField>, Refuses<BinNotFound>, Refuses<ItemNotFound>, Refuses<InspectionNotFound>, Refuses<DispositionNotPossible>]
[Refuses<NothingRejectedHere>, Refuses<SourceDoesNotFit>, Refuses<GoodsNotThere>, Refuses<SupplierNotFound>, Refuses<ApprovalPending>, Refuses<ActionRefused>]
public sealed record ProposeDisposition(
    LegalEntityId LegalEntity,
    DispositionKind Kind,
    StockSpot Spot,
    decimal Quantity,
    decimal? Weight,
    InspectionId? Inspection,
    [property: IdOf(Disposition.ReceiptLineKind)] Guid? Source,
    SupplierId? Supplier,
    string Reason,
    string? Evidence) : ICommand<DispositionProposed>, IReasoned;

/// <param name="Disposition">The disposition.</param>
/// <param name="Number">Its number.</param>
/// <param name="Status">Carried out at once where a rule lets it pass.</param>
/// <param name="Request">The request that waits.</param>
/// <param name="Version">The disposition's version.</param>
public sealed record DispositionProposed(
    DispositionId Disposition, string Number, DispositionStatus Status, ApprovalRequestId Request, int Version);

/// <summary>What is known of goods that somebody proposes something for.</summary>
internal sealed record DisposedGoods(
    WarehouseId Warehouse, OwnerId Owner, decimal OnHand, decimal Value, string Currency, Inspection? Inspection, InspectionPart? Part, StockCondition UsedAs);

internal sealed class ProposeDispositionHandler(PlatformDb db, ApprovalDesk approvals, IEnumerable<IDispositionFollower> followers)
    : ICommandHandler<ProposeDisposition, DispositionProposed>
{
    public async Task<Result<DispositionProposed>> HandleAsync(ProposeDisposition command, Envelope envelope, CancellationToken ct)
    {
        if (Check(command) is { } invalid)
        {
            return invalid;
        }

        var found = await FindAsync(command, ct);
        if (!found.Succeeded(out var goods))
        {
            return found.Error!;
        }

        if (Refuse(command, goods, await db.SumProposedAsync(command, goods, ct)) is { } refusal)
        {
            return refusal;
        }

        var disposition = Disposition.Propose(
            new DispositionId(Guid.CreateVersion7(envelope.Now)), await db.NextDispositionNumberAsync(ct), command, goods, envelope);
        db.Add(disposition);
        db.Raise(disposition.Moved());
        var filed = await approvals.FileAsync(new CarryOutDisposition(disposition.Id), Sheet(disposition), envelope, ct);
        return filed.Succeeded(out var request)
            ? new DispositionProposed(disposition.Id, disposition.Number, disposition.Status, request.Request, disposition.Version)
            : filed.Error!;
    }

    internal static DomainError? Refuse(ProposeDisposition command, DisposedGoods goods, decimal proposed)
    {
        if (!Dispositions.IsPossible(command.Kind, command.Spot.Condition))
        {
            return new DispositionNotPossible(command.Kind, command.Spot.Condition);
        }

        if (command.Kind == DispositionKind.ReturnToSupplier && command.Supplier is null && goods.Inspection?.SupplierId is null)
        {
            return Field.Invalid("supplierId", "must say who takes them back", given: null);
        }

        if (goods.Part is { } part && command.Quantity > part.Rejected - part.Disposed - proposed)
        {
            return new NothingRejectedHere(goods.Inspection!.Id, part.Rejected - part.Disposed - proposed, command.Quantity);
        }

        return command.Quantity > goods.OnHand
            ? new GoodsNotThere(command.Spot.Bin, command.Spot.Item, command.Spot.Condition, goods.OnHand, command.Quantity)
            : null;
    }

    private static InvalidField? Check(ProposeDisposition command) =>
        Field.Known<DispositionKind>("kind", command.Kind)
        ?? Field.Positive("quantity", command.Quantity, most: 1_000_000_000m, decimals: 6)
        ?? Field.Positive("weight", command.Weight, most: 1_000_000_000m, decimals: 6)
        ?? Field.Text("reason", command.Reason, most: 500)
        ?? Field.OptionalText("evidence", command.Evidence, most: 500)
        ?? (command.Kind == DispositionKind.Scrap && command.Evidence is null
            ? Field.Invalid("evidence", "must show why goods are scrapped", given: null)
            : null);

    private async Task<Result<DisposedGoods>> FindAsync(ProposeDisposition command, CancellationToken ct)
    {
        if (await db.FindDisposedBinAsync(command, ct) is not { } bin)
        {
            return new BinNotFound(command.Spot.Bin);
        }

        if (command.Supplier is { } supplier && await db.FindSupplierAsync(supplier, ct) is null)
        {
            return new SupplierNotFound(supplier);
        }

        if (await db.FindWorthAsync(command, ct) is not { } worth)
        {
            return new ItemNotFound(command.Spot.Item);
        }

        var owner = command.Spot.Owner ?? OwnerId.From(command.LegalEntity.Value);
        var goods = new DisposedGoods(
            bin.WarehouseId, owner, await db.FindOnHandAsync(command.Spot, owner, ct), worth.Value, worth.Currency, Inspection: null, Part: null,
            StockCondition.Usable);
        if (command.Inspection is not { } id)
        {
            return await OfSourceAsync(command, goods, ct);
        }

        var inspection = await db.LockInspectionAsync(id, ct);
        if (inspection is null)
        {
            return new InspectionNotFound(id);
        }

        var parts = await db.LockInspectionPartsAsync(id, ct);
        var part = inspection.ItemId == command.Spot.Item && inspection.WarehouseId == bin.WarehouseId
            ? parts.Find(one => one.LotId == command.Spot.Lot && one.SerialId == command.Spot.Serial && one.Rejected > one.Disposed)
            : null;
        return part is null
            ? new NothingRejectedHere(id, 0m, command.Quantity)
            : goods with { Inspection = inspection, Part = part, UsedAs = inspection.AcceptedAs };
    }

    /// <summary>Whoever brought the goods says what they wait for; a line that is named must have brought so many.</summary>
    private async Task<Result<DisposedGoods>> OfSourceAsync(ProposeDisposition command, DisposedGoods goods, CancellationToken ct)
    {
        var spot = command.Spot;
        foreach (var follower in followers.Where(one => one.Follows(command.Source is null ? null : Disposition.ReceiptLineKind)))
        {
            var source = await follower.FindSourceAsync(new DisposedOf(command.Source, goods.Warehouse, spot.Item, spot.Lot, spot.Serial), ct);
            if (command.Source is { } named && (source is null || source.Held < command.Quantity))
            {
                return new SourceDoesNotFit(named, source?.Held ?? 0m, command.Quantity);
            }

            if (source is not null)
            {
                return goods with { UsedAs = source.UsedAs };
            }
        }

        return goods;
    }

    private static ApprovalSheet Sheet(Disposition disposition) => new()
    {
        Kind = Dispositions.ApprovalKindOf(disposition.Kind),
        Subject = new Subject(nameof(Disposition), disposition.Id.Value),
        Title = string.Create(
            CultureInfo.InvariantCulture, $"{disposition.Number}: {Dispositions.WordOf(disposition.Kind)}, {disposition.Quantity:0.######} units"),
        Note = disposition.Reason,
        Effects =
        [
            new ShownEffect("condition", StockWords.Of(disposition.Condition), Dispositions.AfterOf(disposition.Kind)),
            new ShownEffect("quantity", null, string.Create(CultureInfo.InvariantCulture, $"{disposition.Quantity:0.######} of item {disposition.ItemId}")),
        ],
        Preconditions = [new Subject(nameof(Disposition), disposition.Id.Value)],
        Amount = disposition.Value,
        Currency = disposition.CurrencyCode,
        LegalEntity = disposition.LegalEntityId,
        Warehouse = disposition.WarehouseId,
        Supplier = disposition.SupplierId,
    };
}

/// <summary>Which way leads from which condition, who agrees to it, and where it ends.</summary>
internal static class Dispositions
{
    public static bool IsPossible(DispositionKind kind, StockCondition from) => (kind, from) switch
    {
        (DispositionKind.UseAsIs or DispositionKind.Downgrade, StockCondition.Quarantined) => true,
        (DispositionKind.Rework or DispositionKind.ReturnToSupplier or DispositionKind.Scrap, StockCondition.Quarantined or StockCondition.Damaged) => true,
        _ => false,
    };

    public static string ApprovalKindOf(DispositionKind kind) => kind switch
    {
        DispositionKind.UseAsIs => "QUARANTINE_RELEASE",
        DispositionKind.Rework => "REWORK",
        DispositionKind.ReturnToSupplier => "SUPPLIER_RETURN",
        DispositionKind.Scrap => "WRITE_OFF",
        DispositionKind.Downgrade => "DOWNGRADE",
    };

    public static string WordOf(DispositionKind kind) => kind switch
    {
        DispositionKind.UseAsIs => "use as they are",
        DispositionKind.Rework => "rework",
        DispositionKind.ReturnToSupplier => "return to the supplier",
        DispositionKind.Scrap => "scrap",
        DispositionKind.Downgrade => "keep as second choice",
    };

    public static string AfterOf(DispositionKind kind) => kind switch
    {
        DispositionKind.UseAsIs => "USABLE",
        DispositionKind.Rework => "INSPECTION",
        DispositionKind.ReturnToSupplier => "gone to the supplier",
        DispositionKind.Scrap => "scrapped",
        DispositionKind.Downgrade => "DAMAGED",
    };
}
