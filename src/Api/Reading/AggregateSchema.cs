using System.Text.Json;
using Platform.Api.Reading.Declaring;
using Platform.Api.Reading.Planning;
using Platform.Api.Reading.Statements;
using Platform.GraphQL.Conventions;
using Platform.GraphQL.Conventions.Sorting;
using Platform.GraphQL.Conventions.Reading;
using Platform.GraphQL.Language;
using Platform.GraphQL.TypeSystem;

namespace Platform.Api.Reading;

/// <summary>The types of `…Aggregate` fields: groups of rows with counts, sums and extremes.</summary>
internal sealed class AggregateSchema(SchemaBuilder builder, ReadInputs inputs, SortOptions sorting)
{
    public const int MostGroups = 500;
    public const int UsualGroups = 25;
    public const int MostSkipped = 10_000;

    /// <summary>Gives a field the type and the arguments of an aggregate.</summary>
    public void Shape(FieldConfiguration field, ReadType type)
    {
        field.Type = $"[{Aggregate(type)}!]";
        var where = field.Argument("where", inputs.Filter(type));
        where.Description = "Which rows.";
        TypeAnnotations.Weigh(where, 10);
        field.Argument("groupBy", $"[{Keys(type)}!]").Description = "What the rows of a group have in common; without it all are one group.";
        var first = field.Argument("first", "Int");
        first.Description = $"How many groups, at most {MostGroups}.";
        first.DefaultValue = new IntValueNode($"{UsualGroups}");
        var order = field.Argument("order", $"[{Order(type)}!]");
        order.Description = "By which values of the groups; groups that are equal in them, and all without it, come in the order of their keys.";
        TypeAnnotations.Weigh(order, 10);
        var skip = field.Argument("skip", "Int");
        skip.Description = $"How many groups of that order to leave out, at most {MostSkipped}: the next page.";
        TypeAnnotations.Size(field, new ListSizeAttribute
        {
            AssumedSize = MostGroups, SlicingArguments = ["first"], SlicingArgumentDefaultValue = UsualGroups, RequireOneSlicingArgument = false,
        });
    }

    private string Aggregate(ReadType type)
    {
        var name = type.Name + "Aggregate";
        if (builder.FindType(name) is not null)
        {
            return name;
        }

        var group = Object(name, $"A group of rows: {type.Name}.", type);
        var count = group.Field("count", "Long!");
        count.Description = AggregateColumns.Count.Description;
        count.Metadata.Set<ReadField>(new ReadField.Column(AggregateColumns.Count));
        AddKey(group, type);
        foreach (var function in AggregateFunction.All)
        {
            if (type.Columns.Any(function.Takes))
            {
                AddFunction(group, type, function);
            }
        }

        return name;
    }

    private void AddKey(ObjectTypeConfiguration group, ReadType type)
    {
        var key = Object(type.Name + "AggregateKey", $"What the rows of a group have in common: {type.Name}.", type);
        var field = group.Field("key", key.Name + "!");
        field.Description = "What the rows have in common; what was not grouped by is null.";
        field.Metadata.Set<ReadField>(new ReadField.Part());
        foreach (var column in type.Columns.Where(AggregateColumns.CanGroup))
        {
            Add(key, column.Name, column.GraphType, column.Description, new ReadField.Column(AggregateColumns.Key(column)), column.Permission);
        }

        foreach (var edge in type.Ones)
        {
            Add(key, edge.Name, edge.Target.Name, edge.Description, new ReadField.One(edge), permission: null);
        }
    }

    private void AddFunction(ObjectTypeConfiguration group, ReadType type, AggregateFunction function)
    {
        var pascal = char.ToUpperInvariant(function.Name[0]) + function.Name[1..];
        var values = Object(type.Name + pascal, $"{function.Description} Of rows: {type.Name}.", type);
        var field = group.Field(function.Name, values.Name + "!");
        field.Description = function.Description;
        field.Metadata.Set<ReadField>(new ReadField.Part());
        foreach (var column in type.Columns.Where(function.Takes))
        {
            var value = function.Of(column);
            Add(values, column.Name, value.GraphType, column.Description, new ReadField.Column(value), column.Permission);
        }
    }

    private string Keys(ReadType type)
    {
        var name = type.Name + "GroupBy";
        if (builder.FindType(name) is not null)
        {
            return name;
        }

        var keys = builder.Enum(name);
        keys.Description = $"What rows may have in common: {type.Name}.";
        foreach (var column in type.Columns.Where(AggregateColumns.CanGroup))
        {
            keys.Value(Upper(column.Name), new GroupKey(AggregateColumns.Key(column), column.Permission)).Description = column.Description;
        }

        foreach (var edge in type.Ones)
        {
            keys.Value(Upper(edge.Name), new GroupKey(edge.Column, edge.Target.Declared.Permission)).Description = edge.Description;
        }

        return name;
    }

    private string Order(ReadType type)
    {
        var name = type.Name + "GroupOrderInput";
        if (builder.FindType(name) is not null)
        {
            return name;
        }

        var values = builder.Enum(type.Name + "GroupOrder");
        values.Description = $"What groups may be ordered by: {type.Name}.";
        values.Value("COUNT", new GroupKey(AggregateColumns.Count, Permission: null)).Description = AggregateColumns.Count.Description;
        foreach (var function in AggregateFunction.All)
        {
            foreach (var column in type.Columns.Where(function.Takes))
            {
                values.Value($"{Upper(function.Name)}_{Upper(column.Name)}", new GroupKey(function.Of(column), column.Permission)).Description =
                    $"{function.Description} {column.Description}";
            }
        }

        var input = builder.InputObject(name);
        input.Description = $"A step of the order of groups: {type.Name}.";
        input.Field(GroupOrder.By, values.Name + "!").Description = "The value of the groups.";
        var direction = input.Field(GroupOrder.Direction, SortInputs.Direction(builder, sorting) + "!");
        direction.Description = "From large to small unless it says otherwise; groups without the value come last.";
        direction.DefaultValue = new EnumValueNode("DESC");
        return name;
    }

    private ObjectTypeConfiguration Object(string name, string description, ReadType type)
    {
        var objects = builder.Object(name);
        objects.Description = description;
        objects.Metadata.Set(AuthorizationRules.Of(new AuthorizeAttribute(type.Declared.Permission)));
        return objects;
    }

    private static void Add(
        ObjectTypeConfiguration objects, string name, string type, string description, ReadField meaning, string? permission)
    {
        var field = objects.Field(name, type);
        field.Description = description;
        field.Metadata.Set(meaning);
        if (permission is not null)
        {
            field.Metadata.Set(AuthorizationRules.Of(new AuthorizeAttribute(permission)));
        }
    }

    private static string Upper(string name) => JsonNamingPolicy.SnakeCaseUpper.ConvertName(name);
}

/// <summary>A value of the enum of an aggregate's keys.</summary>
internal sealed record GroupKey(ReadColumn Column, string? Permission);
