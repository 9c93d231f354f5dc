using Platform.Domain.Kernel;
using Platform.Domain.Partners;
using Platform.Domain.Warehouses;

namespace Platform.Domain.Quality;

/// <summary>Begins to look at goods that wait; or takes over from whoever began.</summary>
[Needs("quality.inspect"), WithinRows]
[Refuses<InspectionNotFound>, Refuses<StaleVersion>, Refuses<WrongInspectionStatus>]
public sealed record StartInspection(InspectionId Inspection, int Version) : ICommand<InspectionMoved>;

/// <summary>What was found of one characteristic.</summary>
/// <param name="Characteristic">Its code.</param>
/// <param name="Tested">How many units were looked at.</param>
/// <param name="Failed">How many of them failed; of a measured one that is out of its limits, at least one.</param>
/// <param name="Measured">The measure, where there is one: the worst of the units.</param>
/// <param name="Note">What people should know of it.</param>
/// <param name="Evidence">Where the photo or the document is kept.</param>
public sealed record FoundResult(string Characteristic, decimal Tested, decimal Failed, decimal? Measured, string? Note, string? Evidence);

/// <summary>Writes down what was found, characteristic by characteristic (QLT-02). A later look stands beside the earlier one; the latest counts.</summary>
[Needs("quality.inspect"), WithinRows]
[Refuses<InvalidField>, Refuses<InspectionNotFound>, Refuses<StaleVersion>, Refuses<WrongInspectionStatus>, Refuses<CharacteristicUnknown>]
[Refuses<MeasureMissing>, Refuses<MeasureContradicts>]
public sealed record RecordResults(InspectionId Inspection, int Version, IReadOnlyList<FoundResult> Results) : ICommand<ResultsRecorded>;

/// <param name="Inspection">The inspection.</param>
/// <param name="Number">Its number.</param>
/// <param name="LegalEntity">The company.</param>
/// <param name="Warehouse">The site.</param>
/// <param name="Results">How many results were written down.</param>
/// <param name="Failed">How many of them show a failure.</param>
/// <param name="Version">The inspection's version.</param>
public sealed record ResultsRecorded(
    InspectionId Inspection, string Number, LegalEntityId LegalEntity, WarehouseId Warehouse, int Results, int Failed, int Version) : IEvent
{
    public Subject Subject => new(nameof(Quality.Inspection), Inspection.Value);
}

internal sealed class StartInspectionHandler(PlatformDb db) : ICommandHandler<StartInspection, InspectionMoved>
{
    public async Task<Result<InspectionMoved>> HandleAsync(StartInspection command, Envelope envelope, CancellationToken ct)
    {
        var inspection = await db.LockInspectionAsync(command.Inspection, ct);
        if (inspection is null)
        {
            return new InspectionNotFound(command.Inspection);
        }

        if (InspectionSteps.Refuse(inspection, command.Version, InspectionStep.Start) is { } refusal)
        {
            return refusal;
        }

        var from = inspection.Status;
        inspection.Start(envelope);
        var moved = inspection.Moved(InspectionStep.Start, from);
        db.Raise(moved);
        return moved;
    }
}

internal sealed class RecordResultsHandler(PlatformDb db) : ICommandHandler<RecordResults, ResultsRecorded>
{
    private const int MostResults = 200;

    public async Task<Result<ResultsRecorded>> HandleAsync(RecordResults command, Envelope envelope, CancellationToken ct)
    {
        if (Check(command) is { } invalid)
        {
            return invalid;
        }

        var inspection = await db.LockInspectionAsync(command.Inspection, ct);
        if (inspection is null)
        {
            return new InspectionNotFound(command.Inspection);
        }

        if (InspectionSteps.Refuse(inspection, command.Version, InspectionStep.Record) is { } refusal)
        {
            return refusal;
        }

        var known = inspection.ReadCharacteristics().ToDictionary(one => one.Code, StringComparer.Ordinal);
        var failed = 0;
        foreach (var found in command.Results)
        {
            if (!known.TryGetValue(found.Characteristic, out var characteristic))
            {
                return new CharacteristicUnknown(inspection.Id, found.Characteristic);
            }

            if (Judge(characteristic, found) is { } wrong)
            {
                return wrong;
            }

            failed += found.Failed > 0m ? 1 : 0;
            db.Add(InspectionResult.Of(inspection.Id, found, isPassed: found.Failed == 0m, envelope));
        }

        inspection.Record(envelope.Now);
        var recorded = new ResultsRecorded(
            inspection.Id, inspection.Number, inspection.LegalEntityId, inspection.WarehouseId, command.Results.Count, failed, inspection.Version);
        db.Raise(recorded);
        return recorded;
    }

    /// <summary>A measure is judged by its limits, not by whoever measured.</summary>
    internal static DomainError? Judge(Characteristic characteristic, FoundResult found)
    {
        if (characteristic.IsMeasured != found.Measured is not null)
        {
            return new MeasureMissing(characteristic.Code, characteristic.IsMeasured);
        }

        return found.Measured is { } measured && characteristic.Passes(measured) != (found.Failed == 0m)
            ? new MeasureContradicts(characteristic.Code, measured, characteristic.Least, characteristic.Most, found.Failed)
            : null;
    }

    private static InvalidField? Check(RecordResults command) =>
        Field.Whole("results", command.Results.Count, least: 1, most: MostResults)
        ?? command.Results.Select((found, at) =>
            Field.Positive(FormattableString.Invariant($"results.{at}.tested"), found.Tested, most: 1_000_000_000m, decimals: 6)
            ?? (found.Failed == 0m
                ? null
                : Field.Positive(FormattableString.Invariant($"results.{at}.failed"), found.Failed, most: found.Tested, decimals: 6))
            ?? CheckMeasure(FormattableString.Invariant($"results.{at}.measured"), found.Measured)
            ?? Field.OptionalText(FormattableString.Invariant($"results.{at}.note"), found.Note, most: 500)
            ?? Field.OptionalText(FormattableString.Invariant($"results.{at}.evidence"), found.Evidence, most: 500))
            .FirstOrDefault(found => found is not null);

    private static InvalidField? CheckMeasure(string field, decimal? measured) =>
        measured is null or 0m ? null : Field.Positive(field, decimal.Abs(measured.Value), most: 1_000_000_000m, decimals: 6);
}
