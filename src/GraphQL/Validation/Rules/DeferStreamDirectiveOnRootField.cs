using System.Runtime.CompilerServices;
using Platform.GraphQL.Language;
using Platform.GraphQL.TypeSystem;

namespace Platform.GraphQL.Validation.Rules;

/// <summary>Incremental delivery: nothing is deferred or streamed at the root of mutations and subscriptions.</summary>
internal sealed class DeferStreamDirectiveOnRootField(ValidationContext context) : ValidationRule(context)
{
    protected override string Section => "sec-Defer-And-Stream-Directives-Are-Used-On-Valid-Root-Field";

    public override void EnterOperation(OperationDefinitionNode node)
    {
        if (node.Operation != OperationType.Query && Context.Schema.RootType(node.Operation) is { } root &&
            Context.FindDirective(WellKnownDirectives.Defer) is not null)
        {
            var what = $"root {node.Operation.ToString().ToLowerInvariant()} type \"{root}\"";
            Check(node.SelectionSet, what, new HashSet<string>(StringComparer.Ordinal));
        }
    }

    private void Check(SelectionSetNode set, string root, HashSet<string> visited)
    {
        RuntimeHelpers.EnsureSufficientExecutionStack();
        foreach (var selection in set.Selections)
        {
            switch (selection)
            {
                case FieldNode field:
                    Refuse(field, WellKnownDirectives.Stream, root);
                    break;
                case InlineFragmentNode inline:
                    Refuse(inline, WellKnownDirectives.Defer, root);
                    Check(inline.SelectionSet, root, visited);
                    break;
                case FragmentSpreadNode spread when visited.Add(spread.Name.Value):
                    if (Context.FindFragment(spread.Name.Value) is { } fragment)
                    {
                        Refuse(spread, WellKnownDirectives.Defer, root);
                        Check(fragment.SelectionSet, root, visited);
                    }

                    break;
            }
        }
    }

    private void Refuse(SelectionNode selection, string name, string root)
    {
        if (selection.Directives.FirstOrDefault(directive => directive.Name.Value == name) is { } directive)
        {
            var title = char.ToUpperInvariant(name[0]) + name[1..];
            Report($"{title} directive cannot be used on {root}.", directive.Range);
        }
    }
}
