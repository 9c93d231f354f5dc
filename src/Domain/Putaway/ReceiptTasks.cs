using Platform.Domain.Exceptions;
using Platform.Domain.Kernel;
using Platform.Domain.Receiving;

namespace Platform.Domain.Putaway;

/// <summary>A receipt is not taken back while somebody carries its goods; what was only offered is called off with it (RCV-17).</summary>
internal sealed class ReceiptTasks(PlatformDb db, CaseClosing closing) : IReceiptUser
{
    public async Task LockAsync(ReceiptId receipt, CancellationToken ct) =>
        await db.LockOpenTasksAsync(await db.FindLinesOfReceiptAsync(receipt, ct), ct);

    public async Task<UsedReceipt?> FindUseAsync(IReadOnlyList<ReceiptLineId> lines, CancellationToken ct)
    {
        var task = (await db.LockOpenTasksAsync(lines, ct)).Find(one => one.Status == WarehouseTaskStatus.Claimed);
        return task is null
            ? null
            : new UsedReceipt(task.ReceiptLineId!.Value, ReceiptUse.Carried, task.Number, IsFinal: false, task.Quantity);
    }

    public async Task ForgetAsync(IReadOnlyList<ReceiptLineId> lines, string reason, Envelope envelope, CancellationToken ct)
    {
        foreach (var task in await db.LockOpenTasksAsync(lines, ct))
        {
            db.Step(task, WarehouseTaskStep.Cancel, () => task.Cancel(reason, envelope.Now));
            await closing.SettleTaskAsync(task, CaseOutcome.FalseAlarm, reason, envelope, ct);
        }
    }
}

internal static class TaskCases
{
    /// <summary>A task that is done, or goes another way, leaves nobody waiting: what was told about it is over.</summary>
    public static async Task SettleTaskAsync(
        this CaseClosing closing, WarehouseTask task, CaseOutcome outcome, string? note, Envelope envelope, CancellationToken ct)
    {
        await closing.SettleAsync($"PUTAWAY_BLOCKED/{task.Id}", outcome, note, envelope, ct);
        if (task.LateAt is not null)
        {
            await closing.SettleAsync($"LATE_PUTAWAY/{task.Id}", outcome, note, envelope, ct);
        }
    }
}
