using System.Globalization;
using Platform.Domain.Catalog;
using Platform.Domain.Kernel;

namespace Platform.Domain.Exceptions;

/// <summary>
/// Hands an item that looks like another to those who decide about doubles (CAT-06); its activation stays refused until
/// they did. Reported again, it is the same case.
/// </summary>
[Needs("exceptions.raise")]
[Refuses<ItemNotFound>, Refuses<NoDuplicateSuspected>]
public sealed record ReportDuplicateItem(ItemId Item) : ICommand<Signalled>;

internal sealed class ReportDuplicateItemHandler(PlatformDb db, DuplicateSuspects duplicates, ExceptionDesk desk)
    : ICommandHandler<ReportDuplicateItem, Signalled>
{
    public async Task<Result<Signalled>> HandleAsync(ReportDuplicateItem command, Envelope envelope, CancellationToken ct)
    {
        var item = await db.ShareItemAsync(command.Item, ct);
        if (item is null)
        {
            return new ItemNotFound(command.Item);
        }

        var suspects = await duplicates.OfAsync(command.Item, ct);
        if (suspects.Count == 0)
        {
            return new NoDuplicateSuspected(command.Item);
        }

        return await desk.SignalAsync(
            new Signal
            {
                Category = "DUPLICATE_ITEM",
                CorrelationKey = $"DUPLICATE_ITEM/{command.Item}",
                Title = string.Create(CultureInfo.InvariantCulture, $"Item {item.Code} looks like {suspects.Count} other"),
                Source = new Subject(nameof(Item), command.Item.Value),
                SourceEvent = nameof(ReportDuplicateItem),
                Item = command.Item,
                Facts = [.. suspects.Select(suspect => new CaseFact(suspect.OtherCode, suspect.Cause.ToString()))],
            },
            envelope,
            ct);
    }
}
