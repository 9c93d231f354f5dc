using Platform.Domain.Kernel;

namespace Platform.Domain.Stewardship;

/// <summary>Something that still needs a record: 12 bins, 3 open orders, stock.</summary>
public sealed record RecordUse(string What, long Count);

/// <summary>
/// Asked before a record is retired. Those who use a record stand downstream of it and must not be known to it, so each
/// capability answers for its own rows.
/// </summary>
public interface IRecordUse
{
    RecordKind Kind { get; }

    /// <summary>What still needs the record, in the running transaction; null when nothing does.</summary>
    Task<RecordUse?> FindAsync(Guid record, CancellationToken ct);
}

/// <summary>The record cannot go while these remain.</summary>
public sealed record StillInUse(RecordKind Record, Guid Id, IReadOnlyList<RecordUse> Uses) : DomainError
{
    public override string Message =>
        $"{Record} {Id} is still in use: {string.Join(", ", Uses.Select(use => $"{use.Count} {use.What}"))}.";

    public bool Equals(StillInUse? other) =>
        other is not null && Record == other.Record && Id == other.Id && Uses.SequenceEqual(other.Uses);

    public override int GetHashCode() => HashCode.Combine(Record, Id, Uses.Count);
}

/// <summary>Asks everybody who may need a record.</summary>
internal sealed class RecordUses(IEnumerable<IRecordUse> users)
{
    public async Task<IReadOnlyList<RecordUse>> FindAsync(RecordKind kind, Guid record, CancellationToken ct)
    {
        var uses = new List<RecordUse>();
        foreach (var user in users.Where(user => user.Kind == kind))
        {
            if (await user.FindAsync(record, ct) is { } use)
            {
                uses.Add(use);
            }
        }

        return uses;
    }
}
