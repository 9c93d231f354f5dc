using System.Collections.Immutable;

namespace Platform.GraphQL.Language;

/// <summary>§2.9 A value as written in a document.</summary>
public abstract class ValueNode : SyntaxNode;

/// <summary>§2.10 `$name`.</summary>
public sealed class VariableNode(NameNode name) : ValueNode
{
    public override SyntaxKind Kind => SyntaxKind.Variable;

    public NameNode Name { get; } = name;
}

/// <summary>§2.9.1 The digits as written: their size is judged by the type that reads them.</summary>
public sealed class IntValueNode(string value) : ValueNode
{
    public override SyntaxKind Kind => SyntaxKind.IntValue;

    public string Value { get; } = value;
}

/// <summary>§2.9.2 The number as written: its precision is judged by the type that reads it.</summary>
public sealed class FloatValueNode(string value) : ValueNode
{
    public override SyntaxKind Kind => SyntaxKind.FloatValue;

    public string Value { get; } = value;
}

/// <summary>§2.9.4 A string after its escapes are read and, of a block string, its common indent removed.</summary>
public sealed class StringValueNode(string value, StringForm form) : ValueNode
{
    public StringValueNode(string value)
        : this(value, StringForm.Quoted)
    {
    }

    public override SyntaxKind Kind => SyntaxKind.StringValue;

    public string Value { get; } = value;

    public StringForm Form { get; } = form;
}

public enum StringForm
{
    Quoted,
    Block,
}

/// <summary>§2.9.3 `true` or `false`.</summary>
public sealed class BooleanValueNode(bool value) : ValueNode
{
    public override SyntaxKind Kind => SyntaxKind.BooleanValue;

    public bool Value { get; } = value;
}

/// <summary>§2.9.5 `null`.</summary>
public sealed class NullValueNode : ValueNode
{
    public override SyntaxKind Kind => SyntaxKind.NullValue;
}

/// <summary>§2.9.6 A name that is none of `true`, `false`, `null`.</summary>
public sealed class EnumValueNode(string value) : ValueNode
{
    public override SyntaxKind Kind => SyntaxKind.EnumValue;

    public string Value { get; } = value;
}

/// <summary>§2.9.7 `[a, b]`.</summary>
public sealed class ListValueNode(ImmutableArray<ValueNode> values) : ValueNode
{
    public override SyntaxKind Kind => SyntaxKind.ListValue;

    public ImmutableArray<ValueNode> Values { get; } = values;
}

/// <summary>§2.9.8 `{a: 1}`.</summary>
public sealed class ObjectValueNode(ImmutableArray<ObjectFieldNode> fields) : ValueNode
{
    public override SyntaxKind Kind => SyntaxKind.ObjectValue;

    public ImmutableArray<ObjectFieldNode> Fields { get; } = fields;
}

public sealed class ObjectFieldNode(NameNode name, ValueNode value) : SyntaxNode
{
    public override SyntaxKind Kind => SyntaxKind.ObjectField;

    public NameNode Name { get; } = name;

    public ValueNode Value { get; } = value;
}
