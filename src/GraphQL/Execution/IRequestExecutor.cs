namespace Platform.GraphQL.Execution;

/// <summary>The one door to a schema. Every transport comes through here, so every rule and limit holds for all of them.</summary>
public interface IRequestExecutor
{
    /// <summary>
    /// Answers with an <see cref="OperationResult"/> or a <see cref="ResponseStream"/>; whoever asked disposes it.
    /// Throws nothing for bad requests, failing resolvers or a client that left: those are results.
    /// </summary>
    ValueTask<ExecutionResult> ExecuteAsync(OperationRequest request, RequestContext context);
}
