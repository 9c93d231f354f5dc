using Platform.GraphQL.Language;
using Platform.GraphQL.TypeSystem;

namespace Platform.GraphQL.Validation.Rules;

/// <summary>§5.3.1 A selected field exists on the type it is selected of.</summary>
internal sealed class FieldsOnCorrectType(ValidationContext context) : ValidationRule(context)
{
    protected override string Section => "sec-Field-Selections";

    public override void EnterField(FieldNode node)
    {
        if (Context.Position is { Parent: { } type, Field: null })
        {
            Report($"Cannot query field \"{node.Name}\" on type \"{type}\".{Suggest(type, node.Name.Value)}", node.Range);
        }
    }

    private string Suggest(CompositeType type, string field)
    {
        if (!Context.ShowsSuggestions)
        {
            return "";
        }

        var types = NameSuggestions.Phrase("to use an inline fragment on ", TypesWith(type, field));
        return types.Length > 0 ? types
            : type is ComplexType complex ? NameSuggestions.DidYouMean(field, complex.Fields.Select(f => f.Name))
            : "";
    }

    // Interfaces that many possible types share come first, and supertypes before their subtypes.
    private static List<string> TypesWith(CompositeType type, string field)
    {
        if (type is not IAbstractType)
        {
            return [];
        }

        var uses = new Dictionary<ComplexType, int>();
        foreach (var possible in type.PossibleTypes.Where(t => t.Fields.Contains(field)))
        {
            uses[possible] = 1;
            foreach (var implemented in possible.Interfaces.Where(i => i.Fields.Contains(field)))
            {
                uses[implemented] = uses.GetValueOrDefault(implemented) + 1;
            }
        }

        var order = Comparer<ComplexType>.Create((left, right) =>
        {
            var byUse = uses[right].CompareTo(uses[left]);
            return byUse != 0 ? byUse
                : left is InterfaceType above && above.Includes(right) ? -1
                : right is InterfaceType below && below.Includes(left) ? 1
                : NaturalOrder.Instance.Compare(left.Name, right.Name);
        });
        return [.. uses.Keys.Order(order).Select(t => t.Name)];
    }
}
