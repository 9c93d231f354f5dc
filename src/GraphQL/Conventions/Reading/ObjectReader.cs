using System.Reflection;
using Platform.GraphQL.Conventions.Relay;
using Platform.GraphQL.TypeSystem;

namespace Platform.GraphQL.Conventions.Reading;

/// <summary>Classes as object and interface types.</summary>
internal sealed class ObjectReader(ReadingContext context, FieldReader fields, TypeSources sources)
{
    private readonly Dictionary<Type, object> _instances = [];

    /// <summary>
    /// The members of extensions first, as they are what somebody wrote about the type, then its own properties and
    /// methods that nobody replaced.
    /// </summary>
    public void ReadObject(Type type, ObjectTypeConfiguration configuration)
    {
        configuration.RuntimeType = type;
        TypeAnnotations.Describe(configuration, type);
        AuthorizationRules.Read(configuration, type);
        var ignored = new HashSet<string>(StringComparer.Ordinal);
        foreach (var extension in sources.ExtensionsOf(type, configuration.Name))
        {
            AuthorizationRules.Read(configuration, extension);
            ignored.UnionWith(extension.Mark<ExtendObjectTypeAttribute>()?.IgnoreProperties ?? []);
            ReadMembers(extension, type, configuration);
        }

        foreach (var property in FieldReader.Readable(type))
        {
            if (!ignored.Contains(property.Name) && !Has(configuration, property))
            {
                fields.ReadProperty(property, type, configuration);
            }
        }

        // A value's methods are its arithmetic, an entity's its changes: only a class made for the schema offers them.
        foreach (var method in type.IsMarked<ObjectTypeAttribute>() ? FieldReader.Resolvers(type) : [])
        {
            if (!method.IsStatic && !Has(configuration, method) && !IsSpecial(method))
            {
                fields.ReadMethod(method, type, target: null, configuration);
            }
        }

        foreach (var implemented in context.Catalog.InterfacesOf(type))
        {
            configuration.Implement(context.Catalog.OutputName(implemented, type));
        }

        if (context.Nodes.Find(configuration.Name) is not null)
        {
            NodeFields.Identify(type, configuration, context.Errors);
        }
    }

    /// <summary>The members of a class that stands for one of the roots.</summary>
    public void ReadRoot(Type type, ObjectTypeConfiguration configuration, Action<MethodInfo, object?> readMethod)
    {
        TypeAnnotations.Describe(configuration, type);
        foreach (var method in FieldReader.Resolvers(type))
        {
            if (!IsSpecial(method))
            {
                readMethod(method, method.IsStatic ? null : Instance(type));
                InheritRules(configuration, method, type);
            }
        }

        foreach (var property in type.IsAbstract ? [] : FieldReader.Readable(type))
        {
            fields.ReadProperty(property, type, Instance(type), configuration);
            InheritRules(configuration, property, type);
        }
    }

    public void ReadInterface(Type type, InterfaceTypeConfiguration configuration)
    {
        configuration.RuntimeType = type;
        TypeAnnotations.Describe(configuration, type);
        AuthorizationRules.Read(configuration, type);
        var promised = type.IsInterface ? type.GetInterfaces().Append(type) : [type];
        foreach (var part in promised)
        {
            foreach (var property in FieldReader.Readable(part))
            {
                fields.ReadPromise(property, configuration);
            }

            foreach (var method in part.IsInterface ? FieldReader.Resolvers(part) : [])
            {
                fields.ReadPromise(method, configuration);
            }
        }

        foreach (var implemented in context.Catalog.InterfacesOf(type))
        {
            configuration.Implement(context.Catalog.OutputName(implemented, type));
        }

        foreach (var implementer in TypeCatalog.Implementers(type))
        {
            context.Catalog.OutputName(implementer, type);
        }
    }

    public void ReadUnion(Type type, UnionTypeConfiguration configuration)
    {
        configuration.RuntimeType = type;
        TypeAnnotations.Describe(configuration, type);
        foreach (var member in TypeCatalog.Implementers(type))
        {
            configuration.Include(context.Catalog.OutputName(member, type));
        }
    }

    private void ReadMembers(Type extension, Type parent, ObjectTypeConfiguration configuration)
    {
        foreach (var method in FieldReader.Resolvers(extension))
        {
            if (!IsSpecial(method))
            {
                fields.ReadMethod(method, parent, method.IsStatic ? null : Instance(extension), configuration);
            }
        }
    }

    /// <summary>A rule on a root class is one on each of its fields; one that allows anybody is not overruled.</summary>
    private static void InheritRules(ObjectTypeConfiguration configuration, MemberInfo member, Type type)
    {
        if (configuration.Fields.Find(field => field.Name == Names.Member(member)) is { } field)
        {
            AuthorizationRules.Inherit(field, type);
        }
    }

    /// <summary>Resolver classes have no state of a request: one instance serves all.</summary>
    private object Instance(Type type)
    {
        if (!_instances.TryGetValue(type, out var instance))
        {
            if (type.GetConstructor([]) is null)
            {
                context.Errors.Add(
                    type,
                    "a class of resolvers cannot have a constructor with parameters, as one instance serves all requests.",
                    "Take services as parameters of the methods and make the class static.");
                instance = new object();
            }
            else
            {
                instance = Activator.CreateInstance(type)!;
            }

            _instances[type] = instance;
        }

        return instance;
    }

    private static bool Has(ComplexTypeConfiguration configuration, MemberInfo member)
    {
        var name = Names.Member(member);
        return configuration.Fields.Exists(field => field.Name == name);
    }

    private static bool IsSpecial(MethodInfo method) =>
        method.IsMarked<DataLoaderAttribute>() || method.IsMarked<NodeResolverAttribute>();
}
