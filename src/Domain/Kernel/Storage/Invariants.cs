using Npgsql;

namespace Platform.Domain.Kernel.Storage;

/// <summary>A rule that always holds at commit, as a query that returns the rows which break it.</summary>
/// <param name="Id">The checklist's id, such as I-02.</param>
/// <param name="Sentence">The rule in words.</param>
/// <param name="Sql">Returns nothing when the rule holds; otherwise the offending rows, any columns.</param>
public sealed record Invariant(string Id, string Sentence, string Sql);

/// <summary>Implemented once per capability that has invariants; found by itself, so no list needs to know it.</summary>
public interface IInvariants
{
    IEnumerable<Invariant> All { get; }
}

/// <summary>A broken rule and the first rows that break it.</summary>
public sealed record Violation(Invariant Invariant, IReadOnlyList<string> Rows, bool MoreExist);

/// <summary>Asks the database every invariant of the house, in one snapshot, so that running writers cannot confuse it.</summary>
public static class InvariantCheck
{
    private const int RowsShown = 20;

    public static IReadOnlyList<Invariant> All { get; } = AssemblyParts.Of<IInvariants>()
        .SelectMany(part => part.All)
        .OrderBy(invariant => invariant.Id, StringComparer.Ordinal)
        .ToList();

    public static async Task<IReadOnlyList<Violation>> RunAsync(NpgsqlDataSource source, CancellationToken ct)
    {
        await using var connection = await source.OpenConnectionAsync(ct);
        await using var snapshot =
            await connection.BeginTransactionAsync(System.Data.IsolationLevel.RepeatableRead, ct);
        await using (var unlimited = new NpgsqlCommand("set local statement_timeout = 0", connection, snapshot))
        {
            await unlimited.ExecuteNonQueryAsync(ct);
        }

        var violations = new List<Violation>();
        foreach (var invariant in All)
        {
            if (await FindAsync(connection, invariant, ct) is { } violation)
            {
                violations.Add(violation);
            }
        }

        return violations;
    }

    private static async Task<Violation?> FindAsync(
        NpgsqlConnection connection, Invariant invariant, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand(
            $"select to_jsonb(broken)::text from ({invariant.Sql}) broken limit {RowsShown + 1}", connection)
        {
            CommandTimeout = 0,
        };
        await using var reader = await command.ExecuteReaderAsync(ct);
        var rows = new List<string>();
        while (await reader.ReadAsync(ct))
        {
            rows.Add(reader.GetString(0));
        }

        return rows.Count == 0
            ? null
            : new Violation(invariant, rows.Take(RowsShown).ToList(), MoreExist: rows.Count > RowsShown);
    }
}
