using System.Globalization;
using Npgsql;
using Platform.Domain.Exceptions;
using Platform.Domain.Kernel;

namespace Platform.Domain.Putaway;

/// <summary>Raises a case for every task that nobody has done in time (PUT-04); run by a service.</summary>
[Needs("putaway.watch")]
public sealed record RunPutawayClocks(int Most) : ICommand<PutawayClocksRun>;

/// <param name="Late">The tasks that are late since now.</param>
public sealed record PutawayClocksRun(IReadOnlyList<WarehouseTaskId> Late);

internal sealed class RunPutawayClocksHandler(PlatformDb db, ExceptionDesk exceptions) : ICommandHandler<RunPutawayClocks, PutawayClocksRun>
{
    public async Task<Result<PutawayClocksRun>> HandleAsync(RunPutawayClocks command, Envelope envelope, CancellationToken ct)
    {
        var tasks = await db.LockLateTasksAsync(envelope.Now, Math.Clamp(command.Most, 1, 500), ct);
        foreach (var task in tasks)
        {
            task.RunLate(envelope.Now);
            await exceptions.SignalAsync(LateSignal(task), envelope, ct);
        }

        return new PutawayClocksRun(tasks.ConvertAll(task => task.Id));
    }

    private static Signal LateSignal(WarehouseTask task) => new()
    {
        Category = "LATE_PUTAWAY",
        CorrelationKey = $"LATE_PUTAWAY/{task.Id}",
        Title = string.Create(CultureInfo.InvariantCulture, $"{task.Quantity:0.######} units of task {task.Number} are not put away yet"),
        Source = new Subject(nameof(WarehouseTask), task.Id.Value),
        SourceEvent = nameof(WarehouseTaskMoved),
        ServiceImpact = task.Kind == WarehouseTaskKind.CrossDock ? ServiceImpact.PartialService : ServiceImpact.Delay,
        LegalEntity = task.LegalEntityId,
        Warehouse = task.WarehouseId,
        Item = task.ItemId,
        Facts = [new CaseFact("due", task.DueAt.ToString("O")), new CaseFact("worker", task.Worker ?? "nobody has taken it")],
    };
}

/// <summary>Asks cheaply what is due, so that a quiet night writes no audit rows.</summary>
public static class PutawayClocks
{
    private const string Late =
        "select exists (select from warehouse_task where due_at < $1 and status in ('OFFERED', 'CLAIMED', 'EXCEPTION') and late_at is null)";

    public static async Task<bool> AreDueAsync(NpgsqlDataSource source, DateTimeOffset now, CancellationToken ct)
    {
        await using var command = source.CreateCommand(Late);
        command.Parameters.Add(new NpgsqlParameter { Value = now });
        return await command.ExecuteScalarAsync(ct) is true;
    }
}
