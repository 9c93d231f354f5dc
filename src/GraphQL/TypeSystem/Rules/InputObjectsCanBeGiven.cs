using Platform.GraphQL.Execution;

namespace Platform.GraphQL.TypeSystem.Rules;

/// <summary>§3.10 No input object requires itself through non-null fields: nobody could ever give one.</summary>
internal sealed class InputObjectsCanBeGiven : ISchemaRule
{
    public void Check(Schema schema, ICollection<GraphQLError> errors)
    {
        var search = new CycleSearch(errors);
        foreach (var type in schema.OfKind<InputObjectType>())
        {
            search.From(type);
        }
    }

    private sealed class CycleSearch(ICollection<GraphQLError> errors)
    {
        private readonly HashSet<InputObjectType> _visited = [];
        private readonly List<InputValueDefinition> _path = [];
        private readonly Dictionary<InputObjectType, int> _onPath = [];

        public void From(InputObjectType type)
        {
            System.Runtime.CompilerServices.RuntimeHelpers.EnsureSufficientExecutionStack();
            if (!_visited.Add(type))
            {
                return;
            }

            _onPath[type] = _path.Count;
            foreach (var field in type.Fields)
            {
                if (field.Type is not NonNullType { Inner: InputObjectType next })
                {
                    continue;
                }

                _path.Add(field);
                if (_onPath.TryGetValue(next, out var start))
                {
                    Report(next, _path[start..]);
                }
                else
                {
                    From(next);
                }

                _path.RemoveAt(_path.Count - 1);
            }

            _onPath.Remove(type);
        }

        private void Report(InputObjectType type, List<InputValueDefinition> cycle)
        {
            var path = string.Join('.', cycle.Select(field => field.Name));
            errors.Add(SchemaErrors.At(
                $"Cannot reference Input Object \"{type}\" within itself through a series of non-null fields: \"{path}\".",
                cycle.Select(field => field.Syntax)));
        }
    }
}
