using System.Collections;
using Platform.GraphQL.Execution.Compilation;

namespace Platform.GraphQL.Execution.Incremental;

/// <summary>Something the response promised to send later.</summary>
internal abstract record PendingPart(string? Label, IReadOnlyList<object> Path);

/// <summary>A deferred fragment of the object at the path.</summary>
internal sealed record DeferredPart(string? Label, IReadOnlyList<object> Path, SelectionSet Set, object? Parent)
    : PendingPart(Label, Path);

/// <summary>The elements of the list at the path from <paramref name="From"/> on.</summary>
internal sealed record StreamedPart(string? Label, IReadOnlyList<object> Path, Selection Field, IList Elements, int From)
    : PendingPart(Label, Path);

/// <summary>A streamed list's value, divided before its elements are resolved.</summary>
internal sealed record DividedList(IList Initial, IList Rest);
