using System.Linq.Expressions;
using System.Reflection;
using Platform.GraphQL.Execution.Resolvers;

namespace Platform.GraphQL.Conventions.Relay;

/// <summary>Properties that are written as ids of the schema.</summary>
internal static class NodeIds
{
    public static PureResolver Writing(PropertyInfo property, Type parent, string typeName)
    {
        var owner = Expression.Parameter(typeof(object));
        var read = Expression.Lambda<Func<object, object?>>(
            Expression.Convert(
                Expression.Property(Expression.Convert(owner, parent), property), typeof(object)),
            owner).Compile();
        return typeof(string) == property.PropertyType || Reading.ClrShape.ElementOf(property.PropertyType) is null
            ? new PureResolver<object, string?>(value => read(value) is { } id ? NodeIdFormat.Write(typeName, id) : null)
            : new PureResolver<object, IEnumerable<string>?>(value => read(value) is System.Collections.IEnumerable ids
                ? ids.Cast<object>().Select(id => NodeIdFormat.Write(typeName, id)).ToArray()
                : null);
    }
}
