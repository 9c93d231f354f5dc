using System.Globalization;
using Npgsql;
using Platform.Domain.Exceptions;
using Platform.Domain.Kernel;

namespace Platform.Domain.Quality;

/// <summary>
/// Raises a case for every inspection that nobody has decided in time (QLT-05): the goods are there and nobody may take them, which
/// looks like a shortage to whoever sells. Run by a service.
/// </summary>
[Needs("quality.watch")]
public sealed record RunQualityClocks(int Most) : ICommand<QualityClocksRun>;

public sealed record QualityClocksRun(IReadOnlyList<InspectionId> Stranded);

internal sealed class RunQualityClocksHandler(PlatformDb db, ExceptionDesk exceptions)
    : ICommandHandler<RunQualityClocks, QualityClocksRun>
{
    public async Task<Result<QualityClocksRun>> HandleAsync(RunQualityClocks command, Envelope envelope, CancellationToken ct)
    {
        var inspections = await db.LockOverdueInspectionsAsync(envelope.Now, Math.Clamp(command.Most, 1, 500), ct);
        foreach (var inspection in inspections)
        {
            inspection.Strand(envelope.Now);
            var explained = await StockExplanations.ExplainAsync(
                db.Connection, db.Transaction, new ExplainedPlace(inspection.ItemId, inspection.WarehouseId, envelope.Now), ct);
            await exceptions.SignalAsync(StrandedSignal(inspection, explained, envelope.Now), envelope, ct);
        }

        return new QualityClocksRun(inspections.ConvertAll(inspection => inspection.Id));
    }

    private static Signal StrandedSignal(Inspection inspection, ExplainedItem explained, DateTimeOffset now) => new()
    {
        Category = "STRANDED_INSPECTION",
        CorrelationKey = $"STRANDED_INSPECTION/{inspection.Id}",
        Title = string.Create(
            CultureInfo.InvariantCulture,
            $"{inspection.Quantity:0.######} units wait for inspection {inspection.Number} since {(now - inspection.CreatedAt).TotalDays:0.#} days"),
        Source = new Subject(nameof(Inspection), inspection.Id.Value),
        SourceEvent = nameof(InspectionOpened),
        ServiceImpact = explained.IsFalseShortage ? ServiceImpact.PartialService : ServiceImpact.Delay,
        Severity = explained.IsFalseShortage ? CaseSeverity.High : null,
        LegalEntity = inspection.LegalEntityId,
        Warehouse = inspection.WarehouseId,
        Supplier = inspection.SupplierId,
        Item = inspection.ItemId,
        Facts =
        [
            new CaseFact("waiting since", inspection.CreatedAt.ToString("O")),
            new CaseFact("due", inspection.DueAt.ToString("O")),
            new CaseFact("inspector", inspection.Inspector ?? "nobody has begun"),
            new CaseFact("explanation", explained.Sentence),
        ],
    };
}

/// <summary>Asks cheaply whether an inspection is overdue, so that a quiet night writes no audit rows.</summary>
public static class QualityClocks
{
    private const string Due =
        "select exists (select from inspection where due_at < $1 and status in ('WAITING', 'IN_PROGRESS') and stranded_at is null)";

    public static async Task<bool> AreDueAsync(NpgsqlDataSource source, DateTimeOffset now, CancellationToken ct)
    {
        await using var command = source.CreateCommand(Due);
        command.Parameters.Add(new NpgsqlParameter { Value = now });
        return await command.ExecuteScalarAsync(ct) is true;
    }
}
