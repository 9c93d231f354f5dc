using System.Collections;
using System.Reflection;
using Platform.GraphQL.Execution;
using Platform.GraphQL.TypeSystem;

namespace Platform.GraphQL.Conventions.Sorting;

/// <summary>From the coerced argument <c>order</c> to steps. Several fields of one element come in the type's order.</summary>
internal static class SortReader
{
    public static IReadOnlyList<SortNode> Read(object? order, SortOptions options)
    {
        var steps = new List<SortNode>();
        foreach (var element in (order as IEnumerable) ?? Array.Empty<object>())
        {
            ReadObject((InputObjectValue)element!, FieldPath.Self, steps);
        }

        return steps.Count <= options.MaxSteps
            ? steps
            : throw new GraphQLException(
                new GraphQLError($"An order may have {options.MaxSteps} steps.") { Code = ErrorCodes.FilterLimit });
    }

    private static void ReadObject(InputObjectValue value, FieldPath path, List<SortNode> steps)
    {
        var fields = value.Type.Fields;
        for (var i = 0; i < fields.Count; i++)
        {
            var property = fields[i].Metadata.Get<SortFieldMeaning>()!.Property;
            switch (value.Get(i))
            {
                case InputObjectValue relation:
                    ReadObject(relation, path.To(property), steps);
                    break;
                case SortDirection direction:
                    var (isDescending, nulls) = SortInputs.Read(direction)!.Value;
                    steps.Add(new SortNode(path.To(property), isDescending, nulls));
                    break;
            }
        }
    }
}

/// <summary>The property a field of a sort input stands for; kept with the field's definition.</summary>
internal sealed record SortFieldMeaning(PropertyInfo Property);
