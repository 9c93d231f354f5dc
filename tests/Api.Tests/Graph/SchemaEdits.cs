using Platform.GraphQL.Language;

namespace Platform.Tests.Api.Graph;

/// <summary>
/// Changes that somebody could make to the schema, each somewhere else with every seed. What would leave no valid schema is left
/// alone: fields that an interface asks for, and arguments that directives are applied with.
/// </summary>
internal sealed class SchemaEdits(int seed)
{
    private static readonly string[] _leaves = ["String", "Int", "Boolean", "ID", "Decimal", "[String!]", "String!"];

    private readonly Random _chance = new(seed);

    private readonly HashSet<string> _kept = new(StringComparer.Ordinal);

    /// <summary>Another document: some of its definitions changed, and one that is new.</summary>
    public DocumentNode Change(DocumentNode schema, int times)
    {
        _kept.UnionWith(schema.Definitions.OfType<InterfaceTypeDefinitionNode>().SelectMany(type => type.Fields).Select(field => field.Name.Value));
        var definitions = schema.Definitions.ToList();
        for (var i = 0; i < times; i++)
        {
            var at = _chance.Next(definitions.Count);
            if (Changed(definitions[at]) is { } changed)
            {
                definitions[at] = changed;
            }
        }

        definitions.Add(GraphQLDocument.ParseSchema($"type Added{seed} {{ id: ID! }}").Definitions[0]);
        return new DocumentNode([.. definitions]);
    }

    private DefinitionNode? Changed(DefinitionNode definition) => definition switch
    {
        ObjectTypeDefinitionNode type => new ObjectTypeDefinitionNode(type.Name)
        {
            Description = type.Description, Directives = type.Directives, Interfaces = _chance.Next(6) == 0 ? [] : type.Interfaces, Fields = [.. Fields([.. type.Fields])],
        },
        InputObjectTypeDefinitionNode type when !type.Directives.Any(one => one.Name.Value == "oneOf") => new InputObjectTypeDefinitionNode(type.Name)
        {
            Description = type.Description, Directives = type.Directives, Fields = [.. Inputs([.. type.Fields])],
        },
        EnumTypeDefinitionNode type => new EnumTypeDefinitionNode(type.Name)
        {
            Description = type.Description, Directives = type.Directives,
            Values = [.. Without([.. type.Values]), new EnumValueDefinitionNode(Name("ADDED"))],
        },
        UnionTypeDefinitionNode { Types.Length: > 1 } type => new UnionTypeDefinitionNode(type.Name)
        {
            Description = type.Description, Directives = type.Directives, Types = [.. Without([.. type.Types])],
        },
        DirectiveDefinitionNode directive => new DirectiveDefinitionNode(directive.Name)
        {
            Description = directive.Description,
            Arguments = [.. directive.Arguments, new InputValueDefinitionNode(Name("addedOptional"), GraphQLDocument.ParseType("String"))],
            IsRepeatable = directive.IsRepeatable,
            Locations = directive.Locations,
        },
        _ => null,
    };

    private List<FieldDefinitionNode> Fields(List<FieldDefinitionNode> fields)
    {
        var at = _chance.Next(fields.Count);
        var field = fields[at];
        switch (_kept.Contains(field.Name.Value) ? 5 : _chance.Next(6))
        {
            case 0 when fields.Count > 1:
                fields.RemoveAt(at);
                break;
            case 1:
                fields[at] = Field(field, Type(), [.. field.Arguments]);
                break;
            case 2:
                fields[at] = Field(field, field.Type, Inputs([.. field.Arguments]));
                break;
            case 3:
                fields[at] = Field(field, Toggled(field.Type), [.. field.Arguments]);
                break;
            case 4 when field.Arguments.Length > 0:
                fields[at] = Field(field, field.Type, Without([.. field.Arguments]));
                break;
            default:
                fields.Add(Field(new FieldDefinitionNode(Name("added"), Type()), Type(), []));
                break;
        }

        return fields;
    }

    private List<InputValueDefinitionNode> Inputs(List<InputValueDefinitionNode> inputs)
    {
        var at = inputs.Count == 0 ? -1 : _chance.Next(inputs.Count);
        switch (_chance.Next(5))
        {
            case 0 when inputs.Count > 1:
                inputs.RemoveAt(at);
                break;
            case 1 when at >= 0:
                inputs[at] = Input(inputs[at], Type());
                break;
            case 2 when at >= 0:
                inputs[at] = Input(inputs[at], Toggled(inputs[at].Type));
                break;
            case 3:
                inputs.Add(new InputValueDefinitionNode(Name("addedRequired"), GraphQLDocument.ParseType("String!")));
                break;
            default:
                inputs.Add(new InputValueDefinitionNode(Name("addedOptional"), GraphQLDocument.ParseType("String")));
                break;
        }

        return inputs;
    }

    private TypeNode Type() => GraphQLDocument.ParseType(_leaves[_chance.Next(_leaves.Length)]);

    private static TypeNode Toggled(TypeNode type) =>
        GraphQLDocument.ParseType(type.ToString()!.EndsWith('!') ? type.ToString()![..^1] : type + "!");

    private List<T> Without<T>(List<T> all)
    {
        if (all.Count > 1)
        {
            all.RemoveAt(_chance.Next(all.Count));
        }

        return all;
    }

    private static FieldDefinitionNode Field(FieldDefinitionNode field, TypeNode type, List<InputValueDefinitionNode> arguments) =>
        new(field.Name, type) { Description = field.Description, Arguments = [.. arguments] };

    private static InputValueDefinitionNode Input(InputValueDefinitionNode input, TypeNode type) =>
        new(input.Name, type) { Description = input.Description };

    private static NameNode Name(string name) => new(name);
}
