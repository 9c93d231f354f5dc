using System.Text;
using Platform.GraphQL.Language;

namespace Platform.GraphQL.TypeSystem;

/// <summary>
/// The schema as a document, with all its directives: the same schema gives the same text. Lines longer than eighty
/// characters are broken at their directives, arguments and locations, as HotChocolate prints them.
/// </summary>
public static partial class SchemaPrinter
{
    private const int WidestLine = 80;

    public static string Print(Schema schema)
    {
        var blocks = new List<string>();
        if (SchemaBlock(schema) is { } block)
        {
            blocks.Add(block);
        }

        blocks.AddRange(schema.Types.Where(IsPrinted).Select(Print));
        blocks.AddRange(schema.DirectiveTypes.Where(directive => !directive.IsSpecified).Select(Print));
        return string.Join("\n\n", blocks) + "\n";
    }

    /// <summary>One type as its definition.</summary>
    public static string Print(NamedType type)
    {
        var text = new StringBuilder();
        AppendDescription(text, type.Description, "");
        var head = $"{Keyword(type)} {type.Name}{Implements(type)}";
        text.Append(head);
        AppendDirectives(text, type.Directives, head.Length, "");
        AppendBody(text, type);
        return text.ToString();
    }

    /// <summary>One directive as its definition.</summary>
    public static string Print(DirectiveType directive)
    {
        var text = new StringBuilder();
        AppendDescription(text, directive.Description, "");
        var start = text.Length;
        text.Append("directive @").Append(directive.Name);
        AppendArguments(text, directive.Arguments, "", 0);
        text.Append(directive.IsRepeatable ? " repeatable on" : " on");
        var locations = directive.Locations.SelectMany(location => DirectiveLocations.NamesOf(location)).ToList();
        var line = text.ToString(start, text.Length - start);
        var width = line.Length - (line.LastIndexOf('\n') + 1) + 1 + string.Join(" | ", locations).Length;
        if (width <= WidestLine)
        {
            return text.Append(' ').AppendJoin(" | ", locations).ToString();
        }

        foreach (var location in locations)
        {
            text.Append("\n  | ").Append(location);
        }

        return text.ToString();
    }

    private static bool IsPrinted(NamedType type) =>
        !type.IsIntrospection && !(type is ScalarType && CustomScalars.IsSpecified(type.Name));

    private static string Keyword(NamedType type) => type.Kind switch
    {
        TypeKind.Scalar => "scalar",
        TypeKind.Object => "type",
        TypeKind.Interface => "interface",
        TypeKind.Union => "union",
        TypeKind.Enum => "enum",
        TypeKind.InputObject => "input",
        TypeKind.List or TypeKind.NonNull => throw new ArgumentException("A wrapper has no definition.", nameof(type)),
    };

    private static string Implements(NamedType type) => type is ComplexType { Interfaces.Length: > 0 } complex
        ? " implements " + string.Join(" & ", complex.Interfaces)
        : "";

    private static string? SchemaBlock(Schema schema)
    {
        var roots = new[] { OperationType.Query, OperationType.Mutation, OperationType.Subscription }
            .Where(operation => schema.RootType(operation) is not null)
            .Select(operation => $"\n  {operation.ToString().ToLowerInvariant()}: {schema.RootType(operation)}")
            .ToList();
        if (roots.Count == 0)
        {
            return null;
        }

        var text = new StringBuilder();
        AppendDescription(text, schema.Description, "");
        text.Append("schema");
        AppendDirectives(text, schema.Directives, "schema".Length, "");
        return text.Append(" {").AppendJoin("", roots).Append("\n}").ToString();
    }

    private static void AppendBody(StringBuilder text, NamedType type)
    {
        switch (type)
        {
            case ComplexType complex:
                AppendMembers(text, complex.Fields, AppendField);
                break;
            case InputObjectType input:
                AppendMembers(text, input.Fields, (target, field) => AppendInputValue(target, field, "  "));
                break;
            case EnumType names:
                AppendMembers(text, names.Values, AppendEnumValue);
                break;
            case UnionType { PossibleTypes.Length: > 0 } union:
                var line = $" = {string.Join(" | ", union.PossibleTypes)}";
                var width = "union ".Length + union.Name.Length + line.Length;
                text.Append(width <= WidestLine ? line : $" =\n  | {string.Join("\n  | ", union.PossibleTypes)}");
                break;
        }
    }

    private static void AppendMembers<T>(StringBuilder text, MemberTable<T> members, Action<StringBuilder, T> append)
        where T : SchemaElement
    {
        if (members.Count == 0)
        {
            return;
        }

        text.Append(" {");
        foreach (var member in members)
        {
            text.Append('\n');
            AppendDescription(text, member.Description, "  ");
            text.Append("  ");
            append(text, member);
        }

        text.Append("\n}");
    }
}
