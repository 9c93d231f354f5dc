using Platform.Domain.Catalog;
using Platform.Domain.Finance;
using Platform.Domain.Kernel;
using Platform.Domain.Kernel.Values;
using Platform.Domain.Partners;

namespace Platform.Domain.Stock.Posting;

/// <summary>
/// Judges documents line by line against what was read under the locks, and keeps the running state between them. It reads
/// no clock and no database, so that the same facts always give the same answer. A refused document leaves no trace here.
/// </summary>
internal sealed partial class PostingBook(PostingFacts facts)
{
    private const string Active = "ACTIVE";

    /// <summary>Clocks of handhelds run a little ahead.</summary>
    private static readonly TimeSpan ClockSkew = TimeSpan.FromMinutes(5);

    private readonly Stack<Action> _undo = [];
    private readonly HashSet<SerialId> _serialsOnHand =
        [.. facts.Serials.Values.Where(serial => serial.IsOnHand).Select(serial => serial.Id)];

    private readonly Dictionary<long, decimal> _returned = [];
    private readonly HashSet<long> _reversed = [];
    private readonly HashSet<PoolRow> _poolsKept = [];
    private DateTimeOffset _now;
    private bool _setsFree;

    public Result<PostingPlan> Decide(PostingRequest request, StockPostingId id, Envelope envelope)
    {
        _now = envelope.Now;
        _setsFree = request.SetsFree;
        var occurredAt = (request.OccurredAt ?? _now).ToUniversalTime();
        var postingDate = DateOnly.FromDateTime(occurredAt.UtcDateTime);
        if (Refuse(request, occurredAt, postingDate) is { } refused)
        {
            return refused;
        }

        _undo.Clear();
        _poolsKept.Clear();
        var movements = new List<PlannedMovement>(request.Lines.Count);
        var refusals = new List<LineRefusal>();
        for (var i = 0; i < request.Lines.Count; i++)
        {
            var decided = DecideLine(i + 1, request.Lines[i]);
            if (decided.Succeeded(out var movement))
            {
                movements.Add(movement);
            }
            else
            {
                refusals.Add((LineRefusal)decided.Error!);
            }
        }

        if (refusals.Count == 0)
        {
            return new PostingPlan(id, request, envelope, occurredAt, postingDate, movements);
        }

        TakeBack();
        return refusals.Count == 1
            ? refusals[0]
            : new SeveralLinesRefused(
                [.. refusals.Select(refusal => new RefusedLine(refusal.Line, refusal.Code, refusal.Message))]);
    }

    /// <summary>Keeps the lines that are right and names those that are not: for imports, where a wrong line is mended and sent again.</summary>
    public Result<(PostingPlan Plan, IReadOnlyList<RefusedLine> Refused)> DecideEach(
        PostingRequest request, StockPostingId id, Envelope envelope)
    {
        _now = envelope.Now;
        _setsFree = request.SetsFree;
        var occurredAt = (request.OccurredAt ?? _now).ToUniversalTime();
        var postingDate = DateOnly.FromDateTime(occurredAt.UtcDateTime);
        if (Refuse(request, occurredAt, postingDate) is { } refused)
        {
            return refused;
        }

        var movements = new List<PlannedMovement>(request.Lines.Count);
        var wrong = new List<RefusedLine>();
        for (var i = 0; i < request.Lines.Count; i++)
        {
            _undo.Clear();
            _poolsKept.Clear();
            var decided = DecideLine(i + 1, request.Lines[i]);
            if (decided.Succeeded(out var movement))
            {
                movements.Add(movement);
                continue;
            }

            TakeBack();
            wrong.Add(new RefusedLine(i + 1, decided.Error!.Code, decided.Error.Message));
        }

        return (new PostingPlan(id, request, envelope, occurredAt, postingDate, movements), wrong);
    }

    private DomainError? Refuse(PostingRequest request, DateTimeOffset occurredAt, DateOnly postingDate)
    {
        if (request.Lines.Count == 0)
        {
            return new NoLines();
        }

        if (request.Lines.Count > PostingRequest.MostLines)
        {
            return new TooManyLines(request.Lines.Count, PostingRequest.MostLines);
        }

        if (occurredAt > _now + ClockSkew)
        {
            return new OccurredInFuture(occurredAt, _now);
        }

        return facts.ClosedMonths.Contains(new DateOnly(postingDate.Year, postingDate.Month, 1))
            ? new PeriodClosed(request.LegalEntity, postingDate)
            : null;
    }

    private Result<PlannedMovement> DecideLine(int number, MovementLine asked)
    {
        var line = asked;
        EarlierMovement? mirrored = null;
        if (asked.Type == MovementType.Reversal)
        {
            if (FindMirrored(number, asked, out mirrored) is { } refused)
            {
                return refused;
            }

            line = Mirror(mirrored!, asked);
        }

        var rule = MovementRules.Of(line.Type);
        if (RefuseShape(number, line, rule) is { } shape)
        {
            return shape;
        }

        var item = facts.Items[line.Item];
        var amounts = Amounts(number, line, item);
        if (!amounts.Succeeded(out var amount))
        {
            return amounts.Error!;
        }

        var refusal = RefuseTracking(number, line, item, rule, amount.Quantity)
            ?? RefusePlaces(number, line, rule)
            ?? RefuseGiving(number, line, amount)
            ?? RefuseTaking(number, line, item, amount)
            ?? RefuseReturn(number, line, item, amount);
        if (refusal is not null)
        {
            return refusal;
        }

        var movement = new PlannedMovement(
            facts.Ids.Dequeue(), number, line, amount.Quantity, item.IsCatchWeight ? amount.Weight : null, line.From, line.To);
        if (Value(movement, item, mirrored) is { } worthless)
        {
            return worthless;
        }

        Move(movement);
        return movement;
    }

    /// <summary>In base units, and with the weight where the item has one.</summary>
    private Result<Amount> Amounts(int number, MovementLine line, ItemFacts item)
    {
        var isWeightOnly = line.Type == MovementType.WeightAdjust || (line.Type == MovementType.Reversal && line.Quantity == 0m);
        if (line.Quantity < 0m || (line.Quantity == 0m) != isWeightOnly || line.Quantity >= Quantity.Limit)
        {
            return new QuantityNotPositive(number, line.Quantity);
        }

        var quantity = line.Quantity;
        if (line.Unit is { } unit && unit != item.BaseUnit)
        {
            if (!facts.Units.TryGetValue((item.Id, unit), out var factor))
            {
                return new UnitNotOfItem(number, item.Id, unit);
            }

            var pack = Unit.Create(unit, Unit.MostDecimals).Value;
            var converted = Quantity.Create(quantity, pack).Succeeded(out var entered)
                ? entered.In(Unit.Create(item.BaseUnit, item.Decimals).Value, UnitFactor.Create(factor.Numerator, factor.Denominator).Value)
                : new QuantityTooFine(quantity, unit, Unit.MostDecimals);
            if (!converted.Succeeded(out var inBase))
            {
                return new QuantityNotInBaseUnits(number, quantity, unit, item.BaseUnit, item.Decimals);
            }

            quantity = inBase.Amount;
        }
        else if (decimal.Round(quantity, item.Decimals) != quantity)
        {
            return new QuantityNotInBaseUnits(number, quantity, item.BaseUnit, item.BaseUnit, item.Decimals);
        }

        return RefuseWeight(number, line, item, quantity) is { } refusal
            ? refusal
            : new Amount(quantity, line.Weight ?? 0m);
    }

    private static LineRefusal? RefuseWeight(int number, MovementLine line, ItemFacts item, decimal quantity)
    {
        if (!item.IsCatchWeight)
        {
            return line.Weight is null && line.Type != MovementType.WeightAdjust ? null : new WeightNotExpected(number, item.Id);
        }

        if (line.Weight is not { } weight || weight <= 0m || decimal.Round(weight, Unit.MostDecimals) != weight || weight >= Quantity.Limit)
        {
            return new CatchWeightRequired(number, item.Id);
        }

        if (quantity == 0m || line.Type == MovementType.Reversal)
        {
            return null;
        }

        var nominal = quantity * item.NominalWeight!.Value;
        var tolerance = nominal * item.WeightTolerancePct!.Value / 100m;
        return decimal.Abs(weight - nominal) <= tolerance
            ? null
            : new CatchWeightImplausible(number, item.Id, weight, nominal - tolerance, nominal + tolerance);
    }

    private void Move(PlannedMovement movement)
    {
        var (line, quantity, weight) = (movement.Line, movement.Quantity, movement.Weight ?? 0m);
        if (Key(line, line.From, OwnerOf(line)) is { } giving)
        {
            Change(facts.Balances[giving.Digest], -quantity, -weight);
            Fill(giving, -quantity);
        }

        if (Key(line, line.To, NewOwnerOf(line)) is { } taking)
        {
            Change(facts.Balances[taking.Digest], quantity, weight);
            Fill(taking, quantity);
        }

        if (line.Serial is { } serial)
        {
            var (was, comes) = (_serialsOnHand.Contains(serial), line.To.Kind == PlaceKind.Bin);
            _undo.Push(() => Set(_serialsOnHand, serial, was));
            Set(_serialsOnHand, serial, comes);
        }

        if (line.Returns is { } returns)
        {
            var before = _returned.GetValueOrDefault(returns);
            _undo.Push(() => _returned[returns] = before);
            _returned[returns] = before + quantity;
        }

        if (line.Reverses is { } reverses)
        {
            _undo.Push(() => _reversed.Remove(reverses));
            _reversed.Add(reverses);
        }

        CarryHold(movement);
    }

    private void Change(BalanceRow row, decimal quantity, decimal weight)
    {
        var (onHand, weighed, arrived, touched) = (row.OnHand, row.Weight, row.Arrived, row.IsTouched);
        _undo.Push(() => (row.OnHand, row.Weight, row.Arrived, row.IsTouched) = (onHand, weighed, arrived, touched));
        row.OnHand += quantity;
        row.Weight += weight;
        row.Arrived += decimal.Max(quantity, 0m);
        row.IsTouched = true;
    }

    private void TakeBack()
    {
        while (_undo.TryPop(out var step))
        {
            step();
        }
    }

    private static void Set(HashSet<SerialId> serials, SerialId serial, bool isOnHand)
    {
        if (isOnHand)
        {
            serials.Add(serial);
        }
        else
        {
            serials.Remove(serial);
        }
    }

    private OwnerId OwnerOf(MovementLine line) => line.Owner ?? OwnerId.From(facts.LegalEntity.Value);

    private OwnerId NewOwnerOf(MovementLine line) => line.NewOwner ?? OwnerOf(line);

    private static StockKey? Key(MovementLine line, Place place, OwnerId owner) => place.Kind == PlaceKind.Bin
        ? new StockKey(place.Bin!.Value, line.Item, line.Lot, line.Serial, line.HandlingUnit, owner, place.Condition!.Value)
        : null;

    private readonly record struct Amount(decimal Quantity, decimal Weight);
}
