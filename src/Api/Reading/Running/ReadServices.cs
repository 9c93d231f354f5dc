using Npgsql;
using Platform.Api.Reading.Declaring;
using Platform.Api.Reading.Statements;
using Platform.Domain.Kernel;
using Platform.Domain.Kernel.Storage;

namespace Platform.Api.Reading.Running;

/// <summary>What every read needs. It is the same for all requests, so that none makes a scope of services for it.</summary>
internal sealed class ReadServices(
    ReadModel model, ReadLimits limits, NpgsqlDataSource application, IServiceProvider provider, IHttpContextAccessor? http)
{
    private ReadLimits? _known;

    public ReadModel Model => model;

    public ReadLimits Limits => limits;

    /// <summary>The same with what the database says of itself, which is asked once.</summary>
    public async ValueTask<ReadLimits> KnownLimitsAsync(CancellationToken ct) =>
        _known ??= limits with { OrdersByBytes = await OrdersByBytesAsync(ct) };

    /// <summary>Whoever is limited to rows reads over connections to which PostgreSQL shows no others .</summary>
    public NpgsqlDataSource SourceFor(RowScope rows) =>
        rows.IsEverything ? application : provider.GetRequiredService<ScopedDataSource>().Source;

    /// <summary>The report that the request asked for; null when it asked for none.</summary>
    public PlanReport? Report() => http?.HttpContext is { } request ? PlanReport.Of(request) : null;

    private async Task<bool> OrdersByBytesAsync(CancellationToken ct)
    {
        await using var command = application.CreateCommand(
            "select datlocprovider = 'c' and datcollate in ('C', 'POSIX') from pg_database where datname = current_database()");
        return await command.ExecuteScalarAsync(ct) is true;
    }
}
