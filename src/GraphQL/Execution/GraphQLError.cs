using System.Collections.ObjectModel;
using Platform.GraphQL.Language;

namespace Platform.GraphQL.Execution;

/// <summary>An entry of <c>errors</c>. §7.1.5 Errors</summary>
public sealed record GraphQLError(string Message)
{
    /// <summary>A stable word for machines, written as <c>extensions.code</c>; see <see cref="ErrorCodes"/>.</summary>
    public string? Code { get; init; }

    public IReadOnlyList<SourceLocation> Locations { get; init; } = [];

    /// <summary>Response names and list indexes from the root; null for an error of the whole request.</summary>
    public IReadOnlyList<object>? Path { get; init; }

    /// <summary>Further facts beside the code. Values: null, strings, numbers, booleans, lists and maps of these.</summary>
    public IReadOnlyDictionary<string, object?> Extensions { get; init; } = ReadOnlyDictionary<string, object?>.Empty;
}

/// <summary>An error meant for the client: it is reported as it is, where other exceptions are masked.</summary>
public sealed class GraphQLException : Exception
{
    public GraphQLException(string message)
        : this(new GraphQLError(message))
    {
    }

    public GraphQLException(params IReadOnlyList<GraphQLError> errors)
        : base(errors.Count > 0 ? errors[0].Message : "The request failed.")
    {
        Errors = errors;
    }

    public IReadOnlyList<GraphQLError> Errors { get; }
}
