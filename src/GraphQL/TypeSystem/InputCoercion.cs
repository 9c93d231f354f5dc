using System.Runtime.CompilerServices;
using Platform.GraphQL.Language;

namespace Platform.GraphQL.TypeSystem;

/// <summary>
/// §3.10.1, §3.11, §6.4.1 From a literal to a value. Lists become arrays, input objects
/// <see cref="InputObjectValue"/> or what their type creates. The reasons for a refusal are validation's business
/// (§5.6.1); here it is only yes or no.
/// </summary>
public static class InputCoercion
{
    public static bool TryReadLiteral(ValueNode literal, GraphQLType type, IVariableValues variables, out object? value)
    {
        RuntimeHelpers.EnsureSufficientExecutionStack();
        if (literal is VariableNode variable)
        {
            return variables.TryGetValue(variable.Name.Value, out value) && !(value is null && type is NonNullType);
        }

        switch (type)
        {
            case NonNullType nonNull:
                return TryReadLiteral(literal, nonNull.Inner, variables, out value) && value is not null;
            case { } when literal is NullValueNode:
                value = null;
                return true;
            case ListType list:
                return TryReadList(literal, list, variables, out value);
            case InputObjectType input:
                return TryReadObject(literal, input, variables, out value);
            case EnumType names:
                value = (literal as EnumValueNode) is { } name ? names.Values.Find(name.Value)?.Value : null;
                return value is not null;
            case ScalarType scalar:
                var reading = scalar.Format.ReadLiteral(literal, variables);
                value = reading.Value;
                return reading.IsValid;
            default:
                value = null;
                return false;
        }
    }

    private static bool TryReadList(ValueNode literal, ListType type, IVariableValues variables, out object? value)
    {
        value = null;
        if (literal is not ListValueNode list)
        {
            // §3.11: one value stands for a list of one.
            if (!TryReadLiteral(literal, type.Item, variables, out var single))
            {
                return false;
            }

            value = new[] { single };
            return true;
        }

        var items = new object?[list.Values.Length];
        for (var index = 0; index < items.Length; index++)
        {
            var item = list.Values[index];
            if (IsMissing(item, variables))
            {
                if (type.Item is NonNullType)
                {
                    return false;
                }
            }
            else if (!TryReadLiteral(item, type.Item, variables, out items[index]))
            {
                return false;
            }
        }

        value = items;
        return true;
    }

    private static bool TryReadObject(
        ValueNode literal, InputObjectType type, IVariableValues variables, out object? value)
    {
        value = null;
        if (literal is not ObjectValueNode map)
        {
            return false;
        }

        var result = new InputObjectValue(type);
        for (var index = 0; index < type.Fields.Count; index++)
        {
            var field = type.Fields[index];
            var given = Find(map, field.Name);
            if (given is null || IsMissing(given, variables))
            {
                if (field.HasDefault)
                {
                    result.Set(index, field.DefaultValue);
                }
                else if (field.Type is NonNullType)
                {
                    return false;
                }
            }
            else if (TryReadLiteral(given, field.Type, variables, out var read))
            {
                result.Set(index, read);
            }
            else
            {
                return false;
            }
        }

        if (map.Fields.Any(field => !type.Fields.Contains(field.Name.Value)) || (type.IsOneOf && !IsOneOf(result)))
        {
            return false;
        }

        value = type.Create is null ? result : type.Create(result);
        return true;
    }

    private static bool IsOneOf(InputObjectValue value) => value.Count == 1 && value.Values.First() is not null;

    private static ValueNode? Find(ObjectValueNode map, string name)
    {
        foreach (var field in map.Fields)
        {
            if (field.Name.Value == name)
            {
                return field.Value;
            }
        }

        return null;
    }

    private static bool IsMissing(ValueNode value, IVariableValues variables) =>
        value is VariableNode variable && !variables.TryGetValue(variable.Name.Value, out _);
}
