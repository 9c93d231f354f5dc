using System.Reflection;
using Platform.GraphQL.Conventions.Reading;
using Platform.GraphQL.Conventions.Relay;
using Platform.GraphQL.TypeSystem;

namespace Platform.GraphQL.Conventions.Filtering;

/// <summary>The input types of <c>where</c>, made from C# types when a field asks for one.</summary>
internal sealed class FilterTypes(ReadingContext context)
{
    private readonly Dictionary<Type, string> _entities = [];
    private readonly FilterInputs _operations = new(context.Builder, context.Filtering);

    /// <summary>The name of the filter of an object type, which is made on the way.</summary>
    public string Of(Type entity, MemberInfo member)
    {
        if (_entities.TryGetValue(entity, out var known))
        {
            return known;
        }

        var name = context.Catalog.OutputName(entity, member) + "FilterInput";
        _entities[entity] = name;
        var input = context.Builder.InputObject(name);
        FilterInputs.Combine(input, name);
        foreach (var property in FieldReader.Readable(entity))
        {
            if (!property.IsMarked<FilterIgnoreAttribute>() && TypeOf(property) is { } type)
            {
                var isRelation = !context.Catalog.IsLeaf(ClrShape.Of(property.PropertyType).Named.Type);
                input.Field(Names.Member(property), type).Metadata.Set<FilterFieldMeaning>(
                    new FilterFieldMeaning.Property(property, isRelation));
            }
        }

        return name;
    }

    private string? TypeOf(PropertyInfo property)
    {
        var shape = ClrShape.Of(property);
        if (shape.Element is { } element && context.Catalog.ScalarOf(shape.Type) is null)
        {
            return element.Element is null ? ListOf(element, property) : null;
        }

        return context.Catalog.IsLeaf(shape.Type) ? OperationsOf(shape, property)
            : IsEntity(shape.Type) ? Of(shape.Type, property) : null;
    }

    private string? ListOf(ClrShape element, PropertyInfo property)
    {
        if (context.Catalog.IsLeaf(element.Type))
        {
            var operations = OperationsOf(element, property);
            return Quantify("List" + operations, operations);
        }

        var filter = IsEntity(element.Type) ? Of(element.Type, property) : null;
        return filter is null ? null : Quantify("ListFilterInputTypeOf" + filter, filter);
    }

    private string Quantify(string name, string element)
    {
        if (context.Builder.FindType(name) is not null)
        {
            return name;
        }

        var input = context.Builder.InputObject(name);
        Add(input, "all", element, new FilterFieldMeaning.List(ListQuantifier.All));
        Add(input, "none", element, new FilterFieldMeaning.List(ListQuantifier.None));
        Add(input, "some", element, new FilterFieldMeaning.List(ListQuantifier.Some));
        Add(input, "any", "Boolean", new FilterFieldMeaning.AnyElement());
        return name;
    }

    private string OperationsOf(ClrShape shape, PropertyInfo property)
    {
        if (property.IsMarked<IDAttribute>())
        {
            var id = property.Mark<IDAttribute>()!;
            return _operations.Of(
                "IdOperationFilterInput", "ID", "ID", FilterValueKind.Choice,
                NodeRegistry.Reading(shape.Type, id, context.Catalog, property));
        }

        var type = shape.Type;
        if (type.IsEnum)
        {
            return _operations.OfEnum(context.Catalog.OutputName(type, property), shape.IsNullable);
        }

        // A typed id shares the operations of its scalar; its values are wrapped when the filter is read.
        return _operations.OfScalar(context.Catalog.ScalarOf(type)!);
    }

    private static void Add(InputObjectTypeConfiguration input, string name, string type, FilterFieldMeaning meaning)
    {
        var field = input.Field(name, type);
        TypeAnnotations.Weigh(field, 10);
        field.Metadata.Set(meaning);
    }

    private static bool IsEntity(Type type) =>
        (type.IsClass || type.IsValueType) && type != typeof(object) && type != typeof(string);
}
