using System.Net.WebSockets;
using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Platform.GraphQL.Execution;
using Platform.Tests.Wire;

namespace Platform.Tests.GraphQL.Transport;

/// <summary>
/// Valid requests with a few bytes changed, cut or doubled: whatever arrives, the answer is never a fault of ours and the
/// server answers the next request.
/// </summary>
public class NonsenseTests : IAsyncLifetime
{
    private static readonly string[] Requests =
    [
        """{"query":"query A($n: String) { hello(name: $n) }","operationName":"A","variables":{"n":"\u00e9"},"extensions":{}}""",
        """{"query":"{ items(first: 2) { edges { cursor node { id name } } pageInfo { hasNextPage } } }"}""",
        """{"id":"x","extensions":{"persistedQuery":{"version":1,"sha256Hash":"ecf4edb46db40b5132295c0291d62fb65d6759a9eedfa4d5d612dd5ec54a6b38"}}}""",
        """[{"query":"{ hello }"},{"query":"{ __typename }","variables":{}}]""",
    ];

    private static readonly string[] Messages =
    [
        """{"type":"connection_init","payload":{"token":"ada"}}""",
        """{"type":"subscribe","id":"1","payload":{"query":"subscription { ticks(upTo: 3) { n } }","variables":{}}}""",
        """{"type":"complete","id":"1"}""",
        """{"type":"ping","payload":{"a":1}}""",
    ];

    private readonly RequestExecutor _executor = Shop.Executor();
    private TransportServer _server = null!;

    public async Task InitializeAsync() => _server = await TransportServer.StartAsync(_executor);

    public async Task DisposeAsync()
    {
        await _server.DisposeAsync();
        await _executor.DisposeAsync();
    }

    [Theory]
    [InlineData("""{"query":"{ hello(name: \"?\") }"}""")]
    [InlineData("""{"query":"{ hello }","variables":{"?":1}}""")]
    [InlineData("""{"query":"{ hello }","operationName":"?"}""")]
    [InlineData("""{"id":"?"}""")]
    [InlineData("""{"extensions":{"persistedQuery":{"version":1,"sha256Hash":"?"}}}""")]
    public async Task Bytes_that_are_no_utf8_are_refused_wherever_they_stand(string body)
    {
        var bytes = Encoding.ASCII.GetBytes(body);
        bytes[Array.IndexOf(bytes, (byte)'?')] = 0xE8;
        using var request = _server.Request(HttpMethod.Post, string.Empty, "application/json", new ByteArrayContent(bytes));
        request.Content!.Headers.TryAddWithoutValidation("Content-Type", "application/json");

        var answer = await _server.SendAsync(request);

        answer.Code.ShouldBe(400);
        answer.ErrorCode.ShouldBe("HC0009");
    }

    [Fact]
    public void No_body_is_a_fault_of_ours() => Check.One(
        Config.QuickThrowOnFailure.WithMaxTest(1_000),
        Prop.ForAll(Mutants(Requests), body =>
        {
            using var request = _server.Request(HttpMethod.Post, string.Empty, "application/graphql-response+json", new ByteArrayContent(body));
            request.Content!.Headers.TryAddWithoutValidation("Content-Type", "application/json");
            var code = _server.SendAsync(request).GetAwaiter().GetResult().Code;
            return code is >= 200 and < 500;
        }));

    // G-06: found by the mutants above; a byte that is no UTF-8 stood in a string nobody reads while parsing.
    [Theory]
    [InlineData("""{"id":"x","extensions":{"persistedQuery":{"version":1,"sha256Hash":"?"}}}""")]
    [InlineData("""{"query":"query A($n: String) { hello(name: $n) }","variables":{"n":"?"}}""")]
    [InlineData("""{"query":"{ hello }","variables":{"?":1}}""")]
    public async Task Bytes_that_are_no_text_are_refused(string body)
    {
        var bytes = Encoding.UTF8.GetBytes(body);
        bytes[Array.LastIndexOf(bytes, (byte)'?')] = 0xFF;
        using var request = _server.Request(HttpMethod.Post, string.Empty, "application/graphql-response+json", new ByteArrayContent(bytes));
        request.Content!.Headers.TryAddWithoutValidation("Content-Type", "application/json");

        (await _server.SendAsync(request)).Code.ShouldBe(400);
    }

    [Fact]
    public void No_message_is_a_fault_of_ours() => Check.One(
        Config.QuickThrowOnFailure.WithMaxTest(300),
        Prop.ForAll(Mutants(Messages), message => CodeAfterAsync(message).GetAwaiter().GetResult() != 4500));

    private async Task<int> CodeAfterAsync(byte[] message)
    {
        await using var socket = await RawSocket.InitialisedAsync(_server);
        await socket.Socket.SendAsync(message, WebSocketMessageType.Text, true, CancellationToken.None);
        try
        {
            // Always wrong after the first one, so the server has the last word and we see which.
            await socket.SendAsync("""{"type":"connection_init"}""");
            return await socket.ClosedAsync();
        }
        catch (WebSocketException)
        {
            return socket.Socket.CloseStatus is { } status ? (int)status : 1006;
        }
    }

    private static Arbitrary<byte[]> Mutants(string[] originals) => Arb.From(
        from original in Gen.Elements(originals)
        from changes in Gen.ListOf(
            from kind in Gen.Choose(0, 3)
            from place in Gen.Choose(0, int.MaxValue)
            from value in Gen.Choose(0, 255)
            select (kind, place, value))
        select changes.Aggregate(Encoding.UTF8.GetBytes(original), Change));

    private static byte[] Change(byte[] bytes, (int Kind, int Place, int Value) change)
    {
        if (bytes.Length == 0)
        {
            return [(byte)change.Value];
        }

        var at = change.Place % bytes.Length;
        return change.Kind switch
        {
            0 => [.. bytes[..at], (byte)change.Value, .. bytes[(at + 1)..]],
            1 => [.. bytes[..at], .. bytes[(at + 1)..]],
            2 => [.. bytes[..at], (byte)"{}[]\":,\\"[change.Value % 8], .. bytes[at..]],
            _ => [.. bytes[..at], .. bytes[(at / 2)..]],
        };
    }
}
