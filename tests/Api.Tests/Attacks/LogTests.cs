using System.Net.Http.Json;
using System.Text.Json;
using Platform.Tests.Support;

namespace Platform.Tests.Api.Attacks;

/// <summary>What a caller writes is a value in a log, and never a line of it.</summary>
public sealed class LogTests(TestDatabase database) : IClassFixture<TestDatabase>
{
    [Fact]
    public async Task Names_and_headers_of_a_caller_write_no_lines_and_no_colours_G_56()
    {
        const string Injected = "x\r\n{\"LogLevel\":\"Critical\",\"Message\":\"injected-4711\"}\r\n\u001b[2J\u001b[31m";
        await using var host = await HostProcess.ServeAsync(new Dictionary<string, string?>(StringComparer.Ordinal)
        {
            ["ConnectionStrings__Platform"] = database.ConnectionString,
            ["ASPNETCORE_ENVIRONMENT"] = "Production",
            ["Logging__LogLevel__Default"] = "Debug",
            ["Logging__LogLevel__Microsoft.AspNetCore"] = "Debug",
        });
        using var client = new HttpClient { BaseAddress = new Uri(host.Url) };
        foreach (var name in new[] { Injected, Injected + new string('n', 200_000) })
        {
            await client.PostAsJsonAsync("/graphql", new { query = "query A { __typename }", operationName = name });
            await client.PostAsJsonAsync("/auth/login", new { login = name, password = name });
            await client.GetAsync("/graphql?query=" + Uri.EscapeDataString(name[..Math.Min(name.Length, 2_000)]));
        }

        using var request = new HttpRequestMessage(HttpMethod.Post, "/graphql") { Content = JsonContent.Create(new { query = "{ __typename }" }) };
        request.Headers.TryAddWithoutValidation("User-Agent", "agent \u001b[2J" + new string('u', 8_000));
        await client.SendAsync(request);

        var (_, _, log) = await host.StopAsync();

        foreach (var line in log.Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            line.ShouldNotContain('\u001b');
            line.Length.ShouldBeLessThan(20_000);
            JsonElement.Parse(line).GetProperty("LogLevel").GetString().ShouldNotBe("Critical");
        }
    }
}
