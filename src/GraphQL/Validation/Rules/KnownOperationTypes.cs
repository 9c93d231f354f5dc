using Platform.GraphQL.Language;

namespace Platform.GraphQL.Validation.Rules;

/// <summary>§5.2.1.1 The schema has a root type for the kind of the operation.</summary>
internal sealed class KnownOperationTypes(ValidationContext context) : ValidationRule(context)
{
    protected override string Section => "sec-Operation-Type-Existence";

    public override void EnterOperation(OperationDefinitionNode node)
    {
        if (Context.Schema.RootType(node.Operation) is null)
        {
            Report(
                $"The {node.Operation.ToString().ToLowerInvariant()} operation is not supported by the schema.",
                node.Range);
        }
    }
}
