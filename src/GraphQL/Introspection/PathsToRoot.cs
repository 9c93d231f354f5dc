using Platform.GraphQL.Language;
using Platform.GraphQL.TypeSystem;

namespace Platform.GraphQL.Introspection;

/// <summary>
/// How a client reaches an element: from it through the fields that return its type, up to a root type. Input types are
/// reached through the arguments that take them. Every type is visited once, so the way is short.
/// </summary>
internal sealed class PathsToRoot
{
    private const int MostPaths = 3;

    private readonly HashSet<string> _roots;
    private readonly Dictionary<string, List<SchemaElement>> _uses = new(StringComparer.Ordinal);

    public PathsToRoot(Schema schema)
    {
        _roots =
        [
            .. new[] { schema.QueryType, schema.MutationType, schema.SubscriptionType }.OfType<ObjectType>().Select(t => t.Name),
        ];
        foreach (var type in schema.Types.Where(type => !type.IsIntrospection))
        {
            AddUses(type);
        }
    }

    /// <summary>Paths of coordinates: the element first, a root type last. A directive has none.</summary>
    public string[][] From(SchemaElement element)
    {
        if (element.Coordinate.Target == CoordinateTarget.Directive)
        {
            return [];
        }

        var paths = new List<string[]>();
        var visited = new HashSet<string>(StringComparer.Ordinal);
        var waiting = new Queue<Step>();
        waiting.Enqueue(new Step(element.Coordinate, null));
        while (paths.Count < MostPaths && waiting.TryDequeue(out var step))
        {
            var owner = step.Coordinate.Name;
            if (_roots.Contains(owner))
            {
                paths.Add([.. step.FromElement(), .. step.Coordinate.MemberName is null ? [] : (string[])[owner]]);
            }
            else if (visited.Add(owner))
            {
                foreach (var use in _uses.GetValueOrDefault(owner) ?? [])
                {
                    waiting.Enqueue(new Step(use.Coordinate, step));
                }
            }
        }

        return [.. paths];
    }

    private void AddUses(NamedType type)
    {
        switch (type)
        {
            case ComplexType complex:
                foreach (var field in complex.Fields)
                {
                    AddUse(field.Type.Named.Name, field);
                    foreach (var argument in field.Arguments)
                    {
                        AddUse(argument.Type.Named.Name, argument);
                    }
                }

                break;
            case InputObjectType input:
                foreach (var field in input.Fields)
                {
                    AddUse(field.Type.Named.Name, field);
                }

                break;
        }
    }

    private void AddUse(string type, SchemaElement user) =>
        (_uses.TryGetValue(type, out var users) ? users : _uses[type] = []).Add(user);

    private sealed record Step(SchemaCoordinate Coordinate, Step? Before)
    {
        public Stack<string> FromElement()
        {
            var steps = new Stack<string>();
            for (var step = this; step is not null; step = step.Before)
            {
                steps.Push(step.Coordinate.ToString());
            }

            return steps;
        }
    }
}
