using System.Reflection;
using Platform.GraphQL.Execution;

namespace Platform.GraphQL.Conventions.Reading;

/// <summary>Everything that is wrong with the classes, so that it can be shown at once.</summary>
internal sealed class BuildErrors
{
    private readonly List<GraphQLError> _errors = [];

    public IReadOnlyList<GraphQLError> All => _errors;

    /// <summary>Names the member, what is wrong with it and how to put it right.</summary>
    public void Add(MemberInfo member, string problem, string remedy)
    {
        var place = member is Type type ? TypeText.Of(type) : $"{TypeText.Of(member.DeclaringType!)}.{member.Name}";
        Add($"{place}: {problem} {remedy}");
    }

    public void Add(string message)
    {
        if (_errors.TrueForAll(error => error.Message != message))
        {
            _errors.Add(new GraphQLError(message));
        }
    }
}

/// <summary>Types as C# writes them.</summary>
internal static class TypeText
{
    public static string Of(Type type)
    {
        if (Nullable.GetUnderlyingType(type) is { } value)
        {
            return Of(value) + "?";
        }

        if (!type.IsGenericType)
        {
            return type.IsNested && !type.IsGenericParameter ? $"{Of(type.DeclaringType!)}.{type.Name}" : type.Name;
        }

        var arity = type.Name.IndexOf('`', StringComparison.Ordinal);
        return $"{(arity < 0 ? type.Name : type.Name[..arity])}<{string.Join(", ", type.GetGenericArguments().Select(Of))}>";
    }
}
