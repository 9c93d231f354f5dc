using Platform.Domain.Kernel;

namespace Platform.Domain.Quality;

/// <summary>What was found of one characteristic.</summary>
public sealed class InspectionResult
{
    private InspectionResult()
    {
    }

    public Guid Id { get; private set; }

    /// <summary>Counts results in the order in which they were written down.</summary>
    public long Sequence { get; private set; }

    public InspectionId InspectionId { get; private set; }

    public string Characteristic { get; private set; } = string.Empty;

    public decimal Tested { get; private set; }

    public decimal Failed { get; private set; }

    public decimal? Measured { get; private set; }

    public bool IsPassed { get; private set; }

    public string? Note { get; private set; }

    /// <summary>Where the photo or the document is kept.</summary>
    public string? Evidence { get; private set; }

    public Guid FoundBy { get; private set; }

    public string Finder { get; private set; } = string.Empty;

    public DateTimeOffset FoundAt { get; private set; }

    internal static InspectionResult Of(InspectionId inspection, FoundResult found, bool isPassed, Envelope envelope) => new()
    {
        Id = Guid.CreateVersion7(envelope.Now),
        InspectionId = inspection,
        Characteristic = found.Characteristic,
        Tested = found.Tested,
        Failed = found.Failed,
        Measured = found.Measured,
        IsPassed = isPassed,
        Note = found.Note,
        Evidence = found.Evidence,
        FoundBy = envelope.Actor.Id,
        Finder = envelope.Actor.Name,
        FoundAt = envelope.Now,
    };
}
