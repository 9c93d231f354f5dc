using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using Platform.GraphQL.Language;
using Platform.GraphQL.TypeSystem;

namespace Platform.GraphQL.Validation;

/// <summary>
/// The one traversal. It keeps the position in the type system and tells every interested rule of every node. Trees
/// from the parser are shallow; the stack check guards trees made in memory.
/// </summary>
internal sealed partial class DocumentWalker
{
    private readonly ValidationContext _context;
    private readonly TypePosition _position;
    private readonly ValidationRule[] _rules;
    private readonly Hooks _hooks;

    public DocumentWalker(ValidationContext context, RuleSet rules)
    {
        _context = context;
        _position = context.Position;
        _rules = rules.Create(context);
        _hooks = rules.Hooks;
    }

    private DocumentWalker(ValidationContext context, TypePosition position, ValidationRule rule, RuleSet rules)
    {
        _context = context;
        _position = position;
        _rules = [rule];
        _hooks = rules.Hooks;
    }

    /// <summary>Walks one definition for one rule, apart from the main traversal.</summary>
    public static void Walk(
        ValidationContext context, TypePosition position, ValidationRule rule, RuleSet rules,
        ExecutableDefinitionNode definition) => new DocumentWalker(context, position, rule, rules).Walk(definition);

    public void Walk()
    {
        foreach (var index in _hooks.EnterDocument)
        {
            _rules[index].EnterDocument(_context.Document);
        }

        foreach (var definition in _context.Document.Definitions)
        {
            if (_context.IsFull)
            {
                return;
            }

            Walk(definition);
        }

        foreach (var index in _hooks.LeaveDocument)
        {
            _rules[index].LeaveDocument(_context.Document);
        }
    }

    private void Walk(DefinitionNode definition)
    {
        switch (definition)
        {
            case OperationDefinitionNode operation:
                WalkOperation(operation);
                break;
            case FragmentDefinitionNode fragment:
                WalkFragment(fragment);
                break;
            case TypeSystemDefinitionNode typeSystem:
                WalkTypeSystem(typeSystem);
                break;
        }
    }

    private void WalkOperation(OperationDefinitionNode node)
    {
        _position.Output = _context.SchemaOrNone?.RootType(node.Operation);
        foreach (var index in _hooks.EnterOperation)
        {
            _rules[index].EnterOperation(node);
        }

        foreach (var variable in node.VariableDefinitions)
        {
            WalkVariableDefinition(variable);
        }

        WalkDirectives(node.Directives, LocationOf(node.Operation));
        WalkSelectionSet(node.SelectionSet, isInline: false);
        foreach (var index in _hooks.LeaveOperation)
        {
            _rules[index].LeaveOperation(node);
        }

        _position.Output = null;
    }

    private void WalkFragment(FragmentDefinitionNode node)
    {
        var type = _context.SchemaOrNone?.FindType(node.TypeCondition.Name.Value);
        _position.Output = type is { IsOutput: true } ? type : null;
        foreach (var index in _hooks.EnterFragment)
        {
            _rules[index].EnterFragment(node);
        }

        WalkNamedType(node.TypeCondition);
        WalkDirectives(node.Directives, DirectiveLocation.FragmentDefinition);
        WalkSelectionSet(node.SelectionSet, isInline: false);
        _position.Output = null;
    }

    private void WalkVariableDefinition(VariableDefinitionNode node)
    {
        var type = _context.SchemaOrNone?.FindType(node.Type);
        _position.Input = type is { IsInput: true } ? type : null;
        foreach (var index in _hooks.EnterVariableDefinition)
        {
            _rules[index].EnterVariableDefinition(node);
        }

        WalkType(node.Type);
        if (node.DefaultValue is not null)
        {
            WalkValue(node.DefaultValue);
        }

        WalkDirectives(node.Directives, DirectiveLocation.VariableDefinition);
        _position.Input = null;
    }

    private void WalkSelectionSet(SelectionSetNode node, bool isInline)
    {
        RuntimeHelpers.EnsureSufficientExecutionStack();
        var parent = _position.Parent;
        _position.Parent = _position.Output?.Named as CompositeType;
        if (!isInline)
        {
            foreach (var index in _hooks.EnterSelectionSet)
            {
                _rules[index].EnterSelectionSet(node);
            }
        }

        foreach (var selection in node.Selections)
        {
            if (_context.IsFull)
            {
                break;
            }

            switch (selection)
            {
                case FieldNode field:
                    WalkField(field);
                    break;
                case FragmentSpreadNode spread:
                    WalkSpread(spread);
                    break;
                case InlineFragmentNode inline:
                    WalkInlineFragment(inline);
                    break;
            }
        }

        _position.Parent = parent;
    }

    private void WalkField(FieldNode node)
    {
        var (output, field) = (_position.Output, _position.Field);
        _position.Field = _position.Parent is null ? null : _context.Schema.FindField(_position.Parent, node.Name.Value);
        _position.Output = _position.Field?.Type;
        foreach (var index in _hooks.EnterField)
        {
            _rules[index].EnterField(node);
        }

        foreach (var argument in node.Arguments)
        {
            WalkArgument(argument);
        }

        WalkDirectives(node.Directives, DirectiveLocation.Field);
        if (node.SelectionSet is not null)
        {
            WalkSelectionSet(node.SelectionSet, isInline: false);
        }

        foreach (var index in _hooks.LeaveField)
        {
            _rules[index].LeaveField(node);
        }

        (_position.Output, _position.Field) = (output, field);
    }

    private void WalkSpread(FragmentSpreadNode node)
    {
        foreach (var index in _hooks.EnterSpread)
        {
            _rules[index].EnterSpread(node);
        }

        WalkDirectives(node.Directives, DirectiveLocation.FragmentSpread);
    }

    private void WalkInlineFragment(InlineFragmentNode node)
    {
        var output = _position.Output;
        GraphQLType? type = node.TypeCondition is null
            ? output?.Named
            : _context.SchemaOrNone?.FindType(node.TypeCondition.Name.Value);
        _position.Output = type is { IsOutput: true } ? type : null;
        foreach (var index in _hooks.EnterInlineFragment)
        {
            _rules[index].EnterInlineFragment(node);
        }

        if (node.TypeCondition is not null)
        {
            WalkNamedType(node.TypeCondition);
        }

        WalkDirectives(node.Directives, DirectiveLocation.InlineFragment);
        WalkSelectionSet(node.SelectionSet, isInline: true);
        _position.Output = output;
    }

    private static DirectiveLocation LocationOf(OperationType operation) => operation switch
    {
        OperationType.Query => DirectiveLocation.Query,
        OperationType.Mutation => DirectiveLocation.Mutation,
        OperationType.Subscription => DirectiveLocation.Subscription,
    };

    private void WalkDirectives(ImmutableArray<DirectiveNode> directives, DirectiveLocation location)
    {
        foreach (var directive in directives)
        {
            WalkDirective(directive, location);
        }
    }

    private void WalkDirective(DirectiveNode node, DirectiveLocation location)
    {
        _position.DirectiveNode = node;
        _position.Directive = _context.SchemaOrNone?.FindDirective(node.Name.Value);
        foreach (var index in _hooks.EnterDirective)
        {
            _rules[index].EnterDirective(node, location);
        }

        foreach (var argument in node.Arguments)
        {
            WalkArgument(argument);
        }

        foreach (var index in _hooks.LeaveDirective)
        {
            _rules[index].LeaveDirective(node);
        }

        _position.Directive = null;
        _position.DirectiveNode = null;
    }
}
