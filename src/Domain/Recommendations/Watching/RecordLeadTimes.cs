using Microsoft.EntityFrameworkCore;
using Platform.Domain.Catalog;
using Platform.Domain.Kernel;
using Platform.Domain.Partners;
using Platform.Domain.Warehouses;

namespace Platform.Domain.Recommendations.Watching;

public sealed record SeenOutlook(
    ItemId Item, WarehouseId Warehouse, SupplierId Supplier, OutlookSource Source, decimal Days, decimal Low, decimal High, decimal SpreadDays,
    decimal PlannedDays, decimal PlannedSpreadDays, decimal PlannedSafetyStock, decimal NeededSafetyStock, decimal Service, decimal ValueAtStake,
    string Currency, int Deliveries, int OpenOrders, OutlookVerdict Verdict, string Why, string ModelVersion);

public sealed record SeenDrift(
    SupplierId Supplier, DriftState State, int Deliveries, decimal? UsualDays, decimal? NowDays, int? BeganWith, DateOnly? BeganOn,
    DateOnly? NoticedOn, decimal? SizeDays, decimal? SpreadRatio, decimal FalseAlarmsPerHundred);

public sealed record SeenModel(
    string Name, ServingState State, string Why, string ModelVersion, string ModelHash, DateTimeOffset? TrainedAt, int TrainedOn, decimal? Error,
    decimal? RuleError, decimal? Coverage, int MeasuredOn, decimal? PopulationDrift);

/// <summary>What people and time made of a model's recommendations.</summary>
internal sealed record ModelFeedback(int Decided, int Overridden, int Outcomes, int OutcomesRight);

/// <summary>Keeps what the service sees: outlooks, drift per supplier, and how the model does. It decides nothing.</summary>
[Needs("recommendations.watch"), ByTheHostOnly]
public sealed record RecordLeadTimes(IReadOnlyList<SeenOutlook> Outlooks, IReadOnlyList<SeenDrift> Drifts, SeenModel Model)
    : ICommand<LeadTimesRecorded>;

public sealed record LeadTimesRecorded(int Outlooks, int Drifts, ServingState State);

/// <summary>A supplier takes longer, shorter, or as it used to again.</summary>
/// <param name="Drift">The row that tells how the supplier does.</param>
/// <param name="Supplier">The supplier.</param>
/// <param name="From">What the detectors said before.</param>
/// <param name="To">What they say now.</param>
/// <param name="BeganOn">When the order was sent with which it began.</param>
/// <param name="SizeDays">By how many days it changed.</param>
/// <param name="Deliveries">How many deliveries they saw.</param>
public sealed record SupplierDriftChanged(
    Guid Drift, SupplierId Supplier, DriftState From, DriftState To, DateOnly? BeganOn, decimal? SizeDays, int Deliveries) : IEvent
{
    public Subject Subject => new(nameof(SupplierDrift), Drift);
}

/// <summary>Another model scores, or it may no longer, or may again.</summary>
/// <param name="Model">The model.</param>
/// <param name="Name">What it decides about.</param>
/// <param name="State">Whether it scores.</param>
/// <param name="ModelVersion">The version that scores.</param>
/// <param name="Why">Why it does or does not.</param>
public sealed record ModelServed(Guid Model, string Name, ServingState State, string ModelVersion, string Why) : IEvent
{
    public Subject Subject => new(nameof(ServedModel), Model);
}

internal sealed class RecordLeadTimesHandler(PlatformDb db) : ICommandHandler<RecordLeadTimes, LeadTimesRecorded>
{
    public async Task<Result<LeadTimesRecorded>> HandleAsync(RecordLeadTimes command, Envelope envelope, CancellationToken ct)
    {
        await SeeOutlooksAsync(command.Outlooks, envelope.Now, ct);
        await SeeDriftsAsync(command.Drifts, envelope.Now, ct);
        var model = await db.Set<ServedModel>().SingleOrDefaultAsync(one => one.Name == command.Model.Name, ct);
        if (model is null)
        {
            db.Add(model = ServedModel.Of(command.Model.Name, envelope.Now));
        }

        if (model.See(command.Model, await db.FeedbackAsync(command.Model.Name, ct), envelope.Now) is { } served)
        {
            db.Raise(served);
        }

        return new LeadTimesRecorded(command.Outlooks.Count, command.Drifts.Count, model.State);
    }

    private async Task SeeOutlooksAsync(IReadOnlyList<SeenOutlook> outlooks, DateTimeOffset now, CancellationToken ct)
    {
        var suppliers = outlooks.Select(one => one.Supplier).Distinct().ToList();
        var known = await db.Set<LeadTimeOutlook>()
            .Where(one => suppliers.Contains(one.SupplierId))
            .ToDictionaryAsync(one => (one.ItemId, one.WarehouseId, one.SupplierId), ct);
        foreach (var seen in outlooks)
        {
            if (known.TryGetValue((seen.Item, seen.Warehouse, seen.Supplier), out var outlook))
            {
                outlook.See(seen, now);
            }
            else
            {
                db.Add(LeadTimeOutlook.Of(seen, now));
            }
        }
    }

    private async Task SeeDriftsAsync(IReadOnlyList<SeenDrift> drifts, DateTimeOffset now, CancellationToken ct)
    {
        var suppliers = drifts.Select(one => one.Supplier).ToList();
        var known = await db.Set<SupplierDrift>()
            .Where(one => suppliers.Contains(one.SupplierId))
            .ToDictionaryAsync(one => one.SupplierId, ct);
        foreach (var seen in drifts)
        {
            if (!known.TryGetValue(seen.Supplier, out var drift))
            {
                db.Add(drift = SupplierDrift.Of(seen, now));
                if (seen.State is DriftState.Longer or DriftState.Shorter or DriftState.Wider)
                {
                    db.Raise(new SupplierDriftChanged(
                        drift.Id, seen.Supplier, DriftState.Steady, seen.State, seen.BeganOn, seen.SizeDays, seen.Deliveries));
                }
            }
            else if (drift.See(seen, now) is { } changed)
            {
                db.Raise(changed);
            }
        }
    }
}

internal static class WatchingTables
{
    public static async Task<ModelFeedback> FeedbackAsync(this PlatformDb db, string model, CancellationToken ct)
    {
        var made = db.Set<Recommendation>().Where(one => one.ModelName == model);
        return new ModelFeedback(
            await made.CountAsync(one => one.DecidedAt != null, ct),
            await made.CountAsync(one => one.DecidedAt != null && (one.RejectedBecause != null || one.DecidedInput != null), ct),
            await made.CountAsync(one => one.Outcome == OutcomeVerdict.Right || one.Outcome == OutcomeVerdict.Wrong, ct),
            await made.CountAsync(one => one.Outcome == OutcomeVerdict.Right, ct));
    }
}
