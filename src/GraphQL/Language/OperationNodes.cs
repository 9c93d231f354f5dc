using System.Collections.Immutable;

namespace Platform.GraphQL.Language;

public enum OperationType
{
    Query,
    Mutation,
    Subscription,
}

/// <summary>§2.2 The definitions a service can execute: operations and fragments.</summary>
public abstract class ExecutableDefinitionNode(SelectionSetNode selectionSet) : DefinitionNode
{
    public SelectionSetNode SelectionSet { get; } = selectionSet;

    public ImmutableArray<VariableDefinitionNode> VariableDefinitions { get; init; } = [];
}

/// <summary>§2.3 A query, mutation or subscription.</summary>
public sealed class OperationDefinitionNode(OperationType operation, NameNode? name, SelectionSetNode selectionSet)
    : ExecutableDefinitionNode(selectionSet)
{
    public override SyntaxKind Kind => SyntaxKind.OperationDefinition;

    public OperationType Operation { get; } = operation;

    public NameNode? Name { get; } = name;
}

/// <summary>§2.8 A named selection that operations share.</summary>
public sealed class FragmentDefinitionNode(NameNode name, NamedTypeNode typeCondition, SelectionSetNode selectionSet)
    : ExecutableDefinitionNode(selectionSet)
{
    public override SyntaxKind Kind => SyntaxKind.FragmentDefinition;

    public NameNode Name { get; } = name;

    public NamedTypeNode TypeCondition { get; } = typeCondition;
}

/// <summary>§2.10 A variable an operation declares.</summary>
public sealed class VariableDefinitionNode(VariableNode variable, TypeNode type, ValueNode? defaultValue) : SyntaxNode
{
    public override SyntaxKind Kind => SyntaxKind.VariableDefinition;

    public VariableNode Variable { get; } = variable;

    public TypeNode Type { get; } = type;

    public ValueNode? DefaultValue { get; } = defaultValue;

    public StringValueNode? Description { get; init; }

    public ImmutableArray<DirectiveNode> Directives { get; init; } = [];
}

/// <summary>§2.4 What is selected of one object.</summary>
public sealed class SelectionSetNode(ImmutableArray<SelectionNode> selections) : SyntaxNode
{
    public override SyntaxKind Kind => SyntaxKind.SelectionSet;

    public ImmutableArray<SelectionNode> Selections { get; } = selections;
}

public abstract class SelectionNode : SyntaxNode
{
    public ImmutableArray<DirectiveNode> Directives { get; init; } = [];
}

/// <summary>§2.5 A field, perhaps under another name, perhaps with arguments and selections of its own.</summary>
public sealed class FieldNode(NameNode name) : SelectionNode
{
    public override SyntaxKind Kind => SyntaxKind.Field;

    public NameNode Name { get; } = name;

    public NameNode? Alias { get; init; }

    public ImmutableArray<ArgumentNode> Arguments { get; init; } = [];

    public SelectionSetNode? SelectionSet { get; init; }

    /// <summary>The key of the field in the response: its alias, or else its name.</summary>
    public string ResponseName => Alias?.Value ?? Name.Value;
}

/// <summary>§2.8 `...Name`.</summary>
public sealed class FragmentSpreadNode(NameNode name) : SelectionNode
{
    public override SyntaxKind Kind => SyntaxKind.FragmentSpread;

    public NameNode Name { get; } = name;
}

/// <summary>§2.8.2 `... on Type { }`.</summary>
public sealed class InlineFragmentNode(NamedTypeNode? typeCondition, SelectionSetNode selectionSet) : SelectionNode
{
    public override SyntaxKind Kind => SyntaxKind.InlineFragment;

    public NamedTypeNode? TypeCondition { get; } = typeCondition;

    public SelectionSetNode SelectionSet { get; } = selectionSet;
}

/// <summary>§2.6 A named value given to a field or a directive.</summary>
public sealed class ArgumentNode(NameNode name, ValueNode value) : SyntaxNode
{
    public override SyntaxKind Kind => SyntaxKind.Argument;

    public NameNode Name { get; } = name;

    public ValueNode Value { get; } = value;
}

/// <summary>§2.12 `@name(arguments)`.</summary>
public sealed class DirectiveNode(NameNode name, ImmutableArray<ArgumentNode> arguments) : SyntaxNode
{
    public override SyntaxKind Kind => SyntaxKind.Directive;

    public NameNode Name { get; } = name;

    public ImmutableArray<ArgumentNode> Arguments { get; } = arguments;
}
