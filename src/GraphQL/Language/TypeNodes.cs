namespace Platform.GraphQL.Language;

/// <summary>§2.11 A reference to a type.</summary>
public abstract class TypeNode : SyntaxNode
{
    /// <summary>The name within all lists and non-null marks.</summary>
    public string NamedType
    {
        get
        {
            var type = this;
            while (true)
            {
                switch (type)
                {
                    case ListTypeNode list:
                        type = list.Type;
                        break;
                    case NonNullTypeNode nonNull:
                        type = nonNull.Type;
                        break;
                    default:
                        return ((NamedTypeNode)type).Name.Value;
                }
            }
        }
    }
}

public sealed class NamedTypeNode(NameNode name) : TypeNode
{
    public override SyntaxKind Kind => SyntaxKind.NamedType;

    public NameNode Name { get; } = name;
}

public sealed class ListTypeNode(TypeNode type) : TypeNode
{
    public override SyntaxKind Kind => SyntaxKind.ListType;

    public TypeNode Type { get; } = type;
}

public sealed class NonNullTypeNode(TypeNode type) : TypeNode
{
    public override SyntaxKind Kind => SyntaxKind.NonNullType;

    public TypeNode Type { get; } = type;
}
