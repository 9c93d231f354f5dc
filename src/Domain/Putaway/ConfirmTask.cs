using System.Globalization;
using Platform.Domain.Exceptions;
using Platform.Domain.Kernel;
using Platform.Domain.Receiving;
using Platform.Domain.Stock;
using Platform.Domain.Stock.Posting;
using Platform.Domain.Warehouses;

namespace Platform.Domain.Putaway;

/// <summary>
/// Confirms by scan that goods lie where they were directed (PUT-02). Another bin needs a reason and the right to decide so, passes the
/// same rules, and becomes a case. Less than the task leaves the rest to a new one. What is released by putaway may be taken from now on.
/// </summary>
/// <param name="Task">The task.</param>
/// <param name="Version">Its version as the worker saw it.</param>
/// <param name="ScannedItem">The item's code or barcode, as scanned.</param>
/// <param name="ScannedBin">The bin's code, as scanned.</param>
/// <param name="Quantity">How many base units were put there.</param>
/// <param name="Weight">Their weight, for goods priced by weight.</param>
/// <param name="OverrideReason">Why they were put into another bin than the directed one.</param>
[Needs("putaway.work"), WithinRows]
[Refuses<InvalidField>, Refuses<WarehouseTaskNotFound>, Refuses<StaleVersion>, Refuses<WrongTaskStatus>, Refuses<TaskOfAnother>]
[Refuses<WrongItemScanned>, Refuses<ScannedBinUnknown>, Refuses<BinDiffers>, Refuses<BinRefusesGoods>, Refuses<MoreThanTheTask>]
[Refuses<WrongReceiptLineState>]
[RefusesLike<PostMovements>]
public sealed record ConfirmTask(
    WarehouseTaskId Task, int Version, string ScannedItem, string ScannedBin, decimal Quantity, decimal? Weight, string? OverrideReason)
    : ICommand<WarehouseTaskMoved>, IReasoned
{
    string? IReasoned.Reason => OverrideReason;
}

internal sealed class ConfirmTaskHandler(
    PlatformDb db, StockPoster poster, PutawayDesk desk, ReceiptLineDesk receipts, ExceptionDesk exceptions, CaseClosing closing)
    : ICommandHandler<ConfirmTask, WarehouseTaskMoved>
{
    private const string Override = "putaway.override";

    public async Task<Result<WarehouseTaskMoved>> HandleAsync(ConfirmTask command, Envelope envelope, CancellationToken ct)
    {
        if (Check(command) is { } invalid)
        {
            return invalid;
        }

        var task = await db.LockTaskAsync(command.Task, ct);
        if (task is null)
        {
            return new WarehouseTaskNotFound(command.Task);
        }

        if (Refuse(command, task, envelope) is { } refusal)
        {
            return refusal;
        }

        if (await db.FindScannedItemAsync(task.ItemId, command.ScannedItem, ct) is { } wrong)
        {
            return new WrongItemScanned(task.Id, wrong, command.ScannedItem);
        }

        if (await db.FindBinByCodeAsync(task.WarehouseId, command.ScannedBin, ct) is not { } bin)
        {
            return new ScannedBinUnknown(task.WarehouseId, command.ScannedBin);
        }

        if (bin.Id != task.ToBinId && await RefuseOtherBinAsync(command, task, bin, envelope, ct) is { } elsewhere)
        {
            return elsewhere;
        }

        return await PutAsync(command, task, bin, envelope, ct);
    }

    internal static DomainError? Refuse(ConfirmTask command, WarehouseTask task, Envelope envelope)
    {
        if (WarehouseTaskSteps.Refuse(task, command.Version, WarehouseTaskStep.Confirm) is { } refusal)
        {
            return refusal;
        }

        if (task.WorkerPerson != envelope.Actor.Person)
        {
            return new TaskOfAnother(task.Id, task.Worker!);
        }

        return command.Quantity > task.Quantity ? new MoreThanTheTask(task.Id, task.Quantity, command.Quantity) : null;
    }

    private static InvalidField? Check(ConfirmTask command) =>
        Field.Text("scannedItem", command.ScannedItem, most: 100)
        ?? Field.Text("scannedBin", command.ScannedBin, most: 100)
        ?? Field.Positive("quantity", command.Quantity, most: 1_000_000_000m, decimals: 6)
        ?? Field.Positive("weight", command.Weight, most: 1_000_000_000m, decimals: 6)
        ?? Field.OptionalText("overrideReason", command.OverrideReason, most: 500);

    /// <summary>The ledger keeps hard rules; what the bin is for, only direction knows.</summary>
    private async Task<DomainError?> RefuseOtherBinAsync(ConfirmTask command, WarehouseTask task, Bin bin, Envelope envelope, CancellationToken ct)
    {
        var mayOverride = envelope.Permissions.Contains(Override);
        if (!mayOverride || command.OverrideReason is null)
        {
            return new BinDiffers(task.Id, await db.CodeOfBinAsync(task.ToBinId!.Value, ct), bin.Code, mayOverride);
        }

        var goods = await db.FindFittingGoodsAsync(task.Goods, ct);
        var candidate = (await db.FindCandidateBinsAsync(task.WarehouseId, task.Id, ct)).Find(one => one.Bin.Id == bin.Id);
        var room = candidate is null ? Room.None("goods are not kept there") : BinFitness.RoomFor(candidate, goods, upTo: null);
        return room.Units < command.Quantity ? new BinRefusesGoods(task.Id, bin.Code, room.Refusal ?? "it has no room for so many") : null;
    }

    private async Task<Result<WarehouseTaskMoved>> PutAsync(ConfirmTask command, WarehouseTask task, Bin bin, Envelope envelope, CancellationToken ct)
    {
        var arrived = task.ReceiptLineId is { } line ? await receipts.LockAsync(line, ct) : null;
        var posted = await poster.PostAsync(Request(command, task, bin.Id), envelope, ct);
        if (!posted.Succeeded(out var posting))
        {
            return posted.Error!;
        }

        if (arrived is not null && receipts.Store(arrived, decimal.Min(command.Quantity, arrived.ToStore), envelope) is { } notStored)
        {
            return notStored;
        }

        var directed = task.ToBinId!.Value;
        var reason = bin.Id == directed ? null : command.OverrideReason;
        var moved = db.Step(task, WarehouseTaskStep.Confirm, () => task.Confirm(bin.Id, command.Quantity, reason, posting.Posting, envelope.Now));
        await closing.SettleTaskAsync(task, CaseOutcome.Corrected, note: null, envelope, ct);
        if (task.Kind == WarehouseTaskKind.CrossDock)
        {
            db.Add(CrossDockMove.Confirmed(task, bin.Id, command.Quantity, envelope));
        }

        if (reason is not null)
        {
            await exceptions.SignalAsync(MismatchSignal(task, bin, reason), envelope, ct);
        }

        if (command.Quantity < task.Quantity)
        {
            var rest = await desk.AnewAsync(task, task.Quantity - command.Quantity, envelope, ct);
            await desk.AddAsync(
                task.Goods, [.. rest.Select(share => share with { SplitFrom = task.Id })], (await desk.RulesAsync(envelope.Now, ct)).Body.DueMinutes,
                envelope, ct);
        }

        return moved;
    }

    /// <summary>What waits for its putaway becomes usable where it lies, and is carried as such: one posting, or none.</summary>
    private static PostingRequest Request(ConfirmTask command, WarehouseTask task, BinId bin)
    {
        var released = task.Condition == StockCondition.Receiving ? StockCondition.Usable : task.Condition;
        var carry = new MovementLine
        {
            Type = MovementType.Putaway,
            Item = task.ItemId,
            From = Place.In(task.FromBinId, released),
            To = Place.In(bin, released),
            Quantity = command.Quantity,
            Weight = command.Weight,
            Lot = task.LotId,
            Serial = task.SerialId,
            HandlingUnit = task.HandlingUnitId,
            Owner = task.OwnerId,
            DocumentLine = task.ReceiptLineId?.Value,
        };
        return new PostingRequest
        {
            LegalEntity = task.LegalEntityId,
            Document = new StockDocument(nameof(WarehouseTask), task.Number, task.Id.Value),
            Reason = command.OverrideReason is null ? null : new PostingReason("BIN_OVERRIDE", command.OverrideReason, Evidence: null),
            SetsFree = task.Condition == StockCondition.Receiving,
            Lines = task.Condition == StockCondition.Receiving
                ?
                [
                    carry with
                    {
                        Type = MovementType.Condition,
                        From = Place.In(task.FromBinId, StockCondition.Receiving),
                        To = Place.In(task.FromBinId, StockCondition.Usable),
                    },
                    carry,
                ]
                : [carry],
        };
    }

    private static Signal MismatchSignal(WarehouseTask task, Bin bin, string reason) => new()
    {
        Category = "LOCATION_MISMATCH",
        CorrelationKey = $"LOCATION_MISMATCH/{task.Id}",
        Title = string.Create(CultureInfo.InvariantCulture, $"Task {task.Number} was put into {bin.Code} instead of where it was directed"),
        Source = new Subject(nameof(WarehouseTask), task.Id.Value),
        SourceEvent = nameof(WarehouseTaskMoved),
        LegalEntity = task.LegalEntityId,
        Warehouse = task.WarehouseId,
        Item = task.ItemId,
        Facts = [new CaseFact("reason", reason), new CaseFact("worker", task.Worker!)],
    };
}
