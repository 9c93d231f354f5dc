using Platform.GraphQL.Execution;
using Platform.GraphQL.Language;

namespace Platform.GraphQL.TypeSystem.Rules;

/// <summary>
/// §3.6.1, §3.10 A default value is a value of its type, and no default of an input field contains itself
/// (InputFieldDefaultValueHasCycle).
/// </summary>
internal sealed class DefaultValuesFit : ISchemaRule
{
    public void Check(Schema schema, ICollection<GraphQLError> errors)
    {
        var search = new CycleSearch(errors);
        foreach (var type in schema.OfKind<InputObjectType>())
        {
            search.FromObject(type, new ObjectValueNode([]));
        }

        if (search.HasFound)
        {
            return;
        }

        foreach (var input in schema.Inputs().Where(input => input.HasDefault && input.Type.IsInput))
        {
            if (!InputCoercion.TryReadLiteral(input.DefaultSyntax!, input.Type, NoVariables.Instance, out _))
            {
                errors.Add(SchemaErrors.At(
                    $"{input.Place()} has invalid default value: {input.DefaultSyntax} is no value of type " +
                    $"{input.Type}.",
                    input.DefaultSyntax));
            }
        }
    }

    private sealed class CycleSearch(ICollection<GraphQLError> errors)
    {
        private readonly HashSet<InputValueDefinition> _visited = [];
        private readonly HashSet<InputValueDefinition> _onPath = [];

        public bool HasFound { get; private set; }

        // What an object literal leaves out is filled from the defaults of the fields.
        public void FromObject(InputObjectType type, ValueNode value)
        {
            System.Runtime.CompilerServices.RuntimeHelpers.EnsureSufficientExecutionStack();
            if (value is ListValueNode list)
            {
                foreach (var item in list.Values)
                {
                    FromObject(type, item);
                }
            }
            else if (value is ObjectValueNode map)
            {
                foreach (var field in type.Fields)
                {
                    FromField(field, map.Fields.FirstOrDefault(f => f.Name.Value == field.Name)?.Value);
                }
            }
        }

        private void FromField(InputValueDefinition field, ValueNode? given)
        {
            if (field.Type.Named is not InputObjectType inner)
            {
                return;
            }

            if (given is not null)
            {
                FromObject(inner, given);
                return;
            }

            if (field.DefaultSyntax is null || !_visited.Add(field))
            {
                ReportIfOnPath(field);
                return;
            }

            _onPath.Add(field);
            FromObject(inner, field.DefaultSyntax);
            _onPath.Remove(field);
        }

        private void ReportIfOnPath(InputValueDefinition field)
        {
            if (_onPath.Contains(field))
            {
                HasFound = true;
                errors.Add(SchemaErrors.At(
                    $"Invalid circular reference. The default value of Input Object field {field.Place()} references " +
                    "itself.",
                    field.DefaultSyntax));
            }
        }
    }
}
