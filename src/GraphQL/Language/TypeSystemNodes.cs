using System.Collections.Immutable;

namespace Platform.GraphQL.Language;

/// <summary>§3 A definition of the type system, or the extension of one (`extend …`): both have the same parts.</summary>
public abstract class TypeSystemDefinitionNode : DefinitionNode
{
    public bool IsExtension { get; init; }
}

/// <summary>§3.3 `schema { query: Query }`.</summary>
public sealed class SchemaDefinitionNode(ImmutableArray<OperationTypeDefinitionNode> operationTypes)
    : TypeSystemDefinitionNode
{
    public override SyntaxKind Kind => SyntaxKind.SchemaDefinition;

    public ImmutableArray<OperationTypeDefinitionNode> OperationTypes { get; } = operationTypes;
}

public sealed class OperationTypeDefinitionNode(OperationType operation, NamedTypeNode type) : SyntaxNode
{
    public override SyntaxKind Kind => SyntaxKind.OperationTypeDefinition;

    public OperationType Operation { get; } = operation;

    public NamedTypeNode Type { get; } = type;
}

/// <summary>§3.4 A named type.</summary>
public abstract class TypeDefinitionNode(NameNode name) : TypeSystemDefinitionNode
{
    public NameNode Name { get; } = name;
}

/// <summary>§3.5 `scalar Name`.</summary>
public sealed class ScalarTypeDefinitionNode(NameNode name) : TypeDefinitionNode(name)
{
    public override SyntaxKind Kind => SyntaxKind.ScalarTypeDefinition;
}

/// <summary>Types with output fields: objects and interfaces.</summary>
public abstract class ComplexTypeDefinitionNode(NameNode name) : TypeDefinitionNode(name)
{
    public ImmutableArray<NamedTypeNode> Interfaces { get; init; } = [];

    public ImmutableArray<FieldDefinitionNode> Fields { get; init; } = [];
}

/// <summary>§3.6 `type Name { }`.</summary>
public sealed class ObjectTypeDefinitionNode(NameNode name) : ComplexTypeDefinitionNode(name)
{
    public override SyntaxKind Kind => SyntaxKind.ObjectTypeDefinition;
}

/// <summary>§3.7 `interface Name { }`.</summary>
public sealed class InterfaceTypeDefinitionNode(NameNode name) : ComplexTypeDefinitionNode(name)
{
    public override SyntaxKind Kind => SyntaxKind.InterfaceTypeDefinition;
}

/// <summary>§3.8 `union Name = A | B`.</summary>
public sealed class UnionTypeDefinitionNode(NameNode name) : TypeDefinitionNode(name)
{
    public override SyntaxKind Kind => SyntaxKind.UnionTypeDefinition;

    public ImmutableArray<NamedTypeNode> Types { get; init; } = [];
}

/// <summary>§3.9 `enum Name { }`.</summary>
public sealed class EnumTypeDefinitionNode(NameNode name) : TypeDefinitionNode(name)
{
    public override SyntaxKind Kind => SyntaxKind.EnumTypeDefinition;

    public ImmutableArray<EnumValueDefinitionNode> Values { get; init; } = [];
}

/// <summary>§3.10 `input Name { }`.</summary>
public sealed class InputObjectTypeDefinitionNode(NameNode name) : TypeDefinitionNode(name)
{
    public override SyntaxKind Kind => SyntaxKind.InputObjectTypeDefinition;

    public ImmutableArray<InputValueDefinitionNode> Fields { get; init; } = [];
}

/// <summary>A described, annotated member of a type.</summary>
public abstract class MemberDefinitionNode(NameNode name) : SyntaxNode
{
    public NameNode Name { get; } = name;

    public StringValueNode? Description { get; init; }

    public ImmutableArray<DirectiveNode> Directives { get; init; } = [];
}

/// <summary>§3.6 A field of an object or interface.</summary>
public sealed class FieldDefinitionNode(NameNode name, TypeNode type) : MemberDefinitionNode(name)
{
    public override SyntaxKind Kind => SyntaxKind.FieldDefinition;

    public TypeNode Type { get; } = type;

    public ImmutableArray<InputValueDefinitionNode> Arguments { get; init; } = [];
}

/// <summary>§3.6.1, §3.10 An argument, or a field of an input object.</summary>
public sealed class InputValueDefinitionNode(NameNode name, TypeNode type) : MemberDefinitionNode(name)
{
    public override SyntaxKind Kind => SyntaxKind.InputValueDefinition;

    public TypeNode Type { get; } = type;

    public ValueNode? DefaultValue { get; init; }
}

/// <summary>§3.9 One value of an enum.</summary>
public sealed class EnumValueDefinitionNode(NameNode name) : MemberDefinitionNode(name)
{
    public override SyntaxKind Kind => SyntaxKind.EnumValueDefinition;
}

/// <summary>§3.13 `directive @name on …`.</summary>
public sealed class DirectiveDefinitionNode(NameNode name) : TypeSystemDefinitionNode
{
    public override SyntaxKind Kind => SyntaxKind.DirectiveDefinition;

    public NameNode Name { get; } = name;

    public ImmutableArray<InputValueDefinitionNode> Arguments { get; init; } = [];

    public bool IsRepeatable { get; init; }

    public ImmutableArray<NameNode> Locations { get; init; } = [];
}
