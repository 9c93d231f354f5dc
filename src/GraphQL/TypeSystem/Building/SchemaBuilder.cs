using Platform.GraphQL.Execution;
using Platform.GraphQL.Language;
using Platform.GraphQL.Validation;

namespace Platform.GraphQL.TypeSystem;

/// <summary>
/// Collects the parts of a schema from schema documents and from code, in any order and from any number of places:
/// asking for a type by name gives the same configuration every time. <see cref="Build"/> checks and freezes them.
/// </summary>
public sealed class SchemaBuilder
{
    private readonly Dictionary<string, TypeConfiguration> _types = new(StringComparer.Ordinal);
    private readonly Dictionary<string, DirectiveConfiguration> _directives = new(StringComparer.Ordinal);
    private readonly List<DefinitionNode> _documents = [];

    public string? Description { get; set; }

    /// <summary>The names of the root types; unset, types called Query, Mutation and Subscription are taken.</summary>
    public string? QueryType { get; set; }

    public string? MutationType { get; set; }

    public string? SubscriptionType { get; set; }

    public List<DirectiveNode> Directives { get; } = [];

    public Metadata Metadata { get; } = new();

    /// <summary>Everything configured so far, in order.</summary>
    public IEnumerable<TypeConfiguration> Types => _types.Values;

    public IEnumerable<DirectiveConfiguration> DirectiveTypes => _directives.Values;

    internal IReadOnlyList<DefinitionNode> Documents => _documents;

    internal List<SchemaDefinitionNode> SchemaSyntax { get; } = [];

    internal bool HasSchemaDefinition { get; set; }

    internal bool HasSemanticIntrospection { get; private set; }

    /// <summary>Adds the definitions and extensions of a schema document.</summary>
    /// <exception cref="SyntaxException">The text is not a document.</exception>
    public SchemaBuilder AddDocument(string sdl) => AddDocument(GraphQLDocument.ParseSchema(sdl));

    public SchemaBuilder AddDocument(DocumentNode document)
    {
        _documents.AddRange(document.Definitions);
        return this;
    }

    public ObjectTypeConfiguration Object(string name) => Type(name, n => new ObjectTypeConfiguration(n));

    public InterfaceTypeConfiguration Interface(string name) => Type(name, n => new InterfaceTypeConfiguration(n));

    public UnionTypeConfiguration Union(string name) => Type(name, n => new UnionTypeConfiguration(n));

    public EnumTypeConfiguration Enum(string name) => Type(name, n => new EnumTypeConfiguration(n));

    public InputObjectTypeConfiguration InputObject(string name) => Type(name, n => new InputObjectTypeConfiguration(n));

    /// <summary>A scalar with the format of its name; one nobody knows takes any value.</summary>
    public ScalarTypeConfiguration Scalar(string name) => Scalar(name, CustomScalars.Find(name) ?? new AnyFormat(name));

    public ScalarTypeConfiguration Scalar(string name, ScalarFormat format) =>
        Type(name, n => new ScalarTypeConfiguration(n, format));

    public DirectiveConfiguration Directive(string name)
    {
        if (!_directives.TryGetValue(name, out var directive))
        {
            _directives[name] = directive = new DirectiveConfiguration(name);
        }

        return directive;
    }

    public TypeConfiguration? FindType(string name) => _types.GetValueOrDefault(name);

    public DirectiveConfiguration? FindDirective(string name) => _directives.GetValueOrDefault(name);

    /// <summary>Lets clients write `@defer` and `@stream`.</summary>
    public SchemaBuilder AddIncrementalDelivery()
    {
        AddWellKnownDirective(WellKnownDirectives.Defer);
        AddWellKnownDirective(WellKnownDirectives.Stream);
        return this;
    }

    /// <summary>Lets clients, above all language models, search the schema: `__search` and `__definitions`.</summary>
    public SchemaBuilder AddSemanticIntrospection()
    {
        HasSemanticIntrospection = true;
        return this;
    }

    /// <summary>Defines a directive the engine knows, as `@cost`; nothing happens if it is defined already.</summary>
    public void AddWellKnownDirective(string name)
    {
        if (!_directives.ContainsKey(name) &&
            WellKnownDirectives.Optional.FirstOrDefault(node => node.Name.Value == name) is { } definition)
        {
            new SdlReader(this).Read(definition);
        }
    }

    /// <exception cref="SchemaException">The parts make no valid schema; every error is in it.</exception>
    public Schema Build()
    {
        var errors = new List<GraphQLError>();
        var schema = TryBuild(errors);
        return schema ?? throw new SchemaException(errors);
    }

    /// <summary>Builds the schema, or explains in <paramref name="errors"/> why there is none.</summary>
    public Schema? TryBuild(ICollection<GraphQLError> errors)
    {
        if (!ReadDocuments(errors))
        {
            return null;
        }

        var schema = new SchemaAssembler(this, errors).Assemble();
        if (schema is not null)
        {
            Rules.SchemaValidation.Check(schema, errors);
        }

        return errors.Count == 0 ? schema : null;
    }

    private bool ReadDocuments(ICollection<GraphQLError> errors)
    {
        var defined = _types.Values.ToDictionary(type => type.Name, type => type.Kind, StringComparer.Ordinal);
        var document = new DocumentNode([.. _documents]);
        var refusals = DocumentValidator.ValidateSchemaDocument(document, ValidationOptions.Unbounded, defined);
        foreach (var refusal in refusals)
        {
            errors.Add(refusal);
        }

        if (refusals.Count > 0)
        {
            return false;
        }

        var reader = new SdlReader(this);
        foreach (var definition in _documents)
        {
            reader.Read(definition);
        }

        return true;
    }

    /// <summary>Puts the types into an order of their own; without it they stand as they came.</summary>
    internal void Arrange(Func<IEnumerable<TypeConfiguration>, IEnumerable<TypeConfiguration>> order)
    {
        var arranged = order(_types.Values).ToList();
        _types.Clear();
        foreach (var type in arranged)
        {
            _types.Add(type.Name, type);
        }
    }

    private T Type<T>(string name, Func<string, T> create)
        where T : TypeConfiguration
    {
        if (!_types.TryGetValue(name, out var type))
        {
            _types[name] = type = create(name);
        }

        return type as T ?? throw new InvalidOperationException(
            $"The type \"{name}\" is configured as {type.GetType().Name} and cannot be {typeof(T).Name} too.");
    }
}

/// <summary>The parts make no valid schema.</summary>
public sealed class SchemaException(IReadOnlyList<GraphQLError> errors)
    : Exception(string.Join("\n\n", errors.Select(error => error.Message)))
{
    public IReadOnlyList<GraphQLError> Errors { get; } = errors;
}
