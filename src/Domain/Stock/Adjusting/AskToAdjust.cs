using System.Globalization;
using Platform.Domain.Approvals;
using Platform.Domain.Kernel;
using Platform.Domain.Partners;
using Platform.Domain.Stock.Posting;

namespace Platform.Domain.Stock.Adjusting;

/// <summary>
/// Asks others to agree to a correction of the books that policy lets nobody make alone (INV-12). It is judged now, posted when they
/// agree, and refused then if what lies in the bin has changed meanwhile.
/// </summary>
[Needs("approvals.request")]
[Refuses<ReasonRequired>, Refuses<EvidenceRequired>, Refuses<MayNotAsk>, Refuses<ApprovalPending>, Refuses<ActionRefused>]
[RefusesLike<PostMovements>]
public sealed record AskToAdjust(AdjustStock Adjustment) : ICommand<ApprovalFiled>, IReasoned
{
    string? IReasoned.Reason => Adjustment.Reason.Text ?? Adjustment.Reason.Code;
}

/// <summary>Asks others to agree that goods are written off.</summary>
[Needs("approvals.request")]
[Refuses<ReasonRequired>, Refuses<EvidenceRequired>, Refuses<MayNotAsk>, Refuses<ApprovalPending>, Refuses<ActionRefused>]
[RefusesLike<PostMovements>]
public sealed record AskToWriteOff(WriteOff WriteOff) : ICommand<ApprovalFiled>, IReasoned
{
    string? IReasoned.Reason => WriteOff.Reason.Text ?? WriteOff.Reason.Code;
}

/// <summary>Who may not make small corrections does not ask for large ones.</summary>
public sealed record MayNotAsk(string Permission) : DomainError
{
    public override string Message => $"Asking for it needs {Permission}, as doing it does.";
}

internal sealed class AskToAdjustHandler(AdjustmentRequests requests) : ICommandHandler<AskToAdjust, ApprovalFiled>
{
    public async Task<Result<ApprovalFiled>> HandleAsync(AskToAdjust command, Envelope envelope, CancellationToken ct)
    {
        if (!envelope.Permissions.Contains("stock.adjust"))
        {
            return new MayNotAsk("stock.adjust");
        }

        var request = AdjustStockHandler.Request(command.Adjustment);
        var judged = await requests.JudgeAsync(request, envelope, ct);
        return judged.Succeeded(out var worth)
            ? await requests.FileAsync(
                command.Adjustment, new AskedCorrection("INVENTORY_ADJUSTMENT", command.Adjustment.Spot, command.Adjustment.Change, request, worth), envelope, ct)
            : judged.Error!;
    }
}

internal sealed class AskToWriteOffHandler(AdjustmentRequests requests) : ICommandHandler<AskToWriteOff, ApprovalFiled>
{
    public async Task<Result<ApprovalFiled>> HandleAsync(AskToWriteOff command, Envelope envelope, CancellationToken ct)
    {
        if (!envelope.Permissions.Contains("stock.write-off"))
        {
            return new MayNotAsk("stock.write-off");
        }

        var request = WriteOffHandler.Request(command.WriteOff);
        var judged = await requests.JudgeAsync(request, envelope, ct);
        return judged.Succeeded(out var worth)
            ? await requests.FileAsync(
                command.WriteOff, new AskedCorrection("WRITE_OFF", command.WriteOff.Spot, -command.WriteOff.Quantity, request, worth), envelope, ct)
            : judged.Error!;
    }
}

/// <summary>What a correction is about, for those who decide.</summary>
internal sealed record AskedCorrection(string Kind, StockSpot Spot, decimal Change, PostingRequest Request, (decimal Value, PreparedPosting Ready) Worth);

/// <summary>Judges corrections without posting them, and files them.</summary>
internal sealed class AdjustmentRequests(PlatformDb db, StockPoster poster, ApprovalDesk approvals)
{
    /// <summary>Everything that would refuse it refuses it now, but its value.</summary>
    public async Task<Result<(decimal Value, PreparedPosting Ready)>> JudgeAsync(PostingRequest request, Envelope envelope, CancellationToken ct)
    {
        if (string.IsNullOrWhiteSpace(request.Reason?.Code))
        {
            return new ReasonRequired();
        }

        var prepared = await poster.PrepareAsync(request, envelope, ct);
        if (!prepared.Succeeded(out var ready))
        {
            return prepared.Error!;
        }

        var movement = ready.Plan.Movements[0];
        var warehouse = ready.Facts.Bins[(movement.From.Bin ?? movement.To.Bin)!.Value].Warehouse;
        var policy = await db.FindAdjustmentPolicyAsync(movement.Line.Item, warehouse, ct);
        var value = decimal.Abs(movement.Value?.Valued.OnHand ?? 0m);
        return policy.RefuseReason(request.Reason, movement.Line.Item, warehouse) is { } unproven ? unproven : (value, ready);
    }

    public Task<Result<ApprovalFiled>> FileAsync(
        ICommand<StockPosted> correction, AskedCorrection asked, Envelope envelope, CancellationToken ct)
    {
        var (spot, ready) = (asked.Spot, asked.Worth.Ready);
        var owner = spot.Owner ?? OwnerId.From(asked.Request.LegalEntity.Value);
        var key = new StockKey(spot.Bin, spot.Item, spot.Lot, spot.Serial, spot.HandlingUnit, owner, spot.Condition);
        var onHand = ready.Facts.Balances.GetValueOrDefault(key.Digest)?.OnHandBefore ?? 0m;
        var subject = new Subject(SpotFacts.Subject, key.Digest);
        return approvals.FileAsync(
            correction,
            new ApprovalSheet
            {
                Kind = asked.Kind,
                Subject = subject,
                Title = string.Create(CultureInfo.InvariantCulture, $"Correct the books by {asked.Change:0.######} of item {spot.Item}"),
                Note = asked.Request.Reason!.Text ?? asked.Request.Reason.Code,
                Effects =
                [
                    new ShownEffect(
                        "on hand",
                        onHand.ToString("0.######", CultureInfo.InvariantCulture),
                        (onHand + asked.Change).ToString("0.######", CultureInfo.InvariantCulture)),
                ],
                Preconditions = [subject],
                Amount = asked.Worth.Value,
                Currency = ready.Entity.Currency,
                LegalEntity = asked.Request.LegalEntity,
                Warehouse = ready.Facts.Bins[spot.Bin].Warehouse,
            },
            envelope,
            ct);
    }
}

/// <summary>What an approver relies on of a bin's contents: how many lie there.</summary>
internal sealed class SpotFacts(PlatformDb db) : IMaterialFacts
{
    public const string Subject = "StockSpot";

    public string Kind => Subject;

    public async Task<object?> ReadAsync(Guid id, CancellationToken ct)
    {
        var onHand = 0m;
        var ask = new Questions(db);
        ask.Ask("select on_hand from stock_balance where key = $1 for no key update", row => onHand = row.GetDecimal(0), Param.Of(id));
        await ask.AnswerAsync(ct);
        return new { OnHand = onHand };
    }
}
