using System.Net.Http.Headers;
using System.Text;
using Platform.GraphQL.Execution;
using Platform.GraphQL.Transport;

namespace Platform.Tests.GraphQL.Transport;

/// <summary>GraphQL-over-HTTP, the request's side: what a body or a URL means, and what is refused before it is run.</summary>
public class RequestTests
{
    private const string Hello = """{"query":"{ __typename }"}""";
    private const string Strict = "application/graphql-response+json";

    private readonly ScriptedExecutor _executor = new();

    public RequestTests()
    {
        _executor.On("{ __typename }", """{"data":{"__typename":"Query"}}""");
        _executor.On("query A($v: Any) {\n  a(s: \"x\", v: $v)\n}", """{"data":{"a":1}}""");
    }

    [Fact]
    public async Task A_post_is_executed_and_its_bytes_come_back_as_they_are()
    {
        await using var server = await TransportServer.StartAsync(_executor);

        var answer = await server.PostAsync(Hello, Strict);

        answer.Code.ShouldBe(200);
        answer.ContentType.ShouldBe("application/graphql-response+json; charset=utf-8");
        answer.Body.ShouldBe("""{"data":{"__typename":"Query"}}""");
    }

    [Fact]
    public async Task Escapes_variables_and_names_reach_the_executor_unchanged()
    {
        await using var server = await TransportServer.StartAsync(_executor);

        await server.PostAsync(
            """
            {"operationName":"A","query":"query A($v: Any) {\n  a(s: \"x\", v: $v)\n}","unknown":[{"query":1}],
             "variables":{"v":{"deep":[1.50,"\u00e9"]}}}
            """,
            Strict);

        var asked = _executor.Requests.ShouldHaveSingleItem();
        asked.Document.ShouldBe("query A($v: Any) {\n  a(s: \"x\", v: $v)\n}");
        asked.OperationName.ShouldBe("A");
        asked.Variables.ShouldBe("""{"v":{"deep":[1.50,"\u00e9"]}}""");
        asked.Allowed.ShouldBe(OperationKinds.All);
    }

    [Fact]
    public async Task A_body_that_arrives_in_pieces_is_one_body()
    {
        // given: larger than a block of the server's memory, and sent slowly
        await using var server = await TransportServer.StartAsync(_executor);
        var body = Hello[..^1] + ",\"x\":\"" + new string('x', 20_000) + "\"}";
        using var client = await server.ConnectAsync();
        var stream = client.GetStream();

        // when
        await stream.WriteAsync(Encoding.ASCII.GetBytes(
            $"POST /graphql HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Type: application/json\r\nContent-Length: {body.Length}\r\n\r\n"));
        foreach (var piece in body.Chunk(6_000))
        {
            await stream.WriteAsync(Encoding.ASCII.GetBytes(piece));
            await Task.Delay(20);
        }

        // then
        var answer = await new StreamReader(stream).ReadToEndAsync();
        answer.ShouldStartWith("HTTP/1.1 200");
        answer.ShouldEndWith("""{"data":{"__typename":"Query"}}""");
    }

    [Theory]
    //           body                                                       compat draft code
    [InlineData("",                                                         400, 400, "HC0009")]
    [InlineData("{",                                                        400, 400, "HC0009")]
    [InlineData("{\"query\":\"{ __typename }\"} x",                         400, 400, "HC0009")]
    [InlineData("{\"query\":\"\\ud800\"}",                                  400, 400, "HC0009")]
    [InlineData("null",                                                     400, 422, "HC0009")]
    [InlineData("\"{ __typename }\"",                                       400, 422, "HC0009")]
    [InlineData("{}",                                                       400, 422, "HC0013")]
    [InlineData("{\"query\":null}",                                         400, 422, "HC0013")]
    [InlineData("{\"query\":1}",                                            400, 422, "HC0009")]
    [InlineData("{\"query\":\"{a}\",\"variables\":[]}",                     400, 422, "HC0009")]
    [InlineData("{\"query\":\"{a}\",\"variables\":\"{}\"}",                 400, 422, "HC0009")]
    [InlineData("{\"query\":\"{a}\",\"extensions\":1}",                     400, 422, "HC0009")]
    [InlineData("{\"query\":\"{a}\",\"operationName\":{}}",                 400, 422, "HC0009")]
    // G-50: two readers of one request must not see two operations.
    [InlineData("{\"query\":\"{a}\",\"query\":\"{b}\"}",                    400, 400, "DUPLICATE_PROPERTY")]
    [InlineData("{\"query\":\"{a}\",\"qu\\u0065ry\":\"{b}\"}",              400, 400, "DUPLICATE_PROPERTY")]
    [InlineData("{\"query\":\"{a}\",\"operationName\":\"A\",\"operationName\":\"B\"}", 400, 400, "DUPLICATE_PROPERTY")]
    [InlineData("{\"query\":\"{a}\",\"variables\":{\"a\":1,\"a\":2}}",      400, 400, "DUPLICATE_PROPERTY")]
    [InlineData("{\"query\":\"{a}\",\"variables\":{\"x\":[{\"a\":1,\"a\":2}]}}", 400, 400, "DUPLICATE_PROPERTY")]
    // G-20: off unless enabled.
    [InlineData("[{\"query\":\"{a}\"}]",                                    400, 422, "BATCH_NOT_ALLOWED")]
    public async Task A_body_that_is_no_request_is_refused_before_anything_runs(string body, int compat, int draft, string code)
    {
        await using var inCompat = await TransportServer.StartAsync(_executor);
        await using var inDraft = await TransportServer.StartAsync(_executor, options => options.Mode = HttpMode.Draft2026);

        foreach (var (server, status, accept) in new[] { (inCompat, compat, Strict), (inCompat, compat, "application/json"), (inDraft, draft, Strict) })
        {
            var answer = await server.PostAsync(body, accept);

            answer.Code.ShouldBe(status);
            answer.ErrorCode.ShouldBe(code);
        }

        _executor.Requests.ShouldBeEmpty();
    }

    [Theory]
    [InlineData(64, 200)]
    [InlineData(65, 400)]
    [InlineData(100_000, 400)]
    public async Task Variables_nest_sixty_four_levels_G_04(int levels, int status)
    {
        // given: the object of all variables is the first level
        await using var server = await TransportServer.StartAsync(_executor);
        var value = new string('[', levels - 1) + new string(']', levels - 1);

        // when
        var answer = await server.PostAsync("{\"query\":\"{ __typename }\",\"variables\":{\"v\":" + value + "}}", Strict);

        // then
        answer.Code.ShouldBe(status);
        if (status == 400)
        {
            answer.ErrorCode.ShouldBe("VARIABLES_DEPTH");
        }
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_body_over_256_KiB_is_refused_with_or_without_a_length(bool declared)
    {
        await using var server = await TransportServer.StartAsync(_executor);
        var bytes = Encoding.ASCII.GetBytes("{\"query\":\"" + new string(' ', 256 * 1024) + "\"}");
        using var request = server.Request(HttpMethod.Post, string.Empty, Strict, declared ? new ByteArrayContent(bytes) : new StreamContent(new Unsized(bytes)));
        request.Content!.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        request.Headers.TransferEncodingChunked = !declared;

        var answer = await server.SendAsync(request);

        answer.Code.ShouldBe(413);
        answer.ErrorCode.ShouldBe("HC0010");
    }

    [Theory]
    //           content type                                   status
    [InlineData("application/json",                             200)]
    [InlineData("application/json; charset=UTF-8",              200)]
    [InlineData("Application/JSON;charset=\"utf-8\"",           200)]
    [InlineData("application/json; charset=utf-7",              415)]
    [InlineData("application/json; charset=utf-16",             415)]
    [InlineData("application/x-www-form-urlencoded",            415)]
    [InlineData("text/plain",                                   415)]
    [InlineData("multipart/form-data; boundary=x",              415)]
    [InlineData("application/graphql",                          415)]
    [InlineData("application/json, application/json",           415)]
    [InlineData(null,                                           415)]
    public async Task Only_json_in_utf8_is_read_G_28(string? contentType, int status)
    {
        await using var server = await TransportServer.StartAsync(_executor);
        using var content = new ByteArrayContent(Encoding.UTF8.GetBytes(Hello));
        if (contentType is not null)
        {
            content.Headers.TryAddWithoutValidation("Content-Type", contentType);
        }

        var answer = await server.SendAsync(server.Request(HttpMethod.Post, string.Empty, Strict, content));

        answer.Code.ShouldBe(status);
    }

    [Fact]
    public async Task Two_content_types_are_refused_G_28()
    {
        await using var server = await TransportServer.StartAsync(_executor);

        var answer = await RawAsync(server, "POST /graphql HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Type: application/json\r\n" +
            $"Content-Type: application/json\r\nContent-Length: {Hello.Length}\r\n\r\n{Hello}");

        answer.ShouldStartWith("HTTP/1.1 415");
    }

    [Theory]
    [InlineData("gzip")]
    [InlineData("br")]
    public async Task Compressed_bodies_are_refused(string encoding)
    {
        await using var server = await TransportServer.StartAsync(_executor);
        using var content = new StringContent(Hello, Encoding.UTF8, "application/json");
        content.Headers.ContentEncoding.Add(encoding);

        var answer = await server.SendAsync(server.Request(HttpMethod.Post, string.Empty, Strict, content));

        answer.Code.ShouldBe(415);
    }

    [Theory]
    [InlineData("Content-Length: 5\r\nContent-Length: 6\r\n")]
    [InlineData("Content-Length: 5\r\nTransfer-Encoding: chunked\r\n")]
    public async Task Ambiguous_lengths_are_refused_G_51(string headers)
    {
        await using var server = await TransportServer.StartAsync(_executor);

        var answer = await RawAsync(server, $"POST /graphql HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n{headers}\r\n5\r\nhello\r\n0\r\n\r\n");

        answer.ShouldStartWith("HTTP/1.1 400");
        _executor.Requests.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("5\r\n{\"que\r\nXYZ\r\n")]
    [InlineData("zz\r\n")]
    public async Task A_body_that_is_no_http_is_refused_as_such(string chunks)
    {
        await using var server = await TransportServer.StartAsync(_executor);

        var answer = await RawAsync(
            server,
            $"POST /graphql HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n{chunks}");

        answer.ShouldStartWith("HTTP/1.1 400");
    }

    [Fact]
    public async Task A_body_that_never_comes_is_given_up()
    {
        await using var server = await TransportServer.StartAsync(_executor, options => options.BodyTimeout = TimeSpan.FromMilliseconds(200));

        var answer = await RawAsync(server, "POST /graphql HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n{\"query");

        answer.ShouldStartWith("HTTP/1.1 408");
    }

    [Theory]
    [InlineData("PATCH")]
    [InlineData("HEAD")]
    [InlineData("DELETE")]
    [InlineData("OPTIONS")]
    public async Task Other_methods_are_told_which_would_do(string method)
    {
        await using var server = await TransportServer.StartAsync(_executor);

        var answer = await server.SendAsync(server.Request(new HttpMethod(method), string.Empty, Strict, null));

        answer.Code.ShouldBe(405);
        answer.Response.Content.Headers.Allow.ShouldBe(["GET", "POST"]);
    }

    [Fact]
    public async Task A_get_carries_the_same_properties_as_parameters()
    {
        await using var server = await TransportServer.StartAsync(_executor);

        var answer = await server.GetAsync("?query=%7B+__typename%20%7D&operationName=A&variables=%7B%22a%22%3A1%7D&extensions=%7B%7D", Strict);

        answer.Body.ShouldBe("""{"data":{"__typename":"Query"}}""");
        var asked = _executor.Requests.ShouldHaveSingleItem();
        asked.Variables.ShouldBe("""{"a":1}""");
        asked.OperationName.ShouldBe("A");
        asked.Allowed.ShouldBe(OperationKinds.Query | OperationKinds.Subscription);
    }

    [Fact]
    public async Task An_offer_to_speak_http2_is_not_taken_for_a_socket()
    {
        await using var server = await TransportServer.StartAsync(_executor);

        var answer = await RawAsync(
            server,
            "GET /graphql?query=%7B+__typename+%7D HTTP/1.1\r\nHost: x\r\nConnection: Upgrade, close\r\nUpgrade: h2c\r\n\r\n");

        answer.ShouldStartWith("HTTP/1.1 200");
    }

    [Theory]
    [InlineData("?query={a}&query={b}", "DUPLICATE_PROPERTY")]
    [InlineData("?query={a}&variables={", "HC0009")]
    [InlineData("?query={a}&variables=[]", "HC0009")]
    [InlineData("?query={a}&variables={\"a\":1,\"a\":2}", "DUPLICATE_PROPERTY")]
    [InlineData("?", "HC0013")]
    public async Task A_get_that_is_no_request_is_refused(string query, string code)
    {
        await using var server = await TransportServer.StartAsync(_executor);

        var answer = await server.GetAsync(query, Strict);

        answer.Code.ShouldBe(400);
        answer.ErrorCode.ShouldBe(code);
    }

    [Theory]
    [InlineData("\"NULL\"", ErrorHandling.Null)]
    [InlineData("\"HALT\"", ErrorHandling.Halt)]
    [InlineData("\"PROPAGATE\"", ErrorHandling.Propagate)]
    [InlineData("\"SOMETIMES\"", null)]
    [InlineData("{}", null)]
    public async Task A_request_may_ask_how_errors_spread(string mode, ErrorHandling? expected)
    {
        await using var server = await TransportServer.StartAsync(_executor);

        await server.PostAsync($$"""{"query":"{ __typename }","onError":{{mode}}}""", Strict);

        _executor.Requests.ShouldHaveSingleItem().OnError.ShouldBe(expected);
    }

    internal static async Task<string> RawAsync(TransportServer server, string request)
    {
        using var client = await server.ConnectAsync();
        var stream = client.GetStream();
        await stream.WriteAsync(Encoding.ASCII.GetBytes(request));
        return await new StreamReader(stream).ReadToEndAsync().WaitAsync(TimeSpan.FromSeconds(20));
    }

    private sealed class Unsized(byte[] bytes) : MemoryStream(bytes)
    {
        public override bool CanSeek => false;
    }
}
