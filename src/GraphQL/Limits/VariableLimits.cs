using System.Runtime.InteropServices;
using System.Text.Json;
using Platform.GraphQL.Execution;
using Platform.GraphQL.Language;

namespace Platform.GraphQL.Limits;

/// <summary>G-04, G-59: the depth and the number of values of the variables, used or not.</summary>
internal static class VariableLimits
{
    /// <summary>Less text than this cannot hold what any sensible limit forbids.</summary>
    private const int Harmless = 96;

    public static GraphQLError? Check(JsonElement variables, GraphQLLimits limits, OperationType kind)
    {
        if (variables.ValueKind is JsonValueKind.Undefined or JsonValueKind.Null)
        {
            return null;
        }

        if (variables.ValueKind != JsonValueKind.Object)
        {
            return new GraphQLError("Variables must be an object.") { Code = ErrorCodes.InvalidRequest };
        }

        var text = JsonMarshal.GetRawUtf8Value(variables);
        return text.Length <= Harmless ? null : Count(text, limits, kind == OperationType.Mutation ? limits.MaxMutationValues : limits.MaxVariableValues);
    }

    private static GraphQLError? Count(ReadOnlySpan<byte> text, GraphQLLimits limits, int most)
    {
        var reader = new Utf8JsonReader(text, new JsonReaderOptions { MaxDepth = limits.MaxVariablesDepth + 1 });
        var values = 0;
        try
        {
            while (reader.Read())
            {
                if (reader.CurrentDepth >= limits.MaxVariablesDepth)
                {
                    return TooDeep(limits);
                }

                values += reader.TokenType is JsonTokenType.PropertyName or JsonTokenType.EndArray or JsonTokenType.EndObject
                    ? 0
                    : 1;
                if (values > most)
                {
                    return new GraphQLError($"Variables may not hold more than {most} values.")
                    {
                        Code = ErrorCodes.VariablesTooLarge,
                    };
                }
            }
        }
        catch (JsonException)
        {
            return TooDeep(limits);
        }

        return null;
    }

    private static GraphQLError TooDeep(GraphQLLimits limits) =>
        new($"Variables may not be nested deeper than {limits.MaxVariablesDepth}.") { Code = ErrorCodes.VariablesDepth };
}
