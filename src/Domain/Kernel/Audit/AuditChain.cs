using System.Buffers;
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
        // Spelled out first and hashed in one go: many small calls of the hash cost more than the hash.
        var bytes = new ArrayBufferWriter<byte>(256 + row.Body.Length);
        bytes.Write(previous);
        Append(bytes, position);
        Append(bytes, row.Id);
        Append(bytes, Microseconds(row.At));
        Append(bytes, row.CorrelationId);
        Append(bytes, row.ActorKind);
        Append(bytes, row.ActorId);
        Append(bytes, row.PersonId);
        Append(bytes, row.ActorName);
        Append(bytes, row.Action);
        Append(bytes, row.Outcome);
        Append(bytes, row.Reason);
        Append(bytes, row.Body);
        return SHA256.HashData(bytes.WrittenSpan);
    }

    public static byte[] Digest(AuditSeal previous, AuditSeal seal)
    {
        var bytes = new ArrayBufferWriter<byte>(256);
        bytes.Write(previous.Digest);
        Append(bytes, seal.Number);
        Append(bytes, seal.LastPosition);
        Append(bytes, unchecked((long)seal.Horizon));
        bytes.Write(seal.Head);
        Append(bytes, Microseconds(seal.SealedAt));
        Append(bytes, seal.Note);
        return SHA256.HashData(bytes.WrittenSpan);
    }

    private static long Microseconds(DateTimeOffset at) => (at.UtcTicks - DateTimeOffset.UnixEpoch.Ticks) / TimeSpan.TicksPerMicrosecond;

    private static void Append(ArrayBufferWriter<byte> bytes, long value)
    {
        BinaryPrimitives.WriteInt64BigEndian(bytes.GetSpan(sizeof(long)), value);
        bytes.Advance(sizeof(long));
    }

    private static void Append(ArrayBufferWriter<byte> bytes, Guid value)
    {
        value.TryWriteBytes(bytes.GetSpan(16), bigEndian: true, out var written);
        bytes.Advance(written);
    }

    private static void Append(ArrayBufferWriter<byte> bytes, string? value)
    {
        if (value is null)
        {
            Append(bytes, AbsentLength);
            return;
        }

        Append(bytes, (long)Encoding.UTF8.GetByteCount(value));
        Encoding.UTF8.GetBytes(value, bytes);
    }
}
