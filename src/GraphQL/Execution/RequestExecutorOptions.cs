using Platform.GraphQL.Language;
using Platform.GraphQL.Limits;
using Platform.GraphQL.TypeSystem;

namespace Platform.GraphQL.Execution;

/// <summary>What may be decided about executing requests; the defaults are the safe ones.</summary>
public sealed record RequestExecutorOptions
{
    public GraphQLLimits Limits { get; init; } = GraphQLLimits.Default;

    public ParserLimits ParserLimits { get; init; } = ParserLimits.Default;

    /// <summary>What an error does where the request does not say.</summary>
    public ErrorHandling DefaultErrorHandling { get; init; } = ErrorHandling.Propagate;

    /// <summary>Whether a request may choose its <see cref="ErrorHandling"/>.</summary>
    public bool AllowsErrorHandlingChoice { get; init; } = true;

    /// <summary>Rules on whole operations, asked in order before anything runs.</summary>
    public IReadOnlyList<IOperationGate> Gates { get; init; } = [];

    /// <summary>Told the real exception behind every masked error.</summary>
    public Action<ExecutionFault>? OnFault { get; init; }

    /// <summary>
    /// Adds entries to the <c>extensions</c> of a response once its fields are resolved. What follows from the schema
    /// alone, such as introspection, is the same for every request and has none.
    /// </summary>
    public Action<RequestContext, IDictionary<string, object?>>? OnResponse { get; init; }

    /// <summary>Asked before every event of every subscriber: false ends the subscription.</summary>
    public Func<RequestContext, bool>? IsStillPermitted { get; init; }

    /// <summary>
    /// Who the caller of a request is now. When what a subscriber may see changes, the subscription goes on as who they
    /// are then, after the last position they saw; null for hosts whose callers never change.
    /// </summary>
    public Func<RequestContext, CurrentCaller?>? CallerNow { get; init; }

    public TimeProvider Time { get; init; } = TimeProvider.System;
}

/// <summary>Decides about an operation as a whole: permissions, budgets.</summary>
public interface IOperationGate
{
    /// <summary>The reason not to run the operation, or null.</summary>
    GraphQLError? Check(OperationFacts operation, RequestContext context);
}

/// <summary>What is known of an operation before it runs.</summary>
/// <param name="Fields">Every field it may touch, whatever its conditions.</param>
public sealed record OperationFacts(
    OperationType Type, string? Name, IReadOnlySet<FieldDefinition> Fields, OperationCost Cost);

/// <summary>An exception a client does not see. Its place is a schema coordinate; it carries no value of the client.</summary>
public sealed record ExecutionFault(Exception Exception, RequestContext Request, string? Coordinate, string CorrelationId);
