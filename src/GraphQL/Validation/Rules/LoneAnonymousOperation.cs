using Platform.GraphQL.Language;

namespace Platform.GraphQL.Validation.Rules;

/// <summary>§5.2.3.1 An operation without a name is alone.</summary>
internal sealed class LoneAnonymousOperation(ValidationContext context) : ValidationRule(context)
{
    private int _operations;

    protected override string Section => "sec-Lone-Anonymous-Operation";

    public override void EnterDocument(DocumentNode node)
    {
        foreach (var definition in node.Definitions)
        {
            _operations += definition is OperationDefinitionNode ? 1 : 0;
        }
    }

    public override void EnterOperation(OperationDefinitionNode node)
    {
        if (node.Name is null && _operations > 1)
        {
            Report("This anonymous operation must be the only defined operation.", node.Range);
        }
    }
}
