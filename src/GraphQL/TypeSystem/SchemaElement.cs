using System.Collections.Immutable;
using System.Text;
using Platform.GraphQL.Language;

namespace Platform.GraphQL.TypeSystem;

/// <summary>Anything in a schema that has a name, a description and directives.</summary>
public abstract class SchemaElement
{
    private protected SchemaElement(ElementConfiguration configuration)
    {
        Name = configuration.Name;
        NameUtf8 = Encoding.UTF8.GetBytes(Name);
        Description = configuration.Description;
        Metadata = configuration.Metadata;
        Syntax = configuration.Syntax;
    }

    public string Name { get; }

    public ReadOnlyMemory<byte> NameUtf8 { get; }

    public string? Description { get; }

    public ImmutableArray<AppliedDirective> Directives { get; internal set; } = [];

    public Metadata Metadata { get; }

    /// <summary>§3.13.3 Why not to use it any more; null while it is in use.</summary>
    public string? DeprecationReason { get; internal set; }

    public bool IsDeprecated => DeprecationReason is not null;

    /// <summary>§3 The name of a feature a client must opt in to (`@requiresOptIn`); null for what is open to all.</summary>
    public IEnumerable<string> RequiredOptIns =>
        Directives.Where(d => d.Name == WellKnownDirectives.RequiresOptIn).Select(d => (string)d.Argument("feature")!);

    /// <summary>The definition in a schema document, when there is one.</summary>
    public SyntaxNode? Syntax { get; }

    public abstract SchemaCoordinate Coordinate { get; }

    /// <summary>The first use of a directive here.</summary>
    public AppliedDirective? Directive(string name)
    {
        foreach (var directive in Directives)
        {
            if (directive.Name == name)
            {
                return directive;
            }
        }

        return null;
    }
}

/// <summary>§3.13 A directive that stands at a schema element, with its arguments as written and as values.</summary>
public sealed class AppliedDirective
{
    internal AppliedDirective(DirectiveNode node, DirectiveType? definition)
    {
        Node = node;
        Definition = definition;
    }

    public string Name => Node.Name.Value;

    public DirectiveNode Node { get; }

    public DirectiveType? Definition { get; }

    /// <summary>The value of an argument, or its default; null when it has neither.</summary>
    public object? Argument(string name)
    {
        var parameter = Definition?.Arguments.Find(name);
        if (parameter is null)
        {
            return null;
        }

        foreach (var argument in Node.Arguments)
        {
            if (argument.Name.Value == name &&
                InputCoercion.TryReadLiteral(argument.Value, parameter.Type, NoVariables.Instance, out var value))
            {
                return value;
            }
        }

        return parameter.DefaultValue;
    }
}
