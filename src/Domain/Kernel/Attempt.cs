namespace Platform.Domain.Kernel;

/// <summary>One request to run one command, as the runner carries it from the claim to the commit.</summary>
internal sealed class Attempt
{
    private Attempt(string operation, object command, byte[] input, Caller caller, DateTimeOffset now)
    {
        Operation = operation;
        Input = input;
        Actor = caller.Actor;
        Rows = caller.Rows;
        Key = caller.IdempotencyKey;
        Reason = (command as IReasoned)?.Reason;
        Envelope = new Envelope(
            caller.Actor, caller.Permissions, now, caller.CorrelationId, caller.IdempotencyKey);
    }

    public string Operation { get; }

    public string? Key { get; }

    public string? Reason { get; }

    public Actor Actor { get; }

    public RowScope Rows { get; }

    /// <summary>The command's canonical JSON: what the fingerprint covers and the audit log keeps.</summary>
    public byte[] Input { get; }

    public Envelope Envelope { get; }

    /// <summary>Before and after of every entity that the handler changed; taken before the save forgets it.</summary>
    public IReadOnlyList<EntityChange> Changes { get; set; } = [];

    public byte[] Fingerprint => CanonicalJson.Fingerprint(Input);

    public static Attempt Of(Operation operation, object command, Caller caller, DateTimeOffset now) =>
        new(operation.Name, command, CanonicalJson.Of(command), caller, now);
}

/// <summary>One entity's change: its table, its key, and per changed column what it was and what it became.</summary>
internal sealed record EntityChange(string Entity, string Key, IReadOnlyList<ColumnChange> Columns);

internal sealed record ColumnChange(string Column, object? Before, object? After);
