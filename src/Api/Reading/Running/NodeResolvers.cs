using Platform.Api.Access;
using Platform.Api.Reading.Declaring;
using Platform.Api.Reading.Planning;
using Platform.GraphQL.Conventions;
using Platform.GraphQL.Execution;
using Platform.GraphQL.Execution.Compilation;
using Platform.GraphQL.Execution.Resolvers;
using Platform.GraphQL.TypeSystem;

namespace Platform.Api.Reading.Running;

/// <summary>
/// <c>node</c> and <c>nodes</c>: any row by its id, one statement for each type that occurs. Unknown types, rows of others
/// and rows that are not there look the same (G-40, G-41).
/// </summary>
internal sealed class NodeResolver(ReadServices services, bool isList, int most) : PlannedResolver
{
    public override async ValueTask<PlannedSubtree> LoadAsync(
        ReadOnlyMemory<object?> parents, FieldContext field, CancellationToken ct)
    {
        var ids = isList ? [.. ((object?[])field.Arguments[0]!).Cast<string>()] : new[] { (string)field.Arguments[0]! };
        if (ids.Length > most)
        {
            throw new GraphQLException(new GraphQLError($"The maximum number of nodes that can be requested at once is {most}.")
            {
                Code = ErrorCodes.TooManyNodes,
            });
        }

        var places = new NodePlace[ids.Length];
        var wanted = Sort(ids, places);
        var plans = field.Selection.Plan(selection => new NodePlans(selection));
        var runs = new Dictionary<ReadType, LevelRun>();
        var denied = new Dictionary<ReadType, GraphQLError>();
        foreach (var (type, keys) in wanted)
        {
            var known = Objects(field, type);
            if (await FieldAuthorization.CheckAsync(known, field) is { } error)
            {
                denied.Add(type, error);
                continue;
            }

            var level = await plans.For(type, known).ForAsync(field);
            runs.Add(type, new LevelRun(level, Principal.Of(field.Request), RowResolver.Keys(type.Id!, [.. keys.Keys])));
        }

        return await RunAsync(new NodeResult(isList, places, runs, denied), field, ct);
    }

    private Dictionary<ReadType, Dictionary<object, int>> Sort(string[] ids, NodePlace[] places)
    {
        var wanted = new Dictionary<ReadType, Dictionary<object, int>>();
        for (var i = 0; i < ids.Length; i++)
        {
            try
            {
                if (RowResolver.Read(ids[i], services.Model) is not var (type, key))
                {
                    continue;
                }

                var keys = wanted.TryGetValue(type, out var known) ? known : wanted[type] = [];
                keys.TryAdd(key, keys.Count);
                places[i] = new NodePlace(type, keys[key], Error: null);
            }
            catch (GraphQLException exception)
            {
                places[i] = new NodePlace(null, 0, exception.Errors[0]);
            }
        }

        return wanted;
    }

    private static ObjectType Objects(FieldContext field, ReadType type) =>
        field.Selection.Children!.PossibleTypes.First(possible => possible.Name == type.Name);

    private async ValueTask<PlannedSubtree> RunAsync(NodeResult result, FieldContext field, CancellationToken ct)
    {
        var session = ReadSession.For(services, field, result.Runs.Count > 1 || result.Runs.Values.Any(run => run.Level.HasMoreStatements));
        try
        {
            await ReadRun.LoadAsync([.. result.Runs.Values], session, await services.KnownLimitsAsync(ct), field, ct);
            await session.LeaveAsync(field, result.Runs.Values.FirstOrDefault()?.Position, ct);
            result.Session = session;
            return result;
        }
        catch
        {
            result.Dispose();
            session.Abandon(field);
            throw;
        }
    }

    /// <summary>Plans by type: only types whose ids came are planned.</summary>
    private sealed class NodePlans(Selection selection)
    {
        private readonly Dictionary<ReadType, ReadPlan<Level>> _plans = [];

        public ReadPlan<Level> For(ReadType type, ObjectType known)
        {
            lock (_plans)
            {
                if (!_plans.TryGetValue(type, out var plan))
                {
                    var set = selection.Children!.For(known);
                    _plans[type] = plan = new ReadPlan<Level>(set, compiler => compiler.ByKey(set, type, type.Id!, LevelKind.Keyed));
                }

                return plan;
            }
        }
    }
}

/// <summary>Where a wanted node is found: its type and its place among that type's keys.</summary>
internal readonly record struct NodePlace(ReadType? Type, int Key, GraphQLError? Error);

internal sealed class NodeResult(
    bool isList,
    NodePlace[] places,
    Dictionary<ReadType, LevelRun> runs,
    Dictionary<ReadType, GraphQLError> denied) : PlannedSubtree
{
    private static readonly GraphQLError Absent = new("No object has this id.") { Code = ErrorCodes.NodeNotFound };

    public IReadOnlyDictionary<ReadType, LevelRun> Runs => runs;

    public ReadSession? Session { get; set; }

    public override bool Write(int parent, SubtreeWriter output)
    {
        if (!isList)
        {
            return TryWrite(places[0], output, out var error) || Report(error, output);
        }

        output.Json.WriteRaw((byte)'[');
        for (var i = 0; i < places.Length; i++)
        {
            output.Json.WriteRaw(i == 0 ? ""u8 : ","u8);
            output.Enter(i);
            if (!TryWrite(places[i], output, out var error))
            {
                Report(error, output);
                output.Json.WriteNull();
            }
        }

        if (places.Length > 0)
        {
            output.Leave();
        }

        output.Json.WriteRaw((byte)']');
        return true;
    }

    public override void Dispose()
    {
        foreach (var run in runs.Values)
        {
            run.Dispose();
        }

        Session?.Dispose();
    }

    private static bool Report(GraphQLError error, SubtreeWriter output)
    {
        output.Report(error);
        return false;
    }

    private bool TryWrite(NodePlace place, SubtreeWriter output, out GraphQLError error)
    {
        error = place.Error ?? Absent;
        if (place.Type is not { } type)
        {
            return false;
        }

        if (denied.TryGetValue(type, out var refusal))
        {
            error = refusal;
            return false;
        }

        var start = output.Json.Position;
        var run = runs[type];
        if (run.Group(place.Key) is { Count: 1, Start: var row } && new RowOutput(run, output).Row(program: 0, row))
        {
            return true;
        }

        output.Json.Rewind(start);
        return false;
    }
}
