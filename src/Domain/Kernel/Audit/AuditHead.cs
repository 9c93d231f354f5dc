using System.Text.Json;
using Npgsql;

namespace Platform.Domain.Kernel.Audit;

/// <summary>
/// The end of the chain at one moment, kept in a second place. A chain alone does not reveal that its tail was cut off
/// or that all of it was rewritten; compared with an exported head it does.
/// </summary>
public sealed record AuditHead(long Seal, long Position, string Digest, DateTimeOffset SealedAt)
{
    /// <summary>The last seal; null while nothing is sealed.</summary>
    public static async Task<AuditHead?> ReadAsync(NpgsqlDataSource source, CancellationToken ct)
    {
        await using var command = source.CreateCommand(
            $"select {AuditSeal.Columns} from audit_seal order by number desc limit 1");
        await using var row = await command.ExecuteReaderAsync(ct);
        if (!await row.ReadAsync(ct))
        {
            return null;
        }

        var seal = AuditSeal.Read(row);
        return new AuditHead(seal.Number, seal.LastPosition, Convert.ToHexStringLower(seal.Digest), seal.SealedAt);
    }

    public static AuditHead Parse(string json) =>
        JsonSerializer.Deserialize<AuditHead>(json, KernelJson.Options)
        ?? throw new JsonException("The file holds no head of the audit chain.");

    /// <summary>Replaces the file as a whole, so that a crash leaves the old head or the new one.</summary>
    public async Task WriteAsync(string path, CancellationToken ct)
    {
        var unfinished = path + ".new";
        await File.WriteAllTextAsync(unfinished, JsonSerializer.Serialize(this, KernelJson.Options) + "\n", ct);
        File.Move(unfinished, path, overwrite: true);
    }
}
