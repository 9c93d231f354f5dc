using Platform.Api.Hosting;
using Platform.GraphQL.Conventions;
using Platform.GraphQL.Transport;

namespace Platform.Api.Graph;

/// <summary>Puts the graph on <c>/graphql</c>: every marked class of this assembly, and nothing without a rule.</summary>
internal sealed class GraphModule : IHostModule
{
    /// <summary>The schema and its executor; they need no database until they are asked something.</summary>
    public static void AddGraph(IServiceCollection services) =>
        services.AddGraphQLServer()
            .AddTypes(typeof(GraphModule).Assembly)
            .ModifyOptions(options => options with { DenyByDefault = true });

    public void AddServices(WebApplicationBuilder builder)
    {
        AddGraph(builder.Services);
        builder.Services.AddGraphQLTransport(_ => { });
    }

    public void Map(WebApplication app)
    {
        app.UseWebSockets();
        app.MapGraphQL();
    }
}
