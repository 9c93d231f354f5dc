using System.Collections.Immutable;
using Platform.GraphQL.Language;
using Platform.GraphQL.Validation.Rules;

namespace Platform.GraphQL.Validation.SchemaDocumentRules;

/// <summary>§3.6.1, §3.13 A field or directive takes each argument once.</summary>
internal sealed class UniqueArgumentDefinitionNames(ValidationContext context) : ValidationRule(context)
{
    protected override string Section => "sec-Field-Arguments";

    public override void EnterTypeSystemDefinition(TypeSystemDefinitionNode node)
    {
        switch (node)
        {
            case DirectiveDefinitionNode directive:
                Check($"@{directive.Name}", directive.Arguments);
                break;
            case ComplexTypeDefinitionNode type:
                foreach (var field in type.Fields)
                {
                    Check($"{type.Name}.{field.Name}", field.Arguments);
                }

                break;
        }
    }

    private void Check(string owner, ImmutableArray<InputValueDefinitionNode> arguments)
    {
        foreach (var (name, places) in UniqueNames.Repeated(arguments, a => a.Name, a => a.Range))
        {
            Report($"Argument \"{owner}({name}:)\" can only be defined once.", places);
        }
    }
}
