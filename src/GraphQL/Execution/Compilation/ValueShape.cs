namespace Platform.GraphQL.Execution.Compilation;

/// <summary>The lists and non-null marks around a field's named type, outermost first.</summary>
internal sealed class ValueShape(bool isNonNull, ValueShape? item)
{
    public bool IsNonNull { get; } = isNonNull;

    /// <summary>The shape of an element; null when this is not a list.</summary>
    public ValueShape? Item { get; } = item;
}
