using Platform.GraphQL.Execution.Compilation;
using Platform.GraphQL.Execution.Resolvers;

namespace Platform.GraphQL.Execution;

/// <summary>
/// Objects of one concrete type that one selection set applies to, from wherever in the level above they came, and a
/// column for each selection that must be resolved before writing.
/// </summary>
internal sealed class Frame
{
    public Frame(SelectionSet set, object?[] parents, int count)
    {
        Set = set;
        Parents = parents;
        Count = count;
        Columns = set.Stored.Length == 0 ? [] : new Column[set.Stored.Length];
        for (var i = 0; i < Columns.Length; i++)
        {
            Columns[i] = new Column(set.Stored[i], this);
        }
    }

    /// <summary>A single selection over some parents; it is resolved into its column whatever its form is.</summary>
    public Frame(Selection selection, object?[] parents)
    {
        Set = SelectionSet.Of(selection);
        Parents = parents;
        Count = parents.Length;
        Columns = [new Column(selection, this)];
    }

    public SelectionSet Set { get; }

    public object?[] Parents { get; }

    public int Count { get; }

    public Column[] Columns { get; }
}

/// <summary>The values of one selection over all objects of a frame.</summary>
internal sealed class Column(Selection selection, Frame frame)
{
    public Selection Selection { get; } = selection;

    public Frame Frame { get; } = frame;

    /// <summary>One per parent: a value, null, a <see cref="FieldFailure"/> or a <see cref="PartialValue"/>.</summary>
    public object?[] Values { get; } = new object?[frame.Count];

    /// <summary>What a planned field loaded, for all parents.</summary>
    public PlannedSubtree? Planned { get; set; }

    /// <summary>The values are there already: the event of a subscription, the rest of a streamed list.</summary>
    public bool IsGiven { get; set; }

    /// <summary>The objects in the values, lists flattened and nulls left out, when all are of one type by definition.</summary>
    public Frame? OnlyFrame { get; set; }

    /// <summary>The same for objects behind an abstract type: where each one is. Neither is set when nothing below is stored.</summary>
    public ItemPlace[]? Items { get; set; }

    /// <summary>The first item of each parent.</summary>
    public int[] Starts { get; set; } = [];
}

/// <summary>An object's row in the frame of its type; without a frame its type is unknown.</summary>
internal readonly record struct ItemPlace(Frame? Frame, int Row);

/// <summary>Walks the items of one parent in the order in which they were flattened.</summary>
internal struct ItemCursor(Column? column, int next)
{
    public int Position { get; set; } = next;

    public readonly bool HasFrames => column is not null && (column.OnlyFrame is not null || column.Items is not null);

    public ItemPlace Next()
    {
        var position = Position++;
        return column!.OnlyFrame is { } only ? new ItemPlace(only, position) : column.Items![position];
    }
}
