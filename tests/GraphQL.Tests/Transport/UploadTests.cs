using System.Text;
using Platform.GraphQL.Transport;
using Platform.GraphQL.Transport.Uploads;
using Platform.GraphQL.TypeSystem;
using Platform.Tests.Wire;

namespace Platform.Tests.GraphQL.Transport;

/// <summary>The GraphQL multipart request specification, with HotChocolate's codes (G-29).</summary>
public sealed class UploadTests : IDisposable
{
    private const string Operations = """{"query":"mutation($f: Upload) { put(file: $f) }","variables":{"f":null,"l":[null,null],"s":"x"}}""";

    private readonly ScriptedExecutor _executor = new();
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("uploads");
    private string _seen = string.Empty;

    public UploadTests() => _executor.On("mutation($f: Upload) { put(file: $f) }", async (request, context) =>
    {
        var file = UploadedFiles.Find(context, new UploadKey(request.Variables.GetProperty("f").GetString()!))!;
        using var reader = new StreamReader(file.OpenReadStream());
        _seen = $"{file.Name}|{file.ContentType}|{file.Length}|{await reader.ReadToEndAsync()}";
        _folder.GetFiles().Length.ShouldBeGreaterThan(0);
        UploadedFiles.Find(context, UploadKey.For(Guid.CreateVersion7())).ShouldBeNull();
        return ScriptedExecutor.Result("""{"data":{"put":true}}""");
    });

    public void Dispose() => _folder.Delete(recursive: true);

    [Theory]
    [InlineData("plan.csv", "plan.csv")]
    [InlineData("../../etc/passwd", "passwd")]
    [InlineData("C:\\temp\\x.csv", "x.csv")]
    public async Task A_file_takes_the_place_of_a_null_and_is_gone_after_the_answer(string fileName, string name)
    {
        await using var server = await StartAsync(_ => { });

        var answer = await SendAsync(server, preflight: true, ("operations", Operations), ("map", """{"0":["variables.f"]}"""), ("0", fileName + "|a,b"));

        answer.Body.ShouldBe("""{"data":{"put":true}}""");
        _seen.ShouldBe($"{name}|text/csv|3|a,b");
        _folder.GetFiles().ShouldBeEmpty();
    }

    [Theory]
    //           operations  map                                     file key  code
    [InlineData(null,        null,                                   null,     "HC0034")]
    [InlineData(Operations,  null,                                   null,     "HC0044")]
    [InlineData(Operations,  "{",                                    null,     "HC0043")]
    [InlineData(Operations,  "[]",                                   null,     "HC0043")]
    [InlineData(Operations,  "{\"0\":[]}",                           "0",      "HC0037")]
    [InlineData(Operations,  "{\"0\":[\"variables.f\"]}",            null,     "HC0038")]
    [InlineData(Operations,  "{\"0\":[\"variables.f\"]}",            "1",      "HC0033")]
    [InlineData(Operations,  "{\"0\":[\"variables.nope\"]}",         "0",      "HC0039")]
    [InlineData(Operations,  "{\"0\":[\"variables.l.7\"]}",          "0",      "HC0039")]
    [InlineData(Operations,  "{\"0\":[\"variables.s\"]}",            "0",      "HC0040")]
    [InlineData(Operations,  "{\"0\":[\"variables.s.t\"]}",          "0",      "HC0040")]
    [InlineData(Operations,  "{\"0\":[\"variables\"]}",              "0",      "HC0041")]
    [InlineData(Operations,  "{\"0\":[\"variables..f\"]}",           "0",      "HC0041")]
    [InlineData(Operations,  "{\"0\":[\"query.f\"]}",                "0",      "HC0042")]
    [InlineData("{",         "{\"0\":[\"variables.f\"]}",            "0",      "HC0009")]
    public async Task Every_mistake_has_its_code_and_leaves_no_file(string? operations, string? map, string? key, string code)
    {
        await using var server = await StartAsync(_ => { });
        var parts = new List<(string, string)>();
        AddIf(operations is not null, ("operations", operations!));
        AddIf(map is not null, ("map", map!));
        AddIf(key is not null, (key!, "f.csv|x"));
        AddIf(parts.Count == 0, ("other", "x"));

        var answer = await SendAsync(server, preflight: true, [.. parts]);

        answer.Code.ShouldBe(400);
        answer.ErrorCode.ShouldBe(code);
        _folder.GetFiles().ShouldBeEmpty();
        _executor.Requests.ShouldBeEmpty();

        void AddIf(bool wanted, (string, string) part)
        {
            if (wanted)
            {
                parts.Add(part);
            }
        }
    }

    [Theory]
    [InlineData("mutation($f: Upload!) { importItems(file: $f) }", true)]
    [InlineData("mutation { importItems(file: \"upload:0198b6c4a1b27c3d8e4f5a6b7c8d9e0f\") }", false)]
    public async Task A_resolver_of_a_real_schema_reads_the_file_and_no_invented_one(string document, bool found)
    {
        await using var executor = Shop.Executor();
        await using var server = await TransportServer.StartAsync(executor, options =>
        {
            options.Upload.Enabled = true;
            options.Upload.Directory = _folder.FullName;
        });
        var operations = System.Text.Json.JsonSerializer.Serialize(new { query = document, variables = new { f = (string?)null } });

        var answer = await SendAsync(server, preflight: true, ("operations", operations), ("map", """{"0":["variables.f"]}"""), ("0", "x.csv|a,b,c"));

        answer.Body.ShouldBe(found ? """{"data":{"importItems":5}}""" : """{"data":{"importItems":-1}}""");
    }

    [Fact]
    public async Task Fields_in_the_wrong_order_are_refused()
    {
        await using var server = await StartAsync(_ => { });

        var answer = await SendAsync(server, preflight: true, ("map", "{}"), ("operations", Operations));

        answer.ErrorCode.ShouldBe("HC0035");
    }

    [Fact]
    public async Task A_form_without_the_header_is_refused_even_without_credentials()
    {
        await using var server = await StartAsync(_ => { });

        var answer = await SendAsync(server, preflight: false, ("operations", Operations), ("map", "{}"));

        answer.ErrorCode.ShouldBe("HC0077");
    }

    [Fact]
    public async Task Uploads_are_off_unless_enabled()
    {
        await using var server = await TransportServer.StartAsync(_executor);

        (await SendAsync(server, preflight: true, ("operations", Operations), ("map", "{}"))).Code.ShouldBe(415);
    }

    [Fact]
    public async Task Sizes_and_numbers_are_limited_and_nothing_stays_on_disk()
    {
        await using var server = await StartAsync(options =>
        {
            options.Upload.MaxFileBytes = 100_000;
            options.Upload.MaxTotalBytes = 150_000;
            options.Upload.MaxFiles = 2;
        });
        var map = """{"0":["variables.l.0"],"1":["variables.l.1"],"2":["variables.f"]}""";
        var large = "f|" + new string('x', 100_001);
        var most = "f|" + new string('x', 90_000);

        var answers = new[]
        {
            await SendAsync(server, preflight: true, ("operations", Operations), ("map", map), ("0", large)),
            await SendAsync(server, preflight: true, ("operations", Operations), ("map", map), ("0", most), ("1", most)),
            await SendAsync(server, preflight: true, ("operations", Operations), ("map", map), ("0", "f|x"), ("1", "f|x"), ("2", "f|x")),
        };

        answers.ShouldAllBe(answer => answer.Code == 413 && answer.ErrorCode == "UPLOAD_TOO_LARGE");
        _folder.GetFiles().ShouldBeEmpty();
    }

    [Fact]
    public async Task A_form_that_breaks_off_is_refused()
    {
        await using var server = await StartAsync(_ => { });
        var content = new ByteArrayContent(Encoding.ASCII.GetBytes("--b\r\nContent-Disposition: form-data; name=\"operations\"\r\n\r\n{}"));
        content.Headers.TryAddWithoutValidation("Content-Type", "multipart/form-data; boundary=b");
        using var request = server.Request(HttpMethod.Post, string.Empty, null, content);
        request.Headers.Add("GraphQL-Preflight", "1");

        (await server.SendAsync(request)).ErrorCode.ShouldBe("HC0033");
    }

    private Task<TransportServer> StartAsync(Action<GraphQLServerOptions> configure) => TransportServer.StartAsync(_executor, options =>
    {
        options.Upload.Enabled = true;
        options.Upload.Directory = _folder.FullName;
        configure(options);
    });

    /// <summary>A value with a bar is a file: name, then content.</summary>
    private static async Task<WireAnswer> SendAsync(TransportServer server, bool preflight, params (string Name, string Value)[] parts)
    {
        var body = new StringBuilder();
        foreach (var (name, value) in parts)
        {
            var bar = value.IndexOf('|', StringComparison.Ordinal);
            body.Append($"--b\r\nContent-Disposition: form-data; name=\"{name}\"");
            body.Append(bar < 0 ? "\r\n\r\n" : $"; filename=\"{value[..bar]}\"\r\nContent-Type: text/csv\r\n\r\n");
            body.Append(value[(bar + 1)..]).Append("\r\n");
        }

        var content = new ByteArrayContent(Encoding.ASCII.GetBytes(body.Append("--b--\r\n").ToString()));
        content.Headers.TryAddWithoutValidation("Content-Type", "multipart/form-data; boundary=b");
        using var request = server.Request(HttpMethod.Post, string.Empty, "application/graphql-response+json", content);
        if (preflight)
        {
            request.Headers.Add("GraphQL-Preflight", "1");
        }

        return await server.SendAsync(request);
    }
}
