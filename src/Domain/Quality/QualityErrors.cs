using Platform.Domain.Kernel;

namespace Platform.Domain.Quality;

public sealed record InspectionNotFound(InspectionId Inspection) : DomainError
{
    public override string Message => $"There is no inspection {Inspection}.";
}

public sealed record WrongInspectionStatus(InspectionId Inspection, InspectionStatus Status, InspectionStep Step) : DomainError
{
    public override string Message => $"Inspection {Inspection} is {Status}: there is no step {Step} from there.";
}

public sealed record CharacteristicUnknown(InspectionId Inspection, string Characteristic) : DomainError
{
    public override string Message => $"Inspection {Inspection} does not look at {Characteristic}.";
}

/// <summary>A measured characteristic comes with its measure, any other without.</summary>
public sealed record MeasureMissing(string Characteristic, bool IsMeasured) : DomainError
{
    public override string Message => $"{Characteristic} is {(IsMeasured ? "measured: give the measure" : "not measured: give no measure")}.";
}

/// <summary>What was measured says otherwise than how many failed.</summary>
public sealed record MeasureContradicts(string Characteristic, decimal Measured, decimal? Least, decimal? Most, decimal Failed) : DomainError
{
    public override string Message =>
        $"{Characteristic} was measured as {Measured}, and {Least?.ToString() ?? "anything"} to {Most?.ToString() ?? "anything"} passes: {Failed} failed cannot be.";
}

public sealed record InspectionPartUnknown(InspectionId Inspection, int Part) : DomainError
{
    public override string Message => $"Inspection {Inspection} has no part {Part}.";
}

public sealed record AcceptedMoreThanCame(InspectionId Inspection, int Part, decimal Quantity, decimal Accepted) : DomainError
{
    public override string Message => $"Part {Part} of inspection {Inspection} has {Quantity}; {Accepted} of it cannot be accepted.";
}

/// <summary>Nothing is accepted before everything that the rules ask for was looked at.</summary>
public sealed record ResultsMissing(InspectionId Inspection, IReadOnlyList<string> Characteristics) : DomainError
{
    public override string Message => $"Inspection {Inspection} has no result of {string.Join(", ", Characteristics)}.";

    public bool Equals(ResultsMissing? other) =>
        other is not null && Inspection == other.Inspection && Characteristics.SequenceEqual(other.Characteristics, StringComparer.Ordinal);

    public override int GetHashCode() => HashCode.Combine(Inspection, Characteristics.Count);
}

public sealed record SampleTooSmall(InspectionId Inspection, string Characteristic, decimal Tested, decimal Sample) : DomainError
{
    public override string Message => $"{Characteristic} was looked at on {Tested} units; inspection {Inspection} asks for {Sample}.";
}

/// <summary>More failed than may; what is used all the same is used by the approval of others.</summary>
public sealed record SampleFailed(InspectionId Inspection, string Characteristic, decimal Failed, decimal Allowed) : DomainError
{
    public override string Message =>
        $"Of {Characteristic}, {Failed} failed where {Allowed} may: inspection {Inspection} cannot accept so many. Reject them, then ask that they be used as they are.";
}

/// <summary>The goods are not where they wait for inspection.</summary>
public sealed record InspectedGoodsMissing(InspectionId Inspection, int Part, decimal Quantity, decimal Found) : DomainError
{
    public override string Message => $"Part {Part} of inspection {Inspection} has {Quantity}; only {Found} lie in inspection.";
}
