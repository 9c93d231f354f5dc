using Platform.GraphQL.Language;
using Platform.GraphQL.TypeSystem;

namespace Platform.GraphQL.Validation;

/// <summary>A variable in a value, and what is expected where it stands.</summary>
internal readonly record struct VariableUsage(
    VariableNode Node, GraphQLType? Type, InputValueDefinition? Definition, GraphQLType? ParentType);

/// <summary>
/// §5.8 Where an operation uses its variables, in its own selections and in every fragment it reaches. A definition is
/// walked once, however many operations reach it.
/// </summary>
internal sealed class VariableUsages(ValidationContext context)
{
    private readonly Dictionary<ExecutableDefinitionNode, List<VariableUsage>> _byDefinition = [];
    private (OperationDefinitionNode Operation, List<VariableUsage> Usages) _last;

    public IReadOnlyList<VariableUsage> Of(OperationDefinitionNode operation)
    {
        // Three rules ask for the same operation one after the other.
        if (ReferenceEquals(_last.Operation, operation))
        {
            return _last.Usages;
        }

        var usages = new List<VariableUsage>(Within(operation));
        foreach (var fragment in context.References.ReachableFrom(operation))
        {
            var inner = Within(fragment);
            if (!context.References.TrySpend(inner.Count))
            {
                break;
            }

            usages.AddRange(inner);
        }

        _last = (operation, usages);
        return usages;
    }

    private List<VariableUsage> Within(ExecutableDefinitionNode definition)
    {
        if (!_byDefinition.TryGetValue(definition, out var usages))
        {
            var collector = new Collector(context);
            DocumentWalker.Walk(context, collector.Position, collector, RuleSet.Variables, definition);
            _byDefinition[definition] = usages = collector.Usages;
        }

        return usages;
    }

    /// <summary>Notes the variables of one definition.</summary>
    internal sealed class Collector(ValidationContext context) : ValidationRule(context)
    {
        public TypePosition Position { get; } = new();

        public List<VariableUsage> Usages { get; } = [];

        protected override string Section => "sec-Validation.Variables";

        public override void EnterVariable(VariableNode node) => Usages.Add(
            new VariableUsage(node, Position.Input, Position.InputDefinition, Position.ParentInput));
    }
}
