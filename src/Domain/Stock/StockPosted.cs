using System.Text.Json.Serialization;
using Platform.Domain.Catalog;
using Platform.Domain.Kernel;
using Platform.Domain.Partners;
using Platform.Domain.Stock.Posting;

namespace Platform.Domain.Stock;

/// <summary>One movement as it happened, in base units; the value is what it changed in the pool, if anything.</summary>
public sealed record PostedMovement(
    long Movement,
    int Line,
    MovementType Type,
    ItemId Item,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] LotId? Lot,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] SerialId? Serial,
    Place From,
    Place To,
    decimal Quantity,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] decimal? Weight,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] decimal? Value);

/// <summary>Stock moved for a document. Movements beyond the first hundred are read by the posting's id.</summary>
public sealed record StockPosted(
    StockPostingId Posting,
    LegalEntityId LegalEntity,
    string DocumentKind,
    string? DocumentNumber,
    Guid? DocumentId,
    DateTimeOffset OccurredAt,
    int MovementCount,
    IReadOnlyList<PostedMovement> Movements) : ISoleEvent, IDatedEvent
{
    private const int MostMovements = 100;

    public Subject Subject => new("StockPosting", Posting.Value);

    internal static StockPosted Of(PostingPlan plan) => new(
        plan.Id,
        plan.Request.LegalEntity,
        plan.Request.Document.Kind,
        plan.Request.Document.Number,
        plan.Request.Document.Id,
        plan.OccurredAt,
        plan.Movements.Count,
        [.. plan.Movements.Take(MostMovements).Select(movement => new PostedMovement(
            movement.Id, movement.Number, movement.Line.Type, movement.Line.Item, movement.Line.Lot, movement.Line.Serial,
            movement.From, movement.To, movement.Quantity, movement.Weight, movement.Value?.Valued.OnHand))]);
}
