using Platform.Domain.Kernel;

namespace Platform.Domain.Catalog;

/// <summary>Adds a unit that items may be kept or weighed in. It never changes: quantities are written in it.</summary>
[Needs("catalog.write")]
[Refuses<InvalidField>, Refuses<UnitCodeTaken>]
public sealed record DefineUnit(string Unit, string Name, UnitKind Kind, int Decimals) : ICommand<UnitDefined>;

public sealed record UnitDefined(string Unit, string Name, UnitKind Kind, int Decimals, DateTimeOffset At) : IEvent
{
    private static readonly Guid Register = new("00000000-0000-7000-8000-0000000000a1");

    /// <summary>Units are named by their code; they share one subject as one register.</summary>
    public Subject Subject => new("Units", Register);
}

internal sealed class DefineUnitHandler(PlatformDb db)
    : ICommandHandler<DefineUnit, UnitDefined>, IConstraintRefusals<DefineUnit>
{
    public async Task<Result<UnitDefined>> HandleAsync(DefineUnit command, Envelope envelope, CancellationToken ct)
    {
        var result = Decide(command, await db.FindUnitAsync(command.Unit, ct), envelope.Now);
        if (result.Succeeded(out var defined))
        {
            db.Add(UnitOfMeasure.Create(defined));
            db.Raise(defined);
        }

        return result;
    }

    public DomainError? RefusalFor(DefineUnit command, string constraint) =>
        constraint == "unit_pkey" ? new UnitCodeTaken(command.Unit) : null;

    internal static Result<UnitDefined> Decide(DefineUnit command, UnitOfMeasure? existing, DateTimeOffset now)
    {
        var invalid = UnitRules.Code("unit", command.Unit)
            ?? Field.Text("name", command.Name, most: 100)
            ?? Field.Known<UnitKind>("kind", command.Kind)
            ?? Field.Whole("decimals", command.Decimals, least: 0, most: 6);
        if (invalid is not null)
        {
            return invalid;
        }

        return existing is null
            ? new UnitDefined(command.Unit, command.Name, command.Kind, command.Decimals, now)
            : new UnitCodeTaken(command.Unit);
    }
}
