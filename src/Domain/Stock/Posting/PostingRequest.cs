using System.Text.Json.Serialization;
using Platform.Domain.Catalog;
using Platform.Domain.Partners;

namespace Platform.Domain.Stock.Posting;

/// <summary>The document for which stock moves. Kind and number are posted once per legal entity.</summary>
public sealed record StockDocument(
    string Kind,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Number,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] Guid? Id);

/// <summary>Why, where the document does not say it by itself (INV-12).</summary>
public sealed record PostingReason(string Code, string? Text, string? Evidence);

// What a line does not say is not kept either: ten thousand lines have a hundred thousand nulls.
/// <summary>One movement as it is asked for.</summary>
public sealed record MovementLine
{
    public required MovementType Type { get; init; }

    public required ItemId Item { get; init; }

    public required Place From { get; init; }

    public required Place To { get; init; }

    /// <summary>How many, in <see cref="Unit"/>.</summary>
    public required decimal Quantity { get; init; }

    /// <summary>A unit of the item; its base unit when null.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Unit { get; init; }

    /// <summary>The captured weight, for items priced by weight.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public decimal? Weight { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public LotId? Lot { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public SerialId? Serial { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public HandlingUnitId? HandlingUnit { get; init; }

    /// <summary>Whose the goods are; our own when null.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public OwnerId? Owner { get; init; }

    /// <summary>Whose they become, for a change of ownership.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public OwnerId? NewOwner { get; init; }

    /// <summary>What one base unit costs (one unit of weight, where that prices it), in the entity's currency.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public decimal? UnitCost { get; init; }

    /// <summary>What the caller saw in the bin that gives; refused when it has changed meanwhile.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public decimal? ExpectedOnHand { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public Guid? DocumentLine { get; init; }

    /// <summary>The supplier it came from or the customer it went to: the two ends of every lineage.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public PartnerId? Partner { get; init; }

    /// <summary>The shipment that a customer sends back; it returns at the cost at which it left.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public long? Returns { get; init; }

    /// <summary>The movement that a reversal mirrors; everything else of the line is then taken from it.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public long? Reverses { get; init; }

    /// <summary>The reservation whose goods a pick or a shipment takes.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public ReservationId? Reservation { get; init; }

    /// <summary>The mirror of a movement; its item, places and amounts are taken from there.</summary>
    public static MovementLine Reversing(long movement) => new()
    {
        Type = MovementType.Reversal, Item = default, From = default, To = default, Quantity = 0m, Reverses = movement,
    };
}

/// <summary>Movements that are posted together, or not at all.</summary>
public sealed record PostingRequest
{
    public const int MostLines = 10_000;

    public required LegalEntityId LegalEntity { get; init; }

    public required StockDocument Document { get; init; }

    public required IReadOnlyList<MovementLine> Lines { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public PostingReason? Reason { get; init; }

    /// <summary>When it happened, where that is earlier than its recording.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public DateTimeOffset? OccurredAt { get; init; }

    /// <summary>
    /// Goods that were held back are set free by it: somebody who may has decided so, in the command that posts it. No caller of a
    /// command says it (QLT-04).
    /// </summary>
    internal bool SetsFree { get; init; }
}
