using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Npgsql;

namespace Platform.Domain.Kernel.Audit;

/// <summary>One row of the audit log, as the chain covers it.</summary>
internal sealed record AuditRow(
    ulong Xid,
    long Id,
    DateTimeOffset At,
    Guid CorrelationId,
    string ActorKind,
    Guid ActorId,
    Guid PersonId,
    string ActorName,
    string Action,
    string Outcome,
    string? Reason,
    string Body)
{
    public const string Columns =
        "a.xid, a.id, a.at, a.correlation_id, a.actor_kind, a.actor_id, a.person_id, a.actor_name, a.action, a.outcome, a.reason, a.body";

    public static AuditRow Read(NpgsqlDataReader row, int first) =>
        new(
            row.GetFieldValue<ulong>(first),
            row.GetInt64(first + 1),
            row.GetFieldValue<DateTimeOffset>(first + 2),
            row.GetGuid(first + 3),
            row.GetString(first + 4),
            row.GetGuid(first + 5),
            row.GetGuid(first + 6),
            row.GetString(first + 7),
            row.GetString(first + 8),
            row.GetString(first + 9),
            row.IsDBNull(first + 10) ? null : row.GetString(first + 10),
            row.GetString(first + 11));
}

/// <summary>A closed stretch of the chain.</summary>
internal sealed record AuditSeal(
    long Number,
    long LastPosition,
    ulong Horizon,
    byte[] Head,
    DateTimeOffset SealedAt,
    string Note,
    byte[] Digest,
    string? KeyId,
    byte[]? Signature)
{
    public const string Columns = "number, last_position, horizon, head, sealed_at, note, digest, key_id, signature";

    /// <summary>Before the first row there is this.</summary>
    public static AuditSeal None { get; } =
        new(0, 0, 0, new byte[SHA256.HashSizeInBytes], DateTimeOffset.UnixEpoch, string.Empty, new byte[SHA256.HashSizeInBytes], null, null);

    public static AuditSeal Read(NpgsqlDataReader row) =>
        new(
            row.GetInt64(0),
            row.GetInt64(1),
            row.GetFieldValue<ulong>(2),
            row.GetFieldValue<byte[]>(3),
            row.GetFieldValue<DateTimeOffset>(4),
            row.GetString(5),
            row.GetFieldValue<byte[]>(6),
            row.IsDBNull(7) ? null : row.GetString(7),
            row.IsDBNull(8) ? null : row.GetFieldValue<byte[]>(8));
}

/// <summary>
/// The bytes that are hashed. Every field has a fixed width or carries its length, so no two rows share a spelling;
/// the row's own transaction id is left out, since a restore into another server changes it.
/// </summary>
internal static class AuditChain
{
    private const int AbsentLength = -1;

    public static byte[] Next(byte[] previous, long position, AuditRow row)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(previous);
        Append(hash, position);
        Append(hash, row.Id);
        Append(hash, Microseconds(row.At));
        Append(hash, row.CorrelationId);
        Append(hash, row.ActorKind);
        Append(hash, row.ActorId);
        Append(hash, row.PersonId);
        Append(hash, row.ActorName);
        Append(hash, row.Action);
        Append(hash, row.Outcome);
        Append(hash, row.Reason);
        Append(hash, row.Body);
        return hash.GetHashAndReset();
    }

    public static byte[] Digest(AuditSeal previous, AuditSeal seal)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(previous.Digest);
        Append(hash, seal.Number);
        Append(hash, seal.LastPosition);
        Append(hash, unchecked((long)seal.Horizon));
        hash.AppendData(seal.Head);
        Append(hash, Microseconds(seal.SealedAt));
        Append(hash, seal.Note);
        return hash.GetHashAndReset();
    }

    private static long Microseconds(DateTimeOffset at) => (at.UtcTicks - DateTimeOffset.UnixEpoch.Ticks) / TimeSpan.TicksPerMicrosecond;

    private static void Append(IncrementalHash hash, long value)
    {
        Span<byte> bytes = stackalloc byte[sizeof(long)];
        BinaryPrimitives.WriteInt64BigEndian(bytes, value);
        hash.AppendData(bytes);
    }

    private static void Append(IncrementalHash hash, Guid value)
    {
        Span<byte> bytes = stackalloc byte[16];
        value.TryWriteBytes(bytes, bigEndian: true, out _);
        hash.AppendData(bytes);
    }

    private static void Append(IncrementalHash hash, string? value)
    {
        if (value is null)
        {
            Append(hash, AbsentLength);
            return;
        }

        var bytes = Encoding.UTF8.GetBytes(value);
        Append(hash, bytes.LongLength);
        hash.AppendData(bytes);
    }
}
