using Platform.Api.Access;
using Platform.Api.Reading.Declaring;
using Platform.Api.Reading.Planning;
using Platform.GraphQL.Conventions;
using Platform.GraphQL.Execution;
using Platform.GraphQL.Execution.Resolvers;

namespace Platform.Api.Reading.Running;

/// <summary>A list at the root: a connection, or a segment.</summary>
internal sealed class ListResolver(ReadServices services, ReadType type, ReadList list) : PlannedResolver
{
    public override async ValueTask<PlannedSubtree> LoadAsync(
        ReadOnlyMemory<object?> parents, FieldContext field, CancellationToken ct)
    {
        var plans = field.Selection.Plan(selection => new ReadPlan<Level>(
            LevelCompiler.Only(selection), compiler => compiler.Page(selection, type, list)));
        var level = await plans.ForAsync(field);
        return await RowResolver.RunAsync(services, level, keys: null, _ => 0, field, ct);
    }
}

/// <summary>Groups of rows of a table.</summary>
internal sealed class GroupResolver(ReadServices services, ReadType type) : PlannedResolver
{
    public override async ValueTask<PlannedSubtree> LoadAsync(
        ReadOnlyMemory<object?> parents, FieldContext field, CancellationToken ct)
    {
        var plans = field.Selection.Plan(selection => new ReadPlan<Level>(
            LevelCompiler.Only(selection), compiler => compiler.Groups(selection, type, via: null)));
        var level = await plans.ForAsync(field);
        return await RowResolver.RunAsync(services, level, keys: null, _ => 0, field, ct);
    }
}

/// <summary>One row by a value that no two rows share, given as an argument.</summary>
internal sealed class LookupResolver(ReadServices services, ReadType type, ReadColumn key) : PlannedResolver
{
    public override async ValueTask<PlannedSubtree> LoadAsync(
        ReadOnlyMemory<object?> parents, FieldContext field, CancellationToken ct)
    {
        var level = await RowResolver.PlanAsync(field, type, key, LevelKind.Single);
        return await RowResolver.RunAsync(services, level, new[] { key.ToStored(field.Arguments[0]!) }, _ => 0, field, ct);
    }
}

/// <summary>
/// The row whose id an object of C# carries: the subject of a mutation's payload, of an event. All objects of a selection
/// are answered by one statement.
/// </summary>
internal sealed class HungResolver(string type, Func<object, object?> idOf) : PlannedResolver
{
    public override async ValueTask<PlannedSubtree> LoadAsync(
        ReadOnlyMemory<object?> parents, FieldContext field, CancellationToken ct)
    {
        var services = field.Service<ReadServices>();
        var known = services.Model.Find(type)!;
        var places = new Dictionary<object, int>();
        var groups = new int[parents.Length];
        for (var i = 0; i < groups.Length; i++)
        {
            groups[i] = parents.Span[i] is { } parent && idOf(parent) is { } id ? PlaceOf(id, places) : -1;
        }

        var level = await RowResolver.PlanAsync(field, known, known.Id!, LevelKind.Keyed);
        return await RowResolver.RunAsync(services, level, RowResolver.Keys(known.Id!, [.. places.Keys]), parent => groups[parent], field, ct);
    }

    private static int PlaceOf(object id, Dictionary<object, int> places)
    {
        if (!places.TryGetValue(id, out var place))
        {
            place = places.Count;
            places.Add(id, place);
        }

        return place;
    }
}

/// <summary>What the resolvers of rows have in common.</summary>
internal static class RowResolver
{
    /// <summary>The plan of a field that gives one object.</summary>
    public static ValueTask<Level> PlanAsync(FieldContext field, ReadType type, ReadColumn key, LevelKind kind)
    {
        var plans = field.Selection.Plan(selection => new ReadPlan<Level>(
            LevelCompiler.Only(selection), compiler => compiler.ByKey(LevelCompiler.Only(selection), type, key, kind)));
        return plans.ForAsync(field);
    }

    public static async ValueTask<PlannedSubtree> RunAsync(
        ReadServices services, Level level, Array? keys, Func<int, int> groupOf, FieldContext field, CancellationToken ct)
    {
        var session = ReadSession.For(services, field, level.HasMoreStatements);
        var run = new LevelRun(level, Principal.Of(field.Request), keys);
        try
        {
            await ReadRun.LoadAsync([run], session, await services.KnownLimitsAsync(ct), field, ct);
            await session.LeaveAsync(field, run.Position, ct);
            return new ReadResult(session, run, groupOf);
        }
        catch
        {
            run.Dispose();
            session.Abandon(field);
            throw;
        }
    }

    /// <summary>Values as an array of the column's own type, as the driver wants it.</summary>
    public static Array Keys(ReadColumn key, IReadOnlyList<object> values)
    {
        var keys = Array.CreateInstance(key.StoredType, values.Count);
        for (var i = 0; i < values.Count; i++)
        {
            keys.SetValue(values[i], i);
        }

        return keys;
    }

    /// <summary>An id of the graph apart: the type it names and the stored key; null when it names nothing readable.</summary>
    public static (ReadType Type, object Key)? Read(string id, ReadModel model)
    {
        if (!NodeIdFormat.TryRead(id, out var name, out var raw))
        {
            throw new GraphQLException(new GraphQLError("The id has not the format of an id of this schema.") { Code = ErrorCodes.BadId });
        }

        return model.Find(name) is { IsNode: true } type && NodeIdFormat.Value(raw, type.Id.StoredType) is { } key ? (type, key) : null;
    }
}
