using System.Text.Json;
using System.Text.Json.Nodes;
using Platform.GraphQL.Execution;
using Platform.GraphQL.Execution.Resolvers;
using Platform.GraphQL.Language;
using Platform.GraphQL.TypeSystem;

namespace Platform.Tests.GraphQL.Differential;

/// <summary>Random results for every field of a schema, as both sides resolve them: some are wrong, some fail.</summary>
internal sealed class DataTable
{
    private readonly Chance _chance;
    private readonly Schema _schema;

    public DataTable(Schema schema, Chance chance)
    {
        _schema = schema;
        _chance = chance;
        foreach (var type in schema.Types.OfType<ObjectType>().Where(type => !type.IsIntrospection))
        {
            var fields = new JsonObject();
            foreach (var field in type.Fields)
            {
                fields[field.Name] = Value(field.Type, field.Arguments.Count > 0);
            }

            Json[type.Name] = fields;
        }
    }

    public JsonObject Json { get; } = [];

    /// <summary>The same schema with resolvers that read the table.</summary>
    public Schema Resolved(string sdl)
    {
        var builder = new SchemaBuilder();
        var reader = new SdlReader(builder);
        foreach (var definition in GraphQLDocument.ParseSchema(sdl).Definitions)
        {
            reader.Read(definition);
        }

        foreach (var type in builder.Types)
        {
            switch (type)
            {
                case ObjectTypeConfiguration complex:
                    complex.Fields.ForEach(field => field.Resolver = Resolver(complex.Name, field.Name));
                    break;
                case InterfaceTypeConfiguration complex:
                    complex.ResolveType = value => ((Reference)value).Type;
                    break;
                case UnionTypeConfiguration union:
                    union.ResolveType = value => ((Reference)value).Type;
                    break;
            }
        }

        return builder.Build();
    }

    /// <summary>The form of a resolver must not show in the answer, so every field gets one by chance.</summary>
    private FieldResolver Resolver(string type, string field)
    {
        object? Read(ArgumentValues arguments) => Meaning(Json[type]![field], arguments);
        var takesArguments = ((ComplexType)_schema.FindType(type)!).Fields.Find(field)!.Arguments.Count > 0;
        return _chance.Below(takesArguments ? 3 : 4) switch
        {
            0 => SingleResolver.From((_, context) => Read(context.Arguments)),
            1 => SingleResolver.From(async (_, context, _) =>
            {
                await Task.Yield();
                return Read(context.Arguments);
            }),
            2 => BatchResolver.From((batch, context, _) =>
            {
                for (var index = 0; index < batch.Count; index++)
                {
                    batch.Set(index, Read(context.Arguments));
                }

                return ValueTask.CompletedTask;
            }),
            _ => new PureResolver<object?, object?>(_ => Read(ArgumentValues.None)),
        };
    }

    private static object? Meaning(JsonNode? value, ArgumentValues arguments)
    {
        switch (value)
        {
            case null:
                return null;
            case JsonArray list:
                return list.Select(item => Meaning(item, arguments)).ToArray();
            case JsonObject { } map when map["fails"] is { } message:
                throw new GraphQLException(message.ToString());
            case JsonObject { } map when map["shows"] is not null:
                return ShownArguments.Of(arguments);
            case JsonObject map:
                return new Reference(map["is"]!.ToString());
            default:
                var scalar = value.AsValue();
                return value.GetValueKind() switch
                {
                    JsonValueKind.Number when scalar.TryGetValue(out int whole) => whole,
                    JsonValueKind.Number => scalar.GetValue<double>(),
                    JsonValueKind.String => scalar.GetValue<string>(),
                    _ => scalar.GetValue<bool>(),
                };
        }
    }

    private JsonNode? Value(GraphQLType type, bool hasArguments)
    {
        if (_chance.Percent(3))
        {
            return new JsonObject { ["fails"] = "It failed." };
        }

        if (_chance.Percent(type is NonNullType ? 4 : 12))
        {
            return null;
        }

        return type.Nullable switch
        {
            ListType list => new JsonArray([.. Enumerable.Range(0, _chance.Below(4)).Select(_ => Value(list.Item, hasArguments))]),
            CompositeType { PossibleTypes.Length: 0 } => null,
            CompositeType composite => new JsonObject { ["is"] = _chance.Of([.. composite.PossibleTypes]).Name },
            EnumType names => _chance.Percent(5) ? "V9" : _chance.Of([.. names.Values]).Name,
            var leaf => Leaf(leaf.ToString()!, hasArguments),
        };
    }

    private JsonNode? Leaf(string type, bool hasArguments) => JsonNode.Parse(type switch
    {
        _ when _chance.Percent(4) => _chance.Of("true", "1.5", "\"text\"", "3000000000", "7"),
        "Int" => _chance.Of("1", "-7", "2147483647"),
        "Float" => _chance.Of("1.5", "2", "-0.001"),
        "Boolean" => _chance.Of("true", "false"),
        "ID" => _chance.Of("\"a\"", "12"),
        "String" when hasArguments && _chance.Percent(60) => "{\"shows\": true}",
        _ => _chance.Of("\"text\"", "\"é 😀 \\n \\\" \\u0001\"", "\"\""),
    });

    /// <summary>An object of a type; all its fields come from the table.</summary>
    private sealed record Reference(string Type);
}
