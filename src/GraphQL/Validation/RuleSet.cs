using System.Collections.Frozen;
using Platform.GraphQL.Validation.Rules;
using Platform.GraphQL.Validation.SchemaDocumentRules;

namespace Platform.GraphQL.Validation;

/// <summary>Rules in their order, and for every kind of node those that want to see it.</summary>
internal sealed class RuleSet
{
    private readonly Func<ValidationContext, ValidationRule>[] _rules;
    private readonly FrozenDictionary<string, int[]> _interested;

    private RuleSet(params (Type Type, Func<ValidationContext, ValidationRule> Create)[] rules)
    {
        _rules = [.. rules.Select(rule => rule.Create)];
        _interested = typeof(ValidationRule).GetMethods()
            .Where(method => method.IsVirtual && method.DeclaringType == typeof(ValidationRule))
            .ToFrozenDictionary(
                hook => hook.Name,
                hook => Enumerable.Range(0, rules.Length)
                    .Where(i => rules[i].Type.GetMethod(hook.Name)!.DeclaringType != typeof(ValidationRule))
                    .ToArray(),
                StringComparer.Ordinal);
        Hooks = new Hooks(this);
    }

    public Hooks Hooks { get; }

    /// <summary>§5, in the order of the reference implementation, whose errors clients compare with.</summary>
    public static RuleSet Executable { get; } = new(
        Rule(context => new ExecutableDefinitions(context)),
        Rule(context => new KnownOperationTypes(context)),
        Rule(context => new UniqueOperationNames(context)),
        Rule(context => new LoneAnonymousOperation(context)),
        Rule(context => new SingleFieldSubscriptions(context)),
        Rule(context => new KnownTypeNames(context)),
        Rule(context => new FragmentsOnCompositeTypes(context)),
        Rule(context => new VariablesAreInputTypes(context)),
        Rule(context => new ScalarLeafs(context)),
        Rule(context => new FieldsOnCorrectType(context)),
        Rule(context => new UniqueFragmentNames(context)),
        Rule(context => new KnownFragmentNames(context)),
        Rule(context => new NoUnusedFragments(context)),
        Rule(context => new PossibleFragmentSpreads(context)),
        Rule(context => new NoFragmentCycles(context)),
        Rule(context => new UniqueVariableNames(context)),
        Rule(context => new NoUndefinedVariables(context)),
        Rule(context => new NoUnusedVariables(context)),
        Rule(context => new KnownDirectives(context)),
        Rule(context => new UniqueDirectivesPerLocation(context)),
        Rule(context => new DeferStreamDirectiveOnRootField(context)),
        Rule(context => new DeferStreamDirectiveOnValidOperations(context)),
        Rule(context => new DeferStreamDirectiveLabel(context)),
        Rule(context => new StreamDirectiveOnListField(context)),
        Rule(context => new KnownArgumentNames(context)),
        Rule(context => new UniqueArgumentNames(context)),
        Rule(context => new ValuesOfCorrectType(context)),
        Rule(context => new ProvidedRequiredArguments(context)),
        Rule(context => new VariablesInAllowedPosition(context)),
        Rule(context => new OverlappingFieldsCanBeMerged(context)),
        Rule(context => new UniqueInputFieldNames(context)),
        Rule(context => new MaxIntrospectionDepth(context)));

    /// <summary>§3, what can be said of a schema document before there is a schema.</summary>
    public static RuleSet SchemaDocument { get; } = new(
        Rule(context => new LoneSchemaDefinition(context)),
        Rule(context => new UniqueOperationTypes(context)),
        Rule(context => new UniqueTypeNames(context)),
        Rule(context => new UniqueEnumValueNames(context)),
        Rule(context => new UniqueFieldDefinitionNames(context)),
        Rule(context => new UniqueArgumentDefinitionNames(context)),
        Rule(context => new UniqueDirectiveNames(context)),
        Rule(context => new KnownTypeNames(context)),
        Rule(context => new KnownDirectives(context)),
        Rule(context => new UniqueDirectivesPerLocation(context)),
        Rule(context => new PossibleTypeExtensions(context)),
        Rule(context => new KnownArgumentNames(context)),
        Rule(context => new UniqueArgumentNames(context)),
        Rule(context => new UniqueInputFieldNames(context)),
        Rule(context => new ProvidedRequiredArguments(context)));

    /// <summary>Only the variables, for the memory of where each is used.</summary>
    public static RuleSet Variables { get; } = new(Rule(context => new VariableUsages.Collector(context)));

    public ValidationRule[] Create(ValidationContext context)
    {
        var rules = new ValidationRule[_rules.Length];
        for (var index = 0; index < rules.Length; index++)
        {
            rules[index] = _rules[index](context);
        }

        return rules;
    }

    /// <summary>The places, in the set, of the rules that override this hook.</summary>
    public int[] InterestedIn(string hook) => _interested[hook];

    private static (Type Type, Func<ValidationContext, ValidationRule> Create) Rule<T>(Func<ValidationContext, T> create)
        where T : ValidationRule => (typeof(T), create);
}
