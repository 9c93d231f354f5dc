using System.Runtime.CompilerServices;
using Platform.GraphQL.Language;
using Platform.GraphQL.TypeSystem;

namespace Platform.GraphQL.Validation.Rules;

/// <summary>Incremental delivery: a subscription defers and streams nothing that cannot be switched off.</summary>
internal sealed class DeferStreamDirectiveOnValidOperations(ValidationContext context) : ValidationRule(context)
{
    private readonly HashSet<string> _visited = new(StringComparer.Ordinal);
    private readonly Stack<SyntaxNode> _spreads = new();

    protected override string Section => "sec-Defer-And-Stream-Directives-Are-Used-On-Valid-Operations";

    public override void EnterOperation(OperationDefinitionNode node)
    {
        if (node.Operation == OperationType.Subscription &&
            Context.FindDirective(WellKnownDirectives.Defer) is not null)
        {
            Check(node.SelectionSet);
        }
    }

    private void Check(SelectionSetNode set)
    {
        RuntimeHelpers.EnsureSufficientExecutionStack();
        foreach (var selection in set.Selections.Where(selection => !MayBeSkipped(selection)))
        {
            foreach (var directive in selection.Directives)
            {
                Check(directive);
            }

            switch (selection)
            {
                case FragmentSpreadNode spread when _visited.Add(spread.Name.Value):
                    if (Context.FindFragment(spread.Name.Value) is { } fragment)
                    {
                        _spreads.Push(spread);
                        Check(fragment.SelectionSet);
                        _spreads.Pop();
                    }

                    break;
                case FieldNode { SelectionSet: { } inner }:
                    Check(inner);
                    break;
                case InlineFragmentNode inline:
                    Check(inline.SelectionSet);
                    break;
            }
        }
    }

    private void Check(DirectiveNode directive)
    {
        var name = directive.Name.Value;
        if (name is WellKnownDirectives.Defer or WellKnownDirectives.Stream &&
            Condition(directive) is not (BooleanValueNode { Value: false } or VariableNode))
        {
            Report(
                $"{char.ToUpperInvariant(name[0])}{name[1..]} directive not supported on subscription operations. " +
                $"Disable `@{name}` by setting the `if` argument to `false`.",
                _spreads.Prepend(directive));
        }
    }

    private static bool MayBeSkipped(SelectionNode selection) => selection.Directives.Any(directive =>
        directive.Name.Value switch
        {
            WellKnownDirectives.Skip => Condition(directive) is not BooleanValueNode { Value: false },
            WellKnownDirectives.Include => Condition(directive) is not (null or BooleanValueNode { Value: true }),
            _ => false,
        });

    private static ValueNode? Condition(DirectiveNode directive) =>
        directive.Arguments.FirstOrDefault(argument => argument.Name.Value == "if")?.Value;
}
