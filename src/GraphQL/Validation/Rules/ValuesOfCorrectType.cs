using Platform.GraphQL.Execution;
using Platform.GraphQL.Language;
using Platform.GraphQL.TypeSystem;

namespace Platform.GraphQL.Validation.Rules;

/// <summary>§5.6.1, §5.6.2, §5.6.4 Literals are values of the type expected where they stand.</summary>
internal sealed class ValuesOfCorrectType(ValidationContext context) : ValidationRule(context)
{
    // The list or object that was refused as a whole; nothing within it is looked at.
    private ValueNode? _refused;

    protected override string Section => "sec-Values-of-Correct-Type";

    public override void EnterList(ListValueNode node)
    {
        if (_refused is null && Context.Position.ParentInput?.Nullable is not ListType)
        {
            CheckLeaf(node);
            _refused = node;
        }
    }

    public override void LeaveList(ListValueNode node) => Leave(node);

    public override void EnterObject(ObjectValueNode node)
    {
        if (_refused is not null)
        {
            return;
        }

        if (Context.Position.Input?.Named is not InputObjectType type)
        {
            CheckLeaf(node);
            _refused = node;
            return;
        }

        var given = new Dictionary<string, ValueNode>(StringComparer.Ordinal);
        foreach (var field in node.Fields)
        {
            given[field.Name.Value] = field.Value;
        }

        foreach (var field in type.Fields.AsSpan())
        {
            if (field.IsRequired && !given.ContainsKey(field.Name))
            {
                Report($"Field \"{type}.{field.Name}\" of required type \"{field.Type}\" was not provided.", node.Range);
            }
        }

        if (type.IsOneOf)
        {
            CheckOneOf(type, given, node);
        }
    }

    public override void LeaveObject(ObjectValueNode node) => Leave(node);

    public override void EnterObjectField(ObjectFieldNode node)
    {
        if (_refused is null && Context.Position.Input is null &&
            Context.Position.ParentInput?.Named is InputObjectType type)
        {
            var suggestion = Context.ShowsSuggestions
                ? NameSuggestions.DidYouMean(node.Name.Value, type.Fields.Select(field => field.Name))
                : "";
            Report($"Field \"{node.Name}\" is not defined by type \"{type}\".{suggestion}", node.Range);
        }
    }

    public override void EnterPlainValue(ValueNode node)
    {
        if (_refused is not null)
        {
            return;
        }

        if (node is not NullValueNode)
        {
            CheckLeaf(node);
        }
        else if (Context.Position.Input is NonNullType type)
        {
            Report($"Expected value of type \"{type}\", found null.", node.Range);
        }
    }

    private void Leave(ValueNode node)
    {
        if (ReferenceEquals(_refused, node))
        {
            _refused = null;
        }
    }

    private void CheckLeaf(ValueNode node)
    {
        switch (Context.Position.Input?.Named)
        {
            case null:
                break;
            case EnumType type:
                CheckEnum(type, node);
                break;
            case ScalarType type:
                var reading = type.Format.ReadLiteral(node, NoVariables.Instance);
                if (!reading.IsValid)
                {
                    Report(reading.Error!, node.Range);
                }

                break;
            default:
                Report($"Expected value of type \"{Context.Position.Input}\", found {node}.", node.Range);
                break;
        }
    }

    private void CheckEnum(EnumType type, ValueNode node)
    {
        if (node is not EnumValueNode name)
        {
            Report($"Enum \"{type}\" cannot represent non-enum value: {node}.{Suggest(type, node)}", node.Range);
        }
        else if (!type.Values.Contains(name.Value))
        {
            Report($"Value \"{name}\" does not exist in \"{type}\" enum.{Suggest(type, node)}", node.Range);
        }
    }

    private string Suggest(EnumType type, ValueNode node) => Context.ShowsSuggestions
        ? NameSuggestions.DidYouMean("the enum value", node.ToString(), type.Values.Select(value => value.Name))
        : "";

    private void CheckOneOf(InputObjectType type, Dictionary<string, ValueNode> given, ObjectValueNode node)
    {
        if (given.Count != 1)
        {
            Context.Report(
                given.Count == 0 ? ErrorCodes.OneOfNoField : ErrorCodes.OneOfManyFields,
                Section,
                $"OneOf Input Object \"{type}\" must specify exactly one key.",
                node.Range);
        }
        else if (given.Single() is { Value: NullValueNode } field)
        {
            Context.Report(
                ErrorCodes.OneOfNullField, Section, $"Field \"{type}.{field.Key}\" must be non-null.", node.Range);
        }
    }
}
