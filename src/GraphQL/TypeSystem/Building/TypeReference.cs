using System.Diagnostics.CodeAnalysis;
using Platform.GraphQL.Language;

namespace Platform.GraphQL.TypeSystem;

/// <summary>
/// Points at a type by name, through any lists and non-null marks, before the type exists. Written as in a schema
/// document: `"[Item!]!"`. The name may also be found only when the schema is built.
/// </summary>
public sealed class TypeReference
{
    private readonly Func<TypeNode> _syntax;
    private TypeNode? _resolved;

    private TypeReference(Func<TypeNode> syntax)
    {
        _syntax = syntax;
    }

    [SuppressMessage("Usage", "CA2225", Justification = "The named alternative is Parse.")]
    public static implicit operator TypeReference(string syntax) => Parse(syntax);

    public static TypeReference Parse(string syntax) => To(GraphQLDocument.ParseType(syntax));

    public static TypeReference To(TypeNode syntax) => new(() => syntax);

    /// <summary>A type whose name is known once everything is configured.</summary>
    public static TypeReference Later(Func<string> name) => new(() => new NamedTypeNode(new NameNode(name())));

    public TypeReference List() => new(() => new ListTypeNode(Syntax));

    public TypeReference NonNull() => new(() => Syntax is NonNullTypeNode ? Syntax : new NonNullTypeNode(Syntax));

    internal TypeNode Syntax => _resolved ??= _syntax();

    public override string ToString() => Syntax.ToString();
}
