using System.Collections;
using Platform.GraphQL.Conventions.Reading;
using Platform.GraphQL.Execution;
using Platform.GraphQL.TypeSystem;

namespace Platform.GraphQL.Conventions.Filtering;

/// <summary>From the coerced argument <c>where</c> to a filter, within the limits of nesting and number.</summary>
internal sealed class FilterReader(FilterOptions options)
{
    private int _comparisons;

    /// <summary>Null and <c>{}</c> are no filter.</summary>
    public static FilterNode? Read(InputObjectValue? where, FilterOptions options)
    {
        if (where is null)
        {
            return null;
        }

        var nodes = new List<FilterNode>();
        new FilterReader(options).ReadObject(where, FieldPath.Self, typeof(object), depth: 1, nodes);
        return nodes.Count == 0 ? null : All(nodes);
    }

    private void ReadObject(InputObjectValue value, FieldPath path, Type element, int depth, List<FilterNode> nodes)
    {
        if (depth > options.MaxDepth)
        {
            throw Refused($"A filter may be nested {options.MaxDepth} levels deep.", ErrorCodes.FilterLimit);
        }

        var fields = value.Type.Fields;
        for (var i = 0; i < fields.Count; i++)
        {
            if (value.Has(i))
            {
                ReadField(fields[i], value.Get(i), path, element, depth, nodes);
            }
        }
    }

    private void ReadField(
        InputValueDefinition field, object? value, FieldPath path, Type element, int depth, List<FilterNode> nodes)
    {
        switch (field.Metadata.Get<FilterFieldMeaning>())
        {
            case FilterFieldMeaning.Combination combination:
                var branches = ReadBranches(value, path, element, depth);
                if (branches.Count > 0)
                {
                    nodes.Add(combination.IsOr ? Any(branches) : All(branches));
                }

                break;
            case FilterFieldMeaning.Property property:
                ReadObject(
                    Given(field, value), path.To(property.Info), element, depth + (property.IsRelation ? 1 : 0), nodes);
                break;
            case FilterFieldMeaning.Compare compare:
                nodes.Add(ReadComparison(field, compare, value, path, element));
                break;
            case FilterFieldMeaning.List list:
                nodes.Add(ReadList(field, list.Quantifier, value, path, depth));
                break;
            case FilterFieldMeaning.AnyElement:
                Count();
                nodes.Add(new FilterList(
                    path, value is true ? ListQuantifier.Some : value is null ? throw NoNull(field) : ListQuantifier.None, null));
                break;
        }
    }

    private List<FilterNode> ReadBranches(object? value, FieldPath path, Type element, int depth)
    {
        var branches = new List<FilterNode>();
        foreach (var branch in (IEnumerable?)value ?? Array.Empty<object>())
        {
            var nodes = new List<FilterNode>();
            ReadObject((InputObjectValue)branch, path, element, depth + 1, nodes);
            branches.Add(All(nodes));
        }

        return branches;
    }

    private FilterList ReadList(
        InputValueDefinition field, ListQuantifier quantifier, object? value, FieldPath path, int depth)
    {
        var nodes = new List<FilterNode>();
        var element = ClrShape.ElementOf(path.Properties[^1].PropertyType)!;
        ReadObject(Given(field, value), FieldPath.Self, element, depth + 1, nodes);
        return new FilterList(path, quantifier, All(nodes));
    }

    private FilterCompare ReadComparison(
        InputValueDefinition field, FilterFieldMeaning.Compare compare, object? value, FieldPath path, Type element)
    {
        Count();
        var operation = compare.Field;
        if (value is null)
        {
            return operation.TakesNull ? new FilterCompare(path, operation.Operation, null) : throw NoNull(field);
        }

        if (operation.TakesBoolean)
        {
            return new FilterCompare(path, operation.Operation, value);
        }

        if (!operation.TakesList)
        {
            return new FilterCompare(path, operation.Operation, compare.Convert(value, path, element));
        }

        var given = ((IEnumerable)value).Cast<object?>().ToArray();
        if (given.Length > options.MaxListValues)
        {
            throw Refused($"A list in a filter may have {options.MaxListValues} values.", ErrorCodes.FilterLimit);
        }

        return new FilterCompare(
            path,
            operation.Operation,
            Array.ConvertAll(given, one => one is null ? null : compare.Convert(one, path, element)));
    }

    private void Count()
    {
        if (++_comparisons > options.MaxComparisons)
        {
            throw Refused($"A filter may have {options.MaxComparisons} comparisons.", ErrorCodes.FilterLimit);
        }
    }

    private static FilterNode All(List<FilterNode> nodes) => nodes.Count == 1 ? nodes[0] : new FilterAnd(nodes);

    private static FilterNode Any(List<FilterNode> nodes) => nodes.Count == 1 ? nodes[0] : new FilterOr(nodes);

    private static InputObjectValue Given(InputValueDefinition field, object? value) =>
        value as InputObjectValue ?? throw NoNull(field);

    // A null that came from a forgotten variable must not widen what is found.
    private static GraphQLException NoNull(InputValueDefinition field) =>
        Refused($"The filter `{field.Name}` needs a value: null is not supported.", ErrorCodes.FilterNull);

    private static GraphQLException Refused(string message, string code) =>
        new(new GraphQLError(message) { Code = code });
}

/// <summary>What a field of a filter input stands for; kept with the field's definition.</summary>
internal abstract class FilterFieldMeaning
{
    public sealed class Combination(bool isOr) : FilterFieldMeaning
    {
        public bool IsOr { get; } = isOr;
    }

    public sealed class Property(System.Reflection.PropertyInfo info, bool isRelation) : FilterFieldMeaning
    {
        public System.Reflection.PropertyInfo Info { get; } = info;

        public bool IsRelation { get; } = isRelation;
    }

    public sealed class List(ListQuantifier quantifier) : FilterFieldMeaning
    {
        public ListQuantifier Quantifier { get; } = quantifier;
    }

    public sealed class AnyElement : FilterFieldMeaning;

    public sealed class Compare(FilterOperationField field, Func<object, object?>? convert) : FilterFieldMeaning
    {
        public FilterOperationField Field { get; } = field;

        /// <summary>The value with the type of the property it is compared with.</summary>
        public object? Convert(object value, FieldPath path, Type element) =>
            (convert ?? InputConversion.To(path.Properties.Count == 0 ? element : path.Properties[^1].PropertyType))(value);
    }
}
