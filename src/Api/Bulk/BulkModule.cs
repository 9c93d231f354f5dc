using Platform.Api.Hosting;
using Platform.Domain.Bulk;
using Platform.GraphQL.TypeSystem;

namespace Platform.Api.Bulk;

/// <summary>Exports and imports: any query out, any mutation in.</summary>
internal sealed class BulkModule : IHostModule
{
    public void AddServices(WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton<GraphCall>();
        builder.Services.AddSingleton<JobPrincipals>();
        builder.Services.AddSingleton<Exporting>();
        builder.Services.AddSingleton<Importing>();
        builder.Services.AddSingleton<Uploading>();
        builder.Services.AddSingleton<BulkEndpoints>();
        builder.Services.AddSingleton<IBulkDocuments>(provider => new BulkDocuments(new Lazy<Schema>(provider.GetRequiredService<Schema>)));
        builder.Services.AddHostedService<BulkWorker>();
    }

    public void Map(WebApplication app) => app.Services.GetRequiredService<BulkEndpoints>().Map(app);
}
