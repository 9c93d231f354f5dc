using System.Net.WebSockets;

namespace Platform.GraphQL.Transport.WebSockets;

/// <summary>
/// Why a socket is closed: the codes of graphql-transport-ws, and two of our own. The protocol's 4004 (bad response),
/// 4005 (client error) and 4504 (no acknowledgement) are the client's to send.
/// </summary>
internal sealed record CloseReason(int Code, string Text)
{
    public static CloseReason BadMessage(string why) => new(4400, why);

    public static CloseReason Unauthorized { get; } = new(4401, "Unauthorized");

    public static CloseReason Forbidden(string why) => new(4403, why);

    public static CloseReason SubprotocolNotAcceptable { get; } = new(4406, "Subprotocol not acceptable");

    public static CloseReason InitTimeout { get; } = new(4408, "Connection initialisation timeout");

    public static CloseReason DuplicateId(string id) => new(4409, $"Subscriber for {id} already exists");

    /// <summary>A client that takes nothing is let go; with its positions it can come back where it was.</summary>
    public static CloseReason TooSlow { get; } = new(4413, "Too slow: resume from your last position");

    public static CloseReason TooManyInitialisations { get; } = new(4429, "Too many initialisation requests");

    public static CloseReason TooManySockets { get; } = new(4429, "Too many sockets of this user");

    /// <summary>
    /// The code graphql-ws's own client uses when it finds a socket dead; clients reconnect after it.
    /// </summary>
    public static CloseReason NoPong { get; } = new(4499, "Terminated");

    public static CloseReason InternalError { get; } = new(4500, "Internal server error");

    public static CloseReason MessageTooBig { get; } = new((int)WebSocketCloseStatus.MessageTooBig, "Message too big");

    public static CloseReason GoingAway { get; } =
        new((int)WebSocketCloseStatus.EndpointUnavailable, "Server is stopping");

    /// <summary>A close frame carries at most 123 bytes of text, and ids come from clients.</summary>
    public string Description => Text.Length <= 40 || Text.All(char.IsAscii) && Text.Length <= 120 ? Text : Text[..40];
}
