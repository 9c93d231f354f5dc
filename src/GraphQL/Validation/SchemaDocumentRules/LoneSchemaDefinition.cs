using Platform.GraphQL.Language;

namespace Platform.GraphQL.Validation.SchemaDocumentRules;

/// <summary>§3.3 A document defines its schema once.</summary>
internal sealed class LoneSchemaDefinition(ValidationContext context) : ValidationRule(context)
{
    private bool _isDefined;

    protected override string Section => "sec-Schema";

    public override void EnterTypeSystemDefinition(TypeSystemDefinitionNode node)
    {
        if (node is not SchemaDefinitionNode { IsExtension: false })
        {
            return;
        }

        if (_isDefined)
        {
            Report("Must provide only one schema definition.", node.Range);
        }

        _isDefined = true;
    }
}
