using System.CommandLine;
using System.CommandLine.Parsing;
using System.Diagnostics;
using System.Globalization;
using Platform.Api.Hosting.CommandLine;
using Platform.Api.Hosting.Postgres;
using Platform.Domain.Kernel.Storage;

namespace Platform.Api.Seeding.History;

/// <summary>Fills an empty database with a distributor that has a past.</summary>
internal sealed class SeedVerb : IVerb
{
    private static readonly DateOnly _earliest = new(2015, 1, 1);

    private readonly Option<string> _scale = new("--scale")
    {
        Description = "How much: small (20 weeks, 210 items, 12 suppliers), demo (80 weeks, 2 100 items, 30 suppliers) or large (two years, 5 250 items, 60 suppliers).",
        DefaultValueFactory = _ => "small",
    };

    private readonly Option<int?> _weeks = new("--weeks")
    {
        Description = "How long the history is, 8 to 156 weeks (default: as the scale says). What is learned of lead times needs about 80.",
    };

    private readonly Option<int> _seed = new("--seed")
    {
        Description = "Decides every chance: the same number, scale and last day give the same history.",
        DefaultValueFactory = _ => 42,
    };

    private readonly Option<DateOnly?> _until = new("--until")
    {
        Description = "The last day of the history, such as 2026-06-30; before today (default: yesterday). What is open then is open when a host starts.",
    };

    private readonly Option<string?> _truth = new("--truth")
    {
        Description = "Writes what is true of the history and stands in none of its books into this file, one JSON object a line: "
            + "kind, subject, at, size, unit, cause (suppliers whose lead times change, orders late, receipts and books off).",
    };

    private static DateOnly Yesterday => DateOnly.FromDateTime(TimeProvider.System.GetUtcNow().UtcDateTime).AddDays(-1);

    public Command Build()
    {
        _scale.AcceptOnlyFromAmong([.. SeedScale.All.Select(scale => scale.Name)]);
        _weeks.Validators.Add(CheckWeeks);
        _until.Validators.Add(CheckLastDay);
        _truth.Validators.Add(CheckFolder);
        var seed = new Command(
            "seed",
            "Fills an empty database with a distributor and its history, made through the domain's own commands: orders, receipts, invoices and sales, and "
            + "in its last weeks what people would find on their desks. One login per role; the password is platform-demo. A database that has a "
            + "distributor is left alone: `platform db reset` empties it.")
        {
            _scale, _weeks, _seed, _until, _truth, SharedOptions.Data,
        };
        seed.SetAction((call, ct) => SeedAsync(
            SharedOptions.Database(call, isEphemeral: false),
            new HistoryPlan(Scale(call), call.GetValue(_seed), call.GetValue(_until) ?? Yesterday),
            call.GetValue(_truth), ct));
        return seed;
    }

    private SeedScale Scale(ParseResult call)
    {
        var scale = SeedScale.Of(call.GetValue(_scale)!);
        return call.GetValue(_weeks) is { } weeks ? scale with { Days = weeks * 7 } : scale;
    }

    /// <summary>Its last six weeks are full of stories, which need goods that came before.</summary>
    private static void CheckWeeks(OptionResult given)
    {
        if (given.Tokens is [var said] && (!int.TryParse(said.Value, CultureInfo.InvariantCulture, out var weeks) || weeks is < 8 or > 156))
        {
            given.AddError("--weeks must be a number between 8 and 156.");
        }
    }

    /// <summary>A history that ends later would have happened before it happens.</summary>
    private static void CheckLastDay(OptionResult given)
    {
        if (given.Tokens is [var said] && (!DateOnly.TryParse(said.Value, CultureInfo.InvariantCulture, out var day) || day < _earliest || day > Yesterday))
        {
            given.AddError(string.Create(CultureInfo.InvariantCulture, $"--until must be a day between {_earliest:O} and {Yesterday:O}, yesterday."));
        }
    }

    /// <summary>Before the history is played, not after.</summary>
    private static void CheckFolder(OptionResult given)
    {
        if (given.Tokens is [var file] && !Directory.Exists(Path.GetDirectoryName(Path.GetFullPath(file.Value))))
        {
            given.AddError($"--truth: there is no such folder as {Path.GetDirectoryName(Path.GetFullPath(file.Value))}.");
        }
    }

    private static async Task<int> SeedAsync(DatabaseChoice choice, HistoryPlan plan, string? truth, CancellationToken ct)
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
                await Console.Error.WriteLineAsync("This database has a distributor already, and is left as it is; `platform db reset` makes it empty.");
                return ExitCode.Failed;
            }
        }

        var played = await TradingHistory.PlayAsync(database.ConnectionString, plan, line => Console.Error.WriteLine(line), either.Token);
        if (truth is not null)
        {
            await File.WriteAllLinesAsync(truth, played.Truth.Select(KnownTruth.Line), either.Token);
        }

        await Console.Out.WriteLineAsync(string.Create(
            CultureInfo.InvariantCulture,
            $"{played.Days} working days until {plan.Until:O}: {played.Orders} orders, {played.Receipts} receipts, {played.Invoices} invoices, {played.SalesLines} lines sold, in {watch.Elapsed.TotalSeconds:0} s"));
        await Console.Out.WriteLineAsync($"`platform run` serves it; logins are called like the roles (planner, buyer, finance, ...), the password is {DemoStaff.Password}");
        return ExitCode.Ok;
    }
}
