namespace Platform.GraphQL.Conventions;

/// <summary>What the mutation convention calls things; <c>{MutationName}</c> is the field's name with a capital.</summary>
public sealed record MutationConventionOptions
{
    public string InputTypeNamePattern { get; init; } = "{MutationName}Input";

    public string InputArgumentName { get; init; } = "input";

    public string PayloadTypeNamePattern { get; init; } = "{MutationName}Payload";

    public string PayloadErrorTypeNamePattern { get; init; } = "{MutationName}Error";

    public string PayloadErrorsFieldName { get; init; } = "errors";

    /// <summary>Adds <c>query: Query</c> to payloads, so that clients read what a change touched in the same request.</summary>
    public bool AddQueryFieldToPayloads { get; init; }
}
