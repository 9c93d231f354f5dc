using Platform.GraphQL.Execution;
using Platform.GraphQL.Language;

namespace Platform.GraphQL.Validation;

/// <summary>
/// A rule overrides what it wants to see. Enter comes before the children of a node, leave after them; a rule lives
/// for one document.
/// </summary>
internal abstract class ValidationRule(ValidationContext context)
{
    protected ValidationContext Context { get; } = context;

    /// <summary>The anchor of the rule's section in the specification.</summary>
    protected abstract string Section { get; }

    public virtual void EnterDocument(DocumentNode node)
    {
    }

    public virtual void LeaveDocument(DocumentNode node)
    {
    }

    public virtual void EnterOperation(OperationDefinitionNode node)
    {
    }

    public virtual void LeaveOperation(OperationDefinitionNode node)
    {
    }

    public virtual void EnterFragment(FragmentDefinitionNode node)
    {
    }

    public virtual void EnterVariableDefinition(VariableDefinitionNode node)
    {
    }

    /// <summary>A selection set of an operation, a field or a fragment definition; not of an inline fragment.</summary>
    public virtual void EnterSelectionSet(SelectionSetNode node)
    {
    }

    public virtual void EnterField(FieldNode node)
    {
    }

    public virtual void LeaveField(FieldNode node)
    {
    }

    public virtual void EnterSpread(FragmentSpreadNode node)
    {
    }

    public virtual void EnterInlineFragment(InlineFragmentNode node)
    {
    }

    public virtual void EnterArgument(ArgumentNode node)
    {
    }

    public virtual void EnterDirective(DirectiveNode node, DirectiveLocation location)
    {
    }

    public virtual void LeaveDirective(DirectiveNode node)
    {
    }

    public virtual void EnterNamedType(NamedTypeNode node)
    {
    }

    public virtual void EnterVariable(VariableNode node)
    {
    }

    /// <summary>A value without parts: a number, string, boolean, enum value or null.</summary>
    public virtual void EnterPlainValue(ValueNode node)
    {
    }

    public virtual void EnterList(ListValueNode node)
    {
    }

    public virtual void LeaveList(ListValueNode node)
    {
    }

    public virtual void EnterObject(ObjectValueNode node)
    {
    }

    public virtual void LeaveObject(ObjectValueNode node)
    {
    }

    public virtual void EnterObjectField(ObjectFieldNode node)
    {
    }

    /// <summary>A field, argument, input field or enum value in a schema document.</summary>
    public virtual void EnterMemberDefinition(MemberDefinitionNode node)
    {
    }

    public virtual void EnterTypeSystemDefinition(TypeSystemDefinitionNode node)
    {
    }

    protected void Report(string message, params ReadOnlySpan<SourceRange> places) =>
        Context.Report(ErrorCodes.Validation, Section, message, places);

    protected void Report(string message, IEnumerable<SyntaxNode> nodes) =>
        Report(message, [.. nodes.Select(node => node.Range)]);

    /// <summary>Where a name stands within its node.</summary>
    protected static SourceRange At(SyntaxNode node, NameNode name) => node.Range.From(name.Start);
}
