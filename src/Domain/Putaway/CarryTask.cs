using Platform.Domain.Kernel;
using Platform.Domain.Warehouses;

namespace Platform.Domain.Putaway;

/// <summary>Takes a task that is offered; of two who want it, one gets it.</summary>
[Needs("putaway.work"), WithinRows]
[Refuses<WarehouseTaskNotFound>, Refuses<StaleVersion>, Refuses<WrongTaskStatus>]
public sealed record ClaimTask(WarehouseTaskId Task, int Version) : ICommand<WarehouseTaskMoved>;

/// <summary>
/// Takes the task that should be done next: what somebody waits for, then what is due, the nearest to where the worker stands
/// (PUT-05). Tasks that others are just taking are passed over.
/// </summary>
[Needs("putaway.work"), WithinRows]
[Refuses<NoTaskOffered>]
public sealed record ClaimNextTask(WarehouseId Warehouse, BinId? Near) : ICommand<WarehouseTaskMoved>;

/// <summary>Gives a task back, for somebody else to take.</summary>
[Needs("putaway.work"), WithinRows]
[Refuses<InvalidField>, Refuses<WarehouseTaskNotFound>, Refuses<StaleVersion>, Refuses<WrongTaskStatus>, Refuses<TaskOfAnother>]
public sealed record GiveTaskBack(WarehouseTaskId Task, int Version, string Reason) : ICommand<WarehouseTaskMoved>, IReasoned;

/// <summary>Says that a task cannot be done: the goods are not there, or cannot be carried. It becomes a case.</summary>
[Needs("putaway.work"), WithinRows]
[Refuses<InvalidField>, Refuses<WarehouseTaskNotFound>, Refuses<StaleVersion>, Refuses<WrongTaskStatus>, Refuses<TaskOfAnother>]
public sealed record FailTask(WarehouseTaskId Task, int Version, string Reason) : ICommand<WarehouseTaskMoved>, IReasoned;

/// <summary>Looks for another bin, because the directed one no longer takes the goods; the rest that no bin takes becomes a task of its own.</summary>
[Needs("putaway.work"), WithinRows]
[Refuses<InvalidField>, Refuses<WarehouseTaskNotFound>, Refuses<StaleVersion>, Refuses<WrongTaskStatus>, Refuses<TaskOfAnother>]
public sealed record RedirectTask(WarehouseTaskId Task, int Version, string Reason) : ICommand<WarehouseTaskMoved>, IReasoned;

/// <summary>Calls a task off; its goods may be directed again.</summary>
[Needs("putaway.direct"), WithinRows]
[Refuses<InvalidField>, Refuses<WarehouseTaskNotFound>, Refuses<StaleVersion>, Refuses<WrongTaskStatus>]
public sealed record CancelTask(WarehouseTaskId Task, int Version, string Reason) : ICommand<WarehouseTaskMoved>, IReasoned;

internal sealed class ClaimTaskHandler(PlatformDb db) : ICommandHandler<ClaimTask, WarehouseTaskMoved>
{
    public async Task<Result<WarehouseTaskMoved>> HandleAsync(ClaimTask command, Envelope envelope, CancellationToken ct)
    {
        var task = await db.LockTaskAsync(command.Task, ct);
        if (task is null)
        {
            return new WarehouseTaskNotFound(command.Task);
        }

        if (WarehouseTaskSteps.Refuse(task, command.Version, WarehouseTaskStep.Claim) is { } refusal)
        {
            return refusal;
        }

        return db.Step(task, WarehouseTaskStep.Claim, () => task.Claim(envelope));
    }
}

internal sealed class ClaimNextTaskHandler(PlatformDb db) : ICommandHandler<ClaimNextTask, WarehouseTaskMoved>
{
    public async Task<Result<WarehouseTaskMoved>> HandleAsync(ClaimNextTask command, Envelope envelope, CancellationToken ct)
    {
        var task = await db.LockNextTaskAsync(command.Warehouse, command.Near, ct);
        return task is null
            ? new NoTaskOffered(command.Warehouse)
            : db.Step(task, WarehouseTaskStep.Claim, () => task.Claim(envelope));
    }
}

internal sealed class GiveTaskBackHandler(PlatformDb db) : ICommandHandler<GiveTaskBack, WarehouseTaskMoved>
{
    public async Task<Result<WarehouseTaskMoved>> HandleAsync(GiveTaskBack command, Envelope envelope, CancellationToken ct)
    {
        var found = await db.FindOwnTaskAsync((command.Task, command.Version, WarehouseTaskStep.GiveBack, command.Reason), envelope, ct);
        return found.Succeeded(out var task)
            ? db.Step(task, WarehouseTaskStep.GiveBack, () => task.GiveBack(envelope.Now))
            : found.Error!;
    }
}

internal sealed class FailTaskHandler(PlatformDb db, Exceptions.ExceptionDesk exceptions) : ICommandHandler<FailTask, WarehouseTaskMoved>
{
    public async Task<Result<WarehouseTaskMoved>> HandleAsync(FailTask command, Envelope envelope, CancellationToken ct)
    {
        var found = await db.FindOwnTaskAsync((command.Task, command.Version, WarehouseTaskStep.Fail, command.Reason), envelope, ct);
        if (!found.Succeeded(out var task))
        {
            return found.Error!;
        }

        var moved = db.Step(task, WarehouseTaskStep.Fail, () => task.Fail(command.Reason, envelope.Now));
        var explanation = new PutawayExplanation(Policy: null, Rule: null, command.Reason, Considered: 0, []);
        await exceptions.SignalAsync(PutawayDesk.BlockedSignal(task, explanation), envelope, ct);
        return moved;
    }
}

internal sealed class RedirectTaskHandler(
    PlatformDb db, PutawayDesk desk, Exceptions.ExceptionDesk exceptions, Exceptions.CaseClosing closing)
    : ICommandHandler<RedirectTask, WarehouseTaskMoved>
{
    public async Task<Result<WarehouseTaskMoved>> HandleAsync(RedirectTask command, Envelope envelope, CancellationToken ct)
    {
        var found = await db.FindOwnTaskAsync((command.Task, command.Version, WarehouseTaskStep.Redirect, command.Reason), envelope, ct);
        if (!found.Succeeded(out var task))
        {
            return found.Error!;
        }

        var shares = await desk.AnewAsync(task, task.Quantity, envelope, ct);
        if (shares[0].Bin is null)
        {
            var failed = db.Step(task, WarehouseTaskStep.Fail, () => task.Fail(shares[0].Explanation.Why, envelope.Now));
            await exceptions.SignalAsync(PutawayDesk.BlockedSignal(task, shares[0].Explanation), envelope, ct);
            return failed;
        }

        var moved = db.Step(task, WarehouseTaskStep.Redirect, () => task.Redirect(shares[0], envelope.Now));
        await closing.SettleAsync($"PUTAWAY_BLOCKED/{task.Id}", Exceptions.CaseOutcome.Corrected, command.Reason, envelope, ct);
        var rest = shares.Skip(1).Select(share => share with { SplitFrom = task.Id }).ToList();
        await desk.AddAsync(task.Goods, rest, (await desk.RulesAsync(envelope.Now, ct)).Body.DueMinutes, envelope, ct);
        return moved;
    }
}

internal sealed class CancelTaskHandler(PlatformDb db, Exceptions.CaseClosing closing) : ICommandHandler<CancelTask, WarehouseTaskMoved>
{
    public async Task<Result<WarehouseTaskMoved>> HandleAsync(CancelTask command, Envelope envelope, CancellationToken ct)
    {
        if (Field.Text("reason", command.Reason, most: 500) is { } invalid)
        {
            return invalid;
        }

        var task = await db.LockTaskAsync(command.Task, ct);
        if (task is null)
        {
            return new WarehouseTaskNotFound(command.Task);
        }

        if (WarehouseTaskSteps.Refuse(task, command.Version, WarehouseTaskStep.Cancel) is { } refusal)
        {
            return refusal;
        }

        var moved = db.Step(task, WarehouseTaskStep.Cancel, () => task.Cancel(command.Reason, envelope.Now));
        await closing.SettleTaskAsync(task, Exceptions.CaseOutcome.AcceptedAsIs, command.Reason, envelope, ct);
        return moved;
    }
}

internal static class OwnTasks
{
    /// <summary>The task, locked, if it is as the caller saw it, the step leads on, and nobody else carries it.</summary>
    public static async Task<Result<WarehouseTask>> FindOwnTaskAsync(
        this PlatformDb db, (WarehouseTaskId Task, int Version, WarehouseTaskStep Step, string Reason) wanted, Envelope envelope, CancellationToken ct)
    {
        if (Field.Text("reason", wanted.Reason, most: 500) is { } invalid)
        {
            return invalid;
        }

        var task = await db.LockTaskAsync(wanted.Task, ct);
        if (task is null)
        {
            return new WarehouseTaskNotFound(wanted.Task);
        }

        if (WarehouseTaskSteps.Refuse(task, wanted.Version, wanted.Step) is { } refusal)
        {
            return refusal;
        }

        return task.WorkerPerson is { } person && person != envelope.Actor.Person ? new TaskOfAnother(task.Id, task.Worker!) : task;
    }

    public static WarehouseTaskMoved Step(this PlatformDb db, WarehouseTask task, WarehouseTaskStep step, Action take)
    {
        var from = task.Status;
        take();
        var moved = task.Moved(step, from);
        db.Raise(moved);
        return moved;
    }
}
