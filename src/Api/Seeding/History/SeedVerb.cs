using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using Platform.Api.Hosting.CommandLine;
using Platform.Api.Hosting.Postgres;
using Platform.Domain.Kernel.Storage;

namespace Platform.Api.Seeding.History;

/// <summary>Fills an empty database with a distributor that has a past.</summary>
internal sealed class SeedVerb : IVerb
{
    private readonly Option<string> _scale = new("--scale")
    {
        Description = "How much: small (60 days, 210 items), demo (180 days, 2 100 items) or large (365 days, 5 250 items).",
        DefaultValueFactory = _ => "small",
    };

    private readonly Option<int> _seed = new("--seed")
    {
        Description = "Decides every chance: the same number, scale and last day give the same history.",
        DefaultValueFactory = _ => 42,
    };

    private readonly Option<DateOnly?> _until = new("--until") { Description = "The last day of the history, such as 2026-06-30 (default: yesterday)." };

    public Command Build()
    {
        _scale.AcceptOnlyFromAmong([.. SeedScale.All.Select(scale => scale.Name)]);
        var seed = new Command("seed", "Fills an empty database with a distributor and its history, made through the domain's own commands.")
        {
            _scale, _seed, _until, SharedOptions.Data,
        };
        seed.SetAction((call, ct) => SeedAsync(
            SharedOptions.Database(call, isEphemeral: false), SeedScale.Of(call.GetValue(_scale)!), call.GetValue(_seed),
            call.GetValue(_until) ?? DateOnly.FromDateTime(TimeProvider.System.GetUtcNow().UtcDateTime).AddDays(-1), ct));
        return seed;
    }

    private static async Task<int> SeedAsync(DatabaseChoice choice, SeedScale scale, int seed, DateOnly until, CancellationToken ct)
    {
        using var stop = StopSignals.Listen();
        using var either = CancellationTokenSource.CreateLinkedTokenSource(ct, stop.Token);
        var watch = Stopwatch.StartNew();
        await using var database = await PlatformDatabase.AttachAsync(choice, either.Token);
        await using var owner = DatabaseAccess.AsOwner(database.ConnectionString);
        await Migrations.ApplyAsync(owner, either.Token);
        await using (var taken = owner.CreateCommand("select exists (select from legal_entity)"))
        {
            if (await taken.ExecuteScalarAsync(either.Token) is true)
            {
                await Console.Error.WriteLineAsync("This database has a distributor already; `platform db reset` makes it empty.");
                return ExitCode.Failed;
            }
        }

        var played = await TradingHistory.PlayAsync(
            database.ConnectionString, new HistoryPlan(scale, seed, until), line => Console.Error.WriteLine(line), either.Token);
        await Console.Out.WriteLineAsync(string.Create(
            CultureInfo.InvariantCulture,
            $"{played.Days} working days until {until:O}: {played.Orders} orders, {played.Receipts} receipts, {played.SalesLines} lines sold, in {watch.Elapsed.TotalSeconds:0} s"));
        return ExitCode.Ok;
    }
}
