using Platform.GraphQL.Language;
using Platform.GraphQL.TypeSystem;

namespace Platform.GraphQL.Validation;

/// <summary>The types that belong to the node being visited. The walker sets and restores them.</summary>
internal sealed class TypePosition
{
    /// <summary>The type of the field, fragment or operation around.</summary>
    public GraphQLType? Output { get; set; }

    /// <summary>The type whose fields are selected here.</summary>
    public CompositeType? Parent { get; set; }

    public FieldDefinition? Field { get; set; }

    public DirectiveType? Directive { get; set; }

    public DirectiveNode? DirectiveNode { get; set; }

    public InputValueDefinition? Argument { get; set; }

    /// <summary>The type a value must have here.</summary>
    public GraphQLType? Input { get; set; }

    /// <summary>The type around that: of the list or of the object.</summary>
    public GraphQLType? ParentInput { get; set; }

    /// <summary>The argument or input field whose whole value stands here, when it is one.</summary>
    public InputValueDefinition? InputDefinition { get; set; }
}
