namespace Platform.Domain.Stock.Valuation;

/// <summary>One receipt of a first-in-first-out pool, as far as it still lies there.</summary>
public sealed record CostLayer(int Sequence, decimal Original, decimal Remaining, decimal Value);
