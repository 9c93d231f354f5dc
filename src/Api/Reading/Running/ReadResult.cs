using Platform.Api.Reading.Planning;
using Platform.GraphQL.Execution;
using Platform.GraphQL.Execution.Resolvers;

namespace Platform.Api.Reading.Running;

/// <summary>What a planned field read: a connection, a row, or a list of rows that keys named.</summary>
internal sealed class ReadResult(ReadSession session, LevelRun run, Func<int, int> groupOf) : PlannedSubtree
{
    public override bool Write(int parent, SubtreeWriter output)
    {
        if (run.Level.IsAggregate)
        {
            return new RowOutput(run, output).Rows(program: 0, run.Group(0));
        }

        if (run.Level.Shape is not null)
        {
            return new RowOutput(run, output).Connection(group: 0);
        }

        var group = groupOf(parent);
        return group >= 0 && run.Group(group) is { Count: 1, Start: var row } && new RowOutput(run, output).Row(program: 0, row);
    }

    public override void Dispose()
    {
        run.Dispose();
        session.Dispose();
    }
}

/// <summary>Puts the written pieces of rows together with what belongs into their gaps.</summary>
internal readonly struct RowOutput(LevelRun run, SubtreeWriter output)
{
    private static readonly GraphQLError Denied = new("The current user is not authorized to access this resource.")
    {
        Code = ErrorCodes.NotAuthorized,
    };

    public bool Connection(int group)
    {
        output.Json.WriteRaw((byte)'{');
        foreach (var part in run.Level.Shape!.Parts)
        {
            output.Json.WriteRaw(part.Name);
            switch (part.Kind)
            {
                case PartKind.Rows:
                    output.Enter(part.Selection.ResponseName);
                    var isWritten = Rows(part.Program, run.Group(group));
                    output.Leave();
                    if (!isWritten)
                    {
                        return false;
                    }

                    break;
                case PartKind.PageFacts:
                    new PageFacts(run, group).Write(LevelCompiler.Only(part.Selection), output.Json);
                    break;
                case PartKind.TotalCount:
                    output.Json.WriteNumber(run.Total(group));
                    break;
                case PartKind.TypeName:
                    break;
            }
        }

        output.Json.WriteRaw((byte)'}');
        return true;
    }

    public bool Row(int program, int row)
    {
        var rows = run.Written[program];
        var at = rows.Start(row);
        for (var gap = 0; gap < rows.Gaps.Count; gap++)
        {
            var place = rows.Gap(row, gap);
            if (place < 0)
            {
                continue;
            }

            output.Json.WriteRaw(rows.Between(at, place));
            at = place;
            output.Enter(rows.Gaps[gap].Selection.ResponseName);
            var isWritten = Gap(program, gap, row);
            output.Leave();
            if (!isWritten)
            {
                return false;
            }
        }

        output.Json.WriteRaw(rows.Between(at, rows.End(row)));
        return true;
    }

    public bool Rows(int program, RowGroup group)
    {
        output.Json.WriteRaw((byte)'[');
        var rows = run.Written[program];
        var isReversed = run.Page!.IsReversed;
        if (group.Count > 0 && rows.Gaps.Count == 0 && !isReversed)
        {
            // Nothing comes between these rows: they are written as they were read.
            output.Json.WriteRaw(rows.Between(rows.Start(group.Start), rows.End(group.Start + group.Count - 1)));
        }
        else
        {
            for (var i = 0; i < group.Count; i++)
            {
                output.Json.WriteRaw(i == 0 ? ""u8 : ","u8);
                output.Enter(i);
                if (!Row(program, isReversed ? group.Start + group.Count - 1 - i : group.Start + i))
                {
                    output.Leave();
                    return false;
                }
            }

            if (group.Count > 0)
            {
                output.Leave();
            }
        }

        output.Json.WriteRaw((byte)']');
        return true;
    }

    private bool Gap(int program, int gap, int row)
    {
        switch (run.Written[program].Gaps[gap])
        {
            case ChildGap child when run.Below[program][gap] is LevelRun below && run.KeyOf(child.Capture, row) is >= 0 and var key:
                var inner = new RowOutput(below, output);
                return below.Level.IsAggregate ? inner.Rows(program: 0, below.Group(key)) : inner.Connection(key);
            case DeniedGap denied:
                return output.Fail(denied.Selection, depth: 0, Denied);
            case ComputedGap:
                return run.Computed[(program, gap)].Write(row, output);
            default:
                throw new InvalidOperationException("A row has a gap for rows of a key that it does not have.");
        }
    }
}
