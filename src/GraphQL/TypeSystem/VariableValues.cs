namespace Platform.GraphQL.TypeSystem;

/// <summary>The coerced variables of an operation, for literals that mention them.</summary>
public interface IVariableValues
{
    /// <summary>False when the variable was not given and has no default.</summary>
    bool TryGetValue(string name, out object? value);
}

/// <summary>For literals where no variable may stand: defaults and directives of a schema.</summary>
public sealed class NoVariables : IVariableValues
{
    private NoVariables()
    {
    }

    public static NoVariables Instance { get; } = new();

    public bool TryGetValue(string name, out object? value)
    {
        value = null;
        return false;
    }
}
