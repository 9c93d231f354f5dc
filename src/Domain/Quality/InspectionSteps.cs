using System.Collections.Frozen;
using Platform.Domain.Kernel;

namespace Platform.Domain.Quality;

public enum InspectionStatus
{
    /// <summary>The goods lie there; nobody has looked yet.</summary>
    Waiting,
    InProgress,

    /// <summary>Something was rejected, and it is still open what becomes of it.</summary>
    Decided,
    Closed,

    /// <summary>The goods' arrival was undone.</summary>
    Cancelled,
}

public enum InspectionStep
{
    Start,
    Record,

    /// <summary>Everything was accepted.</summary>
    Accept,

    /// <summary>Something was rejected.</summary>
    Reject,

    /// <summary>It was carried out what becomes of some of what was rejected.</summary>
    Dispose,

    /// <summary>Of the last of it.</summary>
    DisposeAll,
    Cancel,
}

/// <summary>What was decided about the goods as a whole.</summary>
public enum InspectionVerdict
{
    Accepted,
    Rejected,
    Split,
}

/// <summary>The life of an inspection, as its whole table.</summary>
internal static class InspectionSteps
{
    public static FrozenDictionary<(InspectionStatus From, InspectionStep Step), InspectionStatus> Table { get; } =
        new Dictionary<(InspectionStatus From, InspectionStep Step), InspectionStatus>
        {
            [(InspectionStatus.Waiting, InspectionStep.Start)] = InspectionStatus.InProgress,
            [(InspectionStatus.Waiting, InspectionStep.Cancel)] = InspectionStatus.Cancelled,
            // Somebody else takes over.
            [(InspectionStatus.InProgress, InspectionStep.Start)] = InspectionStatus.InProgress,
            [(InspectionStatus.InProgress, InspectionStep.Record)] = InspectionStatus.InProgress,
            [(InspectionStatus.InProgress, InspectionStep.Accept)] = InspectionStatus.Closed,
            [(InspectionStatus.InProgress, InspectionStep.Reject)] = InspectionStatus.Decided,
            [(InspectionStatus.InProgress, InspectionStep.Cancel)] = InspectionStatus.Cancelled,
            [(InspectionStatus.Decided, InspectionStep.Dispose)] = InspectionStatus.Decided,
            [(InspectionStatus.Decided, InspectionStep.DisposeAll)] = InspectionStatus.Closed,
        }.ToFrozenDictionary();

    public static InspectionStatus After(InspectionStatus status, InspectionStep step) => Table[(status, step)];

    /// <summary>Null when the inspection is as the caller saw it and the step leads on from there.</summary>
    public static DomainError? Refuse(Inspection inspection, int version, InspectionStep step) =>
        inspection.Version == version
            ? RefuseStep(inspection, step)
            : new StaleVersion(nameof(Inspection), inspection.Id.Value, version, inspection.Version);

    public static WrongInspectionStatus? RefuseStep(Inspection inspection, InspectionStep step) =>
        Table.ContainsKey((inspection.Status, step)) ? null : new WrongInspectionStatus(inspection.Id, inspection.Status, step);
}
