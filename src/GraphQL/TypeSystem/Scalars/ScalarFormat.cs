using System.Text.Json;
using Platform.GraphQL.Language;
using Platform.GraphQL.Response;

namespace Platform.GraphQL.TypeSystem;

/// <summary>§3.5 How the values of a scalar are read and written. A format knows no schema and is shared by all.</summary>
public abstract class ScalarFormat
{
    private protected ScalarFormat(string name, string description)
    {
        Name = name;
        Description = description;
    }

    public string Name { get; }

    public string Description { get; }

    /// <summary>Where people find the format's description; null for the scalars of the specification.</summary>
    public string? SpecifiedBy { get; private protected init; }

    /// <summary>The C# type of the values that reading gives.</summary>
    public abstract Type RuntimeType { get; }

    public abstract LeafWriter Writer { get; }

    /// <summary>§3.5 Input coercion of a literal.</summary>
    public abstract ScalarReading ReadLiteral(ValueNode literal, IVariableValues variables);

    /// <summary>§3.5 Input coercion of a variable's value; never JSON null.</summary>
    public abstract ScalarReading ReadJson(JsonElement json);
}

/// <summary>A value, or why there is none.</summary>
public readonly struct ScalarReading
{
    private ScalarReading(object? value, string? error)
    {
        Value = value;
        Error = error;
    }

    public object? Value { get; }

    public string? Error { get; }

    public bool IsValid => Error is null;

    public static ScalarReading Of(object value) => new(value, null);

    public static ScalarReading Refuse(string error) => new(null, error);
}
