using System.Collections.Immutable;
using System.Globalization;
using Platform.GraphQL.Execution;
using Platform.GraphQL.Language;

namespace Platform.GraphQL.TypeSystem;

/// <summary>Turns configurations into types: first every type by name, then what they say about each other.</summary>
internal sealed class SchemaAssembler(SchemaBuilder builder, ICollection<GraphQLError> errors)
{
    private readonly Dictionary<string, NamedType> _types = new(StringComparer.Ordinal);
    private readonly Dictionary<string, DirectiveType> _directives = new(StringComparer.Ordinal);
    private readonly List<(TypeConfiguration Configuration, NamedType Type)> _order = [];
    private readonly Introspection.SchemaAnswers _answers = new();
    private readonly SchemaBuilder _introspection = Introspection.IntrospectionTypes.Configure();

    public Schema? Assemble()
    {
        _answers.AddTo(_introspection);
        if (builder.HasSemanticIntrospection)
        {
            Introspection.IntrospectionTypes.AddSemanticIntrospection(_introspection);
            new Introspection.SemanticAnswers(_answers).AddTo(_introspection);
        }

        foreach (var configuration in builder.Types.ToList())
        {
            Declare(configuration);
        }

        foreach (var configuration in _introspection.Types)
        {
            Declare(configuration).IsIntrospection = true;
        }

        DeclareDirectives();
        ResolveDirectiveArguments();
        for (var index = 0; index < _order.Count; index++)
        {
            Connect(_order[index].Configuration, _order[index].Type);
        }

        AnnotateDirectives();
        ConnectImplementers();
        var metaFields = MetaFields();
        if (errors.Count > 0)
        {
            return null;
        }

        var schema = new Schema(new SchemaParts
        {
            Description = builder.Description,
            Types = [.. _order.Select(pair => pair.Type).OrderBy(type => type.IsIntrospection)],
            DirectiveTypes = [.. _directives.Values],
            Directives = Apply(builder.Directives),
            Query = Root(builder.QueryType, "Query"),
            Mutation = Root(builder.MutationType, "Mutation"),
            Subscription = Root(builder.SubscriptionType, "Subscription"),
            TypeNameField = metaFields.Find("__typename")!,
            MetaFields = metaFields,
            Metadata = builder.Metadata,
            Syntax = [.. builder.SchemaSyntax],
        });
        _answers.Schema = schema;
        return schema;
    }

    private NamedType Declare(TypeConfiguration configuration)
    {
        NamedType type = configuration switch
        {
            ScalarTypeConfiguration scalar => new ScalarType(Described(scalar)),
            ObjectTypeConfiguration complex => new ObjectType(complex),
            InterfaceTypeConfiguration complex => new InterfaceType(complex),
            UnionTypeConfiguration union => new UnionType(union),
            EnumTypeConfiguration names => new EnumType(names),
            InputObjectTypeConfiguration input => new InputObjectType(input),
            _ => throw new ArgumentException($"{configuration.GetType()} is no kind of type.", nameof(configuration)),
        };
        _types[type.Name] = type;
        _order.Add((configuration, type));
        return type;
    }

    // A scalar that a document defines is described there; any other as its format describes itself.
    private static ScalarTypeConfiguration Described(ScalarTypeConfiguration scalar)
    {
        if (scalar.Syntax is not null)
        {
            return scalar;
        }

        scalar.Description ??= scalar.Format.Description.Length > 0 ? scalar.Format.Description : null;
        if (scalar.Format.SpecifiedBy is { } url &&
            !scalar.Directives.Exists(directive => directive.Name.Value == WellKnownDirectives.SpecifiedBy))
        {
            scalar.AddDirective(WellKnownDirectives.SpecifiedBy, ("url", new StringValueNode(url).ToString()));
        }

        return scalar;
    }

    private void DeclareDirectives()
    {
        foreach (var directive in builder.Directives.Concat(AllDirectives()).Select(node => node.Name.Value).ToList())
        {
            builder.AddWellKnownDirective(directive);
        }

        foreach (var specified in WellKnownDirectives.Specified)
        {
            if (builder.FindDirective(specified.Name.Value) is null)
            {
                new SdlReader(builder).Read(specified);
            }
        }

        foreach (var configuration in builder.DirectiveTypes)
        {
            _directives[configuration.Name] = new DirectiveType(configuration);
        }
    }

    private IEnumerable<DirectiveNode> AllDirectives() => builder.Types.SelectMany(type => type switch
    {
        ComplexTypeConfiguration complex => complex.Fields.SelectMany(
            field => field.Directives.Concat(field.Arguments.SelectMany(argument => argument.Directives))),
        InputObjectTypeConfiguration input => input.Fields.SelectMany(field => field.Directives),
        EnumTypeConfiguration names => names.Values.SelectMany(value => value.Directives),
        _ => [],
    }).Concat(builder.Types.SelectMany(type => type.Directives));

    // Before anything else is connected, because other elements ask their directives for arguments.
    private void ResolveDirectiveArguments()
    {
        foreach (var configuration in builder.DirectiveTypes)
        {
            var directive = _directives[configuration.Name];
            for (var index = 0; index < configuration.Arguments.Count; index++)
            {
                directive.Arguments[index].Type = Resolve(configuration.Arguments[index].Type.Syntax);
            }
        }
    }

    private void AnnotateDirectives()
    {
        foreach (var configuration in builder.DirectiveTypes)
        {
            var directive = _directives[configuration.Name];
            for (var index = 0; index < configuration.Arguments.Count; index++)
            {
                Annotate(configuration.Arguments[index], directive.Arguments[index]);
            }
        }
    }

    private void Connect(TypeConfiguration configuration, NamedType type)
    {
        Annotate(configuration, type.Element);
        type.Cost = CostOf(type.Element);
        switch (configuration, type)
        {
            case (ScalarTypeConfiguration, ScalarType scalar):
                scalar.SpecifiedBy = (string?)scalar.Directive(WellKnownDirectives.SpecifiedBy)?.Argument("url");
                break;
            case (ComplexTypeConfiguration from, ComplexType to):
                ConnectComplex(from, to);
                break;
            case (UnionTypeConfiguration from, UnionType to):
                to.DeclaredMembers = [.. from.Types.Select(Named).OfType<NamedType>()];
                to.PossibleTypes = [.. to.DeclaredMembers.OfType<ObjectType>().Distinct()];
                break;
            case (EnumTypeConfiguration from, EnumType to):
                for (var index = 0; index < from.Values.Count; index++)
                {
                    Annotate(from.Values[index], to.Values[index]);
                }

                break;
            case (InputObjectTypeConfiguration from, InputObjectType to):
                to.Fields = new MemberTable<InputValueDefinition>(from.Fields.Select(
                    field => new InputValueDefinition(field, name => SchemaCoordinate.OfMember(to.Name, name))));
                ConnectArguments(from.Fields, to.Fields);
                to.IsOneOf = to.Directive(WellKnownDirectives.OneOf) is not null;
                break;
        }
    }

    private void ConnectComplex(ComplexTypeConfiguration from, ComplexType to)
    {
        to.DeclaredInterfaces = [.. from.Interfaces.Select(Named).OfType<NamedType>()];
        to.Interfaces = [.. to.DeclaredInterfaces.OfType<InterfaceType>()];
        to.Fields = new MemberTable<FieldDefinition>(from.Fields.Select(field => Field(field, to)));
    }

    private FieldDefinition Field(FieldConfiguration configuration, NamedType owner)
    {
        var field = new FieldDefinition(configuration, owner);
        field.Type = configuration.Type is null
            ? Fail($"The field {owner.Name}.{field.Name} has no type.")
            : Resolve(configuration.Type.Syntax);
        field.Arguments = new MemberTable<InputValueDefinition>(configuration.Arguments.Select(argument =>
            new InputValueDefinition(argument, name => SchemaCoordinate.OfArgument(owner.Name, field.Name, name))));
        ConnectArguments(configuration.Arguments, field.Arguments);
        Annotate(configuration, field);
        field.Cost = CostOf(field);
        field.ListSize = ListSizeOf(field);
        return field;
    }

    private void ConnectArguments(List<InputValueConfiguration> from, MemberTable<InputValueDefinition> to)
    {
        for (var index = 0; index < from.Count; index++)
        {
            to[index].Type = Resolve(from[index].Type.Syntax);
            Annotate(from[index], to[index]);
            to[index].Cost = CostOf(to[index]);
        }
    }

    private void Annotate(ElementConfiguration from, SchemaElement to)
    {
        to.Directives = Apply(from.Directives);
        to.DeprecationReason = to.Directive(WellKnownDirectives.Deprecated) is { } deprecated
            ? deprecated.Argument("reason") as string ?? WellKnownDirectives.DefaultDeprecationReason
            : null;
    }

    private ImmutableArray<AppliedDirective> Apply(List<DirectiveNode> nodes) => nodes.Count == 0
        ? []
        : [.. nodes.Select(node => new AppliedDirective(node, _directives.GetValueOrDefault(node.Name.Value)))];

    private static double? CostOf(SchemaElement element) =>
        element.Directive(WellKnownDirectives.Cost)?.Argument("weight") is string weight &&
        double.TryParse(weight, CultureInfo.InvariantCulture, out var cost)
            ? cost
            : null;

    private static ListSize? ListSizeOf(FieldDefinition field)
    {
        if (field.Directive(WellKnownDirectives.ListSize) is not { } directive)
        {
            return null;
        }

        ImmutableArray<string> Names(string argument) =>
            directive.Argument(argument) is object?[] names ? [.. names.Cast<string>()] : [];

        return new ListSize(
            directive.Argument("assumedSize") as int?,
            Names("slicingArguments"),
            directive.Argument("slicingArgumentDefaultValue") as int?,
            Names("sizedFields"),
            directive.Argument("requireOneSlicingArgument") as bool? ?? true);
    }

    private void ConnectImplementers()
    {
        var objects = new Dictionary<InterfaceType, List<ObjectType>>();
        var interfaces = new Dictionary<InterfaceType, List<InterfaceType>>();
        foreach (var (_, type) in _order)
        {
            foreach (var implemented in (type as ComplexType)?.Interfaces.Distinct() ?? [])
            {
                if (type is ObjectType implementer)
                {
                    (objects.TryGetValue(implemented, out var list) ? list : objects[implemented] = []).Add(implementer);
                }
                else if (type is InterfaceType inheritor)
                {
                    (interfaces.TryGetValue(implemented, out var list) ? list : interfaces[implemented] = [])
                        .Add(inheritor);
                }
            }
        }

        foreach (var (type, implementers) in objects)
        {
            type.PossibleTypes = [.. implementers];
        }

        foreach (var (type, inheritors) in interfaces)
        {
            type.ImplementingInterfaces = [.. inheritors];
        }
    }

    private MemberTable<FieldDefinition> MetaFields()
    {
        var configuration = (ObjectTypeConfiguration)_introspection.FindType(Introspection.IntrospectionTypes.MetaFields)!;
        var holder = (ObjectType)_types[configuration.Name];
        _order.RemoveAll(pair => ReferenceEquals(pair.Type, holder));
        return holder.Fields;
    }

    private NamedType? Root(string? name, string conventional) => name is not null
        ? Named(name)
        : builder.HasSchemaDefinition ? null : _types.GetValueOrDefault(conventional);

    private NamedType? Named(TypeReference reference)
    {
        var resolved = Resolve(reference.Syntax);
        return resolved.Named;
    }

    private GraphQLType Resolve(TypeNode syntax) => syntax switch
    {
        ListTypeNode list => Resolve(list.Type).List,
        NonNullTypeNode nonNull => Resolve(nonNull.Type).NonNull,
        _ => Find(syntax.NamedType),
    };

    private NamedType Find(string name)
    {
        if (_types.TryGetValue(name, out var type))
        {
            return type;
        }

        // A scalar that everybody knows need not be declared.
        return CustomScalars.Find(name) is not null ? Declare(builder.Scalar(name)) : Fail($"Unknown type: \"{name}\".");
    }

    private NamedType Fail(string message)
    {
        errors.Add(new GraphQLError(message));
        return _types.GetValueOrDefault("String") ?? Declare(builder.Scalar("String"));
    }
}
