using Platform.GraphQL.Language;

namespace Platform.GraphQL.Validation.SchemaDocumentRules;

/// <summary>§3.3.1 Each kind of operation has one root type.</summary>
internal sealed class UniqueOperationTypes(ValidationContext context) : ValidationRule(context)
{
    private readonly Dictionary<OperationType, SourceRange> _defined = [];

    protected override string Section => "sec-Root-Operation-Types";

    public override void EnterTypeSystemDefinition(TypeSystemDefinitionNode node)
    {
        if (node is not SchemaDefinitionNode schema)
        {
            return;
        }

        foreach (var operation in schema.OperationTypes)
        {
            if (!_defined.TryAdd(operation.Operation, operation.Range))
            {
                Report(
                    $"There can be only one {operation.Operation.ToString().ToLowerInvariant()} type in schema.",
                    _defined[operation.Operation],
                    operation.Range);
            }
        }
    }
}
