using System.Text.Json.Nodes;
using Platform.GraphQL.Language;
using Platform.GraphQL.TypeSystem;

namespace Platform.Tests.GraphQL.Differential;

/// <summary>Values for the variables of an operation: most fit, some do not, some are left out.</summary>
internal sealed class VariableGenerator(Schema schema, Chance chance)
{
    public JsonObject Write(Dictionary<string, string> declared)
    {
        var values = new JsonObject();
        foreach (var (name, type) in declared)
        {
            if (!chance.Percent(15) && schema.FindType(GraphQLDocument.ParseType(type)) is { IsInput: true } known)
            {
                values[name] = Value(known, 3);
            }
        }

        return values;
    }

    private JsonNode? Value(GraphQLType type, int depth)
    {
        if (chance.Percent(4))
        {
            return JsonNode.Parse(chance.Of(
                "1", "1.5", "-0.5", "3000000000", "\"text\"", "true", "null", "[]", "[1, [\"a\"]]", "{}",
                "{\"i0\": {\"x\": [1]}, \"nowhere\": 2}", "\"V0\"", "1e21", "[1,2,3,4,5,6,7,8,9,10,11,12]"));
        }

        return type switch
        {
            NonNullType nonNull => NonNull(nonNull.Inner, depth),
            _ => chance.Percent(10) ? null : NonNull(type, depth),
        };
    }

    private JsonNode? NonNull(GraphQLType type, int depth) => type switch
    {
        ListType list when chance.Percent(15) => Value(list.Item, depth),
        ListType list => new JsonArray([.. Enumerable.Range(0, chance.Below(3)).Select(_ => Value(list.Item, depth))]),
        EnumType names => chance.Of([.. names.Values]).Name,
        InputObjectType input => InputObject(input, depth),
        _ => JsonNode.Parse(type.ToString() switch
        {
            "Int" => chance.Of("0", "-7", "42"),
            "Float" => chance.Of("1.5", "3", "-0.002"),
            "Boolean" => chance.Of("true", "false"),
            "ID" => chance.Of("\"x\"", "12"),
            _ => chance.Of("\"text\"", "\"é\\n\""),
        }),
    };

    private JsonObject InputObject(InputObjectType type, int depth)
    {
        var values = new JsonObject();
        var chosen = type.IsOneOf && !chance.Percent(10)
            ? [chance.Of([.. type.Fields])]
            : type.Fields.Where(f => f.IsRequired ? !chance.Percent(3) : depth > 0 && chance.Percent(50));
        foreach (var field in chosen.Where(_ => depth > -3))
        {
            values[field.Name] = Value(field.Type, depth - 1);
        }

        return values;
    }
}
