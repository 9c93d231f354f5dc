using System.Collections.Immutable;
using Platform.GraphQL.Language;
using Platform.GraphQL.TypeSystem;

namespace Platform.GraphQL.Execution.Compilation;

/// <summary>
/// The values of everything that decides a selection's presence: the booleans of @skip, @include, @defer and @stream,
/// and whether the client takes increments at all. One compiled operation is good for one such combination.
/// </summary>
internal sealed class ConditionValues(IVariableValues variables, bool isIncremental)
{
    /// <summary>§3.13.1 @skip, §3.13.2 @include</summary>
    public bool Includes(SelectionNode node) =>
        !IsTrue(node, WellKnownDirectives.Skip, whenAbsent: false) &&
        IsTrue(node, WellKnownDirectives.Include, whenAbsent: true);

    /// <summary>The active @defer of a fragment.</summary>
    public DeferredFragment? DeferOf(SelectionNode node) =>
        isIncremental && Find(node.Directives, WellKnownDirectives.Defer) is { } defer && IsOn(defer)
            ? new DeferredFragment(Label(defer))
            : null;

    /// <summary>The active @stream of a field.</summary>
    public StreamedList? StreamOf(FieldNode node)
    {
        if (!isIncremental || Find(node.Directives, WellKnownDirectives.Stream) is not { } stream || !IsOn(stream))
        {
            return null;
        }

        var initialCount = stream.Arguments.FirstOrDefault(argument => argument.Name.Value == "initialCount");
        return new StreamedList(Label(stream), initialCount?.Value);
    }

    private static string? Label(DirectiveNode directive) =>
        (directive.Arguments.FirstOrDefault(argument => argument.Name.Value == "label")?.Value as StringValueNode)?.Value;

    private static DirectiveNode? Find(ImmutableArray<DirectiveNode> directives, string name)
    {
        foreach (var directive in directives)
        {
            if (directive.Name.Value == name)
            {
                return directive;
            }
        }

        return null;
    }

    private bool IsTrue(SelectionNode node, string directive, bool whenAbsent) =>
        Find(node.Directives, directive) is { } found ? Value(found, "if") is true : whenAbsent;

    private bool IsOn(DirectiveNode directive) => Value(directive, "if") is not false;

    private object? Value(DirectiveNode directive, string argument)
    {
        foreach (var given in directive.Arguments)
        {
            if (given.Name.Value == argument)
            {
                return given.Value switch
                {
                    BooleanValueNode literal => literal.Value,
                    VariableNode variable when variables.TryGetValue(variable.Name.Value, out var value) => value,
                    _ => null,
                };
            }
        }

        return null;
    }
}

internal sealed record DeferredFragment(string? Label);
