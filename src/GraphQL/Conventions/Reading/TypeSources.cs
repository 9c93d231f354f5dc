using System.Reflection;

namespace Platform.GraphQL.Conventions.Reading;

/// <summary>The registered classes, sorted by what they are.</summary>
internal sealed class TypeSources
{
    private readonly Dictionary<Type, List<Type>> _byType = [];
    private readonly Dictionary<string, List<Type>> _byName = new(StringComparer.Ordinal);
    private readonly HashSet<Type> _seen = [];

    public List<Type> Query { get; } = [];

    public List<Type> Mutation { get; } = [];

    public List<Type> Subscription { get; } = [];

    /// <summary>Types that shall be in the schema even if no field reaches them, and whether as an input.</summary>
    public List<(Type Type, bool IsInput)> Declared { get; } = [];

    /// <summary>Everything that may hold loaders and node resolvers.</summary>
    public IEnumerable<Type> All => _seen;

    public void Add(Type type)
    {
        if (!_seen.Add(type))
        {
            return;
        }

        foreach (var attribute in type.GetCustomAttributes(inherit: false))
        {
            switch (attribute)
            {
                case QueryTypeAttribute:
                    Query.Add(type);
                    break;
                case MutationTypeAttribute:
                    Mutation.Add(type);
                    break;
                case SubscriptionTypeAttribute:
                    Subscription.Add(type);
                    break;
                case ExtendObjectTypeAttribute { Type: { } target }:
                    Extend(target, type);
                    break;
                case ExtendObjectTypeAttribute { Name: { } name }:
                    ExtendNamed(name, type);
                    break;
                case ObjectTypeAttribute or InterfaceTypeAttribute or UnionTypeAttribute or EnumTypeAttribute:
                    Declared.Add((type, IsInput: false));
                    break;
                case InputObjectTypeAttribute or OneOfAttribute:
                    Declared.Add((type, IsInput: true));
                    break;
                default:
                    AddGeneric(attribute.GetType(), type);
                    break;
            }
        }
    }

    /// <summary>The extensions of a type by its C# type or its name.</summary>
    public IEnumerable<Type> ExtensionsOf(Type type, string name) =>
        (_byType.GetValueOrDefault(type) ?? []).Concat(_byName.GetValueOrDefault(name) ?? []);

    /// <summary>Whether a class is meant for the schema: it is marked, or a static class has loaders.</summary>
    public static bool Belongs(Type type) => IsTypeMarked(type)
        || (type is { IsAbstract: true, IsSealed: true } && Array.Exists(
            type.GetMethods(BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Static | BindingFlags.DeclaredOnly),
            method => method.IsMarked<DataLoaderAttribute>()));

    private static bool IsTypeMarked(Type type) => type.GetCustomAttributesData().Any(data =>
        data.AttributeType.Namespace == typeof(QueryTypeAttribute).Namespace
        && data.AttributeType.Name.Split('`')[0].EndsWith("TypeAttribute", StringComparison.Ordinal));

    private void AddGeneric(Type attribute, Type type)
    {
        if (!attribute.IsGenericType)
        {
            return;
        }

        var target = attribute.GetGenericArguments()[0];
        if (attribute.GetGenericTypeDefinition() == typeof(ObjectTypeAttribute<>))
        {
            Extend(target, type);
            Declared.Add((target, IsInput: false));
        }
        else if (attribute.GetGenericTypeDefinition() == typeof(ExtendObjectTypeAttribute<>))
        {
            Extend(target, type);
        }
    }

    private void Extend(Type target, Type type)
    {
        if (target.IsDefined(typeof(QueryTypeAttribute)))
        {
            Query.Add(type);
            return;
        }

        if (target.IsDefined(typeof(MutationTypeAttribute)))
        {
            Mutation.Add(type);
            return;
        }

        (_byType.TryGetValue(target, out var list) ? list : _byType[target] = []).Add(type);
    }

    private void ExtendNamed(string name, Type type)
    {
        switch (name)
        {
            case "Query":
                Query.Add(type);
                break;
            case "Mutation":
                Mutation.Add(type);
                break;
            case "Subscription":
                Subscription.Add(type);
                break;
            default:
                (_byName.TryGetValue(name, out var list) ? list : _byName[name] = []).Add(type);
                break;
        }
    }
}
