using Npgsql;
using Platform.Api.Reading.Statements;
using Platform.GraphQL.Execution.Resolvers;

namespace Platform.Api.Reading.Running;

/// <summary>A level, or a set of sums, while a request runs.</summary>
internal interface ILevelRun : IDisposable
{
    IEnumerable<PendingStatement> Statements(FieldContext field, ReadLimits limits);

    /// <summary>Whether there may be anything below.</summary>
    bool HasBelow { get; }

    /// <summary>What is asked once this level's rows are known.</summary>
    IEnumerable<ILevelRun> Descend();

    /// <summary>The position of the event log in the snapshot, where the level read it.</summary>
    long? Position { get; }
}

/// <summary>A statement and who takes its rows.</summary>
internal sealed record PendingStatement(
    Statement Statement, Func<NpgsqlDataReader, CancellationToken, ValueTask<int>> ReadAsync);

/// <summary>Runs levels from the root down: the statements of one depth go to the database together.</summary>
internal static class ReadRun
{
    public static async ValueTask LoadAsync(
        IReadOnlyList<ILevelRun> roots, ReadSession session, ReadLimits limits, FieldContext field, CancellationToken ct)
    {
        var level = roots;
        while (level.Count > 0)
        {
            var statements = new List<PendingStatement>(level.Count);
            var hasBelow = false;
            foreach (var run in level)
            {
                statements.AddRange(run.Statements(field, limits));
                hasBelow |= run.HasBelow;
            }

            await session.ExecuteAsync(statements, areLast: !hasBelow, ct);
            var below = new List<ILevelRun>();
            foreach (var run in level)
            {
                if (run.HasBelow)
                {
                    below.AddRange(run.Descend());
                }

                await ComputeAsync(run, field);
            }

            level = below;
        }
    }

    private static async ValueTask ComputeAsync(ILevelRun run, FieldContext field)
    {
        if (run is LevelRun rows)
        {
            foreach (var ((program, gap), parents) in rows.Needed)
            {
                var selection = rows.Level.Programs[program].Gaps[gap].Selection;
                rows.Computed[(program, gap)] = await field.ResolveAsync(selection, parents.ToArray());
            }
        }
    }
}
