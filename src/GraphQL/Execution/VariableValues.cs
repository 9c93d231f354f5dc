using Platform.GraphQL.Execution.Resolvers;
using Platform.GraphQL.TypeSystem;

namespace Platform.GraphQL.Execution;

/// <summary>The coerced variables of one request, in the order of their definitions. §6.1.2</summary>
internal sealed class VariableValues(string[] names, object?[] values) : IVariableValues
{
    public static readonly VariableValues None = new([], []);

    public bool TryGetValue(string name, out object? value)
    {
        var index = Array.IndexOf(names, name);
        if (index < 0 || ReferenceEquals(values[index], ArgumentValues.Absent))
        {
            value = null;
            return false;
        }

        value = values[index];
        return true;
    }
}
