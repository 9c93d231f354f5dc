using System.Collections;
using Platform.GraphQL.Execution.Compilation;
using Platform.GraphQL.Execution.Incremental;

namespace Platform.GraphQL.Execution;

/// <summary>What the writer leaves for later.</summary>
internal sealed partial class ResponseComposer
{
    private void Postpone(SelectionSet set, object? parent)
    {
        foreach (var deferred in set.Deferred)
        {
            _execution.Pending.Add(new DeferredPart(deferred.Label, _path.ToPath(), deferred.Set, parent));
        }
    }

    /// <summary>A streamed list that nobody divided before: its elements need no resolving.</summary>
    private DividedList Divide(Selection field, object value) =>
        ItemFlattening.Divide((IEnumerable)value, _execution.InitialCountOf(field.Stream!));

    private void Postpone(Selection field, DividedList list)
    {
        if (list.Rest.Count > 0)
        {
            _execution.Pending.Add(
                new StreamedPart(field.Stream!.Label, _path.ToPath(), field, list.Rest, list.Initial.Count));
        }
    }
}
