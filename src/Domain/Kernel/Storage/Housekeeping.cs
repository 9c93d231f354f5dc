using Npgsql;

namespace Platform.Domain.Kernel.Storage;

/// <summary>Keeps the monthly partitions: those to come exist before their month, those past their time go.</summary>
public static class Housekeeping
{
    /// <summary>Every table that is partitioned by month, whichever capability owns it.</summary>
    private const string MonthsToCome =
        """
        select ensure_month_partitions(p.partrelid::regclass, current_date, (current_date + interval '2 months')::date)
        from pg_partitioned_table p
        where exists (select from pg_inherits i join pg_class c on c.oid = i.inhrelid
                      where i.inhparent = p.partrelid and c.relname ~ '_\d{4}_\d{2}$')
        """;

    public static async Task RunAsync(NpgsqlDataSource source, TimeSpan keepEvents, CancellationToken ct)
    {
        await using var connection = await source.OpenConnectionAsync(ct);
        await using var transaction = await connection.BeginTransactionAsync(ct);
        await using var claim = new NpgsqlCommand($"select pg_try_advisory_xact_lock({AdvisoryLocks.Housekeeping})", connection);
        if (await claim.ExecuteScalarAsync(ct) is not true)
        {
            return; // Another node is at it.
        }

        await using var work = new NpgsqlBatch(connection, transaction);
        work.BatchCommands.Add(new NpgsqlBatchCommand("set local statement_timeout = '60s'"));
        work.BatchCommands.Add(new NpgsqlBatchCommand(MonthsToCome));
        work.BatchCommands.Add(new NpgsqlBatchCommand("select retire_events($1)")
        {
            Parameters = { new NpgsqlParameter<TimeSpan> { TypedValue = keepEvents } },
        });
        await work.ExecuteNonQueryAsync(ct);
        await transaction.CommitAsync(ct);
    }
}
