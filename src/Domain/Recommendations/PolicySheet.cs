using System.Globalization;
using Platform.Domain.Approvals;
using Platform.Domain.Kernel;
using Platform.Domain.Planning;

namespace Platform.Domain.Recommendations;

/// <summary>What an approver is shown of a recommended policy: what would be otherwise, and the facts it rests on.</summary>
internal static class PolicySheet
{
    private const int MostNote = 500;

    public static ApprovalSheet Of(Recommendation made, ReplenishmentPolicy now, RecommendPolicyChange given, Subject? terms) => new()
    {
        Kind = nameof(Recommendation),
        Subject = new Subject(nameof(Recommendation), made.Id.Value),
        Title = made.Title,
        Note = Cut($"{given.Reasons[0].Says}. {made.Counterfactual}"),
        Effects = Effects(now, given.Change.Terms),
        Preconditions =
        [
            new Subject(nameof(ReplenishmentPolicy), now.Id.Value), new Subject(nameof(Recommendation), made.Id.Value), .. terms is { } agreed ? [agreed] : Array.Empty<Subject>(),
        ],
        Amount = made.ValueAtStake > 0m ? made.ValueAtStake : null,
        Currency = made.ValueAtStake > 0m ? made.CurrencyCode : null,
        Warehouse = made.WarehouseId,
        Supplier = made.SupplierId,
    };

    private static ShownEffect[] Effects(ReplenishmentPolicy now, PolicyTerms next) =>
    [.. new[]
        {
            new ShownEffect("leadTimeDays", Show(now.LeadTimeDays), Show(next.LeadTimeDays)),
            new ShownEffect("leadTimeSpreadDays", Show(now.LeadTimeSpreadDays), Show(next.LeadTimeSpreadDays)),
            new ShownEffect("reorderPoint", Show(now.ReorderPoint), Show(next.ReorderPoint)),
            new ShownEffect("orderUpTo", Show(now.OrderUpTo), Show(next.OrderUpTo)),
            new ShownEffect("safetyStock", Show(now.SafetyStock), Show(next.SafetyStock)),
            new ShownEffect("transferRule", now.TransferRule.ToString(), next.TransferRule.ToString()),
        }.Where(effect => effect.Before != effect.After)];

    private static string? Show(decimal? value) => value?.ToString("0.######", CultureInfo.InvariantCulture);

    private static string Cut(string text) => text.Length <= MostNote ? text : text[..MostNote];
}
