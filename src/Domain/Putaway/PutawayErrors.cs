using Platform.Domain.Catalog;
using Platform.Domain.Kernel;
using Platform.Domain.Receiving;
using Platform.Domain.Stock;
using Platform.Domain.Warehouses;

namespace Platform.Domain.Putaway;

public sealed record WarehouseTaskNotFound(WarehouseTaskId Task) : DomainError
{
    public override string Message => $"There is no task {Task}.";
}

public sealed record WrongTaskStatus(WarehouseTaskId Task, WarehouseTaskStatus Status, WarehouseTaskStep Step) : DomainError
{
    public override string Message => $"Task {Task} is {Status}: there is no step {Step} from there.";
}

/// <summary>Somebody else carries it.</summary>
public sealed record TaskOfAnother(WarehouseTaskId Task, string Worker) : DomainError
{
    public override string Message => $"Task {Task} is with {Worker}.";
}

public sealed record NoTaskOffered(WarehouseId Warehouse) : DomainError
{
    public override string Message => $"Nothing is to be put away in warehouse {Warehouse}.";
}

public sealed record NothingToPutAway(BinId Bin, ItemId Item, StockCondition Condition, decimal OnHand, decimal UnderWay) : DomainError
{
    public override string Message =>
        $"{OnHand} of item {Item} lie as {Condition} in bin {Bin}, and {UnderWay} of them are to be put away already.";
}

public sealed record ReceiptLineNotFound(ReceiptLineId Line) : DomainError
{
    public override string Message => $"There is no receipt line {Line}.";
}

public sealed record LineHasNothingToStore(ReceiptLineId Line, ReceiptLineState State, decimal ToStore) : DomainError
{
    public override string Message => $"Receipt line {Line} is {State}; {ToStore} of it are to be stored.";
}

public sealed record WrongItemScanned(WarehouseTaskId Task, string Expected, string Scanned) : DomainError
{
    public override string Message => $"Task {Task} is about {Expected}; {Scanned} was scanned.";
}

public sealed record ScannedBinUnknown(WarehouseId Warehouse, string Scanned) : DomainError
{
    public override string Message => $"Warehouse {Warehouse} has no bin {Scanned}.";
}

/// <summary>Another bin than the directed one was scanned: that needs a reason, and the right to decide so (PUT-02).</summary>
public sealed record BinDiffers(WarehouseTaskId Task, string Directed, string Scanned, bool MayOverride) : DomainError
{
    public override string Message =>
        $"Task {Task} goes to {Directed}, and {Scanned} was scanned. "
        + (MayOverride ? "Give a reason to put it there all the same." : "Ask for another bin, or somebody who may decide it.");
}

/// <summary>The bin does not take the goods, by the same rules that direct them.</summary>
public sealed record BinRefusesGoods(WarehouseTaskId Task, string Bin, string Rule) : DomainError
{
    public override string Message => $"Bin {Bin} does not take the goods of task {Task}: {Rule}.";
}

public sealed record MoreThanTheTask(WarehouseTaskId Task, decimal Quantity, decimal Confirmed) : DomainError
{
    public override string Message => $"Task {Task} is about {Quantity}; {Confirmed} were confirmed.";
}
