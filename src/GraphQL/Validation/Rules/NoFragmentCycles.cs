using System.Runtime.CompilerServices;
using Platform.GraphQL.Execution;
using Platform.GraphQL.Language;

namespace Platform.GraphQL.Validation.Rules;

/// <summary>§5.5.2.2 No fragment contains itself. Every fragment is searched once.</summary>
internal sealed class NoFragmentCycles(ValidationContext context) : ValidationRule(context)
{
    private readonly HashSet<string> _visited = new(StringComparer.Ordinal);
    private readonly List<FragmentSpreadNode> _path = [];
    private readonly Dictionary<string, int> _onPath = new(StringComparer.Ordinal);

    protected override string Section => "sec-Fragment-Spreads-Must-Not-Form-Cycles";

    public override void EnterFragment(FragmentDefinitionNode node) => Search(node);

    private void Search(FragmentDefinitionNode fragment)
    {
        var name = fragment.Name.Value;
        if (Context.IsFull || !_visited.Add(name))
        {
            return;
        }

        if (!RuntimeHelpers.TryEnsureSufficientExecutionStack())
        {
            Context.Report(
                ErrorCodes.MaxFragmentVisits, Section, "The document's fragments nest too deeply.", fragment.Range);
            return;
        }

        _onPath[name] = _path.Count;
        foreach (var spread in Context.References.SpreadsOf(fragment.SelectionSet))
        {
            _path.Add(spread);
            if (_onPath.TryGetValue(spread.Name.Value, out var start))
            {
                ReportCycle(spread.Name.Value, _path[start..]);
            }
            else if (Context.FindFragment(spread.Name.Value) is { } next)
            {
                Search(next);
            }

            _path.RemoveAt(_path.Count - 1);
        }

        _onPath.Remove(name);
    }

    private void ReportCycle(string name, List<FragmentSpreadNode> cycle)
    {
        var via = string.Join(", ", cycle.Take(cycle.Count - 1).Select(spread => $"\"{spread.Name}\""));
        Report(
            $"Cannot spread fragment \"{name}\" within itself{(via.Length > 0 ? $" via {via}" : "")}.", cycle);
    }
}
