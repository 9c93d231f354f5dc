using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Platform.GraphQL.Transport;
using Platform.GraphQL.Transport.PersistedOperations;
using Platform.Tests.Wire;

namespace Platform.Tests.GraphQL.Transport;

/// <summary>Stored operations by id, automatic persistence, and servers that answer nothing else (G-48).</summary>
public class PersistedOperationTests
{
    private const string Strict = "application/graphql-response+json";
    private const string Document = "query A { a }";

    private static readonly string Hex = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Document)));
    private static readonly string Base64 = Base64Url.EncodeToString(SHA256.HashData(Encoding.UTF8.GetBytes(Document)));

    private readonly ScriptedExecutor _executor = new();
    private readonly InMemoryOperationDocumentStorage _storage = new(100, 100_000);

    public PersistedOperationTests()
    {
        _executor.On(Document, """{"data":{"a":1}}""");
        _executor.On("query B { b }", """{"data":{"b":1},"extensions":{"x":1}}""");
    }

    [Theory]
    [InlineData("id")]
    [InlineData("documentId")]
    [InlineData("doc_id")]
    public async Task A_stored_operation_is_named_by_any_of_three_properties(string property)
    {
        await _storage.SaveAsync("op1", Encoding.UTF8.GetBytes(Document), CancellationToken.None);
        await using var server = await StartAsync(_ => { });

        var byPost = await server.PostAsync($$$"""{"{{{property}}}":"op1","variables":{"v":1}}""", Strict);
        var byGet = await server.GetAsync($"?{property}=op1", Strict);

        byPost.Body.ShouldBe("""{"data":{"a":1}}""");
        byGet.Body.ShouldBe("""{"data":{"a":1}}""");
        _executor.Requests[0].DocumentId.ShouldBe("op1");
        _executor.Requests[0].Variables.ShouldBe("""{"v":1}""");
    }

    [Theory]
    [InlineData("GET", "/persisted/op1", "{\"data\":{\"a\":1}}")]
    [InlineData("GET", "/persisted/op1/A", "{\"data\":{\"a\":1}}")]
    [InlineData("POST", "/persisted/op1", "{\"data\":{\"a\":1}}")]
    public async Task A_stored_operation_has_an_address(string method, string path, string body)
    {
        await _storage.SaveAsync("op1", Encoding.UTF8.GetBytes(Document), CancellationToken.None);
        await using var server = await StartAsync(options => options.Preflight = PreflightPolicy.Always);

        var answer = await server.SendAsync(server.Request(new HttpMethod(method), path, Strict, null));

        answer.Body.ShouldBe(body);
        _executor.Requests.ShouldHaveSingleItem().OperationName.ShouldBe(path.EndsWith("/A", StringComparison.Ordinal) ? "A" : null);
    }

    [Fact]
    public async Task An_address_takes_no_other_text()
    {
        await _storage.SaveAsync("op1", Encoding.UTF8.GetBytes(Document), CancellationToken.None);
        await using var server = await StartAsync(_ => { });

        (await server.GetAsync("/persisted/op1?query={b}", Strict)).Code.ShouldBe(400);
        _executor.Requests.ShouldBeEmpty();
    }

    [Fact]
    public async Task An_unknown_id_is_not_found()
    {
        await using var server = await StartAsync(_ => { });

        var answer = await server.PostAsync("""{"id":"nope"}""", Strict);

        answer.Code.ShouldBe(400);
        answer.Body.ShouldBe("""{"errors":[{"message":"PersistedQueryNotFound","extensions":{"code":"HC0020"}}]}""");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_client_registers_a_document_by_its_hash_once(bool hex)
    {
        await using var server = await StartAsync(options => options.PersistedOperations.Automatic = AutomaticRegistration.Anyone);
        var hash = hex ? Hex : Base64;

        var miss = await server.PostAsync(Apq(hash, null), Strict);
        var registration = await server.PostAsync(Apq(hash, Document), Strict);
        var hit = await server.PostAsync(Apq(hash, null), Strict);

        miss.ErrorCode.ShouldBe("HC0020");
        registration.Body.ShouldBe(
            """{"data":{"a":1},"extensions":{"persistedQuery":{"sha256Hash":"HASH","persisted":true}}}"""
                .Replace("HASH", hash, StringComparison.Ordinal));
        hit.Body.ShouldBe("""{"data":{"a":1}}""");
    }

    [Fact]
    public async Task A_receipt_joins_the_extensions_that_are_there()
    {
        await using var server = await StartAsync(options => options.PersistedOperations.Automatic = AutomaticRegistration.Anyone);

        var answer = await server.PostAsync(Apq(Hex, "query B { b }"), Strict);

        // The hash is of another document: executed, not stored, and told.
        var extensions = JsonDocument.Parse(answer.Body).RootElement.GetProperty("extensions");
        extensions.GetProperty("x").GetInt32().ShouldBe(1);
        var receipt = extensions.GetProperty("persistedQuery");
        receipt.GetProperty("persisted").GetBoolean().ShouldBeFalse();
        receipt.GetProperty("expectedHashValue").GetString().ShouldNotBe(Hex);
        receipt.GetProperty("expectedHashFormat").GetString().ShouldBe("Hex");
        (await _storage.TryReadAsync(Hex, CancellationToken.None)).ShouldBeNull();
    }

    [Fact]
    public async Task What_fails_is_not_stored()
    {
        await using var server = await StartAsync(options => options.PersistedOperations.Automatic = AutomaticRegistration.Anyone);
        const string Wrong = "{ wrong }";
        var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Wrong)));

        await server.PostAsync(Apq(hash, Wrong), Strict);

        (await _storage.TryReadAsync(hash, CancellationToken.None)).ShouldBeNull();
    }

    [Theory]
    [InlineData(AutomaticRegistration.Off)]
    [InlineData(AutomaticRegistration.Authenticated)]
    public async Task The_anonymous_store_nothing_unless_anyone_may_G_48(AutomaticRegistration automatic)
    {
        await using var server = await StartAsync(options => options.PersistedOperations.Automatic = automatic);

        var unsupported = await server.PostAsync(Apq(Hex, null), Strict);
        var executed = await server.PostAsync(Apq(Hex, Document), Strict);

        unsupported.Body.ShouldContain("PersistedQueryNotSupported");
        executed.Body.ShouldBe("""{"data":{"a":1}}""");
        (await _storage.TryReadAsync(Hex, CancellationToken.None)).ShouldBeNull();
    }

    [Fact]
    public async Task A_server_of_stored_operations_never_reads_other_text_G_48()
    {
        await _storage.SaveAsync(Hex, Encoding.UTF8.GetBytes(Document), CancellationToken.None);
        await using var server = await StartAsync(options =>
        {
            options.PersistedOperations.Mode = PersistedOperationMode.Required;
            options.PersistedOperations.Automatic = AutomaticRegistration.Anyone;
        });

        (await server.PostAsync(WireClient.Query("{ __typename }"), Strict)).ErrorCode.ShouldBe("PERSISTED_ONLY");
        (await server.PostAsync(Apq(Hex, "{ other }"), Strict)).ErrorCode.ShouldBe("PERSISTED_ONLY");
        (await server.GetAsync("?query={a}", Strict)).ErrorCode.ShouldBe("PERSISTED_ONLY");
        (await server.PostAsync(Apq(Hex, null), Strict)).Body.ShouldBe("""{"data":{"a":1}}""");
        _executor.Requests.ShouldHaveSingleItem().Document.ShouldBe(Document);
        await using var socket = await RawSocket.InitialisedAsync(server);
        await socket.SubscribeAsync("1", "{ __typename }");
        (await socket.ReceiveAsync()).ShouldContain("PERSISTED_ONLY");
    }

    [Fact]
    public async Task Memory_forgets_what_was_not_asked_for_the_longest()
    {
        var storage = new InMemoryOperationDocumentStorage(maxDocuments: 2, maxBytes: 100);
        await storage.SaveAsync("a", new byte[40], CancellationToken.None);
        await storage.SaveAsync("b", new byte[40], CancellationToken.None);
        await storage.TryReadAsync("a", CancellationToken.None);

        await storage.SaveAsync("c", new byte[40], CancellationToken.None);
        await storage.SaveAsync("huge", new byte[101], CancellationToken.None);

        (await storage.TryReadAsync("a", CancellationToken.None)).ShouldNotBeNull();
        (await storage.TryReadAsync("b", CancellationToken.None)).ShouldBeNull();
        (await storage.TryReadAsync("c", CancellationToken.None)).ShouldNotBeNull();
        (await storage.TryReadAsync("huge", CancellationToken.None)).ShouldBeNull();
    }

    [Fact]
    public async Task A_folder_of_documents_is_never_left_by_an_id()
    {
        var folder = Directory.CreateTempSubdirectory("documents");
        try
        {
            await File.WriteAllTextAsync(Path.Combine(folder.FullName, "secret.graphql"), "{ secret }");
            var inner = Path.Combine(folder.FullName, "inner");
            var storage = new FileSystemOperationDocumentStorage(inner, maxDocuments: 2);
            await storage.SaveAsync("a", Encoding.UTF8.GetBytes(Document), CancellationToken.None);
            await storage.SaveAsync("../b", Encoding.UTF8.GetBytes(Document), CancellationToken.None);
            await storage.SaveAsync("c", Encoding.UTF8.GetBytes(Document), CancellationToken.None);
            await storage.SaveAsync("d", Encoding.UTF8.GetBytes(Document), CancellationToken.None);

            var fresh = new FileSystemOperationDocumentStorage(inner, maxDocuments: 2);
            Encoding.UTF8.GetString((await fresh.TryReadAsync("a", CancellationToken.None))!.Value.Span).ShouldBe(Document);
            foreach (var id in new[] { "../secret", "..%2fsecret", "/etc/passwd", "", "nope", "a\0" })
            {
                (await fresh.TryReadAsync(id, CancellationToken.None)).ShouldBeNull();
            }

            Directory.GetFiles(inner).Length.ShouldBe(2); // full after two
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static string Apq(string hash, string? document) => JsonSerializer.Serialize(new
    {
        query = document,
        extensions = new { persistedQuery = new { version = 1, sha256Hash = hash } },
    });

    private Task<TransportServer> StartAsync(Action<GraphQLServerOptions> configure) =>
        TransportServer.StartAsync(_executor, configure, builder => builder.Services.AddSingleton<IOperationDocumentStorage>(_storage));
}
