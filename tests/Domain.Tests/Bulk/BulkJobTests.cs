using Microsoft.Extensions.DependencyInjection;
using Platform.Domain.Bulk;
using Platform.Domain.Kernel;
using Platform.Tests.Support;

namespace Platform.Tests.Domain.Bulk;

/// <summary>Jobs as the nodes that work on them see them: one works, another takes over, nobody works twice.</summary>
public sealed class BulkJobTests(TestDatabase database) : IClassFixture<TestDatabase>
{
    private static readonly TimeSpan _lease = TimeSpan.FromMinutes(1);

    private BulkStore Store => database.Services.GetRequiredService<BulkStore>();

    private DateTimeOffset Now => database.Clock.GetUtcNow();

    [Fact]
    public async Task A_job_is_worked_on_by_one_node_at_a_time_and_ends_once()
    {
        var job = await StartedAsync(Someone());
        var work = await TakeAsync(job);

        (await Store.ClaimAsync(Now, _lease, default)).ShouldBeNull();
        (await Store.AdvanceAsync(work, "a\n"u8.ToArray(), new BulkProgress(1, 0, "cursor", 2), Now + _lease, default)).ShouldBeTrue();
        var ended = await database.RunAsync(new EndBulkJob(job, work.Lease, Problem: null));
        var again = await database.RunAsync(new EndBulkJob(job, work.Lease, Problem: null));

        (ended.Value.Status, ended.Value.Done).ShouldBe((BulkStatus.Done, 1));
        again.Error.ShouldBe(new BulkJobNotFound(job));
        (await Store.PieceAsync(job.Value, 1, default)).ShouldBe("a\n"u8.ToArray());
    }

    [Fact]
    public async Task Whoever_lost_the_lease_writes_no_more()
    {
        var job = await StartedAsync(Someone());
        var slow = await TakeAsync(job);
        database.Clock.Advance(_lease + TimeSpan.FromSeconds(1));
        var quick = await TakeAsync(job);

        (await Store.AdvanceAsync(slow, "slow"u8.ToArray(), new BulkProgress(1, 0, "x", 4), Now + _lease, default)).ShouldBeFalse();
        (await Store.RenewAsync(slow, Now + _lease, default)).ShouldBeFalse();
        (await database.RunAsync(new EndBulkJob(job, slow.Lease, Problem: null))).Error.ShouldBe(new BulkJobNotFound(job));

        quick.Attempts.ShouldBe(2);
        (await Store.PieceAsync(job.Value, 1, default)).ShouldBeNull();
        await database.RunAsync(new EndBulkJob(job, quick.Lease, Problem: "enough"));
    }

    [Fact]
    public async Task A_cancelled_job_takes_no_more_pieces_and_is_its_askers_alone_to_cancel()
    {
        var asker = Someone();
        var job = await StartedAsync(asker);
        var work = await TakeAsync(job);

        (await database.RunAsync(new CancelBulkJob(job), Someone())).Error.ShouldBe(new BulkJobNotFound(job));
        (await database.RunAsync(new CancelBulkJob(job), asker)).Value.Status.ShouldBe(BulkStatus.Cancelled);

        (await Store.AdvanceAsync(work, "late"u8.ToArray(), new BulkProgress(1, 0, null, 4), Now + _lease, default)).ShouldBeFalse();
        (await database.RunAsync(new CancelBulkJob(job), asker)).Error.ShouldBe(new BulkJobHasEnded(job, BulkStatus.Cancelled));
    }

    [Fact]
    public async Task Nobody_has_more_than_ten_open_jobs()
    {
        var asker = Someone();
        for (var i = 0; i < BulkJob.MostOpenPerActor; i++)
        {
            await StartedAsync(asker);
        }

        (await StartAsync(asker)).Error.ShouldBe(new TooManyJobs(10, 10));
        await database.ExecuteAsync($"update bulk_job set status = 'CANCELLED', ended_at = now() where actor_id = '{asker.Actor.Id}'");
    }

    [Theory]
    //          lines   policy                        dry    refused
    [InlineData(5_000, ImportPolicy.RejectEverything, false, false)]
    [InlineData(5_001, ImportPolicy.RejectEverything, false, true)]
    [InlineData(5_001, ImportPolicy.IgnoreFailed, true, true)]
    [InlineData(5_001, ImportPolicy.RejectFailedRows, false, false)]
    public async Task What_lands_together_has_an_end(int lines, ImportPolicy policy, bool isDryRun, bool isRefused)
    {
        var asker = Someone();
        var file = new BulkFileId(Guid.CreateVersion7());
        await Store.AddFileAsync(new BulkUpload(file, asker.Actor.Id, "lines", Bytes: 1, lines, Columns: null, Now, Now + TimeSpan.FromDays(1)), default);

        var result = await database.RunAsync(new StartImport("mutation { a }", file, policy, isDryRun), asker);

        result.Error.ShouldBe(isRefused ? new FileHasTooManyLines(file, lines, 5_000) : null);
        await database.ExecuteAsync($"update bulk_job set status = 'CANCELLED', ended_at = now() where actor_id = '{asker.Actor.Id}'");
    }

    [Fact]
    public async Task An_upload_is_forgotten_after_its_day_and_is_nobody_elses()
    {
        var asker = Someone();
        var file = new BulkFileId(Guid.CreateVersion7());
        await Store.AddPieceAsync(file, 1, "{}\n"u8.ToArray(), default);
        await Store.AddFileAsync(new BulkUpload(file, asker.Actor.Id, "lines", Bytes: 3, Lines: 1, Columns: null, Now, Now + TimeSpan.FromHours(1)), default);
        var import = new StartImport("mutation { a }", file, ImportPolicy.RejectFailedRows, IsDryRun: false);

        (await database.RunAsync(import, Someone())).Error.ShouldBe(new BulkFileNotFound(file));
        database.Clock.Advance(TimeSpan.FromHours(2));
        (await database.RunAsync(import, asker)).Error.ShouldBe(new BulkFileNotFound(file));
        await Store.SweepAsync(Now, TimeSpan.FromDays(7), default);

        (await Store.PieceAsync(file.Value, 1, default)).ShouldBeNull();
    }

    private static Caller Someone() => Callers.Of(ActorKind.Human, "Ex Porter", Callers.Supervisor.Permissions);

    private Task<Result<ExportStarted>> StartAsync(Caller asker) =>
        database.RunAsync(new StartExport("{ items { nodes { id } } }", Variables: null, ExportFormat.Csv), asker);

    private async Task<BulkJobId> StartedAsync(Caller asker) => (await StartAsync(asker)).Value.Job;

    private async Task<BulkWork> TakeAsync(BulkJobId job)
    {
        var work = await Store.ClaimAsync(Now, _lease, default);
        work!.Job.ShouldBe(job);
        return work;
    }
}
