using Platform.GraphQL.Language;
using Platform.GraphQL.TypeSystem;

namespace Platform.GraphQL.Execution.Compilation;

/// <summary>What is selected of objects of one concrete type: merged, in response order, conditions already decided.</summary>
public sealed class SelectionSet
{
    internal SelectionSet(ObjectType type, Selection[] fields, DeferredSelection[] deferred)
    {
        Type = type;
        Fields = fields;
        Deferred = deferred;
        Stored = [.. fields.Where(field => field.IsStored)];
        for (var i = 0; i < Stored.Length; i++)
        {
            Stored[i].Column = i;
        }
    }

    private SelectionSet(Selection only)
    {
        Type = only.DeclaringType;
        Fields = [only];
        Stored = [];
        Deferred = [];
    }

    public ObjectType Type { get; }

    public IReadOnlyList<Selection> Selections => Fields;

    internal Selection[] Fields { get; }

    /// <summary>Selections whose values must be known before the object can be written.</summary>
    internal Selection[] Stored { get; }

    internal DeferredSelection[] Deferred { get; }

    /// <summary>A selection for itself, outside of the set it was compiled in.</summary>
    internal static SelectionSet Of(Selection selection) => new(selection);
}

/// <summary>A fragment under @defer: it is answered after the object that contains it.</summary>
internal sealed record DeferredSelection(string? Label, SelectionSet Set);

/// <summary>@stream of a list field: how many elements come with the first response, a literal or a variable.</summary>
internal sealed record StreamedList(string? Label, ValueNode? InitialCount);
