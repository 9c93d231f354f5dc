using Platform.Api.Reading.Declaring;
using Platform.GraphQL.TypeSystem;

namespace Platform.Api.Reading.Planning;

/// <summary>What a field of the graph stands for; kept with its definition, where the planner finds it.</summary>
internal abstract record ReadField
{
    public sealed record Column(ReadColumn Value) : ReadField;

    public sealed record One(ReadOne Edge) : ReadField;

    public sealed record Many(ReadMany Edge, ReadList List) : ReadField;

    public sealed record Aggregate(ReadMany Edge) : ReadField;

    /// <summary>Values that stand together under one name, such as all sums of a group.</summary>
    public sealed record Part : ReadField;

    public sealed record Computed(ReadComputation Computation) : ReadField;

    /// <summary>A field that begins a plan: at the root, or under an object that was not read.</summary>
    public sealed record Start : ReadField;

    public static ReadField? Of(FieldDefinition field) => field.Metadata.Get<ReadField>();
}

/// <summary>A list as clients see it: its coordinate and how it is cut into pages.</summary>
internal sealed record ReadList(string Coordinate, GraphQL.Conventions.PagingOptions Paging);

/// <summary>What a field of a filter or an order stands for.</summary>
internal abstract record ReadInput
{
    public sealed record Column(ReadColumn Value) : ReadInput;

    public sealed record One(ReadOne Edge) : ReadInput;

    public sealed record Many(ReadMany Edge) : ReadInput;
}
