namespace Platform.Api.Seeding.History;

/// <summary>
/// What happened in the last weeks besides the daily trade, and is partly still open when the history ends: each story on its day,
/// counted back from the end.
/// </summary>
internal sealed class StoryBook
{
    private readonly Stage _stage;
    private readonly Queue<(int Before, Func<CancellationToken, Task> Play)> _ahead;

    public StoryBook(Stage stage, Dealings dealings)
    {
        _stage = stage;
        var money = new MoneyStories(stage, dealings);
        var dock = new DockStories(stage, dealings);
        var quality = new QualityStories(stage, dealings);
        var desk = new DeskStories(stage, dealings);
        _ahead = new Queue<(int, Func<CancellationToken, Task>)>(
        [
            (40, desk.WriteRulesAsync), (38, quality.TradeTrackedGoodsAsync), (33, money.PayWhatMatchesAsync),
            (24, money.PayAnotherPriceAsync), (20, money.ShareFreightAsync), (18, money.CreditAsync), (16, quality.HoldAndReleaseAsync),
            (14, dock.FindGoodsWithoutReferenceAsync), (13, dock.SkipTheScanAsync), (12, money.ReceiveShortAsync), (11, money.ReceiveInPartAsync),
            (10, money.AskAnotherPriceAsync), (8, quality.RejectALotAsync), (7, quality.HoldBackAsync), (6, desk.HearOfDelaysAsync),
            (5, quality.LeaveWaitingAsync), (4, desk.AskForApprovalsAsync), (3, money.AskForApprovalsAsync), (2, dock.LeaveOnTheDockAsync),
            (1, desk.WorkOnCasesAsync), (0, desk.PlanAsync),
        ]);
    }

    /// <summary>Whatever is due by this day; what would fall on a weekend is done on Monday, or at the very end.</summary>
    public async Task PlayAsync(DateOnly day, CancellationToken ct)
    {
        while (_ahead.TryPeek(out var next) && (_stage.Plan.Until.AddDays(-next.Before) <= day || IsLast(day)))
        {
            _ahead.Dequeue();
            await next.Play(ct);
        }
    }

    private bool IsLast(DateOnly day) => day == _stage.Plan.Until
        || (_stage.Plan.Until.DayNumber - day.DayNumber <= 2 && day.DayOfWeek == DayOfWeek.Friday);
}
