using System.Runtime.CompilerServices;
using System.Text.Json;
using Platform.GraphQL.Execution;
using Platform.GraphQL.Language;
using Platform.GraphQL.TypeSystem;

namespace Platform.GraphQL.Limits;

/// <summary>What arguments add to the cost: weights of filters and orders as they are given, and the lengths of lists.</summary>
internal sealed class InputCost(IVariableValues variables, JsonElement json)
{
    /// <summary>The operation's cost depends on this request's variables.</summary>
    public bool HasReadVariable { get; private set; }

    public double Of(FieldDefinition field, FieldNode node)
    {
        double cost = 0;
        foreach (var argument in field.Arguments)
        {
            if (Find(node, argument.Name) is { } literal)
            {
                cost += (argument.Cost ?? 0) + OfLiteral(literal, argument.Type);
            }
        }

        return cost;
    }

    public ListSizes SizesOf(FieldDefinition field, FieldNode node)
    {
        if (field.ListSize is not { } listSize)
        {
            return ListSizes.None;
        }

        double? size = null;
        var given = 0;
        foreach (var name in listSize.SlicingArguments)
        {
            if (SliceOf(field, node, name) is { } slice)
            {
                given++;
                size = Math.Max(size ?? 0, slice);
            }
        }

        var hasDefault = given == 0 && listSize.SlicingArgumentDefaultValue is not null;
        if (listSize is { RequireOneSlicingArgument: true, SlicingArguments.Length: > 0 } && given != 1 && !hasDefault)
        {
            throw new GraphQLException(new GraphQLError("Exactly one slicing argument must be defined.")
            {
                Code = ErrorCodes.SlicingArgument,
                Locations = node.Range.Location is { } location ? [location] : [],
            });
        }

        return new ListSizes(
            size ?? listSize.SlicingArgumentDefaultValue ?? listSize.AssumedSize, listSize.SizedFields);
    }

    /// <summary>The value of a slicing argument; a negative one is the resolver's to refuse and costs nothing.</summary>
    private double? SliceOf(FieldDefinition field, FieldNode node, string name)
    {
        object? value;
        switch (Find(node, name))
        {
            case VariableNode variable:
                HasReadVariable = true;
                if (!variables.TryGetValue(variable.Name.Value, out value))
                {
                    value = field.Arguments.Find(name)?.DefaultValue;
                }

                break;
            case IntValueNode number:
                return Math.Max(0, double.Parse(number.Value, System.Globalization.CultureInfo.InvariantCulture));
            case null:
                value = field.Arguments.Find(name)?.DefaultValue;
                break;
            default:
                value = null;
                break;
        }

        return value is int or long ? Math.Max(0, Convert.ToDouble(value, System.Globalization.CultureInfo.InvariantCulture)) : null;
    }

    private static ValueNode? Find(FieldNode node, string name)
    {
        foreach (var argument in node.Arguments)
        {
            if (argument.Name.Value == name)
            {
                return argument.Value;
            }
        }

        return null;
    }

    private double OfLiteral(ValueNode literal, GraphQLType type)
    {
        RuntimeHelpers.EnsureSufficientExecutionStack();
        if (type.Named is not InputObjectType { HasCost: true } input)
        {
            return 0;
        }

        switch (literal)
        {
            case VariableNode variable:
                HasReadVariable = true;
                return json.ValueKind == JsonValueKind.Object && json.TryGetProperty(variable.Name.Value, out var given)
                    ? OfJson(given, input)
                    : 0;
            case ListValueNode list:
                return list.Values.Sum(item => OfLiteral(item, input));
            case ObjectValueNode map:
                return map.Fields.Sum(given => input.Fields.Find(given.Name.Value) is { } field
                    ? (field.Cost ?? 0) + OfLiteral(given.Value, field.Type)
                    : 0);
            default:
                return 0;
        }
    }

    private static double OfJson(JsonElement given, InputObjectType input)
    {
        RuntimeHelpers.EnsureSufficientExecutionStack();
        double cost = 0;
        switch (given.ValueKind)
        {
            case JsonValueKind.Array:
                foreach (var item in given.EnumerateArray())
                {
                    cost += OfJson(item, input);
                }

                break;
            case JsonValueKind.Object:
                foreach (var property in given.EnumerateObject())
                {
                    if (input.Fields.Find(property.Name) is { } field)
                    {
                        cost += field.Cost ?? 0;
                        cost += field.Type.Named is InputObjectType { HasCost: true } below ? OfJson(property.Value, below) : 0;
                    }
                }

                break;
        }

        return cost;
    }
}
