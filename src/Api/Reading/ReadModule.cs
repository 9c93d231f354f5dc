using Platform.Api.Reading.Declaring;
using Platform.Api.Reading.Running;
using Platform.Api.Reading.Statements;
using Platform.Domain.Kernel;
using Platform.GraphQL.Conventions;

namespace Platform.Api.Reading;

/// <summary>Reading: every declared entity in the graph, planned into SQL.</summary>
internal static class ReadModule
{
    private static readonly ReadLimits _limits = new(
        new FilterOptions { CaseInsensitiveOperations = true, NullOperation = true },
        new SortOptions { NullOrderingValues = true },
        new PagingOptions { IncludeTotalCount = true, RequirePagingBoundaries = false, EnableRelativeCursors = true });

    public static void AddReading(IServiceCollection services, GraphQLServerBuilder graph)
    {
        services.AddSingleton(provider =>
        {
            using var scope = provider.CreateScope();
            return new ReadModel(ReadModel.Declarations, scope.ServiceProvider.GetRequiredService<PlatformDb>().Model);
        });
        services.AddSingleton(provider => new ReadServices(
            provider.GetRequiredService<ReadModel>(),
            _limits,
            provider.GetRequiredService<Npgsql.NpgsqlDataSource>(),
            provider,
            provider.GetService<IHttpContextAccessor>()));
        graph.AddFiltering(_ => _limits.Filtering)
            .AddSorting(_ => _limits.Sorting)
            .ModifyPagingOptions(_ => _limits.Paging)
            .ConfigureSchema((builder, provider) => new ReadSchema(builder, provider.GetRequiredService<ReadServices>()).Add());
    }
}
