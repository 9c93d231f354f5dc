using System.Reflection;
using Platform.GraphQL.Conventions.Authorization;
using Platform.GraphQL.Conventions.Mutations;
using Platform.GraphQL.Conventions.Paging;
using Platform.GraphQL.Conventions.Relay;
using Platform.GraphQL.Conventions.Subscriptions;
using Platform.GraphQL.TypeSystem;

namespace Platform.GraphQL.Conventions.Reading;

/// <summary>
/// From classes to a schema: the roots are read first and everything they reach after them, until nothing is left;
/// then comes what concerns all fields.
/// </summary>
internal sealed class SchemaReader
{
    private readonly ReadingContext _context;
    private readonly TypeSources _sources;
    private readonly FieldReader _fields;
    private readonly ObjectReader _objects;

    private SchemaReader(ConventionSettings settings, IServiceProvider services)
    {
        _context = new ReadingContext(settings, services);
        _sources = settings.Sources;
        _fields = new FieldReader(_context, new DataFields(_context));
        _objects = new ObjectReader(_context, _fields, _sources);
    }

    /// <exception cref="SchemaException">Everything that is wrong, in one exception.</exception>
    public static Schema Read(ConventionSettings settings, IServiceProvider services)
    {
        var reader = new SchemaReader(settings, services);
        reader.ReadAll();
        var errors = reader._context.Errors;
        if (errors.All.Count > 0)
        {
            throw new SchemaException(errors.All);
        }

        return reader._context.Built.Schema = reader._context.Builder.Build();
    }

    private void ReadAll()
    {
        Prepare();
        var query = _context.Builder.Object("Query");
        ReadLoadersAndNodes(query);
        Root(query, _sources.Query, (method, target) => _fields.ReadMethod(method, parent: null, target, query));
        ReadMutations();
        ReadSubscriptions();
        foreach (var (type, isInput) in _sources.Declared)
        {
            _ = isInput ? _context.Catalog.InputName(type, type) : _context.Catalog.OutputName(type, type);
        }

        ReadReached();
        foreach (var configure in _context.Settings.Configurations)
        {
            configure(_context.Builder, _context.Provider);
        }

        FieldGuards.Apply(_context);
        ListSizes.Check(_context);
        AddDirectives();
        foreach (var scalar in _context.Catalog.UsedScalars)
        {
            _context.Builder.Scalar(scalar);
        }

        _context.Builder.Arrange(types => types.OrderBy(Rank).ThenBy(type => type.Name, StringComparer.Ordinal));
    }

    /// <summary>Roots, then each kind by name: what is added to a class moves nothing else in the printed schema.</summary>
    private static int Rank(TypeConfiguration type) => type switch
    {
        ObjectTypeConfiguration { Name: "Query" } => 0,
        ObjectTypeConfiguration { Name: "Mutation" } => 1,
        ObjectTypeConfiguration { Name: "Subscription" } => 2,
        InterfaceTypeConfiguration => 3,
        ObjectTypeConfiguration => 4,
        UnionTypeConfiguration => 5,
        InputObjectTypeConfiguration => 6,
        EnumTypeConfiguration => 7,
        _ => 8,
    };

    private void AddDirectives()
    {
        if (_context.Settings.Options.EnableDefer)
        {
            _context.Builder.AddWellKnownDirective(WellKnownDirectives.Defer);
        }

        if (_context.Settings.Options.EnableStream)
        {
            _context.Builder.AddWellKnownDirective(WellKnownDirectives.Stream);
        }
    }

    private void Prepare()
    {
        _context.Settings.Interfaces.ForEach(_context.Catalog.AddInterface);
        _context.Settings.Unions.ForEach(_context.Catalog.AddUnion);
        foreach (var (type, binding) in _context.Settings.Bindings)
        {
            _context.Catalog.BindScalar(type, binding.Scalar, binding.Unwrap);
        }
    }

    private void ReadLoadersAndNodes(ObjectTypeConfiguration query)
    {
        var methods = _sources.All
            .Concat(_sources.Declared.Select(declared => declared.Type))
            .Distinct()
            .SelectMany(type => type.GetMethods(BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Static))
            .ToList();
        foreach (var loader in methods.Where(method => method.IsMarked<DataLoaderAttribute>()))
        {
            _context.Loaders.Add(loader, _context.Errors);
        }

        foreach (var resolver in methods.Where(method => method.IsMarked<NodeResolverAttribute>()))
        {
            NodeFields.Register(resolver, _context);
        }

        if (_context.Settings.HasNodes)
        {
            NodeFields.Add(query, _context);
        }
    }

    private void ReadMutations()
    {
        if (_sources.Mutation.Count == 0)
        {
            return;
        }

        var mutation = _context.Builder.Object("Mutation");
        var convention = new MutationConvention(_context, _fields);
        Root(mutation, _sources.Mutation, (method, target) => convention.Read(method, target, mutation));
    }

    private void ReadSubscriptions()
    {
        if (_sources.Subscription.Count == 0)
        {
            return;
        }

        var subscription = _context.Builder.Object("Subscription");
        var streams = new SubscriptionFields(_context);
        Root(subscription, _sources.Subscription, (method, target) => streams.Read(method, target, subscription));
    }

    private void Root(ObjectTypeConfiguration root, List<Type> classes, Action<MethodInfo, object?> read)
    {
        root.Metadata.Set(RootType.Instance);
        foreach (var type in classes)
        {
            _objects.ReadRoot(type, root, read);
        }
    }

    private void ReadReached()
    {
        while (_context.Catalog.Unread.TryDequeue(out var next))
        {
            var (type, isInput) = next;
            if (type.IsEnum)
            {
                EnumReader.Read(type, _context.Builder.Enum(Names.Type(type)));
            }
            else if (isInput)
            {
                _context.Inputs.Read(type, _context.Builder.InputObject(Names.Input(type)));
            }
            else if (_context.Catalog.IsInterface(type))
            {
                _objects.ReadInterface(type, _context.Builder.Interface(_context.Catalog.OutputName(type, type)));
            }
            else if (_context.Catalog.IsUnion(type))
            {
                _objects.ReadUnion(type, _context.Builder.Union(_context.Catalog.OutputName(type, type)));
            }
            else
            {
                _objects.ReadObject(type, _context.Builder.Object(_context.Catalog.OutputName(type, type)));
            }
        }
    }
}

/// <summary>Marks the root types.</summary>
internal sealed class RootType
{
    public static readonly RootType Instance = new();
}
