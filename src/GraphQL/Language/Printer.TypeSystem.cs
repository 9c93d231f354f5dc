using System.Collections.Immutable;

namespace Platform.GraphQL.Language;

/// <summary>Type system definitions and extensions.</summary>
internal sealed partial class Printer
{
    private void WriteTypeSystem(TypeSystemDefinitionNode node)
    {
        WriteDescription(node.Description);
        _out.Append(node.IsExtension ? "extend " : "");
        switch (node)
        {
            case SchemaDefinitionNode schema:
                _out.Append("schema");
                WriteDirectives(schema.Directives);
                WriteOptionalBlock(schema.OperationTypes);
                break;
            case ScalarTypeDefinitionNode scalar:
                WriteHead("scalar ", scalar);
                break;
            case ComplexTypeDefinitionNode complex:
                _out.Append(complex.Kind == SyntaxKind.ObjectTypeDefinition ? "type " : "interface ");
                _out.Append(complex.Name.Value);
                if (complex.Interfaces.Length > 0)
                {
                    Join(" implements ", complex.Interfaces, " & ", "");
                }

                WriteDirectives(complex.Directives);
                WriteOptionalBlock(complex.Fields);
                break;
            case UnionTypeDefinitionNode union:
                WriteHead("union ", union);
                if (union.Types.Length > 0)
                {
                    Join(" = ", union.Types, " | ", "");
                }

                break;
            case EnumTypeDefinitionNode type:
                WriteHead("enum ", type);
                WriteOptionalBlock(type.Values);
                break;
            case InputObjectTypeDefinitionNode input:
                WriteHead("input ", input);
                WriteOptionalBlock(input.Fields);
                break;
            case DirectiveDefinitionNode directive:
                _out.Append("directive @").Append(directive.Name.Value);
                WriteParameters(directive.Arguments);
                _out.Append(directive.IsRepeatable ? " repeatable" : "").Append(" on ");
                _out.AppendJoin(" | ", directive.Locations);
                break;
        }
    }

    private void WriteHead(string keyword, TypeDefinitionNode type)
    {
        _out.Append(keyword).Append(type.Name.Value);
        WriteDirectives(type.Directives);
    }

    private void WriteOptionalBlock<T>(ImmutableArray<T> items)
        where T : SyntaxNode
    {
        if (items.Length > 0)
        {
            _out.Append(' ');
            WriteBlock(items);
        }
    }

    private void WriteMember(MemberDefinitionNode member)
    {
        WriteDescription(member.Description);
        _out.Append(member.Name.Value);
        switch (member)
        {
            case FieldDefinitionNode field:
                WriteParameters(field.Arguments);
                _out.Append(": ");
                Write(field.Type);
                break;
            case InputValueDefinitionNode value:
                _out.Append(": ");
                Write(value.Type);
                if (value.DefaultValue is not null)
                {
                    _out.Append(" = ");
                    Write(value.DefaultValue);
                }

                break;
        }

        WriteDirectives(member.Directives);
    }

    private void WriteParameters(ImmutableArray<InputValueDefinitionNode> parameters)
    {
        if (parameters.Length == 0)
        {
            return;
        }

        if (HasTallItem(parameters))
        {
            _out.Append('(');
            WriteLines(parameters);
            _out.Append(')');
        }
        else
        {
            Join("(", parameters, ", ", ")");
        }
    }
}
