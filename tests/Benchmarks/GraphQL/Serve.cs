using System.Globalization;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Platform.GraphQL.Execution;
using Platform.GraphQL.Transport;

namespace Platform.Tests.Benchmarks.GraphQL;

/// <summary>The servers that are measured: the engine behind its transport, and bare Kestrel as the floor.</summary>
internal static class Serve
{
    public static async Task<int> RunAsync(string kind, int port)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions
        {
            // Introspection is measured too, and outside of development nobody may ask for it.
            EnvironmentName = Environments.Development,
        });
        builder.WebHost.UseKestrelCore().UseUrls(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{port}"));
        builder.Services.AddRoutingCore();
        builder.Logging.ClearProviders();
        if (kind == "engine")
        {
            builder.Services.AddSingleton(CatalogSchema.Build());
            builder.Services.AddSingleton<IRequestExecutor>(services =>
                new RequestExecutor(services.GetRequiredService<Platform.GraphQL.TypeSystem.Schema>(), new RequestExecutorOptions()));
            builder.Services.AddGraphQLTransport(_ => { });
        }

        await using var app = builder.Build();
        app.MapGet("/allocated", (RequestDelegate)(context =>
            context.Response.WriteAsync(GC.GetTotalAllocatedBytes().ToString(CultureInfo.InvariantCulture))));
        if (kind == "engine")
        {
            app.MapGraphQLHttp("/graphql");
        }
        else
        {
            var body = Encoding.ASCII.GetBytes(new string('x', int.Parse(kind, CultureInfo.InvariantCulture)));
            app.MapPost("/graphql", (RequestDelegate)(context => AnswerFixedAsync(context, body)));
        }

        await app.StartAsync();
        Console.WriteLine("ready");
        await app.WaitForShutdownAsync();
        return 0;
    }

    /// <summary>The least any GraphQL server must do: read the body as JSON and send bytes.</summary>
    private static async Task AnswerFixedAsync(HttpContext context, byte[] body)
    {
        using var request = await JsonDocument.ParseAsync(context.Request.Body, default, context.RequestAborted);
        _ = request.RootElement.GetProperty("query").GetString();
        context.Response.ContentType = "application/json; charset=utf-8";
        context.Response.ContentLength = body.Length;
        await context.Response.Body.WriteAsync(body, context.RequestAborted);
    }
}
