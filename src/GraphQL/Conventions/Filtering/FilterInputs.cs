using Platform.GraphQL.Conventions.Reading;
using Platform.GraphQL.TypeSystem;

namespace Platform.GraphQL.Conventions.Filtering;

/// <summary>
/// The inputs that compare one value, made when somebody asks for one. Data layers put them into filters of their own and
/// ask here what a field of theirs means.
/// </summary>
public sealed class FilterInputs(SchemaBuilder builder, FilterOptions options)
{
    /// <summary>The operations of a scalar.</summary>
    public string OfScalar(string scalar) => Of(
        (scalar switch { "UUID" => "Uuid", "URI" => "Uri", "ID" => "Id", _ => scalar }) + "OperationFilterInput",
        scalar, scalar, KindOf(scalar), convert: null);

    /// <summary>The operations of an enum; null is an answer only where the compared value may be null.</summary>
    public string OfEnum(string name, bool isNullable) => isNullable
        ? Of($"NullableOf{name}OperationFilterInput", name, name, FilterValueKind.Choice, static value => value)
        : Of($"{name}OperationFilterInput", name, name + "!", FilterValueKind.Choice, static value => value);

    /// <summary>Adds <c>and</c> and <c>or</c>.</summary>
    public static void Combine(InputObjectTypeConfiguration input, string name)
    {
        input.Field("and", $"[{name}!]").Metadata.Set<FilterFieldMeaning>(new FilterFieldMeaning.Combination(isOr: false));
        input.Field("or", $"[{name}!]").Metadata.Set<FilterFieldMeaning>(new FilterFieldMeaning.Combination(isOr: true));
    }

    /// <summary>What a field of an operation input does; null when it does not compare.</summary>
    public static FilterOperation? OperationOf(InputValueDefinition field) =>
        (field.Metadata.Get<FilterFieldMeaning>() as FilterFieldMeaning.Compare)?.Field.Operation;

    /// <summary>Whether a field is <c>or</c> or <c>and</c>; null when it is neither.</summary>
    public static bool? IsOr(InputValueDefinition field) =>
        (field.Metadata.Get<FilterFieldMeaning>() as FilterFieldMeaning.Combination)?.IsOr;

    internal static FilterValueKind KindOf(string scalar) => scalar switch
    {
        "String" => FilterValueKind.Text,
        "Boolean" => FilterValueKind.Boolean,
        "ID" or "Any" or "Base64String" => FilterValueKind.Choice,
        _ => FilterValueKind.Comparable,
    };

    internal string Of(
        string name, string scalar, string element, FilterValueKind kind, Func<object, object?>? convert)
    {
        if (builder.FindType(name) is not null)
        {
            return name;
        }

        var input = builder.InputObject(name);
        if (kind == FilterValueKind.Text)
        {
            Combine(input, name);
        }

        foreach (var operation in FilterOperations.Of(kind, options))
        {
            var type = operation.TakesBoolean ? "Boolean" : operation.TakesList ? $"[{element}]" : scalar;
            var field = input.Field(operation.Name, type);
            TypeAnnotations.Weigh(field, operation.Cost);
            field.Metadata.Set<FilterFieldMeaning>(new FilterFieldMeaning.Compare(operation, convert));
        }

        return name;
    }
}
