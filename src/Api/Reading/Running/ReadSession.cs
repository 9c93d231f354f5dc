using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Runtime.CompilerServices;
using Npgsql;
using Platform.Api.Access;
using Platform.Api.Reading.Planning;
using Platform.Domain.Kernel;
using Platform.Domain.Kernel.Storage;
using Platform.GraphQL.DataLoading;
using Platform.GraphQL.Execution.Compilation;
using Platform.GraphQL.Execution.Resolvers;

namespace Platform.Api.Reading.Running;

/// <summary>
/// The connection of reads that are selected beside each other. As soon as there is more than one statement they share a
/// snapshot: fields beside each other and levels below each other never contradict one another. Reads in different places
/// (of a payload, and of what hangs at an event in it) run at the same time and have a session each.
/// </summary>
internal sealed class ReadSession : IDisposable
{
    private const string Begin = "begin isolation level repeatable read, read only";
    private const string Commit = "commit";

    private static readonly ConditionalWeakTable<DataLoaderScope, ConcurrentDictionary<SelectionSet, ReadSession>> _shared = [];

    private readonly NpgsqlDataSource _source;
    private readonly RowScope _rows;
    private readonly bool _isSnapshot;
    private readonly SemaphoreSlim _turn = new(1);
    private readonly PlanReport? _report;
    private NpgsqlConnection? _connection;
    private int _expected;
    private bool _isCommitted;
    private long? _position;

    private ReadSession(ReadServices services, FieldContext field, int expected, bool isSnapshot)
    {
        _rows = Principal.Of(field.Request).Rows;
        _source = services.SourceFor(_rows);
        _report = services.Report();
        _expected = expected;

        // Settings of the caller's rows hold for a transaction.
        _isSnapshot = isSnapshot || !_rows.IsEverything;
    }

    /// <summary>The session of a field: its own, or that of all fields selected beside it.</summary>
    public static ReadSession For(ReadServices services, FieldContext field, bool needsSnapshot)
    {
        var fields = 0;
        foreach (var selection in field.Siblings.Selections)
        {
            fields += ReadField.Of(selection.Field) is ReadField.Start ? 1 : 0;
        }

        return fields > 1
            ? _shared.GetOrCreateValue(field.Loaders)
                .GetOrAdd(field.Siblings, _ => new ReadSession(services, field, fields, isSnapshot: true))
            : new ReadSession(services, field, expected: 1, needsSnapshot);
    }

    /// <summary>Runs statements in one round trip and hands their rows out; with the last ones the transaction ends.</summary>
    public async ValueTask ExecuteAsync(IReadOnlyList<PendingStatement> statements, bool areLast, CancellationToken ct)
    {
        if (statements.Count == 0)
        {
            return;
        }

        await _turn.WaitAsync(ct);
        try
        {
            if (statements.Count == 1 && !_isSnapshot)
            {
                await ExecuteAsync(statements[0], ct);
                return;
            }

            await using var batch = await BatchAsync(statements, areLast, ct);
            await using var reader = await batch.ExecuteReaderAsync(ct);
            if (_isSnapshot && batch.BatchCommands[0].CommandText == Begin && !_rows.IsEverything)
            {
                await reader.NextResultAsync(ct); // What the settings answer.
            }

            foreach (var pending in statements)
            {
                var started = Stopwatch.GetTimestamp();
                var rows = await pending.ReadAsync(reader, ct);
                _report?.Add(pending.Statement, rows, Stopwatch.GetElapsedTime(started));
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
            // As text, as every stream gives and takes it.
            field.SetExtension("live", new Dictionary<string, object?>(StringComparer.Ordinal)
            {
                ["position"] = _position.Value.ToString(CultureInfo.InvariantCulture),
            });
        }

        _report?.Tell(field);
        if (IsNotLast(field))
        {
            return;
        }

        if (_isSnapshot && !_isCommitted && _connection is not null)
        {
            await using var commit = new NpgsqlCommand(Commit, _connection);
            await commit.ExecuteNonQueryAsync(ct);
        }

        Close();
    }

    /// <summary>A field has failed. Those beside it go on reading with the connection.</summary>
    public void Abandon(FieldContext field)
    {
        if (!IsNotLast(field))
        {
            Close();
        }
    }

    public void Dispose() => Close();

    private bool IsNotLast(FieldContext field)
    {
        if (Interlocked.Decrement(ref _expected) > 0)
        {
            return true;
        }

        // The same fields of a later level start afresh.
        if (_shared.TryGetValue(field.Loaders, out var sessions))
        {
            sessions.TryRemove(KeyValuePair.Create(field.Siblings, this));
        }

        return false;
    }

    private async ValueTask ExecuteAsync(PendingStatement pending, CancellationToken ct)
    {
        _connection ??= await _source.OpenConnectionAsync(ct);
        await using var command = new NpgsqlCommand(pending.Statement.Sql, _connection);
        foreach (var parameter in pending.Statement.Parameters)
        {
            command.Parameters.Add(parameter);
        }

        await using var reader = await command.ExecuteReaderAsync(ct);
        var started = Stopwatch.GetTimestamp();
        var rows = await pending.ReadAsync(reader, ct);
        _report?.Add(pending.Statement, rows, Stopwatch.GetElapsedTime(started));
    }

    private async ValueTask<NpgsqlBatch> BatchAsync(IReadOnlyList<PendingStatement> statements, bool areLast, CancellationToken ct)
    {
        var isFirst = _connection is null;
        _connection ??= await _source.OpenConnectionAsync(ct);
        var batch = new NpgsqlBatch(_connection);
        if (isFirst && _isSnapshot)
        {
            batch.BatchCommands.Add(new NpgsqlBatchCommand(Begin));
            if (!_rows.IsEverything)
            {
                batch.BatchCommands.Add(RowSettings.Of(_rows));
            }
        }

        foreach (var (statement, _) in statements)
        {
            var command = new NpgsqlBatchCommand(statement.Sql);
            foreach (var parameter in statement.Parameters)
            {
                command.Parameters.Add(parameter);
            }

            batch.BatchCommands.Add(command);
        }

        if (areLast && _isSnapshot && _expected == 1)
        {
            batch.BatchCommands.Add(new NpgsqlBatchCommand(Commit));
            _isCommitted = true;
        }

        return batch;
    }

    private void Close()
    {
        _connection?.Dispose();
        _connection = null;
    }
}
