using System.Collections.Frozen;
using Platform.Domain.Finance;

namespace Platform.Domain.Stock;

/// <summary>Why goods change places; one list for receiving, moving, shipping, counting and returning (INV-02).</summary>
public enum MovementType
{
    Receipt,
    Condition,
    Putaway,
    Replenish,
    Move,
    Pick,
    Ship,
    TransferShip,
    TransferReceive,
    CountAdjust,
    Adjust,
    CustomerReturn,
    SupplierReturn,
    Ownership,
    WeightAdjust,
    Opening,
    Reversal,
}

/// <summary>What one type of movement may do.</summary>
/// <param name="Paths">From where to where.</param>
/// <param name="OpenToBlockedItems">CAT-01: a blocked or retired item may still be counted, returned and put in order.</param>
/// <param name="Serves">Takes goods for somebody: expired or blocked lots, and blocked items, never go this way (I-13).</param>
/// <param name="CrossesWarehouses">Its two bins may belong to two warehouses.</param>
/// <param name="Contra">The account against which value enters or leaves; null when no value does.</param>
public sealed record MovementRule(
    IReadOnlyList<(PlaceKind From, PlaceKind To)> Paths,
    bool OpenToBlockedItems,
    bool Serves,
    bool CrossesWarehouses,
    AccountRole? Contra);

public static class MovementRules
{
    private static readonly (PlaceKind, PlaceKind)[] Inside = [(PlaceKind.Bin, PlaceKind.Bin)];

    private static readonly (PlaceKind, PlaceKind)[] Adjusting =
        [(PlaceKind.Adjustment, PlaceKind.Bin), (PlaceKind.Bin, PlaceKind.Adjustment)];

    public static FrozenDictionary<MovementType, MovementRule> Table { get; } = new Dictionary<MovementType, MovementRule>
    {
        [MovementType.Receipt] = In(PlaceKind.Supplier, AccountRole.GoodsReceivedNotInvoiced, blocked: false),
        [MovementType.Opening] = In(PlaceKind.Opening, AccountRole.OpeningBalance, blocked: false),
        [MovementType.CustomerReturn] = In(PlaceKind.Customer, AccountRole.CostOfGoodsSold, blocked: true),
        [MovementType.Condition] = Within(blocked: true),
        [MovementType.Putaway] = Within(blocked: true),
        [MovementType.Move] = Within(blocked: true),
        [MovementType.Replenish] = Within(blocked: false),
        [MovementType.Pick] = Within(blocked: false) with { Serves = true },
        [MovementType.TransferShip] = Within(blocked: false) with { CrossesWarehouses = true },
        [MovementType.TransferReceive] = Within(blocked: true) with { CrossesWarehouses = true },
        [MovementType.Ownership] = Within(blocked: true) with { Contra = AccountRole.ConsignmentPayable },
        [MovementType.Ship] = Out(PlaceKind.Customer, AccountRole.CostOfGoodsSold, blocked: false) with { Serves = true },
        [MovementType.SupplierReturn] = Out(PlaceKind.Supplier, AccountRole.GoodsReceivedNotInvoiced, blocked: true),
        [MovementType.CountAdjust] = new(Adjusting, true, false, false, AccountRole.CountVariance),
        [MovementType.WeightAdjust] = new(Adjusting, true, false, false, AccountRole.Adjustment),
        [MovementType.Adjust] = new(
            [.. Adjusting, (PlaceKind.Bin, PlaceKind.Scrap)], true, false, false, AccountRole.Adjustment),
        // Its path and its accounts are those of the movement that it mirrors.
        [MovementType.Reversal] = new([], true, false, true, Contra: null),
    }.ToFrozenDictionary();

    public static MovementRule Of(MovementType type) => Table[type];

    private static MovementRule In(PlaceKind from, AccountRole contra, bool blocked) =>
        new([(from, PlaceKind.Bin)], blocked, Serves: false, CrossesWarehouses: false, contra);

    private static MovementRule Out(PlaceKind to, AccountRole contra, bool blocked) =>
        new([(PlaceKind.Bin, to)], blocked, Serves: false, CrossesWarehouses: false, contra);

    private static MovementRule Within(bool blocked) =>
        new(Inside, blocked, Serves: false, CrossesWarehouses: false, Contra: null);
}
