using System.Collections.Concurrent;
using Platform.GraphQL.Conventions;
using Platform.GraphQL.Execution.Compilation;
using Platform.GraphQL.Execution.Resolvers;
using Platform.GraphQL.TypeSystem;

namespace Platform.Api.Reading.Planning;

/// <summary>
/// The plans of what is selected at one place, kept with the compiled document: one for each set of permissions that occurs,
/// because what a caller may not read is not in their plan.
/// </summary>
/// <typeparam name="TPlan">What is made of the selections.</typeparam>
internal sealed class ReadPlan<TPlan>(SelectionSet below, Func<LevelCompiler, TPlan> compile)
    where TPlan : class
{
    private readonly IReadOnlyList<FieldDefinition> _guarded = Guards.Below(below);
    private readonly ConcurrentDictionary<ulong, TPlan> _plans = new();

    public async ValueTask<TPlan> ForAsync(FieldContext field)
    {
        ulong denied = 0;
        for (var i = 0; i < _guarded.Count; i++)
        {
            if (await FieldAuthorization.CheckAsync(_guarded[i], field) is not null)
            {
                denied |= 1UL << i;
            }
        }

        return _plans.TryGetValue(denied, out var known)
            ? known
            : _plans.GetOrAdd(denied, bits => compile(new LevelCompiler(one => IsDenied(one, bits))));
    }

    private bool IsDenied(FieldDefinition field, ulong denied)
    {
        var asked = Guards.PermissionsOf(field);
        for (var i = 0; i < _guarded.Count; i++)
        {
            if ((denied & (1UL << i)) != 0 && Guards.PermissionsOf(_guarded[i]) == asked)
            {
                return true;
            }
        }

        return false;
    }
}

/// <summary>Which fields below a selection ask for a permission of their own.</summary>
internal static class Guards
{
    /// <summary>One field for each combination of permissions that is asked for: the answer is the same for all of them.</summary>
    public static IReadOnlyList<FieldDefinition> Below(SelectionSet set)
    {
        var found = new Dictionary<string, FieldDefinition>(StringComparer.Ordinal);
        Collect(set, found);
        return found.Count <= 64
            ? [.. found.Values]
            : throw new InvalidOperationException("A selection asks for more than 64 combinations of permissions.");
    }

    /// <summary>The permissions a field and the objects it gives ask for; empty when it asks for none.</summary>
    public static string PermissionsOf(FieldDefinition field) => string.Join(
        ' ',
        Rules(field.Metadata).Concat(field.Type.Named is ObjectType type ? Rules(type.Metadata) : []).Distinct(StringComparer.Ordinal));

    private static IEnumerable<string> Rules(Metadata metadata) =>
        metadata.Get<AuthorizationRules>()?.Rules.Select(rule => rule.Policy ?? "") ?? [];

    private static void Collect(SelectionSet set, Dictionary<string, FieldDefinition> found)
    {
        foreach (var selection in set.Selections)
        {
            if (PermissionsOf(selection.Field) is { Length: > 0 } permissions)
            {
                found.TryAdd(permissions, selection.Field);
            }

            if (selection.Children is { } children)
            {
                Collect(children.For(children.PossibleTypes[0]), found);
            }
        }
    }
}
