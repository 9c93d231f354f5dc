using System.Security.Claims;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Platform.GraphQL.Transport;

namespace Platform.Tests.GraphQL.Transport;

/// <summary>The schema as a file (G-57).</summary>
public class SchemaDownloadTests
{
    [Theory]
    [InlineData("?sdl")]
    [InlineData("/schema")]
    [InlineData("/schema.graphql")]
    public async Task Whoever_may_read_the_schema_gets_it_as_a_file(string path)
    {
        await using var executor = Shop.Executor();
        await using var server = await TransportServer.StartAsync(executor);

        var answer = await server.GetAsync(path, null);

        answer.Code.ShouldBe(200);
        answer.ContentType.ShouldBe("application/graphql; charset=utf-8");
        answer.Body.ShouldContain("type ItemsConnection {");
        answer.Response.Content.Headers.ContentDisposition!.FileName.ShouldBe("schema.graphql");
    }

    [Fact]
    public async Task Clients_that_take_errors_as_null_get_a_schema_that_says_so()
    {
        await using var executor = Shop.Executor();
        await using var server = await TransportServer.StartAsync(executor);

        var sdl = (await server.GetAsync("/semantic-non-null-schema.graphql", null)).Body;

        sdl.ShouldContain("  hello(name: String = \"world\"): String @semanticNonNull\n");
        sdl.ShouldContain("  nodes: [Item] @semanticNonNull(levels: [1])\n");
        sdl.ShouldContain("  related: [Item] @semanticNonNull(levels: [0, 1])\n");
        sdl.ShouldContain("  id: ID!\n");
        sdl.ShouldContain("input RenameItemInput {\n  itemId: ID!\n");
        sdl.ShouldContain("directive @semanticNonNull(levels: [Int] = [0]) on FIELD_DEFINITION");
    }

    [Fact]
    public async Task A_cache_that_has_it_gets_304()
    {
        await using var executor = Shop.Executor();
        await using var server = await TransportServer.StartAsync(executor);
        var tag = (await server.GetAsync("/schema", null)).Response.Headers.ETag!;
        using var request = server.Request(HttpMethod.Get, "/schema", null, null);
        request.Headers.IfNoneMatch.Add(tag);

        var answer = await server.SendAsync(request);

        answer.Code.ShouldBe(304);
        answer.Body.ShouldBeEmpty();
    }

    [Theory]
    [InlineData(false, 401, "AUTH_NOT_AUTHENTICATED")]
    [InlineData(true, 403, "AUTH_NOT_AUTHORIZED")]
    public async Task Without_the_permission_there_is_no_schema_on_any_address_G_57(bool known, int status, string code)
    {
        await using var executor = Shop.Executor();
        await using var server = await TransportServer.StartAsync(executor, _ => { }, builder =>
            builder.Services.AddSingleton<IHttpRequestInterceptor>(new WithoutPermission(known)));

        foreach (var path in new[] { "?sdl", "/schema", "/schema.graphql", "/semantic-non-null-schema.graphql" })
        {
            var answer = await server.GetAsync(path, "application/json");

            answer.Code.ShouldBe(status);
            answer.ErrorCode.ShouldBe(code);
        }
    }

    private sealed class WithoutPermission(bool known) : IHttpRequestInterceptor
    {
        public ValueTask<Caller> OnCreateAsync(HttpContext http, CancellationToken ct) => ValueTask.FromResult(
            new Caller(new ClaimsPrincipal(known ? new ClaimsIdentity([new Claim(ClaimTypes.Name, "ada")], "test") : new ClaimsIdentity())));
    }
}
