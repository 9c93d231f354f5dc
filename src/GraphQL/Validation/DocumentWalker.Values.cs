using System.Runtime.CompilerServices;
using Platform.GraphQL.Language;
using Platform.GraphQL.TypeSystem;

namespace Platform.GraphQL.Validation;

/// <summary>Arguments, values and type references.</summary>
internal sealed partial class DocumentWalker
{
    private void WalkArgument(ArgumentNode node)
    {
        var (input, parentInput) = (_position.Input, _position.ParentInput);
        var arguments = _position.Directive?.Arguments ?? _position.Field?.Arguments;
        _position.Argument = arguments?.Find(node.Name.Value);
        _position.InputDefinition = _position.Argument;
        _position.ParentInput = input;
        _position.Input = _position.Argument?.Type;
        foreach (var index in _hooks.EnterArgument)
        {
            _rules[index].EnterArgument(node);
        }

        WalkValue(node.Value);
        _position.Argument = null;
        _position.InputDefinition = null;
        (_position.Input, _position.ParentInput) = (input, parentInput);
    }

    private void WalkValue(ValueNode node)
    {
        RuntimeHelpers.EnsureSufficientExecutionStack();
        switch (node)
        {
            case ListValueNode list:
                WalkList(list);
                break;
            case ObjectValueNode map:
                WalkObject(map);
                break;
            case VariableNode variable:
                foreach (var index in _hooks.EnterVariable)
                {
                    _rules[index].EnterVariable(variable);
                }

                break;
            default:
                foreach (var index in _hooks.EnterPlainValue)
                {
                    _rules[index].EnterPlainValue(node);
                }

                break;
        }
    }

    private void WalkList(ListValueNode node)
    {
        var (input, parentInput, definition) = (_position.Input, _position.ParentInput, _position.InputDefinition);
        var type = input?.Nullable;
        _position.ParentInput = input;
        _position.Input = type is ListType list ? list.Item : type;
        _position.InputDefinition = null;
        foreach (var index in _hooks.EnterList)
        {
            _rules[index].EnterList(node);
        }

        foreach (var value in node.Values)
        {
            WalkValue(value);
        }

        foreach (var index in _hooks.LeaveList)
        {
            _rules[index].LeaveList(node);
        }

        (_position.Input, _position.ParentInput, _position.InputDefinition) = (input, parentInput, definition);
    }

    private void WalkObject(ObjectValueNode node)
    {
        foreach (var index in _hooks.EnterObject)
        {
            _rules[index].EnterObject(node);
        }

        foreach (var field in node.Fields)
        {
            WalkObjectField(field);
        }

        foreach (var index in _hooks.LeaveObject)
        {
            _rules[index].LeaveObject(node);
        }
    }

    private void WalkObjectField(ObjectFieldNode node)
    {
        var (input, parentInput, definition) = (_position.Input, _position.ParentInput, _position.InputDefinition);
        _position.InputDefinition = (input?.Named as InputObjectType)?.Fields.Find(node.Name.Value);
        _position.ParentInput = input;
        _position.Input = _position.InputDefinition?.Type;
        foreach (var index in _hooks.EnterObjectField)
        {
            _rules[index].EnterObjectField(node);
        }

        WalkValue(node.Value);
        (_position.Input, _position.ParentInput, _position.InputDefinition) = (input, parentInput, definition);
    }

    private void WalkType(TypeNode node)
    {
        var type = node;
        while (type is not NamedTypeNode)
        {
            type = type is ListTypeNode list ? list.Type : ((NonNullTypeNode)type).Type;
        }

        WalkNamedType((NamedTypeNode)type);
    }

    private void WalkNamedType(NamedTypeNode node)
    {
        foreach (var index in _hooks.EnterNamedType)
        {
            _rules[index].EnterNamedType(node);
        }
    }
}
