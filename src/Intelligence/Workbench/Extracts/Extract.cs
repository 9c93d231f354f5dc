using Npgsql;
using Platform.Domain.Kernel;
using Platform.Intelligence.CountVariance;
using Platform.Intelligence.LeadTime;
using Platform.Intelligence.Learning.Tables;
using Platform.Intelligence.OrdersAtRisk;

namespace Platform.Intelligence.Workbench.Extracts;

/// <summary>What an extract is made from: a public file, the business's database, or a seed, as known at a moment.</summary>
internal sealed record ExtractRequest(string? File, NpgsqlDataSource? Database, DateTimeOffset AsOf, ulong Seed)
{
    public double AsOfDay => (AsOf - DateTimeOffset.UnixEpoch).TotalDays;
}

internal sealed record ExtractNotPossible(string Reason) : DomainError
{
    public override string Message => $"{Reason}.";
}

internal sealed record NoSuchExtract(string Model, string Source, IReadOnlyList<string> Known) : DomainError
{
    public override string Message => Known.Count == 0
        ? $"Nothing makes rows for {Model} yet."
        : $"{Model} has no rows from {Source}; they come from {string.Join(", ", Known)}.";
}

/// <summary>A way to the rows of a model: what a recipe reads, with the same features that scoring computes.</summary>
/// <param name="Model">The recipe's name.</param>
/// <param name="Source">database, simulation, or a public data set.</param>
/// <param name="Describes">For the card: what the rows are, and that they are public or simulated if so.</param>
/// <param name="ReadAsync">Reads the rows as they were known at the request's moment.</param>
internal sealed record Extract(
    string Model, string Source, string Describes, Func<ExtractRequest, CancellationToken, Task<Result<Table>>> ReadAsync)
{
    public const string FromDatabase = "database";

    /// <summary>Every extract there is; a business part adds its own here.</summary>
    public static IReadOnlyList<Extract> All { get; } =
        [LeadTimeExtract.Purchasing, LeadTimeExtract.Scms, CountVarianceExtract.Simulated, FreightExtract.Cargo2000];

    public static Result<Extract> Find(string model, string source) =>
        All.FirstOrDefault(extract => extract.Model == model && extract.Source == source) is { } found
            ? found
            : new NoSuchExtract(model, source, [.. All.Where(extract => extract.Model == model).Select(extract => extract.Source)]);
}
