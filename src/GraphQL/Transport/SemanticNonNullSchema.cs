using System.Collections.Immutable;
using System.Globalization;
using Platform.GraphQL.Language;

namespace Platform.GraphQL.Transport;

/// <summary>
/// The schema as a client sees it that asks for <c>onError: NULL</c>: every output position may be null, because it may
/// have failed, and <c>@semanticNonNull</c> tells the levels that are null for no other reason.
/// </summary>
internal static class SemanticNonNullSchema
{
    private const string Directive = "directive @semanticNonNull(levels: [Int] = [0]) on FIELD_DEFINITION";

    public static string Of(string sdl)
    {
        var document = GraphQLDocument.ParseSchema(sdl);
        var definitions = document.Definitions.Select(definition => definition switch
        {
            ObjectTypeDefinitionNode type => new ObjectTypeDefinitionNode(type.Name)
            {
                Description = type.Description,
                Directives = type.Directives,
                Interfaces = type.Interfaces,
                Fields = [.. type.Fields.Select(Relax)],
            },
            InterfaceTypeDefinitionNode type => new InterfaceTypeDefinitionNode(type.Name)
            {
                Description = type.Description,
                Directives = type.Directives,
                Interfaces = type.Interfaces,
                Fields = [.. type.Fields.Select(Relax)],
            },
            _ => definition,
        });
        return Printer.Print(new DocumentNode(
            [.. definitions, .. GraphQLDocument.ParseSchema(Directive).Definitions])) + "\n";
    }

    private static FieldDefinitionNode Relax(FieldDefinitionNode field)
    {
        // Clients key their caches by it; an object without its id is no object.
        if (field.Name.Value == "id")
        {
            return field;
        }

        var levels = new List<int>();
        var type = Relax(field.Type, 0, levels);
        return levels.Count == 0 ? field : new FieldDefinitionNode(field.Name, type)
        {
            Description = field.Description,
            Arguments = field.Arguments,
            Directives = field.Directives.Add(Mark(levels)),
        };
    }

    private static TypeNode Relax(TypeNode type, int level, List<int> levels)
    {
        if (type is NonNullTypeNode nonNull)
        {
            levels.Add(level);
            return Relax(nonNull.Type, level, levels);
        }

        return type is ListTypeNode list ? new ListTypeNode(Relax(list.Type, level + 1, levels)) : type;
    }

    private static DirectiveNode Mark(List<int> levels)
    {
        ImmutableArray<ArgumentNode> arguments = levels is [0]
            ? []
            : [new ArgumentNode(new NameNode("levels"), new ListValueNode(
                [.. levels.Select(level => new IntValueNode(level.ToString(CultureInfo.InvariantCulture)))]))];
        return new DirectiveNode(new NameNode("semanticNonNull"), arguments);
    }
}
