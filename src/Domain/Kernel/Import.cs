namespace Platform.Domain.Kernel;

/// <summary>What happens to an import of which some lines are wrong.</summary>
public enum ImportPolicy
{
    /// <summary>A line lands without the optional fields that are wrong; a line whose needed fields are wrong does not.</summary>
    IgnoreFailed,

    /// <summary>Wrong lines do not land, the others do.</summary>
    RejectFailedRows,

    /// <summary>One wrong line, and none lands.</summary>
    RejectEverything,
}

/// <summary>Why a line, or one field of it, was refused.</summary>
public sealed record LineProblem(string? Field, string Code, string Message)
{
    public static LineProblem Of(DomainError refusal) =>
        new((refusal as InvalidField)?.Field, refusal.Code, refusal.Message);
}

/// <summary>What became of one line.</summary>
/// <param name="Line">Its place in the import, from 0.</param>
/// <param name="Id">The record it became; null when it did not land.</param>
/// <param name="Problems">Why it did not land, or which fields were left out.</param>
public sealed record LineOutcome(int Line, Guid? Id, IReadOnlyList<LineProblem> Problems);

/// <summary>One outcome per line, in the order of the lines.</summary>
public sealed record Imported(int Landed, int Refused, IReadOnlyList<LineOutcome> Lines)
{
    public static Imported Of(IReadOnlyList<LineOutcome> lines)
    {
        var landed = lines.Count(line => line.Id is not null);
        return new Imported(landed, lines.Count - landed, lines);
    }
}

/// <summary>Under <see cref="ImportPolicy.RejectEverything"/> these lines kept all others from landing.</summary>
public sealed record ImportRejected(IReadOnlyList<LineOutcome> Wrong) : DomainError
{
    public override string Message =>
        $"{Wrong.Count} lines are wrong, the first is line {Wrong[0].Line}: {Wrong[0].Problems[0].Message}";

    public bool Equals(ImportRejected? other) =>
        other is not null && Wrong.Select(line => line.Line).SequenceEqual(other.Wrong.Select(line => line.Line));

    public override int GetHashCode() => HashCode.Combine(Wrong.Count);
}

/// <summary>Somebody else used one of the import's codes while it ran; nothing landed, and a second run will name the line.</summary>
public sealed record ImportCollided(string Constraint) : DomainError
{
    public override string Message => $"Another request used a code of this import meanwhile ({Constraint}). Run it again.";
}

/// <summary>Takes an import line by line: what was decided, what was left out, what lands.</summary>
internal static class ImportLines
{
    public const int MostLines = 5000;

    public static InvalidField? Check(int lines, ImportPolicy policy) =>
        Field.Whole("lines", lines, least: 1, most: MostLines) ?? Field.Known<ImportPolicy>("policy", policy);

    /// <summary>
    /// Decides a line; under <see cref="ImportPolicy.IgnoreFailed"/> again and again without the optional field that was
    /// wrong, until it lands or a needed field is wrong.
    /// </summary>
    /// <param name="line">The line as given.</param>
    /// <param name="policy">What to do with wrong fields.</param>
    /// <param name="decide">The decision of the single command.</param>
    /// <param name="without">The line without an optional field; null when the field is needed.</param>
    public static DecidedLine<TEvent> Decide<TLine, TEvent>(
        TLine line, ImportPolicy policy, Func<TLine, Result<TEvent>> decide, Func<TLine, string, TLine?> without)
        where TLine : class
        where TEvent : notnull
    {
        var problems = new List<LineProblem>();
        while (true)
        {
            var result = decide(line);
            if (result.Error is null)
            {
                return new DecidedLine<TEvent>(result, problems);
            }

            problems.Add(LineProblem.Of(result.Error));
            var mended = policy == ImportPolicy.IgnoreFailed && result.Error is InvalidField invalid
                ? without(line, invalid.Field)
                : null;
            if (mended is null || mended.Equals(line))
            {
                return new DecidedLine<TEvent>(result, problems);
            }

            line = mended;
        }
    }
}

internal sealed record DecidedLine<TEvent>(Result<TEvent> Result, IReadOnlyList<LineProblem> Problems)
    where TEvent : notnull;
