using Platform.Domain.Kernel;
using Platform.Domain.Partners;
using Platform.Domain.Policies;

namespace Platform.Domain.Approvals;

/// <summary>Takes requests of every capability, in the transaction of whoever asks.</summary>
public sealed class ApprovalDesk
{
    private readonly PlatformDb _db;
    private readonly ShownActions _actions;
    private readonly ExchangeRates _rates;
    private readonly Automation _automation;

    internal ApprovalDesk(PlatformDb db, ShownActions actions, ExchangeRates rates, Automation automation) =>
        (_db, _actions, _rates, _automation) = (db, actions, rates, automation);

    /// <summary>
    /// Files an action with what is shown for it. The matrix says who is asked; where a rule lets it pass and the limits of
    /// automation allow it, the action runs at once, as whoever asks.
    /// </summary>
    public async Task<Result<ApprovalFiled>> FileAsync<TEvent>(
        ICommand<TEvent> action, ApprovalSheet sheet, Envelope envelope, CancellationToken ct)
        where TEvent : notnull
    {
        await _db.LockApprovalSubjectAsync(sheet.Subject.Id, ct);
        if (await _db.IsApprovalOpenAsync(sheet.Kind, sheet.Subject.Id, ct))
        {
            return new ApprovalPending(sheet.Subject.Kind, sheet.Subject.Id);
        }

        var shown = await _actions.WriteAsync(action, sheet, ct);
        var way = await WayAsync(sheet, shown, envelope, ct);
        var request = ApprovalRequest.File(new ApprovalRequestId(Guid.CreateVersion7(envelope.Now)), shown, sheet, way, envelope);
        _db.Add(request);
        if (way.IsAutomatic)
        {
            // The facts were read and locked a moment ago; nobody was asked, so a refusal is the answer to whoever wanted it.
            var ran = await _actions.CarryOutAsync(request, envelope, ct);
            if (ran.Error is not null)
            {
                return ran.Error;
            }

            request.Execute(envelope, ran.Value);
        }

        var filed = new ApprovalFiled(
            request.Id, request.Kind, request.Status, request.SubjectKind, request.SubjectId, request.Title, request.Rule,
            request.WaitsFor(), request.Amount, request.CurrencyCode, request.LegalEntityId, request.WarehouseId, request.SupplierId,
            request.ExpiresAt);
        _db.Raise(filed);
        return filed;
    }

    private async Task<ApprovalWay> WayAsync(ApprovalSheet sheet, ShownAction shown, Envelope envelope, CancellationToken ct)
    {
        var matrix = await _db.FindPolicyInForceAsync<ApprovalMatrix>(PolicyKind.ApprovalMatrix, envelope.Now, ct);
        if (matrix is null)
        {
            return new ApprovalWay(MatrixNumber: null, ApprovalMatrix.OneSupervisor, Judged: sheet.Amount, IsAutomatic: false);
        }

        var judged = await JudgedAmountAsync(sheet, matrix.Body, envelope.Now, ct);
        var rule = matrix.Body.RuleFor(sheet, judged);
        var isAutomatic = rule.AutomaticUpTo is { } limit && judged <= limit && await _automation.AllowsAsync(sheet, shown, envelope, ct);
        return new ApprovalWay(matrix.Number, rule, judged, isAutomatic);
    }

    /// <summary>The amount in the matrix's currency, with what was asked for from the same supplier lately.</summary>
    private async Task<decimal?> JudgedAmountAsync(ApprovalSheet sheet, ApprovalMatrix matrix, DateTimeOffset now, CancellationToken ct)
    {
        if (sheet.Amount is not { } amount)
        {
            return null;
        }

        var sums = new List<(string Currency, decimal Amount)> { (sheet.Currency!, amount) };
        if (matrix.AccumulateDays > 0 && sheet.Supplier is not null)
        {
            sums.AddRange(await _db.SumRequestedAsync(sheet, now.AddDays(-matrix.AccumulateDays), ct));
        }

        var total = 0m;
        foreach (var (currency, sum) in sums)
        {
            if (await _rates.WorthAsync(sum, currency, matrix.Currency, DateOnly.FromDateTime(now.UtcDateTime), ct) is not { } worth)
            {
                // Whose worth nobody knows is asked about as if it were the most.
                return decimal.MaxValue;
            }

            total += worth;
        }

        return total;
    }
}
