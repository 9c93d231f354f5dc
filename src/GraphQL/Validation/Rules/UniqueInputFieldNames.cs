using Platform.GraphQL.Language;

namespace Platform.GraphQL.Validation.Rules;

/// <summary>§5.6.3 A field of an input object is given once.</summary>
internal sealed class UniqueInputFieldNames(ValidationContext context) : ValidationRule(context)
{
    private readonly Stack<UniqueNames> _outer = new();
    private UniqueNames _names = new();

    protected override string Section => "sec-Input-Object-Field-Uniqueness";

    public override void EnterObject(ObjectValueNode node)
    {
        _outer.Push(_names);
        _names = new UniqueNames();
    }

    public override void LeaveObject(ObjectValueNode node) => _names = _outer.Pop();

    public override void EnterObjectField(ObjectFieldNode node)
    {
        var here = At(node, node.Name);
        if (_names.FirstOf(node.Name.Value, here) is { } first)
        {
            Report($"There can be only one input field named \"{node.Name}\".", first, here);
        }
    }
}
