using System.Collections.Concurrent;
using System.Reflection;

namespace Platform.GraphQL.Conventions.Reading;

/// <summary>The attributes of a member, read once: each is asked for a dozen of them while a schema is built.</summary>
internal static class Marks
{
    private static readonly ConcurrentDictionary<ICustomAttributeProvider, Attribute[]> Known = new();

    public static T? Mark<T>(this ICustomAttributeProvider member)
        where T : Attribute => Array.Find(All(member), attribute => attribute is T) as T;

    public static bool IsMarked<T>(this ICustomAttributeProvider member)
        where T : Attribute => Array.Exists(All(member), attribute => attribute is T);

    public static IEnumerable<T> Marked<T>(this ICustomAttributeProvider member)
        where T : Attribute => All(member).OfType<T>();

    public static Attribute[] All(ICustomAttributeProvider member) => Known.GetOrAdd(member, static m => m switch
    {
        MemberInfo info => Attribute.GetCustomAttributes(info, inherit: true),
        ParameterInfo parameter => Attribute.GetCustomAttributes(parameter, inherit: true),
        _ => [],
    });
}
