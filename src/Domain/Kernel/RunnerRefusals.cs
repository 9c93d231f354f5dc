namespace Platform.Domain.Kernel;

/// <summary>Refused before the handler was asked; any command can be answered so, therefore none declares it.</summary>
public abstract record RunnerRefusal : DomainError;

/// <summary>
/// A refusal that depends on the input alone. It is not kept under the idempotency key: the client corrects the input
/// and uses the key again.
/// </summary>
public abstract record InvalidInput : DomainError;

/// <summary>The actor does not hold what the command needs.</summary>
public sealed record NotPermitted(string Operation, string? Needed) : RunnerRefusal
{
    public override string Message => Needed is null
        ? $"{Operation} is open to nobody: it names no permission."
        : $"{Operation} needs the permission {Needed}.";
}

/// <summary>A model may file recommendations; people and the services they configure act (I-16).</summary>
public sealed record ModelMayNotAct(string Operation) : RunnerRefusal
{
    public override string Message => $"{Operation} is guarded: a model may recommend it, never run it.";
}

/// <summary>Somebody limited to rows asked for what concerns others too.</summary>
public sealed record BeyondYourRows(string Operation) : RunnerRefusal
{
    public override string Message => $"{Operation} reaches beyond the rows that you are limited to.";
}

public sealed record IdempotencyKeyInvalid(int Length) : RunnerRefusal
{
    public override string Message =>
        $"An idempotency key is 1 to 255 visible ASCII characters; this one has {Length} or holds others.";
}

/// <summary>The key belongs to a request with other input; repeating it now would hide one of the two.</summary>
public sealed record IdempotencyKeyReused(string Operation, string Key) : RunnerRefusal
{
    public override string Message => $"The key {Key} was used for another input of {Operation}. A new request needs a new key.";
}

/// <summary>The first request with this key is still running. Retrying later with the same key is safe.</summary>
public sealed record IdempotencyInProgress(string Operation, string Key) : RunnerRefusal
{
    public override string Message => $"{Operation} with the key {Key} is still running. Retry with the same key.";
}
