using System.Collections.Concurrent;
using System.Collections.Frozen;
using System.Runtime.CompilerServices;
using System.Text.Json;
using Platform.GraphQL.Execution.Compilation;
using Platform.GraphQL.Language;
using Platform.GraphQL.Limits;
using Platform.GraphQL.TypeSystem;

namespace Platform.GraphQL.Execution;

/// <summary>An operation of a cached document: measured once, compiled once per combination of conditions.</summary>
internal sealed class PreparedOperation
{
    /// <summary>Conditions are the client's to combine; beyond this many compiled forms the rest are compiled when needed.</summary>
    private const int MaxVariants = 32;

    private readonly Schema _schema;
    private readonly IReadOnlyDictionary<string, FragmentDefinitionNode> _fragments;
    private readonly ConcurrentDictionary<VariantKey, CompiledOperation> _variants = new();
    private readonly string[] _conditions;
    private StrongBox<OperationCost>? _fixedCost;
    private CompiledOperation? _unconditional;
    private FrozenSet<FieldDefinition> _fields = [];

    public PreparedOperation(
        Schema schema,
        OperationDefinitionNode node,
        IReadOnlyDictionary<string, FragmentDefinitionNode> fragments,
        PreparedDocument document)
    {
        _schema = schema;
        _fragments = fragments;
        Node = node;
        Document = document;
        Variables = [.. node.VariableDefinitions.Select(SlotOf)];
        var conditions = new SelectionConditions(node, fragments);
        _conditions = conditions.Variables;
        MayBeIncremental = conditions.MayBeIncremental;
    }

    public OperationDefinitionNode Node { get; }

    public PreparedDocument Document { get; }

    public OperationType Type => Node.Operation;

    public string? Name => Node.Name?.Value;

    public OperationKinds Kind => Type switch
    {
        OperationType.Query => OperationKinds.Query,
        OperationType.Mutation => OperationKinds.Mutation,
        OperationType.Subscription => OperationKinds.Subscription,
    };

    public VariableSlot[] Variables { get; }

    public bool MayBeIncremental { get; }

    /// <summary>Some field below the root belongs to introspection, other than <c>__typename</c>.</summary>
    public bool ReadsSchema { get; private set; }

    public IReadOnlySet<FieldDefinition> Fields => _fields;

    /// <summary>Measures the operation; an operation over its limits is not kept.</summary>
    public GraphQLError? Measure(GraphQLLimits limits)
    {
        var refusal = new DocumentMeasure(_schema, _fragments, limits).Check(Node, out _fields);
        ReadsSchema = _fields.Any(field => field.IsIntrospection && field.Name != "__typename");
        return refusal;
    }

    /// <exception cref="GraphQLException">A list without the slicing argument it requires.</exception>
    public OperationCost CostOf(VariableValues variables, JsonElement json)
    {
        if (_fixedCost is { } known)
        {
            return known.Value;
        }

        var inputs = new InputCost(variables, json);
        var cost = new CostAnalysis(_schema, _fragments, inputs).Of(Node);
        _fixedCost = inputs.HasReadVariable ? null : new StrongBox<OperationCost>(cost);
        return cost;
    }

    public CompiledOperation Compile(VariableValues variables, bool isIncremental)
    {
        if (_conditions.Length == 0 && !isIncremental)
        {
            return _unconditional ??= CompileFor(variables, isIncremental: false);
        }

        if (_conditions.Length > 64)
        {
            return CompileFor(variables, isIncremental);
        }

        var key = new VariantKey(BitsOf(variables), isIncremental);
        if (_variants.TryGetValue(key, out var compiled))
        {
            return compiled;
        }

        compiled = CompileFor(variables, isIncremental);
        return _variants.Count < MaxVariants ? _variants.GetOrAdd(key, compiled) : compiled;
    }

    private CompiledOperation CompileFor(VariableValues variables, bool isIncremental)
    {
        // A compiled operation outlives the request, so of its variables it may keep only those its key names.
        var kept = Array.ConvertAll(_conditions, name => variables.TryGetValue(name, out var value) ? value : null);
        var conditions = new ConditionValues(new VariableValues(_conditions, kept), isIncremental);
        var compiler = new OperationCompiler(_schema, _fragments, conditions);
        return new CompiledOperation(compiler.Compile(_schema.RootType(Type)!, [Node.SelectionSet]), Variables);
    }

    private ulong BitsOf(VariableValues variables)
    {
        ulong bits = 0;
        for (var i = 0; i < _conditions.Length; i++)
        {
            bits |= variables.TryGetValue(_conditions[i], out var value) && value is true ? 1UL << i : 0;
        }

        return bits;
    }

    private VariableSlot SlotOf(VariableDefinitionNode node)
    {
        var type = _schema.FindType(node.Type)!;
        object? value = null;
        var hasDefault = node.DefaultValue is not null &&
            InputCoercion.TryReadLiteral(node.DefaultValue, type, NoVariables.Instance, out value);
        return new VariableSlot(node.Variable.Name.Value, type, hasDefault, value, node.Range.Location ?? default);
    }

    private readonly record struct VariantKey(ulong Bits, bool IsIncremental);
}

/// <summary>An operation for one combination of its conditions.</summary>
internal sealed class CompiledOperation
{
    public CompiledOperation(SelectionSet root, VariableSlot[] variables)
    {
        Root = root;
        // A variable may stand at any depth: fields(includeDeprecated: $all).
        IsConstant = variables.Length == 0 && root.Deferred.Length == 0 && Array.TrueForAll(
            root.Fields,
            field => field.Field.IsIntrospection && field.Arguments.Constant is not null);
    }

    public SelectionSet Root { get; }

    /// <summary>The answer follows from the schema alone: introspection, <c>__typename</c>.</summary>
    public bool IsConstant { get; }

    /// <summary>The complete response of a constant operation once it has been made.</summary>
    public byte[]? Response { get; set; }
}
