using System.Globalization;
using Npgsql;
using Platform.Domain.Kernel;
using Platform.Intelligence.Learning.Tables;
using Platform.Intelligence.Workbench.Extracts;

namespace Platform.Intelligence.Workbench.Monitoring;

/// <summary>How the recommendations of one model version fared: what people made of them, and what really happened.</summary>
internal sealed record FeedbackLine(
    string Kind, string Version, long Filed, long Decided, long Rejected, string MainReason, long Right, long Wrong)
{
    public double? Precision => Right + Wrong == 0 ? null : Right / (double)(Right + Wrong);

    public double? OverrideRate => Decided == 0 ? null : Rejected / (double)Decided;
}

/// <summary>
/// What people and time made of recommendations. The label is the outcome; the decision stands beside it and is never
/// taken for one, or a model would learn to please.
/// </summary>
internal static class Feedback
{
    private const string Rows =
        """
        select r.id::text as recommendation, r.kind, r.model_name, r.model_version, r.proposed_at::text, r.as_of::text,
            r.probability::float8, r.score::float8, r.value_at_stake::float8, r.currency_code, r.status, r.rejected_because, r.decision_note,
            r.decided_by_name as decided_by, r.decided_at::text, r.outcome, r.outcome_at::text, r.inputs
        from recommendation r
        where r.proposed_at >= $1
        order by r.proposed_at, r.id
        """;

    private const string Lines =
        """
        select r.kind, r.model_name || ' ' || r.model_version, count(*), count(r.decided_at), count(r.rejected_because),
            coalesce(mode() within group (order by r.rejected_because), ''),
            count(*) filter (where r.outcome = 'RIGHT'), count(*) filter (where r.outcome = 'WRONG')
        from recommendation r
        where r.proposed_at >= $1
        group by 1, 2
        order by 1, 2
        """;

    /// <summary>Every recommendation since a moment with its decision, its outcome and its inputs by value.</summary>
    public static Task<Result<Table>> ReadAsync(NpgsqlDataSource source, DateTimeOffset since, CancellationToken ct) =>
        AskAsync<Table>(source, Rows, since, TableOfAsync, ct);

    public static Task<Result<List<FeedbackLine>>> SummaryAsync(NpgsqlDataSource source, DateTimeOffset since, CancellationToken ct) =>
        AskAsync<List<FeedbackLine>>(source, Lines, since, LinesOfAsync, ct);

    private static async Task<Result<T>> AskAsync<T>(
        NpgsqlDataSource source, string sql, DateTimeOffset since, Func<NpgsqlDataReader, CancellationToken, Task<T>> read, CancellationToken ct)
        where T : notnull
    {
        await using var command = source.CreateCommand(sql);
        command.Parameters.Add(new NpgsqlParameter<DateTimeOffset> { TypedValue = since.ToUniversalTime() });
        try
        {
            await using var reader = await command.ExecuteReaderAsync(ct);
            return await read(reader, ct);
        }
        catch (PostgresException missing) when (missing.SqlState == PostgresErrorCodes.UndefinedTable)
        {
            return new ExtractNotPossible("The database has no recommendations: migrate it first (./platform db migrate)");
        }
    }

    private static async Task<Table> TableOfAsync(NpgsqlDataReader reader, CancellationToken ct)
    {
        var cells = Enumerable.Range(0, reader.FieldCount).Select(_ => new List<string?>()).ToArray();
        while (await reader.ReadAsync(ct))
        {
            for (var c = 0; c < cells.Length; c++)
            {
                cells[c].Add(await reader.IsDBNullAsync(c, ct) ? null : Convert.ToString(reader.GetValue(c), CultureInfo.InvariantCulture));
            }
        }

        return new Table([.. cells.Select((column, c) => CategoryColumn.From(reader.GetName(c), column))]);
    }

    private static async Task<List<FeedbackLine>> LinesOfAsync(NpgsqlDataReader reader, CancellationToken ct)
    {
        var lines = new List<FeedbackLine>();
        while (await reader.ReadAsync(ct))
        {
            lines.Add(new FeedbackLine(
                reader.GetString(0), reader.GetString(1), reader.GetInt64(2), reader.GetInt64(3), reader.GetInt64(4), reader.GetString(5),
                reader.GetInt64(6), reader.GetInt64(7)));
        }

        return lines;
    }
}
