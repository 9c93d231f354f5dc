using Npgsql;

namespace Platform.Domain.Kernel.Audit;

/// <summary>What a walk over the whole chain found.</summary>
/// <param name="Rows">How many rows were walked.</param>
/// <param name="Seals">How many seals.</param>
/// <param name="Fault">The first thing that is wrong, in words; null when everything is as it was sealed.</param>
public sealed record AuditReport(long Rows, long Seals, string? Fault)
{
    public bool IsSound => Fault is null;
}

/// <summary>
/// Recomputes the chain in one snapshot. Finds any changed, removed, inserted or reordered row, and, with a head that
/// was exported earlier or a key, a cut tail and a rewritten chain.
/// </summary>
public sealed class AuditVerification(NpgsqlDataSource source, AuditKey? key, AuditHead? exported)
{
    public async Task<AuditReport> RunAsync(CancellationToken ct)
    {
        await using var connection = await source.OpenConnectionAsync(ct);
        await using var snapshot =
            await connection.BeginTransactionAsync(System.Data.IsolationLevel.RepeatableRead, ct);
        await using (var unlimited = new NpgsqlCommand("set local statement_timeout = 0", connection, snapshot))
        {
            await unlimited.ExecuteNonQueryAsync(ct);
        }

        var seals = await SealsAsync(connection, ct);
        if (FaultOf(seals) is { } fault)
        {
            return new AuditReport(0, seals.Count, fault);
        }

        var walk = new Walk(seals);
        await WalkAsync(connection, walk, ct);
        return new AuditReport(walk.Position, seals.Count, walk.Fault ?? await StrangerAsync(connection, seals, ct));
    }

    private static async Task<List<AuditSeal>> SealsAsync(NpgsqlConnection connection, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand(
            $"select {AuditSeal.Columns} from audit_seal order by number", connection) { CommandTimeout = 0 };
        await using var rows = await command.ExecuteReaderAsync(ct);
        var seals = new List<AuditSeal>();
        while (await rows.ReadAsync(ct))
        {
            seals.Add(AuditSeal.Read(rows));
        }

        return seals;
    }

    private string? FaultOf(List<AuditSeal> seals)
    {
        var previous = AuditSeal.None;
        foreach (var seal in seals)
        {
            if (FaultOf(previous, seal) is { } fault)
            {
                return fault;
            }

            previous = seal;
        }

        if (exported is null)
        {
            return null;
        }

        var anchor = seals.Find(seal => seal.Number == exported.Seal);
        if (anchor is null)
        {
            return $"The exported head names seal {exported.Seal}, the log ends at {previous.Number}: its tail was cut off.";
        }

        return Convert.ToHexStringLower(anchor.Digest) == exported.Digest
            ? null
            : $"Seal {exported.Seal} is not the one that was exported: the chain was rewritten at or before position {exported.Position}.";
    }

    private string? FaultOf(AuditSeal previous, AuditSeal seal)
    {
        if (seal.Number != previous.Number + 1)
        {
            return $"Seal {previous.Number + 1} is missing.";
        }

        if (!AuditChain.Digest(previous, seal).AsSpan().SequenceEqual(seal.Digest))
        {
            return $"Seal {seal.Number} was changed.";
        }

        if (seal.SealedAt < previous.SealedAt)
        {
            return $"Seal {seal.Number} is dated before the seal it follows: the clock was set back or the seal replayed.";
        }

        if (key is null)
        {
            return null;
        }

        return seal.KeyId == key.Id && seal.Signature is not null && key.Verifies(seal.Digest, seal.Signature)
            ? null
            : $"Seal {seal.Number} is not signed with the key {key.Id}.";
    }

    private static async Task WalkAsync(NpgsqlConnection connection, Walk walk, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand(
            $"""
            select l.position, l.hash, {AuditRow.Columns}
            from audit_link l left join audit a on a.xid = l.xid and a.id = l.id order by l.position
            """,
            connection)
        {
            CommandTimeout = 0,
        };
        await using var rows = await command.ExecuteReaderAsync(ct);
        while (walk.Fault is null && await rows.ReadAsync(ct))
        {
            walk.Step(
                rows.GetInt64(0),
                rows.GetFieldValue<byte[]>(1),
                await rows.IsDBNullAsync(2, ct) ? null : AuditRow.Read(rows, first: 2));
        }

        walk.Finish();
    }

    /// <summary>A row that claims to be older than the last seal, yet is not in the chain, was put there afterwards.</summary>
    private static async Task<string?> StrangerAsync(
        NpgsqlConnection connection, List<AuditSeal> seals, CancellationToken ct)
    {
        if (seals.Count == 0)
        {
            return null;
        }

        await using var command = new NpgsqlCommand(
            """
            select a.id from audit a
            where a.xid < $1 and not exists (select from audit_link l where l.xid = a.xid and l.id = a.id)
            order by a.id limit 1
            """,
            connection)
        {
            CommandTimeout = 0,
            Parameters = { new() { Value = seals[^1].Horizon, NpgsqlDbType = NpgsqlTypes.NpgsqlDbType.Xid8 } },
        };
        return await command.ExecuteScalarAsync(ct) is long id
            ? $"Audit row {id} was inserted below the sealed horizon."
            : null;
    }

    /// <summary>The walk's state: where it is, the hash so far, and the seal that covers the next row.</summary>
    private sealed class Walk(List<AuditSeal> seals)
    {
        private byte[] _hash = AuditSeal.None.Head;
        private int _seal;

        public long Position { get; private set; }

        public string? Fault { get; private set; }

        public void Step(long position, byte[] hash, AuditRow? row)
        {
            while (_seal < seals.Count && seals[_seal].LastPosition < position)
            {
                _seal++;
            }

            Fault = (position, row) switch
            {
                _ when position != Position + 1 => $"Position {Position + 1} was removed from the chain.",
                (_, null) => $"The audit row at position {position} was removed.",
                _ when _seal == seals.Count => $"Position {position} was never sealed.",
                _ when !IsWithin(seals[_seal], row!) => $"The audit row at position {position} does not belong to seal {seals[_seal].Number}.",
                _ => null,
            };
            if (Fault is not null)
            {
                return;
            }

            _hash = AuditChain.Next(_hash, position, row!);
            Position = position;
            if (!_hash.AsSpan().SequenceEqual(hash))
            {
                Fault = $"The audit row at position {position} was changed or moved.";
            }
            else if (seals[_seal].LastPosition == position && !_hash.AsSpan().SequenceEqual(seals[_seal].Head))
            {
                Fault = $"Seal {seals[_seal].Number} has another head than position {position}.";
            }
        }

        public void Finish()
        {
            if (Fault is null && seals.Count > 0 && seals[^1].LastPosition != Position)
            {
                Fault = $"The chain ends at position {Position}, the last seal covers {seals[^1].LastPosition}.";
            }
        }

        private bool IsWithin(AuditSeal seal, AuditRow row) =>
            row.Xid < seal.Horizon && (_seal == 0 || row.Xid >= seals[_seal - 1].Horizon);
    }
}
