using System.Collections;
using Platform.GraphQL.Execution.Resolvers;
using Platform.GraphQL.TypeSystem;

namespace Platform.GraphQL.Conventions.Authorization;

/// <summary>Looks at what a field of an abstract type gave: each object is subject to the rules of its own type.</summary>
internal static class GuardedValues
{
    public static FieldResolver Around(FieldResolver inner, BuiltSchema built) => inner switch
    {
        PureResolver pure => SingleResolver.From(
            (parent, field, _) => CheckAsync(pure.Resolve(parent!), field, built)),
        SingleResolver single => SingleResolver.From(
            async (parent, field, ct) => await CheckAsync(await single.ResolveAsync(parent, field, ct), field, built)),
        BatchResolver batch => new CheckedBatch(batch, built),

        // Planned and streamed values are checked by those who make them: the engine never sees the objects.
        _ => inner,
    };

    private static async ValueTask<object?> CheckAsync(object? value, FieldContext field, BuiltSchema built)
    {
        switch (value)
        {
            case null or FieldFailure:
                return value;
            case string:
                return value;
            case IEnumerable list:
                var checkedItems = new List<object?>();
                foreach (var item in list)
                {
                    checkedItems.Add(await CheckAsync(item, field, built));
                }

                return checkedItems;
        }

        var type = built.Schema.ResolveObjectType((CompositeType)field.Selection.Field.Type.Named, value);
        return type is not null && await FieldAuthorization.CheckAsync(type, field) is { } error
            ? new FieldFailure([error])
            : value;
    }

    private sealed class CheckedBatch(BatchResolver inner, BuiltSchema built) : BatchResolver
    {
        public override async ValueTask ResolveAsync(FieldBatch batch, FieldContext field, CancellationToken ct)
        {
            await inner.ResolveAsync(batch, field, ct);
            for (var i = 0; i < batch.Count; i++)
            {
                batch.Set(i, await CheckAsync(batch.Result(i), field, built));
            }
        }
    }
}

/// <summary>The schema, for those who were made before it.</summary>
internal sealed class BuiltSchema
{
    private Schema? _schema;

    public Schema Schema
    {
        get => _schema ?? throw new InvalidOperationException("The schema is still being built.");
        set => _schema = value;
    }
}
