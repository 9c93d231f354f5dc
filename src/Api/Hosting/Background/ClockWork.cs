using System.Collections.Frozen;
using Npgsql;
using Platform.Domain.Approvals;
using Platform.Domain.Exceptions;
using Platform.Domain.Kernel;
using Platform.Domain.Payables.Matching;
using Platform.Domain.Planning;
using Platform.Domain.Purchasing;
using Platform.Domain.Putaway;
using Platform.Domain.Quality;
using Platform.Domain.Receiving;

namespace Platform.Api.Hosting.Background;

/// <summary>
/// Keeps the clocks of exceptions, approvals and orders: escalates, expires, wakes, and carries out what was approved once it can no
/// longer be taken back. Every node may run it: each row is moved once.
/// </summary>
internal sealed class ClockWork(CommandRunner runner, NpgsqlDataSource source, TimeProvider clock, ILogger<ClockWork> logger)
    : RepeatedWork(TimeSpan.FromSeconds(2), clock, logger)
{
    private const int Most = 200;

    /// <summary>A service of the house, the same on every node.</summary>
    private static readonly Guid _service = new("00000000-0000-7000-8000-0000000000c1");

    private static readonly FrozenSet<string> _permissions =
        FrozenSet.ToFrozenSet(["exceptions.escalate", "approvals.execute", "purchasing.watch", "planning.watch", "quality.watch", "putaway.watch", "receiving.watch", "payables.watch"], StringComparer.Ordinal);

    private readonly TimeProvider _clock = clock;

    protected override async Task WorkAsync(CancellationToken ct)
    {
        try
        {
            if (await CaseClocks.AreDueAsync(source, _clock.GetUtcNow(), ct))
            {
                await RunAsync(new RunCaseClocks(Most), ct);
            }

            if (await ApprovalClocks.AreDueAsync(source, _clock.GetUtcNow(), ct))
            {
                await RunApprovalsAsync(ct);
            }

            if (await DockClocks.AreDueAsync(source, _clock.GetUtcNow(), ct))
            {
                await RunAsync(new RunDockClocks(Most), ct);
            }

            if (await OrderClocks.AreDueAsync(source, _clock.GetUtcNow(), ct))
            {
                await RunAsync(new ReportUnconfirmedOrders(Most), ct);
            }

            if (await SupplyClocks.AreDueAsync(source, ct))
            {
                await RunAsync(new ReplanSupply(Most), ct);
            }

            if (await QualityClocks.AreDueAsync(source, _clock.GetUtcNow(), ct))
            {
                await RunAsync(new RunQualityClocks(Most), ct);
            }

            if (await InvoiceClocks.AreDueAsync(source, ct))
            {
                await RunAsync(new MatchWaitingInvoices(Most), ct);
            }

            if (await ReceiptLineDesk.IsAnyUndirectedAsync(source, ct))
            {
                await RunAsync(new DirectArrivals(Most), ct);
            }

            if (await PutawayClocks.AreDueAsync(source, _clock.GetUtcNow(), ct))
            {
                await RunAsync(new RunPutawayClocks(Most), ct);
            }
        }
        catch (Exception fault) when (fault is not NpgsqlException && fault.GetBaseException() is NpgsqlException outage)
        {
            // The mapping wraps what the database says; the loop knows outages by what they are.
            throw new NpgsqlException(outage.Message, fault);
        }
    }

    private async Task RunApprovalsAsync(CancellationToken ct)
    {
        var run = await RunAsync(new RunApprovalClocks(Most), ct);
        foreach (var due in run.Value.Due)
        {
            await CarryOutAsync(due, ct);
        }
    }

    /// <summary>What can no longer be done ends, so that it is not tried for ever.</summary>
    private async Task CarryOutAsync(ApprovalRequestId due, CancellationToken ct)
    {
        var executed = await RunAsync(new ExecuteApproved(due), ct);
        if (executed.Error is PreconditionsChanged or ActionRefused or ApproverMayNotAct)
        {
            var reason = executed.Error.Message;
            await RunAsync(new InvalidateRequest(due, reason.Length > 500 ? reason[..500] : reason), ct);
        }
    }

    private Task<Result<TEvent>> RunAsync<TEvent>(ICommand<TEvent> command, CancellationToken ct)
        where TEvent : notnull =>
        runner.Async(
            command,
            new Caller(new Actor(ActorKind.Service, _service, _service, "clock"), _permissions, Guid.CreateVersion7(), IdempotencyKey: null),
            ct);
}
