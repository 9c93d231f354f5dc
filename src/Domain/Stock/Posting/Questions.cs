using Npgsql;
using Platform.Domain.Kernel;

namespace Platform.Domain.Stock.Posting;

/// <summary>Statements that travel together and are answered in their order.</summary>
internal sealed class Questions(PlatformDb db)
{
    private readonly List<NpgsqlBatchCommand> _statements = [];
    private readonly List<Action<NpgsqlDataReader>?> _readers = [];

    /// <summary>A statement that changes rows and returns none.</summary>
    public void Do(string sql, params IReadOnlyList<NpgsqlParameter> parameters) => Add(sql, parameters);

    /// <summary>A select that is wanted for its locks only.</summary>
    public void Lock(string sql, params IReadOnlyList<NpgsqlParameter> parameters)
    {
        Add(sql, parameters);
        _readers.Add(null);
    }

    public void Ask(string sql, Action<NpgsqlDataReader> read, params IReadOnlyList<NpgsqlParameter> parameters)
    {
        Add(sql, parameters);
        _readers.Add(read);
    }

    public async Task AnswerAsync(CancellationToken ct)
    {
        await using var batch = new NpgsqlBatch(db.Connection, db.Transaction);
        foreach (var statement in _statements)
        {
            batch.BatchCommands.Add(statement);
        }

        // Only statements with rows have a result to step to.
        await using var reader = await batch.ExecuteReaderAsync(ct);
        foreach (var read in _readers)
        {
            while (await reader.ReadAsync(ct))
            {
                read?.Invoke(reader);
            }

            await reader.NextResultAsync(ct);
        }
    }

    private void Add(string sql, IReadOnlyList<NpgsqlParameter> parameters)
    {
        var statement = new NpgsqlBatchCommand(sql);
        foreach (var parameter in parameters)
        {
            statement.Parameters.Add(parameter);
        }

        _statements.Add(statement);
    }
}
