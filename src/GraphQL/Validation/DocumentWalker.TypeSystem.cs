using System.Collections.Immutable;
using Platform.GraphQL.Language;

namespace Platform.GraphQL.Validation;

/// <summary>Definitions of schema documents.</summary>
internal sealed partial class DocumentWalker
{
    private void WalkTypeSystem(TypeSystemDefinitionNode node)
    {
        _context.IsInSchemaDefinition = true;
        foreach (var index in _hooks.EnterTypeSystemDefinition)
        {
            _rules[index].EnterTypeSystemDefinition(node);
        }

        switch (node)
        {
            case SchemaDefinitionNode schema:
                WalkDirectives(schema.Directives, DirectiveLocation.Schema);
                foreach (var operation in schema.OperationTypes)
                {
                    WalkNamedType(operation.Type);
                }

                break;
            case DirectiveDefinitionNode directive:
                WalkInputValues(directive.Arguments, DirectiveLocation.ArgumentDefinition);
                break;
            case TypeDefinitionNode type:
                WalkTypeDefinition(type);
                break;
        }

        _context.IsInSchemaDefinition = false;
    }

    private void WalkTypeDefinition(TypeDefinitionNode node)
    {
        switch (node)
        {
            case ScalarTypeDefinitionNode:
                WalkDirectives(node.Directives, DirectiveLocation.Scalar);
                break;
            case ComplexTypeDefinitionNode complex:
                WalkComplexType(complex);
                break;
            case UnionTypeDefinitionNode union:
                WalkDirectives(union.Directives, DirectiveLocation.Union);
                foreach (var type in union.Types)
                {
                    WalkNamedType(type);
                }

                break;
            case EnumTypeDefinitionNode type:
                WalkDirectives(type.Directives, DirectiveLocation.Enum);
                foreach (var value in type.Values)
                {
                    EnterMember(value);
                    WalkDirectives(value.Directives, DirectiveLocation.EnumValue);
                }

                break;
            case InputObjectTypeDefinitionNode input:
                WalkDirectives(input.Directives, DirectiveLocation.InputObject);
                WalkInputValues(input.Fields, DirectiveLocation.InputFieldDefinition);
                break;
        }
    }

    private void WalkComplexType(ComplexTypeDefinitionNode node)
    {
        foreach (var type in node.Interfaces)
        {
            WalkNamedType(type);
        }

        var location = node is ObjectTypeDefinitionNode ? DirectiveLocation.Object : DirectiveLocation.Interface;
        WalkDirectives(node.Directives, location);
        foreach (var field in node.Fields)
        {
            EnterMember(field);
            WalkInputValues(field.Arguments, DirectiveLocation.ArgumentDefinition);
            WalkType(field.Type);
            WalkDirectives(field.Directives, DirectiveLocation.FieldDefinition);
        }
    }

    private void WalkInputValues(ImmutableArray<InputValueDefinitionNode> values, DirectiveLocation location)
    {
        foreach (var value in values)
        {
            EnterMember(value);
            WalkType(value.Type);
            if (value.DefaultValue is not null)
            {
                WalkValue(value.DefaultValue);
            }

            WalkDirectives(value.Directives, location);
        }
    }

    private void EnterMember(MemberDefinitionNode node)
    {
        foreach (var index in _hooks.EnterMemberDefinition)
        {
            _rules[index].EnterMemberDefinition(node);
        }
    }
}
