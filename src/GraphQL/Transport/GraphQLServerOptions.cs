using Platform.GraphQL.Execution;

namespace Platform.GraphQL.Transport;

/// <summary>How the endpoints behave. Every limit is finite by default; none may be switched off.</summary>
public sealed class GraphQLServerOptions
{
    public HttpMode Mode { get; set; } = HttpMode.Compat;

    public PreflightPolicy Preflight { get; set; } = PreflightPolicy.WhenForgeable;

    /// <summary>What GET may carry. A mutation never may: links, images and prefetches would change stock.</summary>
    public OperationKinds AllowedGetOperations { get; set; } = OperationKinds.Query | OperationKinds.Subscription;

    /// <summary>Bytes of a request's body; uploads have their own limit.</summary>
    public int MaxRequestBytes { get; set; } = 256 * 1024;

    /// <summary>The same for callers who are known: only they have long documents to send.</summary>
    public int MaxSignedInRequestBytes { get; set; } = 256 * 1024;

    /// <summary>Levels of arrays and objects in variables and extensions.</summary>
    public int MaxVariablesDepth { get; set; } = 64;

    /// <summary>How long a body may take to arrive, whatever its rate.</summary>
    public TimeSpan BodyTimeout { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>The static page for a browser that opens the endpoint; null shows it in development only.</summary>
    public bool? LandingPage { get; set; }

    public BatchingOptions Batching { get; } = new();

    public UploadOptions Upload { get; } = new();

    public PersistedOperationOptions PersistedOperations { get; } = new();

    public StreamOptions Streams { get; } = new();

    public SocketOptions Sockets { get; } = new();

    /// <summary>Every mistake at once, for a start that fails with one message.</summary>
    public IEnumerable<string> Mistakes()
    {
        (bool Wrong, string Message)[] rules =
        [
            (MaxRequestBytes < 1, "MaxRequestBytes must be positive."),
            (MaxSignedInRequestBytes < MaxRequestBytes, "MaxSignedInRequestBytes must not be below MaxRequestBytes."),
            (MaxVariablesDepth is < 1 or > 500, "MaxVariablesDepth must be between 1 and 500."),
            (BodyTimeout <= TimeSpan.Zero, "BodyTimeout must be positive."),
            (AllowedGetOperations.HasFlag(OperationKinds.Mutation), "GET never carries mutations."),
            (Batching.MaxSize is < 1 or > 1024, "Batching.MaxSize must be between 1 and 1024."),
            (Upload.MaxFiles < 1, "Upload.MaxFiles must be positive."),
            (Upload.MaxFileBytes < 1, "Upload.MaxFileBytes must be positive."),
            (Upload.MaxTotalBytes < Upload.MaxFileBytes, "Upload.MaxTotalBytes must not be below MaxFileBytes."),
            (Streams.Heartbeat <= TimeSpan.Zero, "Streams.Heartbeat must be positive."),
            (Streams.SlowReaderGrace <= TimeSpan.Zero, "Streams.SlowReaderGrace must be positive."),
            (Streams.MaxReservations < 1, "Streams.MaxReservations must be positive."),
            (Streams.MaxPerUser < 1 || Streams.MaxPerAddress < 1, "Streams' slots must be positive."),
            (Sockets.MaxMessageBytes < 1024, "Sockets.MaxMessageBytes must be at least 1024."),
            (Sockets.InitTimeout <= TimeSpan.Zero, "Sockets.InitTimeout must be positive."),
            (Sockets.PongTimeout < Sockets.PingInterval, "Sockets.PongTimeout must not be below PingInterval."),
            (Sockets.MaxOperations < 1, "Sockets.MaxOperations must be positive."),
            (Sockets.MaxPerUser < 1 || Sockets.MaxPerAddress < 1, "Sockets' slots must be positive."),
            (Streams.QueueEvents < 1 || Streams.QueueBytes < 1, "Streams' queue must hold something."),
        ];
        return rules.Where(rule => rule.Wrong).Select(rule => rule.Message);
    }
}

/// <summary>When a request must prove that a page on another site could not have sent it.</summary>
public enum PreflightPolicy
{
    /// <summary>
    /// GET needs the header when a browser could have forged it: cookies, an identity the caller did not send by
    /// header, or fetch metadata of another site. A plain GET without credentials needs nothing.
    /// </summary>
    WhenForgeable,

    /// <summary>
    /// Every GET needs the header, as Apollo Server demands; persisted operations by their own path do not.
    /// </summary>
    Always,
}

[Flags]
public enum BatchingKinds
{
    None = 0,

    /// <summary>A JSON array of requests.</summary>
    Requests = 1,

    /// <summary><c>?batchOperations=[A,B]</c>: several operations of one document.</summary>
    Operations = 2,

    /// <summary><c>variables</c> is an array: one operation, several times.</summary>
    Variables = 4,
    All = Requests | Operations | Variables,
}

public sealed class BatchingOptions
{
    /// <summary>Off: a batch multiplies what one rate-limited request may do.</summary>
    public BatchingKinds Allowed { get; set; } = BatchingKinds.None;

    public int MaxSize { get; set; } = 10;
}

public sealed class UploadOptions
{
    public bool Enabled { get; set; }

    public int MaxFiles { get; set; } = 10;

    public long MaxFileBytes { get; set; } = 20L * 1024 * 1024;

    public long MaxTotalBytes { get; set; } = 50L * 1024 * 1024;

    /// <summary>Where files wait while their request runs; deleted with it.</summary>
    public string Directory { get; set; } = Path.GetTempPath();
}

public enum PersistedOperationMode
{
    /// <summary>Stored operations and documents in the request are both answered.</summary>
    Allowed,

    /// <summary>Only what the team has stored is answered; other text never reaches the parser.</summary>
    Required,
}

public enum AutomaticRegistration
{
    Off,

    /// <summary>Callers who proved who they are may store documents.</summary>
    Authenticated,
    Anyone,
}

public sealed class PersistedOperationOptions
{
    public PersistedOperationMode Mode { get; set; } = PersistedOperationMode.Allowed;

    public AutomaticRegistration Automatic { get; set; } = AutomaticRegistration.Off;
}

/// <summary>Responses that stay open: SSE, multipart, JSON lines.</summary>
public sealed class StreamOptions
{
    public TimeSpan Heartbeat { get; set; } = TimeSpan.FromSeconds(12);

    /// <summary>A client that takes no byte for this long is disconnected.</summary>
    public TimeSpan SlowReaderGrace { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>Messages and bytes that may wait for one subscriber; then its source is read no further.</summary>
    public int QueueEvents { get; set; } = 256;

    public int QueueBytes { get; set; } = 1024 * 1024;

    public int MaxPerUser { get; set; } = 100;

    public int MaxPerAddress { get; set; } = 200;

    /// <summary>Single connection mode: reservations at a time, and how long one waits for its stream.</summary>
    public int MaxReservations { get; set; } = 10_000;

    public TimeSpan ReservationTimeout { get; set; } = TimeSpan.FromSeconds(30);
}

public sealed class SocketOptions
{
    public TimeSpan InitTimeout { get; set; } = TimeSpan.FromSeconds(3);

    public TimeSpan PingInterval { get; set; } = TimeSpan.FromSeconds(12);

    /// <summary>Without a sign of life for this long the socket is closed.</summary>
    public TimeSpan PongTimeout { get; set; } = TimeSpan.FromSeconds(24);

    public int MaxMessageBytes { get; set; } = 64 * 1024;

    public int MaxOperations { get; set; } = 20;

    public int MaxPerUser { get; set; } = 5;

    public int MaxPerAddress { get; set; } = 200;

    /// <summary>Origins, beside the server's own, whose pages may open a socket with a cookie.</summary>
    public ISet<string> AllowedOrigins { get; } = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
}
