namespace Platform.GraphQL.Conventions.Filtering;

/// <summary>One field of an operation input: its name, what it does, what it weighs.</summary>
internal sealed record FilterOperationField(string Name, FilterOperation Operation, double Cost)
{
    public bool TakesList => Operation is FilterOperation.In or FilterOperation.NotIn;

    public bool TakesBoolean => Operation == FilterOperation.IsNull;

    /// <summary>Only equality has a meaning for null.</summary>
    public bool TakesNull => Operation is FilterOperation.Equal or FilterOperation.NotEqual;
}

/// <summary>The operations of each kind of value, in the order of the schema.</summary>
internal static class FilterOperations
{
    private const double Usual = 10;

    // Searching inside a text cannot use an ordinary index.
    private const double Expensive = 20;

    private static readonly FilterOperationField[] Equality =
    [
        new("eq", FilterOperation.Equal, Usual),
        new("neq", FilterOperation.NotEqual, Usual),
    ];

    private static readonly FilterOperationField[] Membership =
    [
        new("in", FilterOperation.In, Usual),
        new("nin", FilterOperation.NotIn, Usual),
    ];

    private static readonly FilterOperationField[] Order =
    [
        new("gt", FilterOperation.GreaterThan, Usual),
        new("ngt", FilterOperation.NotGreaterThan, Usual),
        new("gte", FilterOperation.GreaterThanOrEqual, Usual),
        new("ngte", FilterOperation.NotGreaterThanOrEqual, Usual),
        new("lt", FilterOperation.LowerThan, Usual),
        new("nlt", FilterOperation.NotLowerThan, Usual),
        new("lte", FilterOperation.LowerThanOrEqual, Usual),
        new("nlte", FilterOperation.NotLowerThanOrEqual, Usual),
    ];

    private static readonly FilterOperationField[] Inside =
    [
        new("contains", FilterOperation.Contains, Expensive),
        new("ncontains", FilterOperation.NotContains, Expensive),
    ];

    private static readonly FilterOperationField[] Ends =
    [
        new("startsWith", FilterOperation.StartsWith, Expensive),
        new("nstartsWith", FilterOperation.NotStartsWith, Expensive),
        new("endsWith", FilterOperation.EndsWith, Expensive),
        new("nendsWith", FilterOperation.NotEndsWith, Expensive),
    ];

    private static readonly FilterOperationField[] IgnoringCase =
    [
        new("ieq", FilterOperation.EqualIgnoreCase, Expensive),
        new("icontains", FilterOperation.ContainsIgnoreCase, Expensive),
        new("istartsWith", FilterOperation.StartsWithIgnoreCase, Expensive),
        new("iendsWith", FilterOperation.EndsWithIgnoreCase, Expensive),
    ];

    private static readonly FilterOperationField[] Nullness = [new("isNull", FilterOperation.IsNull, Usual)];

    public static IEnumerable<FilterOperationField> Of(FilterValueKind kind, FilterOptions options) =>
    [
        .. kind switch
        {
            FilterValueKind.Text =>
                [.. Equality, .. Inside, .. Membership, .. Ends, .. options.CaseInsensitiveOperations ? IgnoringCase : []],
            FilterValueKind.Comparable => [.. Equality, .. Membership, .. Order],
            FilterValueKind.Boolean => Equality,
            FilterValueKind.Choice => [.. Equality, .. Membership],
        },
        .. options.NullOperation ? Nullness : [],
    ];
}

internal enum FilterValueKind
{
    Text,
    Comparable,
    Boolean,

    /// <summary>Enums and ids: equal or not, in a list or not.</summary>
    Choice,
}
