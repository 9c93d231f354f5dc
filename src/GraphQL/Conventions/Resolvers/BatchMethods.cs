using System.Collections;
using System.Reflection;
using Platform.GraphQL.Conventions.Reading;
using Platform.GraphQL.Execution.Resolvers;

namespace Platform.GraphQL.Conventions.Resolvers;

/// <summary>Methods that answer all parents of a selection in one call.</summary>
internal static class BatchMethods
{
    public static void Read(MethodInfo method, FieldDraft draft, ReadingContext context)
    {
        var parents = Array.Find(method.GetParameters(), parameter => parameter.IsMarked<ParentAttribute>());
        var parentType = parents is null ? null : ClrShape.ElementOf(parents.ParameterType);
        var answers = Answers(draft.Result, parentType);
        if (!method.IsStatic || parents is null || answers is null
            || !parents.ParameterType.IsAssignableFrom(parentType!.MakeArrayType()))
        {
            context.Errors.Add(
                method,
                "it cannot be a batch resolver.",
                "Make it static, with a parameter [Parent] IReadOnlyList<T> and a result that is a list of one answer per parent, or a dictionary by parent.");
            return;
        }

        draft.Configuration.Type = context.Catalog.Output(answers, method);
        if (ClrShape.IsAsynchronous(method.ReturnType))
        {
            TypeAnnotations.Weigh(draft.Configuration, context.Settings.Options.AsyncResolverCost);
        }

        var call = ResolverCompiler.Single(method, target: null, new ParameterBinder(draft, context));
        var collect = (IParentCollection)Activator.CreateInstance(typeof(ParentCollection<>).MakeGenericType(parentType))!;
        var unwrap = context.Catalog.UnwrapperOf(answers) ?? (value => value);
        draft.Configuration.Resolver = BatchResolver.From(async (batch, field, ct) =>
        {
            var given = collect.From(batch);
            Distribute(await call(given, field, ct), given, batch, unwrap, method);
        });
    }

    /// <summary>What one parent gets: the element of the list, or the value of the dictionary.</summary>
    private static ClrShape? Answers(ClrShape result, Type? parent)
    {
        // A parent that is missing in a dictionary has no answer.
        var map = ClrShape.Implements(result.Type, typeof(IReadOnlyDictionary<,>));
        return map is not null && map.GetGenericArguments()[0] == parent
            ? ClrShape.Of(map.GetGenericArguments()[1]) with { IsNullable = true }
            : result.Element;
    }

    private static void Distribute(
        object? answers, Array parents, FieldBatch batch, Func<object?, object?> unwrap, MethodInfo method)
    {
        switch (answers)
        {
            case IDictionary map:
                for (var i = 0; i < parents.Length; i++)
                {
                    batch.Set(i, map.Contains(parents.GetValue(i)!) ? unwrap(map[parents.GetValue(i)!]) : null);
                }

                break;
            case IList list when list.Count == parents.Length:
                for (var i = 0; i < list.Count; i++)
                {
                    batch.Set(i, unwrap(list[i]));
                }

                break;
            default:
                throw new InvalidOperationException(
                    $"{TypeText.Of(method.DeclaringType!)}.{method.Name} was asked for {parents.Length} answers and gave {(answers as ICollection)?.Count ?? 0}.");
        }
    }

    private interface IParentCollection
    {
        Array From(FieldBatch batch);
    }

    private sealed class ParentCollection<T> : IParentCollection
    {
        public Array From(FieldBatch batch)
        {
            var parents = new T[batch.Count];
            for (var i = 0; i < parents.Length; i++)
            {
                parents[i] = batch.Parent<T>(i);
            }

            return parents;
        }
    }
}
