using System.Collections.Immutable;
using System.Collections.ObjectModel;
using Platform.GraphQL.Execution;
using Platform.GraphQL.Language;
using Platform.GraphQL.TypeSystem;

namespace Platform.GraphQL.Validation;

/// <summary>What all rules of one run share: the document, the place the traversal is at, and the errors.</summary>
internal sealed class ValidationContext(Schema? schema, DocumentNode document, ValidationOptions options)
{
    private readonly List<GraphQLError> _errors = [];
    private Dictionary<string, FragmentDefinitionNode>? _fragments;
    private Dictionary<string, KnownDirective?>? _directives;
    private FragmentReferences? _references;
    private VariableUsages? _usages;

    /// <summary>Null while a schema document is checked: it is what the schema will be made of.</summary>
    public Schema? SchemaOrNone => schema;

    public Schema Schema => schema!;

    public DocumentNode Document => document;

    public ValidationOptions Options => options;

    public IReadOnlyList<GraphQLError> Errors => _errors;

    /// <summary>No more errors are wanted.</summary>
    public bool IsFull => _errors.Count >= options.MaxErrors;

    /// <summary>Where in the type system the traversal is.</summary>
    public TypePosition Position { get; } = new();

    /// <summary>Types that a schema document may use although others define them: name and kind.</summary>
    public IReadOnlyDictionary<string, TypeKind> OutsideTypes { get; init; } =
        ReadOnlyDictionary<string, TypeKind>.Empty;

    /// <summary>The traversal is within a definition of the type system.</summary>
    public bool IsInSchemaDefinition { get; set; }

    public FragmentReferences References => _references ??= new FragmentReferences(this);

    public VariableUsages Usages => _usages ??= new VariableUsages(this);

    public bool ShowsSuggestions => options.Suggestions == Suggestions.Shown;

    public FragmentDefinitionNode? FindFragment(string name)
    {
        if (_fragments is null)
        {
            _fragments = new Dictionary<string, FragmentDefinitionNode>(StringComparer.Ordinal);
            foreach (var definition in document.Definitions)
            {
                if (definition is FragmentDefinitionNode fragment)
                {
                    _fragments[fragment.Name.Value] = fragment;
                }
            }
        }

        return _fragments.GetValueOrDefault(name);
    }

    /// <summary>A directive that may be used here: the document's own, or else the schema's.</summary>
    public KnownDirective? FindDirective(string name)
    {
        if (_directives is null)
        {
            _directives = new Dictionary<string, KnownDirective?>(StringComparer.Ordinal);
            foreach (var definition in document.Definitions)
            {
                if (definition is DirectiveDefinitionNode node)
                {
                    _directives[node.Name.Value] = KnownDirective.Of(node);
                }
            }
        }

        if (!_directives.TryGetValue(name, out var known))
        {
            _directives[name] = known = schema is null
                ? KnownDirective.WellKnown(name)
                : schema.FindDirective(name) is { } directive ? KnownDirective.Of(directive) : null;
        }

        return known;
    }

    public void Report(string code, string section, string message, params ReadOnlySpan<SourceRange> places)
    {
        if (IsFull)
        {
            return;
        }

        // Finding a column reads the line up to it, so no more places are looked up than are told.
        var locations = ImmutableArray.CreateBuilder<SourceLocation>();
        foreach (var place in places[..Math.Min(places.Length, options.MaxLocations)])
        {
            if (place.Location is { } location)
            {
                locations.Add(location);
            }
        }

        _errors.Add(new GraphQLError(message)
        {
            Code = code,
            Locations = locations.DrainToImmutable(),
            Extensions = new Dictionary<string, object?>(StringComparer.Ordinal)
            {
                ["specifiedBy"] = $"https://spec.graphql.org/September2025/#{section}",
            },
        });
    }
}

/// <summary>What rules ask about a directive, wherever it is defined.</summary>
internal sealed record KnownDirective(
    DirectiveLocation Locations, bool IsRepeatable, ImmutableArray<(string Name, string Type, bool IsRequired)> Arguments)
{
    public static KnownDirective Of(DirectiveType directive) => new(
        directive.LocationSet,
        directive.IsRepeatable,
        [.. directive.Arguments.Select(a => (a.Name, a.Type.ToString()!, a.IsRequired))]);

    public static KnownDirective? WellKnown(string name) =>
        WellKnownDirectives.Specified.Concat(WellKnownDirectives.Optional)
            .FirstOrDefault(node => node.Name.Value == name) is { } node
            ? Of(node)
            : null;

    public static KnownDirective Of(DirectiveDefinitionNode node) => new(
        node.Locations.Aggregate(DirectiveLocation.None, (set, name) => set | DirectiveLocations.Parse(name.Value)),
        node.IsRepeatable,
        [.. node.Arguments.Select(a =>
            (a.Name.Value, a.Type.ToString(), a.Type is NonNullTypeNode && a.DefaultValue is null))]);
}
