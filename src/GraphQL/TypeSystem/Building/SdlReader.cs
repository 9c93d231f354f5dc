using Platform.GraphQL.Language;

namespace Platform.GraphQL.TypeSystem;

/// <summary>§3 Adds the definitions of a schema document to a builder. The document has passed the document rules.</summary>
internal sealed class SdlReader(SchemaBuilder builder)
{
    public void Read(DefinitionNode definition)
    {
        switch (definition)
        {
            case SchemaDefinitionNode schema:
                ReadSchema(schema);
                break;
            case DirectiveDefinitionNode directive:
                ReadDirective(directive);
                break;
            case ScalarTypeDefinitionNode scalar:
                ReadType(scalar, builder.Scalar(scalar.Name.Value));
                break;
            case ObjectTypeDefinitionNode type:
                ReadComplex(type, builder.Object(type.Name.Value));
                break;
            case InterfaceTypeDefinitionNode type:
                ReadComplex(type, builder.Interface(type.Name.Value));
                break;
            case UnionTypeDefinitionNode union:
                var members = ReadType(union, builder.Union(union.Name.Value));
                members.Types.AddRange(union.Types.Select(TypeReference.To));
                break;
            case EnumTypeDefinitionNode type:
                ReadEnum(type);
                break;
            case InputObjectTypeDefinitionNode input:
                var fields = ReadType(input, builder.InputObject(input.Name.Value)).Fields;
                fields.AddRange(input.Fields.Select(ReadInputValue));
                break;
        }
    }

    private static T ReadType<T>(TypeDefinitionNode node, T type)
        where T : TypeConfiguration
    {
        if (node.IsExtension)
        {
            type.Extensions.Add(node);
        }
        else
        {
            type.Syntax = node;
        }

        type.Description ??= node.Description?.Value;
        type.Directives.AddRange(node.Directives);
        return type;
    }

    private static void ReadComplex(ComplexTypeDefinitionNode node, ComplexTypeConfiguration type)
    {
        ReadType(node, type);
        type.Interfaces.AddRange(node.Interfaces.Select(TypeReference.To));
        foreach (var field in node.Fields)
        {
            type.Fields.Add(ReadField(field));
        }
    }

    private static FieldConfiguration ReadField(FieldDefinitionNode node)
    {
        var field = ReadMember(node, new FieldConfiguration(node.Name.Value));
        field.Type = TypeReference.To(node.Type);
        field.Arguments.AddRange(node.Arguments.Select(ReadInputValue));
        return field;
    }

    private static InputValueConfiguration ReadInputValue(InputValueDefinitionNode node)
    {
        var value = ReadMember(node, new InputValueConfiguration(node.Name.Value, TypeReference.To(node.Type)));
        value.DefaultValue = node.DefaultValue;
        return value;
    }

    private static T ReadMember<T>(MemberDefinitionNode node, T member)
        where T : ElementConfiguration
    {
        member.Syntax = node;
        member.Description = node.Description?.Value;
        member.Directives.AddRange(node.Directives);
        return member;
    }

    private void ReadEnum(EnumTypeDefinitionNode node)
    {
        var type = ReadType(node, builder.Enum(node.Name.Value));
        type.Values.AddRange(
            node.Values.Select(value => ReadMember(value, new EnumValueConfiguration(value.Name.Value))));
    }

    private void ReadDirective(DirectiveDefinitionNode node)
    {
        var directive = builder.Directive(node.Name.Value);
        directive.Syntax = node;
        directive.Description = node.Description?.Value;
        directive.IsRepeatable = node.IsRepeatable;
        directive.Locations.Clear();
        directive.Locations.AddRange(node.Locations.Select(location => DirectiveLocations.Parse(location.Value)));
        directive.Arguments.Clear();
        directive.Arguments.AddRange(node.Arguments.Select(ReadInputValue));
    }

    private void ReadSchema(SchemaDefinitionNode node)
    {
        builder.SchemaSyntax.Add(node);
        builder.HasSchemaDefinition |= !node.IsExtension;
        builder.Description ??= node.Description?.Value;
        builder.Directives.AddRange(node.Directives);
        foreach (var operation in node.OperationTypes)
        {
            var name = operation.Type.Name.Value;
            switch (operation.Operation)
            {
                case OperationType.Query:
                    builder.QueryType = name;
                    break;
                case OperationType.Mutation:
                    builder.MutationType = name;
                    break;
                case OperationType.Subscription:
                    builder.SubscriptionType = name;
                    break;
            }
        }
    }
}
