using Platform.Api.Access;
using Platform.Domain.Bulk;
using Platform.Domain.Kernel;
using Platform.GraphQL.Conventions;
using Platform.GraphQL.Execution;

namespace Platform.Api.Bulk;

/// <summary>An export or import, how far it is, and where its result is.</summary>
/// <param name="Id">The id of the job.</param>
/// <param name="Kind">Whether it exports or imports.</param>
/// <param name="Status">Where it stands.</param>
/// <param name="Format">How an export's rows are written.</param>
/// <param name="Policy">What an import does about wrong lines.</param>
/// <param name="IsDryRun">Whether an import only tries.</param>
/// <param name="Done">How many rows or lines are done.</param>
/// <param name="Refused">How many of the lines were refused.</param>
/// <param name="Total">How many lines there are; an export does not know.</param>
/// <param name="Bytes">How long the result is until now.</param>
/// <param name="Problem">Why it could not go on.</param>
/// <param name="CreatedAt">When it was asked for.</param>
/// <param name="StartedAt">When work on it began.</param>
/// <param name="EndedAt">When it ended.</param>
/// <param name="ResultUrl">Where the result is, as far as it is there; kept for seven days after the end.</param>
[GraphQLName("BulkJob"), AllowAnonymous]
public sealed record BulkJobView(
    [property: GraphQLType("ID!")] string Id,
    BulkKind Kind,
    BulkStatus Status,
    ExportFormat? Format,
    ImportPolicy? Policy,
    bool IsDryRun,
    long Done,
    long Refused,
    long? Total,
    long Bytes,
    string? Problem,
    DateTimeOffset CreatedAt,
    DateTimeOffset? StartedAt,
    DateTimeOffset? EndedAt,
    string ResultUrl)
{
    internal static BulkJobView Of(BulkJobState job)
    {
        var id = NodeIdFormat.Write("BulkJob", job.Job.Value);
        return new BulkJobView(
            id, job.Kind, job.Status, job.Format, job.Policy, job.IsDryRun, job.Done, job.Refused, job.Total, job.Bytes, job.Problem,
            job.CreatedAt, job.StartedAt, job.EndedAt, $"/bulk/jobs/{InPath(id)}/result");
    }

    /// <summary>The alphabet of addresses; ids are read in both.</summary>
    private static string InPath(string id) => id.TrimEnd('=').Replace('+', '-').Replace('/', '_');
}

[QueryType]
internal static class BulkQueries
{
    private const int Most = 50;

    /// <summary>A job of one's own; null when there is none with this id.</summary>
    /// <param name="id">The id of the job.</param>
    [Authorize]
    public static async Task<BulkJobView?> GetBulkJobAsync([ID("BulkJob")] BulkJobId id, BulkJobs jobs, RequestContext request, CancellationToken ct) =>
        await jobs.FindAsync(id, Principal.Of(request).Actor.Id, ct) is { } job ? BulkJobView.Of(job) : null;

    /// <summary>One's own jobs, the newest fifty.</summary>
    [Authorize, ListSize(AssumedSize = Most)]
    public static async Task<IReadOnlyList<BulkJobView>> GetBulkJobsAsync(BulkJobs jobs, RequestContext request, CancellationToken ct) =>
        [.. (await jobs.NewestAsync(Principal.Of(request).Actor.Id, Most, ct)).Select(BulkJobView.Of)];
}
