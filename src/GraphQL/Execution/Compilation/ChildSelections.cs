using System.Collections.Concurrent;
using Platform.GraphQL.Language;
using Platform.GraphQL.TypeSystem;

namespace Platform.GraphQL.Execution.Compilation;

/// <summary>The selections below a composite field: one set for every concrete type a value may have.</summary>
public sealed class ChildSelections
{
    /// <summary>
    /// Sets of an abstract type with more possible types than this are compiled when first needed: a <c>node</c> field
    /// of a large schema would otherwise compile hundreds for one object.
    /// </summary>
    private const int CompiledAtOnce = 8;

    private readonly OperationCompiler _compiler;
    private readonly CompositeType _type;
    private readonly SelectionSetNode[] _nodes;
    private readonly SelectionSet? _only;
    private readonly ConcurrentDictionary<ObjectType, SelectionSet> _sets = new();

    internal ChildSelections(OperationCompiler compiler, CompositeType type, SelectionSetNode[] nodes)
    {
        _compiler = compiler;
        _type = type;
        _nodes = nodes;
        if (type is ObjectType only)
        {
            _only = compiler.Compile(only, nodes);
            HasStored = _only.Stored.Length > 0;
        }
        else
        {
            HasStored = type.PossibleTypes.Length > CompiledAtOnce ||
                type.PossibleTypes.Any(possible => For(possible).Stored.Length > 0);
        }
    }

    /// <summary>The concrete types a value may have.</summary>
    public IReadOnlyList<ObjectType> PossibleTypes => _type.PossibleTypes;

    /// <summary>The one set of a field whose type is an object.</summary>
    internal SelectionSet? Only => _only;

    /// <summary>Whether some object below needs columns.</summary>
    internal bool HasStored { get; }

    public SelectionSet For(ObjectType type) =>
        _only ?? _sets.GetOrAdd(type, static (key, self) => self._compiler.Compile(key, self._nodes), this);

    /// <summary>The set for a value; null when its type is not one of the possible ones.</summary>
    internal SelectionSet? Find(object value)
    {
        if (_only is not null)
        {
            return _only;
        }

        return _compiler.Schema.ResolveObjectType(_type, value) is { } type ? For(type) : null;
    }

    internal GraphQLError UnknownType(object value) =>
        new($"Abstract type \"{_type.Name}\" must resolve to an Object type at runtime. " +
            $"A value of the type {value.GetType().Name} is none of its possible types.")
        {
            Code = ErrorCodes.UnexpectedError,
        };
}
