using Platform.GraphQL.Language;
using Platform.GraphQL.TypeSystem;

namespace Platform.GraphQL.Validation.Rules;

/// <summary>
/// §5.2.4.1 A subscription selects one root field, not one of introspection, and whether it is selected depends on no
/// directive.
/// </summary>
internal sealed class SingleFieldSubscriptions(ValidationContext context) : ValidationRule(context)
{
    protected override string Section => "sec-Single-Root-Field";

    public override void EnterOperation(OperationDefinitionNode node)
    {
        if (node.Operation != OperationType.Subscription || Context.Schema.SubscriptionType is not { } root)
        {
            return;
        }

        var found = new RootFields(Context, root);
        found.Collect(node.SelectionSet);
        var who = node.Name is { } name ? $"Subscription \"{name}\"" : "Anonymous Subscription";
        if (found.Conditions.Count > 0)
        {
            Report(
                $"{who} must not use `@skip` or `@include` directives in the top level selection.", found.Conditions);
            return;
        }

        if (found.Groups.Count > 1)
        {
            Report($"{who} must select only one top level field.", found.Groups.Skip(1).SelectMany(group => group));
        }

        foreach (var group in found.Groups)
        {
            if (group[0].Name.Value.StartsWith("__", StringComparison.Ordinal))
            {
                Report($"{who} must not select an introspection top level field.", group);
            }
        }
    }

    /// <summary>§6.3.2 CollectFields for the root, with all conditions noted.</summary>
    private sealed class RootFields(ValidationContext context, ObjectType root)
    {
        private readonly HashSet<string> _visited = new(StringComparer.Ordinal);

        public List<List<FieldNode>> Groups { get; } = [];

        public List<DirectiveNode> Conditions { get; } = [];

        public void Collect(SelectionSetNode set)
        {
            System.Runtime.CompilerServices.RuntimeHelpers.EnsureSufficientExecutionStack();
            foreach (var selection in set.Selections)
            {
                Conditions.AddRange(selection.Directives.Where(d =>
                    d.Name.Value is WellKnownDirectives.Skip or WellKnownDirectives.Include));
                switch (selection)
                {
                    case FieldNode field:
                        Add(field);
                        break;
                    case InlineFragmentNode inline when Applies(inline.TypeCondition):
                        Collect(inline.SelectionSet);
                        break;
                    case FragmentSpreadNode spread when _visited.Add(spread.Name.Value):
                        if (context.FindFragment(spread.Name.Value) is { } fragment && Applies(fragment.TypeCondition))
                        {
                            Collect(fragment.SelectionSet);
                        }

                        break;
                }
            }
        }

        private void Add(FieldNode field)
        {
            var group = Groups.Find(known => known[0].ResponseName == field.ResponseName);
            if (group is null)
            {
                Groups.Add([field]);
            }
            else
            {
                group.Add(field);
            }
        }

        private bool Applies(NamedTypeNode? condition) => condition is null ||
            context.Schema.FindType(condition.Name.Value) is { } type &&
            (ReferenceEquals(type, root) || (type is IAbstractType possible && possible.Includes(root)));
    }
}
