using System.Globalization;
using System.Reflection;
using System.Text;

namespace Platform.GraphQL.Conventions;

/// <summary>
/// A condition a client wrote in <c>where</c>, checked and typed: lists in memory apply it as expressions, data
/// layers translate it. Values already have the C# type of their property.
/// </summary>
public abstract record FilterNode
{
    private protected FilterNode()
    {
    }

    /// <summary>A text that is equal for equal conditions, so that a cursor can be bound to them.</summary>
    public string Canonical
    {
        get
        {
            var text = new StringBuilder();
            Append(text);
            return text.ToString();
        }
    }

    internal abstract void Append(StringBuilder text);
}

/// <summary>All of them hold; none is always true.</summary>
public sealed record FilterAnd(IReadOnlyList<FilterNode> Nodes) : FilterNode
{
    internal override void Append(StringBuilder text) => FilterText.AppendAll(text, "and", Nodes);
}

/// <summary>At least one of them holds.</summary>
public sealed record FilterOr(IReadOnlyList<FilterNode> Nodes) : FilterNode
{
    internal override void Append(StringBuilder text) => FilterText.AppendAll(text, "or", Nodes);
}

/// <summary>
/// A property compared with a value: one of the property's type, an array of these for <see cref="FilterOperation.In"/>
/// and <see cref="FilterOperation.NotIn"/>, a boolean for <see cref="FilterOperation.IsNull"/>.
/// </summary>
public sealed record FilterCompare(FieldPath Path, FilterOperation Operation, object? Value) : FilterNode
{
    internal override void Append(StringBuilder text)
    {
        text.Append(Path).Append(' ').Append(Operation).Append(' ');
        FilterText.AppendValue(text, Value);
    }
}

/// <summary>
/// The elements of a list compared with a condition whose paths begin at the element. Without a condition it is asked
/// whether there are elements at all.
/// </summary>
public sealed record FilterList(FieldPath Path, ListQuantifier Quantifier, FilterNode? Element) : FilterNode
{
    internal override void Append(StringBuilder text)
    {
        text.Append(Path).Append(' ').Append(Quantifier).Append('(');
        Element?.Append(text);
        text.Append(')');
    }
}

public enum ListQuantifier
{
    All,
    None,
    Some,
}

public enum FilterOperation
{
    Equal,
    NotEqual,
    In,
    NotIn,
    GreaterThan,
    NotGreaterThan,
    GreaterThanOrEqual,
    NotGreaterThanOrEqual,
    LowerThan,
    NotLowerThan,
    LowerThanOrEqual,
    NotLowerThanOrEqual,
    Contains,
    NotContains,
    StartsWith,
    NotStartsWith,
    EndsWith,
    NotEndsWith,
    EqualIgnoreCase,
    ContainsIgnoreCase,
    StartsWithIgnoreCase,
    EndsWithIgnoreCase,
    IsNull,
}

/// <summary>A way from an object through its to-one relations to a property.</summary>
public sealed class FieldPath(IReadOnlyList<PropertyInfo> properties) : IEquatable<FieldPath>
{
    /// <summary>The element of a list itself, where the list is one of plain values.</summary>
    public static readonly FieldPath Self = new([]);

    public IReadOnlyList<PropertyInfo> Properties { get; } = properties;

    public FieldPath To(PropertyInfo property) => new([.. Properties, property]);

    public bool Equals(FieldPath? other) => other is not null && Properties.SequenceEqual(other.Properties);

    public override bool Equals(object? obj) => Equals(obj as FieldPath);

    public override int GetHashCode() =>
        Properties.Aggregate(0, (hash, property) => HashCode.Combine(hash, property.Name));

    public override string ToString() =>
        Properties.Count == 0 ? "." : string.Join('.', Properties.Select(property => property.Name));
}

internal static class FilterText
{
    public static void AppendAll(StringBuilder text, string word, IReadOnlyList<FilterNode> nodes)
    {
        text.Append(word).Append('(');
        for (var i = 0; i < nodes.Count; i++)
        {
            text.Append(i == 0 ? "" : ",");
            nodes[i].Append(text);
        }

        text.Append(')');
    }

    /// <summary>Lengths stand before texts, so that no two conditions read the same.</summary>
    public static void AppendValue(StringBuilder text, object? value)
    {
        switch (value)
        {
            case null:
                text.Append("null");
                break;
            case Array values:
                text.Append('[').Append(values.Length);
                foreach (var element in values)
                {
                    text.Append(' ');
                    AppendValue(text, element);
                }

                text.Append(']');
                break;
            case IFormattable formattable:
                var format = value is DateTime or DateTimeOffset or DateOnly or TimeOnly ? "O" : null;
                AppendText(text, formattable.ToString(format, CultureInfo.InvariantCulture));
                break;
            default:
                AppendText(text, value.ToString() ?? "");
                break;
        }
    }

    private static void AppendText(StringBuilder text, string value) =>
        text.Append(value.Length).Append(':').Append(value);
}
