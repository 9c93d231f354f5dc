using Platform.GraphQL.Language;

namespace Platform.GraphQL.Validation.Rules;

/// <summary>§5.2.2.1 Every operation of a document has a name of its own.</summary>
internal sealed class UniqueOperationNames(ValidationContext context) : ValidationRule(context)
{
    private UniqueNames _names = new();

    protected override string Section => "sec-Operation-Name-Uniqueness";

    public override void EnterOperation(OperationDefinitionNode node)
    {
        if (node.Name is { } name && _names.FirstOf(name.Value, At(node, name)) is { } first)
        {
            Report($"There can be only one operation named \"{name}\".", first, At(node, name));
        }
    }
}
