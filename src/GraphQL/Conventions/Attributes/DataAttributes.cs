using System.Diagnostics.CodeAnalysis;

namespace Platform.GraphQL.Conventions;

/// <summary>The field's list becomes a connection of pages with cursors.</summary>
[AttributeUsage(AttributeTargets.Method | AttributeTargets.Property, Inherited = false)]
public sealed class UsePagingAttribute : Attribute
{
    private bool? _includeTotalCount;
    private bool? _requirePagingBoundaries;
    private bool? _allowBackwardPagination;
    private bool? _enableRelativeCursors;
    private bool? _inferConnectionNameFromField;

    /// <summary>Zero takes the schema's option.</summary>
    public int DefaultPageSize { get; init; }

    /// <summary>Zero takes the schema's option.</summary>
    public int MaxPageSize { get; init; }

    public bool IncludeTotalCount { get => _includeTotalCount ?? false; init => _includeTotalCount = value; }

    public bool RequirePagingBoundaries
    {
        get => _requirePagingBoundaries ?? false;
        init => _requirePagingBoundaries = value;
    }

    public bool AllowBackwardPagination
    {
        get => _allowBackwardPagination ?? true;
        init => _allowBackwardPagination = value;
    }

    public bool EnableRelativeCursors { get => _enableRelativeCursors ?? false; init => _enableRelativeCursors = value; }

    public bool InferConnectionNameFromField
    {
        get => _inferConnectionNameFromField ?? true;
        init => _inferConnectionNameFromField = value;
    }

    /// <summary>The connection's name without its ending.</summary>
    public string? ConnectionName { get; init; }

    /// <summary>The schema's options, with what was said here in their place.</summary>
    internal PagingOptions Over(PagingOptions options) => options with
    {
        DefaultPageSize = DefaultPageSize > 0 ? DefaultPageSize : options.DefaultPageSize,
        MaxPageSize = MaxPageSize > 0 ? MaxPageSize : options.MaxPageSize,
        IncludeTotalCount = _includeTotalCount ?? options.IncludeTotalCount,
        RequirePagingBoundaries = _requirePagingBoundaries ?? options.RequirePagingBoundaries,
        AllowBackwardPagination = _allowBackwardPagination ?? options.AllowBackwardPagination,
        EnableRelativeCursors = _enableRelativeCursors ?? options.EnableRelativeCursors,
        InferConnectionNameFromField = _inferConnectionNameFromField ?? options.InferConnectionNameFromField,
    };
}

/// <summary>The field's list becomes segments by <c>skip</c> and <c>take</c>.</summary>
[AttributeUsage(AttributeTargets.Method | AttributeTargets.Property, Inherited = false)]
public sealed class UseOffsetPagingAttribute : Attribute
{
    /// <summary>Zero takes the schema's option.</summary>
    public int DefaultPageSize { get; init; }

    /// <summary>Zero takes the schema's option.</summary>
    public int MaxPageSize { get; init; }

    public bool IncludeTotalCount { get; init; }

    public string? CollectionSegmentName { get; init; }

    internal PagingOptions Over(PagingOptions options) => options with
    {
        DefaultPageSize = DefaultPageSize > 0 ? DefaultPageSize : options.DefaultPageSize,
        MaxPageSize = MaxPageSize > 0 ? MaxPageSize : options.MaxPageSize,
        IncludeTotalCount = IncludeTotalCount || options.IncludeTotalCount,
    };
}

/// <summary>The field returns a <see cref="PageConnection{T}"/>: its resolver fetches the page itself.</summary>
[AttributeUsage(AttributeTargets.Method, Inherited = false)]
public sealed class UseConnectionAttribute : Attribute
{
    /// <summary>Zero takes the schema's option.</summary>
    public int DefaultPageSize { get; init; }

    /// <summary>Zero takes the schema's option.</summary>
    public int MaxPageSize { get; init; }

    public bool IncludeTotalCount { get; init; } = true;

    public bool EnableRelativeCursors { get; init; } = true;

    /// <summary>The connection's name without its ending; without it the name of its items.</summary>
    public string? Name { get; init; }

    internal PagingOptions Over(PagingOptions options) => options with
    {
        DefaultPageSize = DefaultPageSize > 0 ? DefaultPageSize : options.DefaultPageSize,
        MaxPageSize = MaxPageSize > 0 ? MaxPageSize : options.MaxPageSize,
        IncludeTotalCount = IncludeTotalCount,
        EnableRelativeCursors = EnableRelativeCursors,
    };
}

/// <summary>The field has an argument <c>where</c>.</summary>
[AttributeUsage(AttributeTargets.Method | AttributeTargets.Property, Inherited = false)]
public class UseFilteringAttribute : Attribute
{
    /// <summary>The filtered type, where it is not the one of the list.</summary>
    internal virtual Type? Type => null;
}

[SuppressMessage("Major Code Smell", "S2326", Justification = "The argument is the information.")]
public sealed class UseFilteringAttribute<T> : UseFilteringAttribute
{
    internal override Type Type => typeof(T);
}

/// <summary>The field has an argument <c>order</c>.</summary>
[AttributeUsage(AttributeTargets.Method | AttributeTargets.Property, Inherited = false)]
public class UseSortingAttribute : Attribute
{
    /// <summary>The sorted type, where it is not the one of the list.</summary>
    internal virtual Type? Type => null;
}

[SuppressMessage("Major Code Smell", "S2326", Justification = "The argument is the information.")]
public sealed class UseSortingAttribute<T> : UseSortingAttribute
{
    internal override Type Type => typeof(T);
}

/// <summary>The property cannot be filtered by.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class FilterIgnoreAttribute : Attribute;

/// <summary>The property cannot be sorted by.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class SortIgnoreAttribute : Attribute;
