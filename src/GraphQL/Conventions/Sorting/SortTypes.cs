using System.Reflection;
using Platform.GraphQL.Conventions.Reading;

namespace Platform.GraphQL.Conventions.Sorting;

/// <summary>The input types of <c>order</c>: values and to-one relations can be sorted by, lists cannot.</summary>
internal sealed class SortTypes(ReadingContext context)
{
    private const double Cost = 10;

    private readonly Dictionary<Type, string> _entities = [];

    public string Of(Type entity, MemberInfo member)
    {
        if (_entities.TryGetValue(entity, out var known))
        {
            return known;
        }

        var name = context.Catalog.OutputName(entity, member) + "SortInput";
        _entities[entity] = name;
        var input = context.Builder.InputObject(name);
        foreach (var property in FieldReader.Readable(entity))
        {
            if (!property.IsMarked<SortIgnoreAttribute>() && TypeOf(property) is { } type)
            {
                var field = input.Field(Names.Member(property), type);
                TypeAnnotations.Weigh(field, Cost);
                field.Metadata.Set(new SortFieldMeaning(property));
            }
        }

        return name;
    }

    private string? TypeOf(PropertyInfo property)
    {
        var type = Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType;
        if (context.Catalog.IsLeaf(type))
        {
            return SortInputs.Direction(context.Builder, context.Sorting);
        }

        return ClrShape.ElementOf(type) is null && !type.IsInterface && type != typeof(object) ? Of(type, property) : null;
    }
}
