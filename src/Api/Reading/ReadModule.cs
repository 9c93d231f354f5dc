using Platform.Api.Hosting;
using Platform.Api.Reading.Declaring;
using Platform.Api.Reading.Running;
using Platform.Api.Reading.Statements;
using Platform.Domain.Kernel;
using Platform.GraphQL.Conventions;

namespace Platform.Api.Reading;

/// <summary>Reading: every declared entity in the graph, planned into SQL.</summary>
internal sealed class ReadModule : IHostModule
{
    private const string PlanHeader = "GraphQL-Plan";

    private static readonly ReadLimits _limits = new(
        new FilterOptions { CaseInsensitiveOperations = true, NullOperation = true },
        new SortOptions { NullOrderingValues = true },
        new PagingOptions { IncludeTotalCount = true, RequirePagingBoundaries = false, EnableRelativeCursors = true });

    public static void AddReading(IServiceCollection services, GraphQLServerBuilder graph)
    {
        services.AddSingleton(_limits);
        services.AddScoped<PlanReport>();
        services.AddSingleton(provider =>
        {
            using var scope = provider.CreateScope();
            return new ReadModel(ReadModel.Declarations, scope.ServiceProvider.GetRequiredService<PlatformDb>().Model);
        });
        graph.AddFiltering(_ => _limits.Filtering)
            .AddSorting(_ => _limits.Sorting)
            .ModifyPagingOptions(_ => _limits.Paging)
            .ConfigureSchema((builder, provider) =>
                new ReadSchema(builder, provider.GetRequiredService<ReadModel>(), provider.GetRequiredService<ReadLimits>()).Add());
    }

    public void AddServices(WebApplicationBuilder builder)
    {
    }

    public void Map(WebApplication app) => app.Use((http, next) =>
    {
        if (http.Request.Headers.TryGetValue(PlanHeader, out var wanted) && wanted == "report")
        {
            http.RequestServices.GetRequiredService<PlanReport>().IsWanted = true;
        }

        return next(http);
    });
}
