namespace Platform.GraphQL.Validation;

/// <summary>For every kind of visit, the places of the rules that want it; computed once per set of rules.</summary>
internal sealed class Hooks
{
    private readonly RuleSet _rules;

    public Hooks(RuleSet rules)
    {
        _rules = rules;
        EnterDocument = Find(nameof(EnterDocument));
        LeaveDocument = Find(nameof(LeaveDocument));
        EnterOperation = Find(nameof(EnterOperation));
        LeaveOperation = Find(nameof(LeaveOperation));
        EnterFragment = Find(nameof(EnterFragment));
        EnterVariableDefinition = Find(nameof(EnterVariableDefinition));
        EnterSelectionSet = Find(nameof(EnterSelectionSet));
        EnterField = Find(nameof(EnterField));
        LeaveField = Find(nameof(LeaveField));
        EnterSpread = Find(nameof(EnterSpread));
        EnterInlineFragment = Find(nameof(EnterInlineFragment));
        EnterArgument = Find(nameof(EnterArgument));
        EnterDirective = Find(nameof(EnterDirective));
        LeaveDirective = Find(nameof(LeaveDirective));
        EnterNamedType = Find(nameof(EnterNamedType));
        EnterVariable = Find(nameof(EnterVariable));
        EnterPlainValue = Find(nameof(EnterPlainValue));
        EnterList = Find(nameof(EnterList));
        LeaveList = Find(nameof(LeaveList));
        EnterObject = Find(nameof(EnterObject));
        LeaveObject = Find(nameof(LeaveObject));
        EnterObjectField = Find(nameof(EnterObjectField));
        EnterMemberDefinition = Find(nameof(EnterMemberDefinition));
        EnterTypeSystemDefinition = Find(nameof(EnterTypeSystemDefinition));
    }

    public int[] EnterDocument { get; }

    public int[] LeaveDocument { get; }

    public int[] EnterOperation { get; }

    public int[] LeaveOperation { get; }

    public int[] EnterFragment { get; }

    public int[] EnterVariableDefinition { get; }

    public int[] EnterSelectionSet { get; }

    public int[] EnterField { get; }

    public int[] LeaveField { get; }

    public int[] EnterSpread { get; }

    public int[] EnterInlineFragment { get; }

    public int[] EnterArgument { get; }

    public int[] EnterDirective { get; }

    public int[] LeaveDirective { get; }

    public int[] EnterNamedType { get; }

    public int[] EnterVariable { get; }

    public int[] EnterPlainValue { get; }

    public int[] EnterList { get; }

    public int[] LeaveList { get; }

    public int[] EnterObject { get; }

    public int[] LeaveObject { get; }

    public int[] EnterObjectField { get; }

    public int[] EnterMemberDefinition { get; }

    public int[] EnterTypeSystemDefinition { get; }

    private int[] Find(string hook) => _rules.InterestedIn(hook);
}
