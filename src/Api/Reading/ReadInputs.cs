using Platform.Api.Reading.Declaring;
using Platform.Api.Reading.Planning;
using Platform.Api.Reading.Statements;
using Platform.GraphQL.Conventions.Filtering;
using Platform.GraphQL.Conventions.Reading;
using Platform.GraphQL.Conventions.Sorting;
using Platform.GraphQL.TypeSystem;

namespace Platform.Api.Reading;

/// <summary>The filters and orders of each type, in the shapes that clients know (GRAPHQL §1.3).</summary>
internal sealed class ReadInputs(SchemaBuilder builder, ReadLimits limits)
{
    private const double Cost = 10;

    private readonly FilterInputs _operations = new(builder, limits.Filtering);

    public void AddWhereAndOrder(FieldConfiguration field, ReadType type)
    {
        var where = field.Argument("where", Filter(type));
        where.Description = "Which of them.";
        TypeAnnotations.Weigh(where, Cost);
        var order = field.Argument("order", $"[{Sort(type)}!]");
        order.Description = "In which order; rows that are equal in it come in the order of their ids.";
        TypeAnnotations.Weigh(order, Cost);
    }

    public string Filter(ReadType type)
    {
        var name = type.Name + "FilterInput";
        if (builder.FindType(name) is not null)
        {
            return name;
        }

        var input = builder.InputObject(name);
        input.Description = $"What a {type.Name} may be asked to be; all that is given must hold.";
        FilterInputs.Combine(input, name);
        foreach (var column in type.Columns.Where(column => column.IsFilterable))
        {
            Mean(input.Field(column.Name, Operations(column)), new ReadInput.Column(column), column.Description);
        }

        foreach (var edge in type.Ones)
        {
            Mean(input.Field(edge.Name, Filter(edge.Target)), new ReadInput.One(edge), edge.Description);
        }

        foreach (var edge in type.Manys)
        {
            Mean(input.Field(edge.Name, Quantifiers(edge.Target)), new ReadInput.Many(edge), edge.Description);
        }

        return name;
    }

    private string Sort(ReadType type)
    {
        var name = type.Name + "SortInput";
        if (builder.FindType(name) is not null)
        {
            return name;
        }

        var input = builder.InputObject(name);
        input.Description = $"What {type.Name}s may be ordered by.";
        foreach (var column in type.Columns.Where(column => column.IsFilterable))
        {
            var field = input.Field(column.Name, SortInputs.Direction(builder, limits.Sorting));
            TypeAnnotations.Weigh(field, Cost);
            Mean(field, new ReadInput.Column(column), column.Description);
        }

        foreach (var edge in type.Ones)
        {
            var field = input.Field(edge.Name, Sort(edge.Target));
            TypeAnnotations.Weigh(field, Cost);
            Mean(field, new ReadInput.One(edge), edge.Description);
        }

        return name;
    }

    private string Quantifiers(ReadType type)
    {
        var name = $"ListFilterInputTypeOf{type.Name}FilterInput";
        if (builder.FindType(name) is not null)
        {
            return name;
        }

        var input = builder.InputObject(name);
        foreach (var quantifier in new[] { "all", "none", "some" })
        {
            TypeAnnotations.Weigh(input.Field(quantifier, type.Name + "FilterInput"), Cost);
        }

        TypeAnnotations.Weigh(input.Field("any", "Boolean"), Cost);
        Filter(type);
        return name;
    }

    private static void Mean(InputValueConfiguration field, ReadInput meaning, string description)
    {
        field.Metadata.Set(meaning);
        field.Description = description;
    }

    private string Operations(ReadColumn column) => column.EnumType is { } values
        ? _operations.OfEnum(values.Name, column.IsNullable)
        : _operations.OfScalar(column.GraphType);
}
