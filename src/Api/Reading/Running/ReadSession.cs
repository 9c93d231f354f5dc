using System.Diagnostics;
using System.Runtime.CompilerServices;
using Npgsql;
using Platform.Api.Reading.Planning;
using Platform.GraphQL.DataLoading;
using Platform.GraphQL.Execution.Compilation;
using Platform.GraphQL.Execution.Resolvers;

namespace Platform.Api.Reading.Running;

/// <summary>
/// The connection of one operation's reads. As soon as there is more than one statement they share a snapshot: fields
/// beside each other and levels below each other never contradict one another.
/// </summary>
internal sealed class ReadSession : IDisposable
{
    private const string Begin = "begin isolation level repeatable read, read only";

    private static readonly ConditionalWeakTable<DataLoaderScope, ReadSession> _shared = [];

    private readonly NpgsqlDataSource _source;
    private readonly bool _isSnapshot;
    private readonly SemaphoreSlim _turn = new(1);
    private readonly PlanReport _report;
    private NpgsqlConnection? _connection;
    private int _expected;
    private long? _position;

    private ReadSession(NpgsqlDataSource source, PlanReport report, int expected, bool isSnapshot)
    {
        _source = source;
        _report = report;
        _expected = expected;
        _isSnapshot = isSnapshot;
    }

    /// <summary>The session of a field: its own, or that of all fields selected beside it.</summary>
    public static ReadSession For(FieldContext field, bool needsSnapshot)
    {
        var fields = field.Siblings.Selections.Count(IsRead);
        var source = field.Service<NpgsqlDataSource>();
        var report = field.Service<PlanReport>();
        return fields > 1
            ? _shared.GetValue(field.Loaders, _ => new ReadSession(source, report, fields, isSnapshot: true))
            : new ReadSession(source, report, expected: 1, needsSnapshot);
    }

    /// <summary>Runs statements in one round trip and hands their rows out.</summary>
    public async ValueTask ExecuteAsync(IReadOnlyList<PendingStatement> statements, CancellationToken ct)
    {
        if (statements.Count == 0)
        {
            return;
        }

        await _turn.WaitAsync(ct);
        try
        {
            await using var batch = await BatchAsync(ct);
            foreach (var (statement, _) in statements)
            {
                var command = new NpgsqlBatchCommand(statement.Sql);
                foreach (var parameter in statement.Parameters)
                {
                    command.Parameters.Add(parameter);
                }

                batch.BatchCommands.Add(command);
            }

            await using var reader = await batch.ExecuteReaderAsync(ct);
            foreach (var pending in statements)
            {
                var started = Stopwatch.GetTimestamp();
                var rows = await pending.ReadAsync(reader, ct);
                _report.Add(pending.Statement, rows, Stopwatch.GetElapsedTime(started));
                await reader.NextResultAsync(ct);
            }
        }
        catch
        {
            Close();
            throw;
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <summary>A field has read what it needs. After the last one the connection is free before the response is written.</summary>
    public async ValueTask LeaveAsync(FieldContext field, long? position, CancellationToken ct)
    {
        if (position is not null)
        {
            _position = _position is { } known ? Math.Min(known, position.Value) : position;
            field.SetExtension("live", new Dictionary<string, object?>(StringComparer.Ordinal) { ["position"] = _position });
        }

        _report.Tell(field);
        if (Interlocked.Decrement(ref _expected) > 0 || _connection is null)
        {
            return;
        }

        if (_isSnapshot)
        {
            await using var commit = new NpgsqlCommand("commit", _connection);
            await commit.ExecuteNonQueryAsync(ct);
        }

        Close();
    }

    public void Dispose() => Close();

    private static bool IsRead(Selection selection) => ReadField.Of(selection.Field) is ReadField.Start;

    private async ValueTask<NpgsqlBatch> BatchAsync(CancellationToken ct)
    {
        var isNew = _connection is null;
        _connection ??= await _source.OpenConnectionAsync(ct);
        var batch = new NpgsqlBatch(_connection);
        if (isNew && _isSnapshot)
        {
            batch.BatchCommands.Add(new NpgsqlBatchCommand(Begin));
        }

        return batch;
    }

    private void Close()
    {
        _connection?.Dispose();
        _connection = null;
    }
}
