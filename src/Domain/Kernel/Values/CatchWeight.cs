namespace Platform.Domain.Kernel.Values;

/// <summary>The weight captured for pieces that are counted one by one and priced by weight.</summary>
public sealed record CatchWeight
{
    private CatchWeight(Quantity weight) => Weight = weight;

    public Quantity Weight { get; }

    public static Result<CatchWeight> Create(decimal weight, Unit unit)
    {
        if (weight <= 0m)
        {
            return new CatchWeightNotValid(weight, unit.Code);
        }

        var quantity = Quantity.Create(weight, unit);
        return quantity.Succeeded(out var captured) ? new CatchWeight(captured) : quantity.Error!;
    }

    public override string ToString() => Weight.ToString();
}
