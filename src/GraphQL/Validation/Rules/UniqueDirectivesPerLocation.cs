using System.Collections.Immutable;
using Platform.GraphQL.Language;

namespace Platform.GraphQL.Validation.Rules;

/// <summary>
/// §5.7.3 A directive stands once in one place unless it is repeatable. All definitions and extensions of one type are
/// one place, and so are those of the schema.
/// </summary>
internal sealed class UniqueDirectivesPerLocation(ValidationContext context) : ValidationRule(context)
{
    private Dictionary<string, UniqueNames>? _byType;

    protected override string Section => "sec-Directives-Are-Unique-per-Location";

    public override void EnterDirectives(SyntaxNode holder, ImmutableArray<DirectiveNode> directives)
    {
        var key = holder switch
        {
            SchemaDefinitionNode => "",
            TypeDefinitionNode type => type.Name.Value,
            _ => null,
        };
        if (key is null && directives.Length < 2)
        {
            return;
        }

        var seen = key is null ? new UniqueNames() : (_byType ??= []).GetValueOrDefault(key);
        foreach (var directive in directives)
        {
            if (Context.FindDirective(directive.Name.Value) is { IsRepeatable: false } &&
                seen.FirstOf(directive.Name.Value, directive.Range) is { } first)
            {
                Report(
                    $"The directive \"@{directive.Name}\" can only be used once at this location.",
                    first,
                    directive.Range);
            }
        }

        if (key is not null)
        {
            _byType![key] = seen;
        }
    }
}
