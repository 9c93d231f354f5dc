using Platform.GraphQL.Language;

namespace Platform.GraphQL.Validation.Rules;

/// <summary>§5.3.3 Leaves have no selection, everything else has one.</summary>
internal sealed class ScalarLeafs(ValidationContext context) : ValidationRule(context)
{
    protected override string Section => "sec-Leaf-Field-Selections";

    public override void EnterField(FieldNode node)
    {
        if (Context.Position.Output is not { } type)
        {
            return;
        }

        if (type.Named.IsLeaf)
        {
            if (node.SelectionSet is { } selection)
            {
                Report(
                    $"Field \"{node.Name}\" must not have a selection since type \"{type}\" has no subfields.",
                    selection.Range);
            }
        }
        else if (node.SelectionSet is null)
        {
            // The hint repeats only what the client wrote; it tells nothing about the schema.
            Report(
                $"Field \"{node.Name}\" of type \"{type}\" must have a selection of subfields. " +
                $"Did you mean \"{node.Name} {{ ... }}\"?",
                node.Range);
        }
        else if (node.SelectionSet.Selections.Length == 0)
        {
            Report($"Field \"{node.Name}\" of type \"{type}\" must have at least one field selected.", node.Range);
        }
    }
}
